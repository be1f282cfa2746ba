"""Whether a cost grows in step with its input, told on a machine that does other things besides."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

_TRIES = 8


def seconds(run: Callable[[], object]) -> float:
    """CPU time of this process for one run, in seconds; the collector of garbage rests."""
    gc.collect()
    gc.disable()
    try:
        started = process_time()
        run()
        return process_time() - started
    finally:
        gc.enable()


def assert_grows_by_at_most(
    factor: float, small: Callable[[], object], large: Callable[[], object], *, least: float = 0.02
) -> None:
    """`large` costs at most `factor` times what `small` does; below `least` seconds nothing counts.

    Both are run in turn until one pair of least costs keeps to it, up to eight times: whatever else
    the machine does can only make a run dearer, and a cost that truly grows faster never keeps to
    it.
    """
    few = many = float("inf")
    for _ in range(_TRIES):
        few, many = min(few, seconds(small)), min(many, seconds(large))
        if many <= factor * max(few, least):
            return
    raise AssertionError(f"{many:.3f} s, {many / max(few, least):.1f} times the smaller one's cost")


def assert_takes_at_most(most: float, run: Callable[[], object]) -> None:
    """One of three runs costs at most `most` seconds of CPU time."""
    took = float("inf")
    for _ in range(3):
        took = min(took, seconds(run))
        if took <= most:
            return
    raise AssertionError(f"{took:.3f} s of CPU time")

"""Where the time of one process goes, by step, from samples of its stack.

A timer of CPU time interrupts the process; the CPU time since the last sample is credited to the
outermost frame that belongs to a step. Time inside a long call into C is credited when the call
returns, to the frame that made it, so weighting by elapsed time (not counting samples) keeps it.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_EVERY = 0.002
_LAYERS = ("sayso.steps.", "sayso.learned.", "sayso.store.")


@contextmanager
def measured() -> Iterator[Counter[str]]:
    """Counts CPU seconds by step while the block runs, in this process's main thread."""
    spent: Counter[str] = Counter()
    last = time.process_time()

    def sample(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        spent[step_of(frame)] += now - last  # type: ignore[assignment]
        last = now

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield spent
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def step_of(frame: FrameType | None) -> str:
    """The module of the outermost frame that belongs to a step; `other` if none does."""
    found = "other"
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_LAYERS):
            found = module
        frame = frame.f_back
    return found.removeprefix("sayso.").removeprefix("steps.")

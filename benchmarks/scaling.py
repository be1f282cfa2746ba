"""CPU time at doubling sizes of hostile texts, with the exponent at which it grows.

    python -m benchmarks.scaling                        all
    python -m benchmarks.scaling --only marks --largest 200000

Time grows like size to the exponent; n log n comes out at about 1.1 here, n squared at 2. The
exponent is fitted over the larger half of the sizes. Exit code 1 if one is above the limit, or if
a size took longer than `--seconds` (larger ones are then left out).
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence

from benchmarks.hostile import Make, inputs
from sayso.errors import SetAside
from sayso.pipeline import Reader
from sayso.records.documents import MediaType, RawDocument
from sayso.settings import Settings

LIMIT = 1.35
_LEAST = 0.15
"""Seconds below which a time says nothing about growth."""


def main() -> int:
    """Print the table; gives the exit code."""
    parser = argparse.ArgumentParser(description="Growth of time on hostile texts.")
    parser.add_argument("--only", default="", help="inputs whose name contains this")
    parser.add_argument("--largest", type=int, default=160_000, help="characters")
    parser.add_argument("--steps", type=int, default=4, help="sizes, each twice the one before")
    parser.add_argument("--seconds", type=float, default=60.0, help="the most one size may take")
    options = parser.parse_args()
    sizes = [options.largest >> step for step in reversed(range(options.steps))]
    reader = Reader(Settings())
    reader.read(_raw("text/plain", "Velm is open, Ana Dorn said."))  # loads what loads on first use
    print(f"{'input':32} exponent  " + " ".join(f"{size:>9}" for size in sizes))
    bad = 0
    for name, (media_type, make) in inputs().items():
        if options.only in name:
            bad += not _grows_well(reader, name, (media_type, make), sizes, options.seconds)
    print(f"{bad} grow too fast" if bad else "none grows faster than the limit")
    return 1 if bad else 0


def _grows_well(
    reader: Reader, name: str, kind: tuple[MediaType, Make], sizes: Sequence[int], most: float
) -> bool:
    media_type, make = kind
    times: list[float] = []
    note = ""
    for size in sizes:
        raw = _raw(media_type, make(size))
        began = time.process_time()
        try:
            reader.read(raw)
        except SetAside as aside:
            note = f"set aside: {aside.reason}"
        times.append(time.process_time() - began)
        if times[-1] > most:
            note += " too slow, larger ones left out"
            break
    exponent = growth(sizes, times)
    shown = "     -" if exponent is None else f"{exponent:6.2f}"
    fine = (exponent is None or exponent <= LIMIT) and times[-1] <= most
    columns = " ".join(f"{seconds:8.2f}s" for seconds in times)
    print(f"{name:32} {shown}{' ' if fine else '!'}  {columns}  {note}", flush=True)
    return fine


def growth(sizes: Sequence[int], times: Sequence[float]) -> float | None:
    """The exponent fitted (least squares of logarithms) over the larger half of the sizes.

    None where fewer than two of those times are long enough to say anything.
    """
    points = [
        (math.log(size), math.log(seconds))
        for size, seconds in zip(sizes, times, strict=False)
        if seconds >= _LEAST
    ]
    points = points[-max(2, (len(sizes) + 1) // 2) :]
    if len(points) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    over = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return over / sum((x - mean_x) ** 2 for x, _ in points)


def _raw(media_type: MediaType, text: str) -> RawDocument:
    return RawDocument("hostile", text.encode("utf-8"), media_type, "2020-01-01T00:00:00Z")


if __name__ == "__main__":
    sys.exit(main())

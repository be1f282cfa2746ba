"""CPU time at doubling sizes of hostile texts, with the exponent at which it grows.

The time is sayso's own: the language model's (linear by contract, and large enough to hide the
rest) is taken off and printed for the largest size only.

    python -m benchmarks.scaling                        all
    python -m benchmarks.scaling --only marks --largest 200000

Time grows like size to the exponent; n log n comes out at about 1.1 here, n squared at 2. The
smallest size should not be below the 20,000 characters that the model gets at once, since up to
there a step may grow as the square of a piece. Exit code 1 if an exponent is above the limit, or
if a size took longer than `--seconds` (larger ones are then left out).
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence

from benchmarks.hostile import Make, inputs
from sayso.errors import SetAside
from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.ports import LanguageModel
from sayso.records.documents import MediaType, RawDocument, Zone
from sayso.records.parses import Parsed
from sayso.settings import Settings

LIMIT = 1.35
_LEAST = 0.1
"""Seconds below which a time says nothing about growth."""


def main() -> int:
    """Print the table; gives the exit code."""
    parser = argparse.ArgumentParser(description="Growth of time on hostile texts.")
    parser.add_argument("--only", default="", help="inputs whose name contains this")
    parser.add_argument("--largest", type=int, default=80_000, help="characters")
    parser.add_argument("--steps", type=int, default=3, help="sizes, each twice the one before")
    parser.add_argument("--seconds", type=float, default=60.0, help="the most one size may take")
    options = parser.parse_args()
    sizes = [options.largest >> step for step in reversed(range(options.steps))]
    model = Timed(SpacyModel())
    reader = Reader(Settings(), model=model)
    reader.read(_raw("text/plain", "Velm is open, Ana Dorn said."))  # loads what loads on first use
    print(f"{'input':32} exponent  " + " ".join(f"{size:>9}" for size in sizes))
    bad = 0
    for name, (media_type, make) in inputs().items():
        if options.only in name:
            times, note = _times(reader, model, (media_type, make), sizes, options.seconds)
            bad += not _report(name, sizes, times, options.seconds, note)
    print(f"{bad} grow too fast" if bad else "none grows faster than the limit")
    return 1 if bad else 0


class Timed:
    """A language model that keeps account of its CPU time."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.name = model.name
        self.version = model.version
        self.seconds = 0.0

    def parse(self, text: str, zones: Sequence[Zone]) -> Parsed:
        began = time.process_time()
        try:
            return self._model.parse(text, zones)
        finally:
            self.seconds += time.process_time() - began


def _times(
    reader: Reader, model: Timed, kind: tuple[MediaType, Make], sizes: Sequence[int], most: float
) -> tuple[list[float], str]:
    """Own CPU seconds by size, and what else is to be said; stops after one that took too long."""
    media_type, make = kind
    times: list[float] = []
    note = ""
    for size in sizes:
        raw = _raw(media_type, make(size))
        model.seconds = 0.0
        began = time.process_time()
        try:
            reader.read(raw)
        except SetAside as aside:
            note = f", set aside: {aside.reason}"
        times.append(time.process_time() - began - model.seconds)
        if times[-1] > most:
            note += ", larger ones left out"
            break
    return times, f"model {model.seconds:.2f}s{note}"


def _report(
    name: str, sizes: Sequence[int], times: Sequence[float], most: float, note: str
) -> bool:
    """Print one line; gives whether the growth is within the limits."""
    exponent = growth(sizes, times)
    shown = "     -" if exponent is None else f"{exponent:6.2f}"
    fine = (exponent is None or exponent <= LIMIT) and times[-1] <= most
    columns = " ".join(f"{seconds:8.2f}s" for seconds in times)
    print(f"{name:32} {shown}{' ' if fine else '!'}  {columns}  {note}", flush=True)
    return fine


def growth(sizes: Sequence[int], times: Sequence[float]) -> float | None:
    """The exponent fitted (least squares of logarithms) over the sizes.

    None where fewer than two of those times are long enough to say anything.
    """
    points = [
        (math.log(size), math.log(seconds))
        for size, seconds in zip(sizes, times, strict=False)
        if seconds >= _LEAST
    ]
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

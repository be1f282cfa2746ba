"""What a confidence is worth: reliability curves and the expected calibration error.

A confidence is calibrated if of all that is given at 0.8, eight in ten are right. The curve shows
both by bins of equal width (DeGroot and Fienberg 1983); the expected calibration error is the
difference, averaged over what was predicted (Naeini, Cooper and Hauskrecht 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True)
class Judged:
    """One prediction: what it was given as, 0..1, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True)
class Bin:
    """The predictions whose confidence lies in one interval."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean of what they were given as."""
    right: float
    """Share that was right."""


def reliability(judged: Sequence[Judged], bins: int = BINS) -> list[Bin]:
    """The curve: bins of equal width over 0..1, empty ones left out."""
    sorted_in: list[list[Judged]] = [[] for _ in range(bins)]
    for one in judged:
        sorted_in[min(int(one.confidence * bins), bins - 1)].append(one)
    return [
        Bin(
            number / bins,
            (number + 1) / bins,
            len(inside),
            sum(one.confidence for one in inside) / len(inside),
            sum(one.right for one in inside) / len(inside),
        )
        for number, inside in enumerate(sorted_in)
        if inside
    ]


def expected_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """|confidence - share right|, averaged over the predictions; 0 without any."""
    total = sum(b.count * abs(b.confidence - b.right) for b in reliability(judged, bins))
    return total / max(1, len(judged))


def print_reliability(judged: Sequence[Judged]) -> None:
    """The curve as a table with bars."""
    print("\nconfidence      how many  given   right")
    for b in reliability(judged):
        bar = "#" * round(40 * b.right)
        print(
            f"  {b.low:.1f} to {b.high:.1f} {b.count:9}   {b.confidence:.3f}   {b.right:.3f}  {bar}"
        )
    print(f"expected calibration error {expected_error(judged):.3f}")

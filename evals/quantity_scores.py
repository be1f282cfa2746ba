"""How quantities are counted: bags of values, of units and of pairs. No package is needed, so
that peers in environments of their own are counted by the same lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Pair = tuple[float, str]
"""A value and its unit; `-` for none."""


def f1s(rows: Sequence[tuple[Sequence[Pair], Sequence[Pair]]]) -> dict[str, float]:
    """F1 of values, units and pairs over rows of (gold, found); 0 where nothing is right."""
    return {
        "value": _f1(rows, lambda a, b: _near(a[0], b[0])),
        "unit": _f1(rows, lambda a, b: a[1] == b[1]),
        "both": _f1(rows, lambda a, b: _near(a[0], b[0]) and a[1] == b[1]),
    }


def _near(one: float, other: float) -> bool:
    difference = abs(one - other)
    return difference <= abs(other) * 0.001 or (abs(one) < 1 and difference < 0.005)


def _f1(
    rows: Sequence[tuple[Sequence[Pair], Sequence[Pair]]], same: Callable[[Pair, Pair], bool]
) -> float:
    matched = total = 0
    for gold, found in rows:
        total += len(gold) + len(found)
        left = list(found)
        for one in gold:
            hit = next((index for index, other in enumerate(left) if same(one, other)), None)
            if hit is not None:
                matched += 1
                del left[hit]
    return 2 * matched / total if total else 0.0

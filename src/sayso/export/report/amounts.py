"""Bounds in words, on a scale, and as places along a drawn bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

_MOST = 10**15
"""Bounds above this are drawn at the edge; what is written beside the bar stays exact."""
_LEFT, _RIGHT = 3.0, 97.0
"""Percent of the width between which bounds are drawn; the rest is for what is open."""
_LOG_FROM = 30
"""A logarithmic scale where the greatest bound is this many times the smallest."""


def in_words(low: int | None, high: int | None, *, approximate: bool = False) -> str:
    """`2,500 to 4,000`, `at least 20`, `about 6,000`; bounds are included."""
    about = "about " if approximate else ""
    if low is None and high is None:
        return "no number"
    if low == high:
        return f"{about}{low:,}"
    if high is None:
        return f"about {low:,} or more" if approximate else f"at least {low:,}"
    if low is None:
        return f"about {high:,} or fewer" if approximate else f"at most {high:,}"
    return f"{about}{low:,} to {high:,}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale: percent of the width, and its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar starts and ends, in percent of the width."""

    start: float
    end: float
    shape: str
    """`point`, `range`, `from` (open above), `to` (open below) or `none`."""
    approximate: bool

    @property
    def width(self) -> float:
        return round(self.end - self.start, 2)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`; logarithmic or linear."""

    low: int
    high: int
    logarithmic: bool

    @classmethod
    def over(cls, values: Iterable[int]) -> Scale:
        """A scale that holds all values, with round ends."""
        known = [min(max(value, 0), _MOST) for value in values] or [1]
        top = max(1, *known)
        positive = [value for value in known if value > 0]
        if min(known) > 0 and top >= _LOG_FROM * min(positive):
            return cls(10 ** floor(log10(min(positive))), _round_up(top), True)
        return cls(0, _round_up(top), False)

    def place(self, value: int) -> float:
        """Percent of the width."""
        clipped = min(max(value, self.low), self.high)
        if self.logarithmic:
            share = (log10(clipped) - log10(self.low)) / (log10(self.high) - log10(self.low))
        else:
            share = (clipped - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def ticks(self) -> list[Tick]:
        """Three to seven labelled lines."""
        if self.logarithmic:
            first, last = floor(log10(self.low)), floor(log10(self.high))
            every = max(1, (last - first + 5) // 6)
            values = [10**power for power in range(first, last + 1, every)]
        else:
            step = self.high // 4 if self.high % 4 == 0 else max(1, self.high // 5)
            values = list(range(0, self.high + 1, step))
        return [Tick(self.place(value), _short(value)) for value in values]

    def bar(self, low: int | None, high: int | None, *, approximate: bool) -> Bar:
        """The bar between two bounds; an open side reaches the edge of the drawing."""
        if low is None and high is None:
            return Bar(0, 0, "none", approximate)
        if high is None:
            return Bar(self.place(low or 0), 100.0, "from", approximate)
        if low is None:
            return Bar(0.0, self.place(high), "to", approximate)
        shape = "point" if low == high else "range"
        return Bar(self.place(low), self.place(high), shape, approximate)


def _round_up(value: int) -> int:
    """The next of 1, 2, 4, 5, 8 or 10 times a power of ten."""
    power: int = 10 ** (len(str(value)) - 1)
    return next(power * head for head in (1, 2, 4, 5, 8, 10) if power * head >= value)


def _short(value: int) -> str:
    for size, letter in ((10**12, "T"), (10**9, "G"), (10**6, "M")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:,}"

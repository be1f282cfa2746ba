"""A scale of days: where a day lies, and which days are named on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.values.dates import Period

_STEPS = (1, 2, 7, 14)
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 36000)
_MOST = 6
"""Days that are named at most."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """From the first day to the last, both included."""

    first: date
    last: date

    @classmethod
    def over(cls, periods: Iterable[Period]) -> Calendar | None:
        """The scale that holds every known end of some times; None where there is none."""
        days = [day for p in periods for day in (p.earliest, p.latest) if day is not None]
        return cls(min(days), max(days)) if days else None

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.last - self.first).days + 1

    def start(self, day: date) -> float:
        """Where a day begins, 0..1."""
        return (day - self.first).days / self.days

    def end(self, day: date) -> float:
        """Where a day ends, 0..1."""
        return ((day - self.first).days + 1) / self.days

    def ticks(self) -> list[tuple[float, str]]:
        """One to six days, each with where it begins: `2031-03-14`, `2031-03`, `2031`."""
        for step in _STEPS:
            if self.days <= step * _MOST:
                found = [
                    self.first + timedelta(days=n)
                    for n in range(0, (self.last - self.first).days + 1, step)
                ]
                return [(self.start(day), day.isoformat()) for day in found]
        for months in _MONTHS:
            starts = list(self._months(months))
            if len(starts) <= _MOST:
                break
        if not starts:
            starts = [self.first]
        long = months >= 12 and all(day.month == 1 and day.day == 1 for day in starts)
        full = starts == [self.first]
        return [
            (self.start(day), day.isoformat()[: 10 if full else 4 if long else 7]) for day in starts
        ]

    def _months(self, step: int) -> Iterable[date]:
        """The first days of every so many months."""
        number = self.first.year * 12 + self.first.month - 1
        number = -(-number // step) * step
        while number // 12 <= 9999:
            day = date(number // 12, number % 12 + 1, 1)
            if day > self.last:
                return
            if day >= self.first:
                yield day
            number += step

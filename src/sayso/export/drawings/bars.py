"""Times of claims as bars: each covers every day that the words may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.records.findings import Claim
from sayso.values.dates import Period, parse_edtf

_LEAST_DAYS = 1
_EDGE = 3.0
"""Percent of the width beside the first and last day, where open ends run out."""


@dataclass(frozen=True, slots=True)
class TimeBar:
    """Where a bar starts and how wide it is, in percent of the width."""

    start: float
    width: float
    open: bool
    """Whether an end is not known; it reaches the edge."""


def period_of(claim: Claim) -> Period | None:
    """The days a claim speaks of; None where it names none that can be told."""
    if claim.time is None or claim.time.value is None:
        return None
    try:
        return parse_edtf(claim.time.value)
    except ValueError:
        return None


def first_day(period: Period) -> date:
    """The first day that is known."""
    return period.earliest or period.latest or date.min


def last_day(period: Period) -> date:
    """The last day that is known."""
    return period.latest or period.earliest or date.max


def bars_of(periods: list[Period]) -> list[TimeBar]:
    """The bars of these times on one scale."""
    if not periods:
        return []
    first = min(first_day(p) for p in periods).toordinal()
    days = max(max(last_day(p) for p in periods).toordinal() - first + 1, _LEAST_DAYS)

    def at(day: int) -> float:
        return _EDGE + (day - first) / days * (100 - 2 * _EDGE)

    bars = []
    for period in periods:
        start = 0.0 if period.earliest is None else at(period.earliest.toordinal())
        end = 100.0 if period.latest is None else at(period.latest.toordinal() + 1)
        bars.append(
            TimeBar(
                round(start, 2),
                round(max(end - start, 0.6), 2),
                period.earliest is None or period.latest is None,
            )
        )
    return bars

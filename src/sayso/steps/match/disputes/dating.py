"""The time that a claim speaks of, and whether two speak of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.values.dates import Period, parse_edtf

DateBasis = Literal["claimed", "said", "published"]
CLOSE = 90
"""Days between two accounts of a lasting state that are still of one time: a quarter, within which
counts are reported again. Chosen, not measured."""

Apartness = Literal["same", "apart", "unknown"]


@dataclass(frozen=True, slots=True)
class AsOf:
    """A time, and where it was read."""

    value: str
    period: Period
    basis: DateBasis

    @property
    def first(self) -> date | None:
        """Its first day; its last where the start is open."""
        return self.period.earliest or self.period.latest


def as_of(side: DisputeClaim) -> AsOf | None:
    """The time the claim names, else the day it was said, else the document's date; None if none
    of them is known."""
    claim, statement = side.claim, side.statement
    time = claim.time
    if time is not None and time.kind == "date" and (found := _read(time.value, "claimed")):
        return found
    said = statement.said if statement is not None else None
    if said is not None and (found := _read(said.value, "said")):
        return found
    return _read(side.source.published, "published")


def apartness(a: AsOf | None, b: AsOf | None, *, close: int = CLOSE) -> Apartness:
    """Whether two times are within `close` days of one another."""
    if a is None or b is None:
        return "unknown"
    if a.period.overlaps(b.period):
        return "same"
    first, second = sorted((a.period, b.period), key=_start)
    if first.latest is None or second.earliest is None:
        return "unknown"
    return "same" if (second.earliest - first.latest).days <= close else "apart"


def _start(period: Period) -> date:
    return period.earliest or period.latest or date.min


def _read(value: str | None, basis: DateBasis) -> AsOf | None:
    if not value:
        return None
    try:
        return AsOf(value, parse_edtf(value), basis)
    except ValueError:
        return None

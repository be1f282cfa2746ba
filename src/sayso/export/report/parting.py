"""Where accounts part, for the page: counts as bars in the order of time, yes and no on a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sayso.export.disputes import VERDICTS, in_order
from sayso.export.report.amounts import Scale, Tick
from sayso.export.report.charts import Row, row
from sayso.export.report.index import Index
from sayso.records.findings import Claim
from sayso.records.matches import Dispute
from sayso.values.dates import parse_edtf

_LEFT, _WIDTH = 10.0, 80.0
"""Percent of the drawing's width that times are spread over."""


@dataclass(frozen=True, slots=True)
class Word:
    """One claim behind an answer."""

    row: Row
    answer: int
    """Which answer it gives, from 0."""
    x: float | None
    """Where its day lies on the line, in percent; None: no day is known."""
    when: str | None
    """The time it speaks of."""


@dataclass(frozen=True, slots=True)
class Parting:
    """One dispute on the page."""

    question: str
    anchor: str
    verdict: str
    kind: str
    answers: list[str]
    """`2,500 to 4,000 – 2 independent sources`."""
    words: list[Word]
    ticks: list[Tick]
    drawn: str
    """`bars` for counts, `line` for what is said or denied."""
    reasons: tuple[str, ...]
    left_out: int


def partings(index: Index) -> tuple[list[Parting], int]:
    """The disputes of a ledger, the gravest first, and how many were left out."""
    claims = {claim.id: claim for claim in index.view.claims}
    ordered = in_order(index.view.disputes)
    shown = ordered[: index.limits.disputes]
    return [_parting(index, dispute, claims) for dispute in shown], len(ordered) - len(shown)


def _parting(index: Index, dispute: Dispute, claims: dict[str, Claim]) -> Parting:
    told = [
        (number, claims[id])
        for number, position in enumerate(dispute.positions)
        for id in position.claims
        if id in claims
    ]
    days = _days(dispute)
    when = dict(pair for p in dispute.positions for pair in zip(p.claims, p.when, strict=False))
    told.sort(key=lambda item: (days.get(item[1].id) or date.max, item[0], item[1].id))
    shown = told[: index.limits.rows]
    counts = any(position.low or position.high for position in dispute.positions)
    bounds = [v for _, claim in shown for v in (claim.low, claim.high) if v is not None]
    scale = Scale.over(bounds + [v * 5 // 4 for v in bounds if counts])
    known = sorted(day for day in days.values() if day is not None)
    return Parting(
        question=dispute.question,
        anchor=f"dispute-{dispute.id}",
        verdict=VERDICTS[dispute.verdict],
        kind=dispute.verdict,
        answers=[
            f"{position.value} – {position.independent_sources:,} independent"
            f" source{'' if position.independent_sources == 1 else 's'}"
            for position in dispute.positions
        ],
        words=[
            Word(
                row(index, claim, scale),
                number,
                _place(days.get(claim.id), known),
                when.get(claim.id),
            )
            for number, claim in shown
        ],
        ticks=scale.ticks() if counts and bounds else _ends(known),
        drawn="bars" if counts else "line",
        reasons=dispute.reasons,
        left_out=len(told) - len(shown),
    )


def _days(dispute: Dispute) -> dict[str, date | None]:
    """The first day that each claim speaks of."""
    return {
        id: _first_day(when)
        for position in dispute.positions
        for id, when in zip(position.claims, position.when, strict=False)
    }


def _first_day(when: str | None) -> date | None:
    try:
        period = parse_edtf(when) if when else None
    except ValueError:
        return None
    return (period.earliest or period.latest) if period is not None else None


def _place(day: date | None, known: list[date]) -> float | None:
    if day is None:
        return None
    span = (known[-1] - known[0]).days
    share = (day - known[0]).days / span if span else 0.5
    return round(_LEFT + share * _WIDTH, 2)


def _ends(known: list[date]) -> list[Tick]:
    if not known:
        return []
    first, last = known[0], known[-1]
    ticks = [Tick(_place(first, known) or 0.0, first.isoformat())]
    return ticks if first == last else [*ticks, Tick(_LEFT + _WIDTH, last.isoformat())]

"""The timeline: claims by the time they speak of, each as long as that time is unsure."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.export.rows import claim_row
from sayso.records.findings import Claim
from sayso.values.dates import Period, parse_edtf
from sayso.workbench.answers import answer
from sayso.workbench.choosing import KINDS, chosen, shared_query
from sayso.workbench.opening import ledger_of

_MOST = 300
_LEAST_DAYS = 1
_EDGE = 3.0
"""Percent of the width beside the first and last day, where open ends run out."""


def show(request: Request) -> Response:
    """`/timeline`: the filters of claims, and `?year=` of the time spoken of."""
    query = dict(request.query_params)
    with ledger_of(request) as ledger:
        found = chosen(ledger, query)
        placed = [(claim, period) for claim in found.claims if (period := _period(claim))]
        years = _years(placed)
        year = query.get("year", "")
        if year.isascii() and year.isdigit() and 0 < len(year) <= 4 and int(year) > 0:
            whole = Period(date(int(year), 1, 1), date(int(year), 12, 31), "year")
            placed = [(claim, period) for claim, period in placed if period.overlaps(whole)]
        placed.sort(key=lambda one: (_first(one[1]), _last(one[1]), one[0].id))
        shown = placed[:_MOST]
        lookup = ledger.lookup()
        rows = [
            {
                **claim_row(claim, lookup),
                "earliest": period.earliest,
                "latest": period.latest,
                "precision": period.precision,
            }
            for claim, period in shown
        ]
    view = {
        "rows": rows,
        "years": years,
        "undated": len(found.claims) - sum(years.values()),
        "left": found.left + len(placed) - len(shown),
        "note": found.note,
        "_bars": _bars([period for _, period in shown]),
        "_kinds": KINDS,
        "_shared": shared_query(query),
    }
    return answer(request, "timeline.html.j2", view)


def _period(claim: Claim) -> Period | None:
    """The days a claim speaks of; None where it names none that can be told."""
    if claim.time is None or claim.time.value is None:
        return None
    try:
        return parse_edtf(claim.time.value)
    except ValueError:
        return None


def _years(placed: list[tuple[Claim, Period]]) -> dict[int, int]:
    """Claims by the first year they may speak of."""
    found: dict[int, int] = {}
    for _, period in placed:
        year = _first(period).year
        found[year] = found.get(year, 0) + 1
    return dict(sorted(found.items()))


def _first(period: Period) -> date:
    return period.earliest or period.latest or date.min


def _last(period: Period) -> date:
    return period.latest or period.earliest or date.max


def _bars(periods: list[Period]) -> list[dict[str, Any]]:
    """Where each bar starts and how wide it is, in percent; open ends reach the edge."""
    if not periods:
        return []
    first = min(_first(p) for p in periods).toordinal()
    days = max(max(_last(p) for p in periods).toordinal() - first + 1, _LEAST_DAYS)

    def at(day: int) -> float:
        return _EDGE + (day - first) / days * (100 - 2 * _EDGE)

    bars = []
    for period in periods:
        start = 0.0 if period.earliest is None else at(period.earliest.toordinal())
        end = 100.0 if period.latest is None else at(period.latest.toordinal() + 1)
        bars.append(
            {
                "start": round(start, 2),
                "width": round(max(end - start, 0.6), 2),
                "open": period.earliest is None or period.latest is None,
            }
        )
    return bars

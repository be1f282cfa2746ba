"""The timeline: claims by the time they speak of, each as long as that time is unsure."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from sayso.export.drawings.bars import bars_of, first_day, last_day, period_of
from sayso.export.rows import claim_row
from sayso.records.findings import Claim
from sayso.values.dates import Period
from sayso.workbench.answers import answer
from sayso.workbench.choosing import KINDS, chosen, shared_query
from sayso.workbench.opening import ledger_of

_MOST = 300


def show(request: Request) -> Response:
    """`/timeline`: the filters of claims, and `?year=` of the time spoken of."""
    query = dict(request.query_params)
    with ledger_of(request) as ledger:
        found = chosen(ledger, query)
        placed = [(claim, period) for claim in found.claims if (period := period_of(claim))]
        years = _years(placed)
        year = query.get("year", "")
        if year.isascii() and year.isdigit() and 0 < len(year) <= 4 and int(year) > 0:
            whole = Period(date(int(year), 1, 1), date(int(year), 12, 31), "year")
            placed = [(claim, period) for claim, period in placed if period.overlaps(whole)]
        placed.sort(key=lambda one: (first_day(one[1]), last_day(one[1]), one[0].id))
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
        "_bars": bars_of([period for _, period in shown]),
        "_kinds": KINDS,
        "_shared": shared_query(query),
    }
    return answer(request, "timeline.html.j2", view)


def _years(placed: list[tuple[Claim, Period]]) -> dict[int, int]:
    """Claims by the first year they may speak of."""
    found: dict[int, int] = {}
    for _, period in placed:
        year = first_day(period).year
        found[year] = found.get(year, 0) + 1
    return dict(sorted(found.items()))

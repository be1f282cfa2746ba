"""The map: where claims say that something is, as areas as large as that is unsure."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.export.drawings.areas import RADIUS, Sheet, areas_of, labels, near, reach
from sayso.export.drawings.outlines import countries
from sayso.workbench.answers import answer
from sayso.workbench.choosing import KINDS, chosen, shared_query
from sayso.workbench.opening import ledger_of

_MOST = 400


def show(request: Request) -> Response:
    """`/map`: the filters of claims; `?view=world` shows all of it."""
    query = dict(request.query_params)
    with ledger_of(request) as ledger:
        found = chosen(ledger, query)
    areas = areas_of(found.claims)
    shown = areas[:_MOST]
    whole = query.get("view") == "world" or not shown
    sheet = Sheet.over([reach(area) for area in near(shown)], whole=whole)
    drawn = [sheet.drawn(area) for area in shown]
    view = {
        "areas": [
            {
                "name": area.names[0],
                "latitude": area.point[1],
                "longitude": area.point[0],
                "precision": area.precision,
                "radius_km": RADIUS[area.precision],
                "country": country.name if (country := area.country) else None,
                "claims": [claim.id for claim in area.claims],
            }
            for area in shown
        ],
        "unplaced": len(found.claims) - sum(len(area.claims) for area in areas),
        "left": found.left,
        "note": found.note,
        "_land": [path for country in countries() if (path := sheet.path(country))],
        "_drawn": drawn,
        "_labels": labels(drawn, sheet),
        "_outside": 0 if whole else sum(not sheet.holds(area.point) for area in shown),
        "_sheet": sheet,
        "_kinds": KINDS,
        "_shared": shared_query(query),
        "_radius": RADIUS,
    }
    return answer(request, "map.html.j2", view)

"""Saved searches: kept under a name, listed beside the search, each with its address and feed."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import SettingsError
from sayso.export.briefs.brief import one_line
from sayso.store import searches
from sayso.store.searches import Listed
from sayso.workbench.answers import as_json, failure
from sayso.workbench.asked import body_of
from sayso.workbench.kept import search_line
from sayso.workbench.opening import ledger_of
from sayso.workbench.pages.findings import filters_of
from sayso.workbench.visiting import visit_of

_LARGEST = 4_000
"""Bytes of one search that is kept."""
_LONGEST = 80
"""Characters of its name."""


class Given(Struct, forbid_unknown_fields=True):
    """What a page sends."""

    name: str
    listed: Listed
    query: str
    """As it stands in the address."""


async def keep(request: Request) -> Response:
    """`POST /searches`"""
    body = await body_of(request, _LARGEST)
    if body is None:
        return as_json({"error": f"a search has {_LARGEST} bytes at most"}, status=413)
    try:
        given = msgspec.json.decode(body, type=Given)
    except msgspec.MsgspecError as error:
        return as_json({"error": str(error)}, status=400)
    return await run_in_threadpool(_keep, request, given)


def _keep(request: Request, given: Given) -> Response:
    name = one_line(given.name)[:_LONGEST]
    if not name:
        raise SettingsError("name: give the search a name")
    asked = dict(parse_qsl(given.query))
    filters_of(asked, given.listed)  # what would be refused as a search is not kept as one
    query = urlencode(sorted((n, v) for n, v in asked.items() if n != "after" and v))
    with ledger_of(request) as ledger:
        made = ledger.keep_search(name, given.listed, query, by=visit_of(request).name)
    return as_json(search_line(made), status=201)


def show(request: Request) -> Response:
    """`/searches/{id}`: goes to the search, as it is now."""
    with ledger_of(request) as ledger, ledger.reading() as db:
        found = searches.search(db, request.path_params["id"])
    return RedirectResponse(search_line(found)["address"], 303)


def withdraw(request: Request) -> Response:
    """`POST /searches/{id}/withdraw`"""
    visit = visit_of(request)
    with ledger_of(request) as ledger:
        with ledger.reading() as db:
            kept = searches.search(db, request.path_params["id"])
        if visit.team and kept.by != visit.name and not visit.may("admin"):
            return failure(
                request, 403, f"This is a search of {kept.by}: they or an admin can drop it."
            )
        made = ledger.withdraw_search(kept.id, by=visit.name)
    return as_json(search_line(made))

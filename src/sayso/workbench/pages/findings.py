"""Statements and claims: search with filters, pages by cursor, a feed, a queue to review."""

from __future__ import annotations

import re
from typing import Any, Literal, cast, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import sayso
from sayso.briefing import precision
from sayso.errors import NoSuchRecord
from sayso.export.reviews.figures import Precision
from sayso.records.findings import Act, Claim, ClaimKind, Statement, StatementKind
from sayso.store import browsing
from sayso.store.browsing import QueueOrder, ReviewState
from sayso.store.filters import Filter
from sayso.store.sampling import size_of
from sayso.store.standing import states
from sayso.workbench.answers import answer, wants_json
from sayso.workbench.asked import choice, cursor, query_of, share
from sayso.workbench.kept import search_lines
from sayso.workbench.opening import ledger_of
from sayso.workbench.views import finding_line, next_address

_MOST = 50
_NAMES = ("holder", "about", "kind", "act", "place", "outlet", "since", "until")
_REVIEW = ("open", "confirmed", "rejected", "corrected", "added")
Table = Literal["statements", "claims"]
_KINDS = {"statements": get_args(StatementKind), "claims": get_args(ClaimKind)}
_ACTS = get_args(Act)
_NO_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def statements(request: Request) -> Response:
    """`/statements`"""
    return _listing(request, "statements")


def claims(request: Request) -> Response:
    """`/claims`"""
    return _listing(request, "claims")


def queue(request: Request) -> Response:
    """`/queue`: what was not yet looked at, the least sure first; `?order=sample`: the sample."""
    order: QueueOrder = "sample" if request.query_params.get("order") == "sample" else "unsure"
    with ledger_of(request) as ledger, ledger.reading() as db:
        records = [ledger.record(id) for id in browsing.unreviewed(db, order, _MOST)]
        findings = _view(ledger, [r for r in records if isinstance(r, Statement | Claim)], {})
        size = size_of(db, browsing.SAMPLE)
        found = precision(ledger, browsing.SAMPLE)
    view = {
        "order": order,
        "findings": findings,
        "sample": {
            "size": size,
            "looked_at": found.looked_at if found else 0,
            "wrong": found.wrong if found else 0,
            "rate": _rate(found) if found else None,
        },
    }
    return answer(request, "queue.html.j2", view)


def _rate(found: Precision) -> dict[str, float]:
    """The share that is wrong, with the interval that it lies in, all 0..1."""
    low, high = found.interval
    return {"share": 1 - found.value, "low": 1 - high, "high": 1 - low}


def show(request: Request) -> Response:
    """`/findings/{id}`: goes to the finding in its text."""
    with ledger_of(request) as ledger:
        record = ledger.record(request.path_params["id"])
        if not isinstance(record, Statement | Claim):
            raise NoSuchRecord(f"{record.id}: is no statement and no claim", record.id)
        if wants_json(request):
            return answer(request, "", {"record": record, "standing": ledger.standing(record.id)})
        return RedirectResponse(f"/documents/{record.document}#f-{record.id}", 303)


def statements_feed(request: Request) -> Response:
    """`/statements.atom`: the same search as an Atom feed (RFC 4287)."""
    return _feed(request, "statements")


def claims_feed(request: Request) -> Response:
    """`/claims.atom`"""
    return _feed(request, "claims")


def _feed(request: Request, table: Table) -> Response:
    query = query_of(request)
    with ledger_of(request) as ledger:
        found, _ = _search(ledger, table, query, None)
        lines = _view(ledger, found, {})
        stamp = max(
            (str(ledger.lookup().document(r.document).get("published") or "") for r in found),
            default="",
        )
    xml = _atom(request, table, lines, stamp, query)
    return Response(xml, media_type="application/atom+xml")


def _listing(request: Request, table: Table) -> Response:
    query = query_of(request)
    after = cursor(query)
    with ledger_of(request) as ledger:
        found, next_after = _search(ledger, table, query, after)
        with ledger.reading() as db:
            held = states(db, [record.id for record in found])
        view = {
            "findings": _view(ledger, found, held),
            "next": next_address(query, next_after),
            "searches": search_lines(ledger, table),
            "_table": table,
            "_query": urlencode(sorted((n, v) for n, v in query.items() if n != "after" and v)),
            "_kinds": _KINDS[table],
            "_acts": _ACTS if table == "statements" else (),
            "_reviews": _REVIEW,
        }
    return answer(request, "findings.html.j2", view)


def _search(
    ledger: sayso.Ledger, table: Table, query: dict[str, str], after: int | None
) -> tuple[list[Statement | Claim], int | None]:
    wanted, review = filters_of(query, table)
    with ledger.reading() as db:
        found = browsing.page(db, table, wanted, after=after, most=_MOST, review=review)
    return found.records, found.after


def filters_of(query: dict[str, str], table: Table) -> tuple[Filter, ReviewState | None]:
    """The filters of an address. Raises `SettingsError` for one that means nothing."""
    given: dict[str, Any] = {name: query[name] for name in _NAMES if query.get(name)}
    if query.get("q"):
        given["search"] = query["q"]
    given["confidence"] = share(query, "confidence")
    choice(query, "kind", _KINDS[table])
    choice(query, "act", _ACTS)
    return Filter(**given), cast(ReviewState | None, choice(query, "review", _REVIEW))


def _view(
    ledger: sayso.Ledger, records: list[Statement | Claim], states: dict[str, str]
) -> list[dict[str, Any]]:
    lookup = ledger.lookup()
    return [finding_line(record, lookup, states.get(record.id)) for record in records]


def _atom(
    request: Request,
    table: Table,
    lines: list[dict[str, Any]],
    stamp: str,
    query: dict[str, str],
) -> bytes:
    from lxml import etree

    atom = "http://www.w3.org/2005/Atom"
    root = etree.Element(f"{{{atom}}}feed", nsmap={None: atom})

    def add(parent: Any, name: str, text: str, **attributes: str) -> None:
        child = etree.SubElement(parent, f"{{{atom}}}{name}", **attributes)
        child.text = _NO_XML.sub("\ufffd", text) or None

    title = ", ".join(f"{k}: {v}" for k, v in query.items()) or f"all {table}"
    base = str(request.base_url)
    add(root, "title", f"sayso, {request.app.state.name}: {title}")
    add(root, "id", f"{base}{table}?{request.url.query}")
    add(root, "updated", _instant(stamp))
    add(etree.SubElement(root, f"{{{atom}}}author"), "name", "sayso")
    for line in lines:
        entry = etree.SubElement(root, f"{{{atom}}}entry")
        words = str(line["content"] if table == "statements" else line["quote"])
        nobody = "unknown" if table == "statements" else "the report’s own voice"
        add(entry, "title", f"{line['holder'] or nobody}: {words}"[:200])
        add(entry, "id", f"urn:sayso:{line['id']}")
        add(entry, "updated", _instant(str(line["published"] or "")))
        etree.SubElement(entry, f"{{{atom}}}link", href=f"{base}findings/{line['id']}")
        add(entry, "summary", words)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _instant(day: str) -> str:
    """A day as the instant that Atom asks for; of an unknown one, the first there is."""
    parts = [part for part in day[:10].split("-") if part.isdigit()]
    year, month, date = (
        (*parts, "01", "01")[:3] if len(parts) in (1, 2, 3) else ("1970", "01", "01")
    )
    return f"{year}-{month}-{date}T00:00:00Z"

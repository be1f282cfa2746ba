"""Documents: the list, and the reading pane."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NoSuchRecord
from sayso.records.documents import Document
from sayso.store.asking import all_rows
from sayso.store.filters import Filter, select_documents
from sayso.workbench.answers import answer
from sayso.workbench.opening import ledger_of
from sayso.workbench.reading_pane import pane
from sayso.workbench.views import cursor_of, document_line, next_address

_MOST = 50


def listing(request: Request) -> Response:
    """`/documents`: the latest first; `?after=` a cursor, `?q=` words in the text."""
    query = dict(request.query_params)
    after = cursor_of(query)
    with ledger_of(request) as ledger, ledger.reading() as db:
        selection = select_documents(db, Filter(search=query.get("q", "").strip() or None))
        joint = "AND" if selection.values else "WHERE"
        rows = all_rows(
            db,
            f"SELECT t.number, t.id FROM {selection.source} {joint} t.number < ?"
            " ORDER BY t.number DESC LIMIT ?",
            (*selection.values, after if after is not None else 1 << 62, _MOST + 1),
        )
        found = [ledger.record(str(id)) for _, id in rows[:_MOST]]
        view = {
            "documents": [document_line(d) for d in found if isinstance(d, Document)],
            "next": next_address(query, int(rows[_MOST - 1][0]) if len(rows) > _MOST else None),
        }
    return answer(request, "documents.html.j2", view)


def show(request: Request) -> Response:
    """`/documents/{id}`: the text with all that was found in it, and the records beside it."""
    with ledger_of(request) as ledger:
        document = ledger.record(request.path_params["id"])
        if not isinstance(document, Document):
            raise NoSuchRecord(f"{document.id}: is no document", document.id)
        return answer(request, "document.html.j2", pane(ledger, document))

"""The first page: what is in the ledger, what came in lately, who speaks most, what is disputed."""

from __future__ import annotations

from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from sayso.records.documents import Document
from sayso.store import browsing
from sayso.workbench.answers import answer
from sayso.workbench.opening import ledger_of
from sayso.workbench.views import dispute_line, document_line

_LATEST = 8
_SPEAKERS = 12
_DISPUTES = 6


def show(request: Request) -> Response:
    """`/`"""
    with ledger_of(request) as ledger, ledger.reading() as db:
        counts = browsing.counts(db)
        latest = [ledger.record(id) for id in browsing.latest(db, _LATEST)]
        speakers = [
            {"id": id, "name": ledger.name_of(id) or id, "statements": count}
            for id, count in browsing.speakers(db, _SPEAKERS)
        ]
        open_disputes = [d for d in islice(ledger.disputes(), 200) if d.verdict != "agree"]
        view = {
            "counts": counts,
            "latest": [document_line(d) for d in latest if isinstance(d, Document)],
            "speakers": speakers,
            "disputes": [dispute_line(d) for d in open_disputes[:_DISPUTES]],
        }
    return answer(request, "overview.html.j2", view)

"""Whether something new is in the ledger: pages ask now and then, and fetch themselves anew."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sayso.store import browsing
from sayso.workbench.answers import as_json
from sayso.workbench.opening import ledger_of


def version(request: Request) -> Response:
    """`/live`: a value that changes with every write, by whatever process."""
    with ledger_of(request) as ledger, ledger.reading() as db:
        return as_json({"version": browsing.version(db)})

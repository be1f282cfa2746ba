"""The ledger of a request. Each request opens it anew: it may be served by any thread, and sees
what another process has just written."""

from __future__ import annotations

from starlette.requests import Request

import sayso


def ledger_of(request: Request) -> sayso.Ledger:
    """The ledger, to be closed by a `with`. Raises `LedgerError`."""
    return sayso.open(request.app.state.path, create=False)

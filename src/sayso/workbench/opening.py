"""The ledger of a request. Each request opens it anew: it may be served by any thread, and sees
what another process has just written."""

from __future__ import annotations

import getpass

from starlette.requests import Request

import sayso


def ledger_of(request: Request) -> sayso.Ledger:
    """The ledger, to be closed by a `with`. Raises `LedgerError`."""
    return sayso.open(request.app.state.path, create=False)


def user_of(request: Request) -> str:
    """Who asks: whoever runs the workbench; in a container, there may be no name for them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # before Python 3.13 a missing account raises KeyError
        return "unknown"

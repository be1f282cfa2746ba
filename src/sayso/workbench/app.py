"""The application: addresses, and what answers them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sayso.errors import LedgerError, NoSuchRecord, SaysoError
from sayso.workbench.answers import failure, prepare
from sayso.workbench.guards import Guards
from sayso.workbench.pages import (
    accounts,
    actors,
    brief,
    description,
    disputes,
    documents,
    findings,
    judging,
    live,
    login,
    maps,
    network,
    overview,
    reviews,
    searches,
    timeline,
)
from sayso.workbench.team.checking import Checking
from sayso.workbench.team.door import Door
from sayso.workbench.team.guards import Served, TeamGuards

_STATIC = Path(__file__).parent / "static"


def create_app(path: str, *, token: str, host: str, port: int) -> Starlette:
    """The workbench on the ledger at `path`, for whoever has the token.

    `host` and `port` are where it is served: a request that names another host is refused.
    """
    hosts = frozenset(f"{name}:{port}" for name in {host, "127.0.0.1", "localhost", "[::1]"})
    return _application(path, Middleware(Guards, token=token, hosts=hosts, port=port), [])


def create_team_app(path: str, *, door: Door, served: Served) -> Starlette:
    """The workbench on the ledger at `path`, for whoever has an account with the door."""
    guards = Middleware(TeamGuards, door=door, served=served)
    app = _application(path, guards, TEAM_ROUTES)
    app.state.door = door
    app.state.served = served
    app.state.checking = Checking()
    return app


TEAM_ROUTES: tuple[BaseRoute, ...] = (
    Route("/login", login.show, methods=["GET"]),
    Route("/login", login.enter, methods=["POST"]),
    Route("/logout", login.leave, methods=["POST"]),
    Route("/account", accounts.own, methods=["GET"]),
    Route("/account/password", accounts.change_password, methods=["POST"]),
    Route("/account/sessions", accounts.end_sessions, methods=["POST"]),
    Route("/accounts", accounts.listing, methods=["GET"]),
    Route("/accounts", accounts.add, methods=["POST"]),
    Route("/accounts/role", accounts.set_role, methods=["POST"]),
    Route("/accounts/password", accounts.set_password, methods=["POST"]),
    Route("/accounts/disable", accounts.disable, methods=["POST"]),
    Route("/accounts/enable", accounts.enable, methods=["POST"]),
)
"""What only a team has. `team.access` says which role each of them needs."""


def _application(path: str, guards: Middleware, more: Sequence[BaseRoute]) -> Starlette:
    prepare()
    app = Starlette(
        routes=[
            Route("/", overview.show),
            Route("/documents", documents.listing),
            Route("/documents/{id}", documents.show),
            Route("/statements", findings.statements),
            Route("/statements.atom", findings.statements_feed),
            Route("/claims", findings.claims),
            Route("/claims.atom", findings.claims_feed),
            Route("/searches", searches.keep, methods=["POST"]),
            Route("/searches/{id}", searches.show),
            Route("/searches/{id}/withdraw", searches.withdraw, methods=["POST"]),
            Route("/findings/{id}", findings.show),
            Route("/actors", actors.listing),
            Route("/actors/{id}", actors.show),
            Route("/disputes", disputes.listing),
            Route("/disputes/{id}", disputes.show),
            Route("/judgements", judging.listing, methods=["GET"]),
            Route("/judgements", judging.judge, methods=["POST"]),
            Route("/judgements/{id}/withdraw", judging.withdraw, methods=["POST"]),
            Route("/queue", findings.queue),
            Route("/live", live.version),
            Route("/openapi.json", description.openapi),
            Route("/brief", brief.show),
            Route("/brief.{form}", brief.download),
            Route("/timeline", timeline.show),
            Route("/map", maps.show),
            Route("/network", network.show),
            Route("/reviews", reviews.show),
            Route("/training/{form}", reviews.download),
            Mount("/static", StaticFiles(directory=_STATIC)),
            *more,
        ],
        middleware=[guards],
        exception_handlers={
            404: _not_found,
            NoSuchRecord: _no_record,
            LedgerError: _unusable,
            SaysoError: _refused,
        },
    )
    app.state.path = path
    app.state.name = Path(path).stem
    return app


def _not_found(request: Request, error: Exception) -> Response:
    return failure(request, 404, "There is no page at this address.")


def _no_record(request: Request, error: Exception) -> Response:
    return failure(request, 404, str(error))


def _unusable(request: Request, error: Exception) -> Response:
    return failure(request, 503, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return failure(request, 400, str(error))

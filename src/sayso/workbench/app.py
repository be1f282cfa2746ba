"""The application: addresses, and what answers them."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sayso.errors import LedgerError, NoSuchRecord, SaysoError
from sayso.workbench.answers import failure, prepare
from sayso.workbench.guards import Guards
from sayso.workbench.pages import (
    actors,
    brief,
    description,
    disputes,
    documents,
    findings,
    judging,
    live,
    maps,
    network,
    overview,
    reviews,
    searches,
    timeline,
)

_STATIC = Path(__file__).parent / "static"


def create_app(path: str, *, token: str, host: str, port: int) -> Starlette:
    """The workbench on the ledger at `path`, for whoever has the token.

    `host` and `port` are where it is served: a request that names another host is refused.
    """
    prepare()
    hosts = frozenset(f"{name}:{port}" for name in {host, "127.0.0.1", "localhost", "[::1]"})
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
        ],
        middleware=[Middleware(Guards, token=token, hosts=hosts, port=port)],
        exception_handlers={
            404: _not_found,
            NoSuchRecord: _no_record,
            LedgerError: _unusable,
            SaysoError: _refused,
        },
    )
    app.state.path = path
    app.state.name = Path(path).stem
    app.state.token = token
    return app


def _not_found(request: Request, error: Exception) -> Response:
    return failure(request, 404, "There is no page at this address.")


def _no_record(request: Request, error: Exception) -> Response:
    return failure(request, 404, str(error))


def _unusable(request: Request, error: Exception) -> Response:
    return failure(request, 503, str(error))


def _refused(request: Request, error: Exception) -> Response:
    return failure(request, 400, str(error))

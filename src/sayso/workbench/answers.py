"""One view, two answers: a page for people, and its JSON twin at the same address."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from sayso.export.report.page import marked, show
from sayso.workbench.visiting import visit_of

if TYPE_CHECKING:
    from jinja2 import Environment

Json = dict[str, Any]


def wants_json(request: Request) -> bool:
    """Whether the JSON twin is asked for."""
    return "application/json" in request.headers.get("accept", "")


def answer(request: Request, template: str, view: Json, *, status: int = 200) -> Response:
    """The page of a view, or the view itself. Names that begin with `_` are for the page alone."""
    if wants_json(request):
        return as_json({k: v for k, v in view.items() if not k.startswith("_")}, status=status)
    state, visit = request.app.state, visit_of(request)
    html = (
        _environment()
        .get_template(template)
        .render(
            **view,
            ledger_name=state.name,
            visit=visit,
            form_token=visit.form_token,
            path=request.url.path,
            query=_Query(request.query_params),
            partial="x-sayso-partial" in request.headers,
            version=_version(),
        )
    )
    return HTMLResponse(html, status)


def as_json(value: object, *, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(
        msgspec.json.encode(value, enc_hook=_plain), status, media_type="application/json"
    )


def failure(request: Request, status: int, message: str) -> Response:
    """What went wrong and what to do, in the shape that was asked for."""
    if visit_of(request).role is None:  # the page would show a stranger what is behind the door
        return PlainTextResponse(message, status)
    return answer(request, "failure.html.j2", {"status": status, "error": message}, status=status)


def prepare() -> None:
    """Compiles what every page is made with, so that the first one is not the slow one."""
    for template in ("parts.html.j2", "overview.html.j2", "base.html.j2"):
        _environment().get_template(template)
    _version()


@cache
def _version() -> str:
    return version("sayso")


class _Query(dict[str, str]):
    """What stands in the address; empty where nothing does."""

    def __missing__(self, name: str) -> str:
        return ""


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise NotImplementedError(f"no JSON for {type(value)}")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sayso.workbench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        show=show,
        marked=marked,
        number="{:,}".format,
        words=lambda word: str(word).replace("_", " "),
        percent=lambda share: f"{share:.0%}",
    )
    return environment

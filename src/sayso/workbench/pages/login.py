"""Coming in and going out, where people have accounts. The pages work without a script."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.workbench.answers import answer
from sayso.workbench.team.checking import Busy
from sayso.workbench.team.door import Door, Refused
from sayso.workbench.team.guards import Served, fields_of
from sayso.workbench.visiting import visit_of

_WRONG = "The name or the password is wrong."
"""Whichever it was: which names are known is nobody's business."""
_BUSY = "Too many people are at the door at once. Try again in a moment."


def show(request: Request) -> Response:
    """`/login`: the form; `?to=` where to go then."""
    return _form(request, request.query_params.get("to", ""))


async def enter(request: Request) -> Response:
    """`POST /login`"""
    fields = fields_of(request)
    served: Served = request.app.state.served
    door: Door = request.app.state.door
    to = fields.get("to", "")
    try:
        entered = await request.app.state.checking.run(
            lambda: door.enter(
                fields.get("name", ""),
                fields.get("password", ""),
                address=address_of(request),
                device=request.cookies.get(served.cookie("known"), ""),
            )
        )
    except Busy:
        return _form(request, to, error=_BUSY, status=503)
    if isinstance(entered, Refused):
        return _form(request, to, error=refusal(entered, _WRONG), wait=entered.wait)
    response = RedirectResponse(inside(to), 303)
    served.keep(response, "", entered.session)
    served.drop(response, "login")
    if entered.device is not None:
        served.keep(response, "known", entered.device, seconds=door.ages.device)
    return response


async def leave(request: Request) -> Response:
    """`POST /logout`"""
    visit = visit_of(request)
    await run_in_threadpool(request.app.state.door.leave, visit.secret, visit.name)
    response = RedirectResponse("/login", 303)
    request.app.state.served.drop(response, "")
    return response


def refusal(refused: Refused, wrong: str) -> str:
    """What to say to who was not let in."""
    if refused.wait <= 0:
        return wrong
    seconds = math.ceil(refused.wait)
    wait = f"{seconds} seconds" if seconds < 120 else f"{math.ceil(seconds / 60)} minutes"
    return f"There were too many wrong tries. Try again in {wait}; before that, none is looked at."


def inside(to: str) -> str:
    """An address of ours to go to; the overview where `to` is none."""
    parts = urlsplit("/" + to.lstrip("/\\"))
    odd = any(ord(char) < 33 or char == "\\" for char in to)
    # "//" and "/\\" would name another host, in some browsers also behind a tab or a line feed.
    if not to.startswith("/") or odd or parts.scheme or parts.netloc or to.startswith("//"):
        return "/"
    return "/" if parts.path == "/login" else to


def address_of(request: Request) -> str:
    """Where a request comes from, as far as the network tells."""
    return request.client.host[:64] if request.client else ""


def _form(
    request: Request, to: str, *, error: str | None = None, wait: float = 0.0, status: int = 200
) -> Response:
    served: Served = request.app.state.served
    if error is not None and status == 200:
        status = 429 if wait > 0 else 401
    view = {"error": error, "to": inside(to)}
    response = answer(request, "login.html.j2", view, status=status)
    if wait > 0:
        response.headers["retry-after"] = str(math.ceil(wait))
    served.keep(response, "login", visit_of(request).secret)
    return response

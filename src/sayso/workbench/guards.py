"""Who may ask: this machine, by the right name, with the token; and what a page may do."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.workbench.visiting import this_user

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD"})


def cookie_name(port: int) -> str:
    """The cookie's name. A browser sends the cookies of a host to all its ports: two workbenches
    would overwrite each other's if they had one name."""
    return f"sayso-{port}"


def form_token(token: str) -> str:
    """What a page must send along to change something: known only to who has seen a page."""
    return hmac.new(token.encode(), b"sayso form", sha256).hexdigest()


class Guards:
    """ASGI middleware around the whole application.

    A page of another site may make the browser send a request here, and may name this machine by
    a host of its own (DNS rebinding). So the `Host` must be ours, the cookie is never sent along
    by another site, and what changes something needs a second token that only our pages hold.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: frozenset[str], port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = hosts
        self._cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        if refused is not None:
            await refused(scope, receive, with_headers(send))
            return
        scope.setdefault("state", {})["visit"] = this_user(form_token(self._token))
        await self._app(scope, receive, with_headers(send))

    def _refused(self, request: Request) -> Response | None:
        named = request.headers.getlist("host")
        if len(named) != 1 or named[0] not in self._hosts:
            return PlainTextResponse("This address is not mine.", 421)
        if request.method == "GET" and "token" in request.query_params:
            return self._let_in(request)
        if not equal(request.cookies.get(self._cookie, ""), self._token):
            return PlainTextResponse(
                "Open the address that 'sayso serve' printed: it holds the token.", 403
            )
        if request.method in _SAFE:
            return None
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        known = origin is None or origin.partition("://")[2] in self._hosts
        if not known or site not in ("same-origin", "none"):
            return PlainTextResponse("This comes from another site.", 403)
        if not equal(request.headers.get("x-sayso-form", ""), form_token(self._token)):
            return PlainTextResponse("Reload the page and try again.", 403)
        return None

    def _let_in(self, request: Request) -> Response:
        """Takes the token out of the address, so that it does not stay in the history."""
        pairs = parse_qsl(request.url.query, keep_blank_values=True)
        given = next((value for name, value in pairs if name == "token"), "")
        if not equal(given, self._token):
            return PlainTextResponse("The token is not the one of this session.", 403)
        rest = urlencode([(name, value) for name, value in pairs if name != "token"])
        # One slash: two would name another host, and so would a backslash in some browsers.
        path = "/" + quote(request.url.path.lstrip("/\\"))
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return response


def equal(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def with_headers(
    send: Send, more: Mapping[str, str] | None = None
) -> Callable[[Message], Awaitable[None]]:
    """`send` that puts on every answer what a page may do; `more` overrules."""
    ours = {**_HEADERS, **(more or {})}

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = [(name.encode(), value.encode()) for name, value in ours.items()]
            kept = [h for h in message.get("headers", []) if h[0].decode().lower() not in ours]
            message["headers"] = [*kept, *own]
        await send(message)

    return sending

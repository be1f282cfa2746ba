"""Who may ask, where people have accounts: the right name, a session or a token, the role, and
for a change the form token. All of it is decided here, before any page runs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import AccountsError, SettingsError
from sayso.workbench.answers import as_json, failure, wants_json
from sayso.workbench.guards import cookie_name, equal, form_token, with_headers
from sayso.workbench.team import access
from sayso.workbench.team.access import LOGIN, SAFE, Need
from sayso.workbench.team.door import Door
from sayso.workbench.visiting import Visit

_LARGEST_FORM = 10_000
"""Bytes of a form."""
_MOST_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {"referrer-policy": "same-origin"}
"""By `no-referrer`, browsers send `Origin: null` with our own forms, too."""


@dataclass(frozen=True, slots=True)
class Served:
    """How the workbench is reached."""

    hosts: frozenset[str]
    """What `Host` may be, in small letters."""
    port: int
    """Where it listens: in the names of its cookies."""
    secure: bool
    """Whether browsers come by TLS."""

    def cookie(self, what: str = "") -> str:
        """The name of a cookie. A browser takes one with the prefix over TLS alone, for this host
        alone: no neighbour can plant it."""
        name = cookie_name(self.port) + (f"-{what}" if what else "")
        return f"__Host-{name}" if self.secure else name

    def keep(self, answer: Response, what: str, value: str, *, seconds: int | None = None) -> None:
        """Puts a cookie on an answer; for the browser's session where no time is given."""
        answer.set_cookie(
            self.cookie(what),
            value,
            max_age=seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def drop(self, answer: Response, what: str) -> None:
        """Takes a cookie back."""
        self.keep(answer, what, "", seconds=0)


def hosts_of(names: Iterable[str], *, port: int, secure: bool, proxied: bool) -> frozenset[str]:
    """What `Host` may be, of the names that people reach the workbench by.

    A name may bear a port; else it is that of the proxy's scheme, or where the workbench listens.
    Raises `SettingsError` where one is no name.
    """
    usual = 443 if secure else 80
    found = set()
    for given in names:
        name, own = _parted(given)
        reached = own or (usual if proxied else port)
        found.add(f"{name}:{reached}")
        if reached == usual:
            found.add(name)
    return frozenset(found)


class TeamGuards:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, door: Door, served: Served) -> None:
        self._app = app
        self._door = door
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = with_headers(send, _HEADERS)
        request = Request(scope, receive)
        refused = self._wrong_address(request)
        if refused is None:
            try:
                refused = await self._refused(request)
            except AccountsError as error:
                refused = PlainTextResponse(str(error), 503)
        if refused is not None:
            await refused(scope, receive, send)
            return
        body = scope["state"].pop("body", None)
        await self._app(scope, receive if body is None else _again(body, receive), send)

    def _wrong_address(self, request: Request) -> Response | None:
        named = request.headers.getlist("host")
        if len(named) != 1 or named[0].lower() not in self._served.hosts:
            return PlainTextResponse(
                "This address is not mine: 'sayso serve --team --name NAME' says which are.", 421
            )
        if self._served.secure and request.url.scheme != "https":
            return PlainTextResponse(
                "Come by https. If you do, the proxy does not say so: it must send"
                " X-Forwarded-Proto, and 'sayso serve --proxy' must name its address.",
                421,
            )
        return None

    async def _refused(self, request: Request) -> Response | None:
        pattern = access.pattern_of(request.app.routes, request.scope)
        need = access.needed(request.method, pattern)
        token = _bearer(request)
        visit = await run_in_threadpool(self._visit, request, pattern, token)
        request.scope.setdefault("state", {})["visit"] = visit
        refused = _by_role(request, visit, need)
        if refused is not None:
            return refused
        if visit.must_change and pattern not in access.WITH_START_PASSWORD:
            if request.method in SAFE and not wants_json(request):
                return RedirectResponse("/account", 303)
            return failure(request, 403, "Choose a password of your own first, at /account.")
        if request.method in SAFE or token is not None:
            return None  # no browser sends a token along by itself
        return await self._forged(request, visit)

    def _visit(self, request: Request, pattern: str | None, token: str | None) -> Visit:
        if token is not None:
            bearer = self._door.bearer(token)
            if bearer is None:
                return Visit("", None, "", team=True)
            who = bearer.account
            return Visit(who.name, bearer.role, "", team=True, must_change=who.must_change)
        if pattern == LOGIN:
            # A secret before there is a session, so that nobody is logged in as somebody else by a
            # page of another site. It is worth nothing else and does not become the session.
            known = request.cookies.get(self._served.cookie("login"), "")
            secret = known if len(known) >= 32 else secrets.token_urlsafe(32)
            return Visit("", None, form_token(secret), team=True, secret=secret)
        secret = request.cookies.get(self._served.cookie(), "")
        # Pages ask by themselves whether there is news: that keeps nobody logged in.
        active = pattern != "/live" and "x-sayso-partial" not in request.headers
        account = self._door.visitor(secret, active=active)
        if account is None:
            return Visit("", None, "", team=True)
        return Visit(
            account.name,
            account.role,
            form_token(secret),
            team=True,
            must_change=account.must_change,
            secret=secret,
        )

    async def _forged(self, request: Request, visit: Visit) -> Response | None:
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers['host']}".lower()
        site = request.headers.get("sec-fetch-site", "same-origin")
        if (origin is not None and origin.lower() != own) or site not in ("same-origin", "none"):
            return PlainTextResponse("This comes from another site.", 403)
        given = request.headers.get("x-sayso-form", "")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
            body = await _body(request)
            if body is None:
                return PlainTextResponse("This form is too long.", 413)
            fields = _fields(body)
            request.scope["state"].update(form=fields, body=body)
            given = given or fields.get("form", "")
        if not visit.form_token or not equal(given, visit.form_token):
            return PlainTextResponse("Reload the page and try again.", 403)
        return None


def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form that the guards let pass; empty where none was sent."""
    found = getattr(request.state, "form", {})
    assert isinstance(found, dict)
    return found


def _by_role(request: Request, visit: Visit, need: Need) -> Response | None:
    if need == "stranger":
        return None
    if visit.role is None:
        return _to_the_door(request)
    if need == "nobody":
        return failure(request, 403, "Nobody may do this here: no role was given to this address.")
    if not visit.may(need):
        return failure(
            request,
            403,
            f"Your account is one of a {visit.role}, and this needs a {need}. Ask an admin.",
        )
    return None


def _to_the_door(request: Request) -> Response:
    by_itself = "x-sayso-partial" in request.headers or request.method not in SAFE
    if wants_json(request) or by_itself or "authorization" in request.headers:
        return as_json({"error": "Log in, and try again."}, status=401)
    path = "/" + request.url.path.lstrip("/\\")
    query = request.url.query
    to = f"{path}?{query}" if query else path
    return RedirectResponse(LOGIN if to == "/" else f"{LOGIN}?{urlencode({'to': to})}", 303)


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


async def _body(request: Request) -> bytes | None:
    """The body of a form; None of one that is too long, the rest of which is never held."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            return None
    return body


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a form; of one given twice, the last; none where they are too many."""
    try:
        pairs = parse_qsl(
            body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return {}
    return dict(pairs)


def _again(body: bytes, receive: Receive) -> Receive:
    """`receive` that gives a body which was read once more."""
    left = [body]

    async def receiving() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return receiving


def _parted(given: str) -> tuple[str, int | None]:
    """A name as browsers write it in `Host`, and its port."""
    text = given.strip().lower()
    try:
        address = ip_address(text.strip("[]"))
        return (f"[{address}]" if address.version == 6 else str(address)), None
    except ValueError:
        pass
    name, _, port = text.rpartition(":") if ":" in text else (text, "", "")
    if ":" in text and not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65_536):
        raise SettingsError(f"--name: {given!r} has no port that there is")
    if name.startswith("["):
        try:
            name = f"[{ip_address(name.strip('[]'))}]"
        except ValueError:
            name = ""
    else:
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            name = ""
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789-.[]:")
    if not name or not set(name) <= letters:
        raise SettingsError(f"--name: {given!r} is no name of a host; give one like desk.example")
    return name, int(port) if port else None

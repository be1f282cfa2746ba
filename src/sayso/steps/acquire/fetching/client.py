"""One exchange with a server: from an address to what it answered, within all limits."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime

import httpcore

from sayso.errors import SetAside, SettingsError
from sayso.records.captures import Capture, Headers, Redirect, Truncated, Validators
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.addresses import (
    WebAddress,
    allowed_networks,
    joined,
    web_address,
)
from sayso.steps.acquire.fetching.connecting import (
    CheckedBackend,
    Deadline,
    OutOfTime,
    Resolver,
)
from sayso.steps.acquire.fetching.unpacking import ACCEPTED, NotUnpacked, unpacked

_REDIRECTS = {301, 302, 303, 307, 308}
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"
Pass = Callable[[WebAddress], None]
"""Called before each request, redirected ones too; waits its turn or raises `SetAside`."""


class Client:
    """Fetches one address after another. Keeps no cookies and no connections between fetches,
    and takes nothing (proxies, passwords, certificates) from its environment."""

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        resolve: Resolver | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Raises `SettingsError`."""
        self.settings = settings or FetchSettings()
        said = {"user_agent": self.settings.user_agent, "contact": self.settings.contact}
        for name, words in said.items():
            if words is not None and not (
                words.strip() and words.isascii() and words.isprintable()
            ):
                raise SettingsError(f"{name} must be one line of ASCII, not {words!r}")
        self._allowed = allowed_networks(self.settings.allowed_networks)
        self._resolve = resolve
        self._now = now
        self._tls: ssl.SSLContext | None = None

    def fetch(
        self, uri: str, *, known: Validators | None = None, before: Pass = lambda _: None
    ) -> Capture:
        """What `uri` answers, whatever its status; 304 where it has not changed since `known`.

        A body that is not whole is given with the reason in `truncated`. Raises `SetAside`, with a
        reason each for an address that is refused, a server that cannot be reached or trusted,
        too many redirects, and an answer that is no HTTP.
        """
        address = web_address(uri, ports=self.settings.allowed_ports)
        hops: list[Redirect] = []
        visited = {str(address)}
        while True:
            before(address)
            capture = self._ask(uri, address, tuple(hops), known)
            location = capture.header("location")
            if capture.status not in _REDIRECTS or location is None:
                return capture
            hops.append(Redirect(str(address), capture.status, location))
            address = self._next(address, location, visited, len(hops))

    def _next(self, address: WebAddress, location: str, visited: set[str], hops: int) -> WebAddress:
        if hops > self.settings.max_redirects:
            raise SetAside(
                "too_many_redirects", f"more than {self.settings.max_redirects} redirects"
            )
        with suppress(UnicodeError):  # servers write UTF-8 where the standard has ASCII
            location = location.encode("latin-1").decode()
        following = web_address(joined(str(address), location), ports=self.settings.allowed_ports)
        if address.scheme == "https" and following.scheme == "http":
            raise SetAside("address_refused", "it redirects from https to http")
        if str(following) in visited:
            raise SetAside("too_many_redirects", f"the redirects go round: {following} again")
        visited.add(str(following))
        return following

    def _ask(
        self,
        uri: str,
        address: WebAddress,
        hops: tuple[Redirect, ...],
        known: Validators | None,
    ) -> Capture:
        deadline = Deadline(self.settings.total_seconds)
        backend = CheckedBackend(deadline, self._allowed, self._resolve)
        headers = self._headers(address, known)
        with httpcore.ConnectionPool(
            ssl_context=self._context() if address.scheme == "https" else None,
            network_backend=backend,
            max_connections=1,
            max_keepalive_connections=0,
        ) as pool:
            try:
                with pool.stream(
                    "GET",
                    httpcore.URL(
                        scheme=address.scheme.encode(),
                        host=address.host.encode(),
                        port=address.port,
                        target=address.target.encode(),
                    ),
                    headers=list(headers),
                    extensions={"timeout": self._timeouts()},
                ) as response:
                    body, truncated = _body(response, self.settings.max_body)
            except _FAILURES as error:
                raise _explained(error, address) from error
        answer = _Answer(response)
        content = body
        try:
            coding = ",".join(answer.all("content-encoding"))
            content = unpacked(body, coding, self.settings)
        except NotUnpacked as error:
            content = error.content
            truncated = truncated or "unpacking"
        return Capture(
            uri=uri,
            final_uri=str(address),
            redirects=hops,
            request_headers=headers,
            status=response.status,
            reason_phrase=answer.reason_phrase,
            http_version=answer.version,
            headers=answer.headers,
            body=body,
            body_sha256=Capture.digest(body),
            content=content,
            sha256=Capture.digest(content),
            retrieved=self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            peer=backend.peer,
            truncated=truncated,
        )

    def _headers(self, address: WebAddress, known: Validators | None) -> Headers:
        headers = [
            ("Host", address.authority),
            ("User-Agent", self.settings.user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
        ]
        if self.settings.contact:
            headers.append(("From", self.settings.contact))
        if known is not None:
            for name, value in (
                ("If-None-Match", known.etag),
                ("If-Modified-Since", known.last_modified),
            ):
                if value and value.isascii() and value.isprintable():
                    headers.append((name, value))
        return tuple(headers)

    def _timeouts(self) -> dict[str, float]:
        connect, read = self.settings.connect_seconds, self.settings.read_seconds
        return {"connect": connect, "read": read, "write": read, "pool": connect}

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


_FAILURES = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)


class _Answer:
    """The head of a response, as text."""

    def __init__(self, response: httpcore.Response) -> None:
        self.headers: Headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers
        )
        version, phrase = (
            response.extensions.get(key, b"") for key in ("http_version", "reason_phrase")
        )
        self.version = version.decode("latin-1") if isinstance(version, bytes) else ""
        self.reason_phrase = phrase.decode("latin-1") if isinstance(phrase, bytes) else ""

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


def _body(response: httpcore.Response, limit: int) -> tuple[bytes, Truncated | None]:
    """The body, and why it is not whole."""
    out = bytearray()
    pieces: Iterable[bytes] = response.iter_stream()
    try:
        for piece in pieces:
            out += piece
            if len(out) > limit:
                return bytes(out[:limit]), "length"
    except httpcore.TimeoutException:
        return bytes(out), "time"
    except (httpcore.NetworkError, httpcore.ProtocolError):
        return bytes(out), "disconnect"
    return bytes(out), None


def _explained(error: Exception, address: WebAddress) -> SetAside:
    what = str(error)[:200] or type(error).__name__
    if isinstance(error, OutOfTime):
        return SetAside("deadline", f"{address.host} did not answer in time", "try again later")
    if isinstance(error, httpcore.TimeoutException):
        return SetAside("deadline", f"{address.host} is silent: {what}", "try again later")
    if isinstance(error, httpcore.ProtocolError):
        return SetAside(
            "unreachable", f"{address.host} answers with something else than HTTP: {what}"
        )
    return SetAside("unreachable", f"{address.host} cannot be reached: {what}", "try again later")

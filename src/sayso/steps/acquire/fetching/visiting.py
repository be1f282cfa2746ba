"""Visiting servers with manners: asked before, slowly, not again when told to stop."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sayso.errors import SetAside
from sayso.records.captures import Capture, Validators
from sayso.steps.acquire.fetching.addresses import WebAddress
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.robots import (
    KEPT_SECONDS,
    RETRIED_SECONDS,
    UNREACHABLE,
    Robots,
    product_token,
    read_robots,
)

_AGAIN = {429, 500, 502, 503, 504}
_FIRST_PAUSE = 2.0
LEFT_ALONE_SECONDS = 3600.0
"""After too many failures in a row; then it gets another chance."""
_MOST_HOSTS = 10_000
"""Hosts remembered; a source that names more is forgotten from the oldest on."""
_INSTANT = 1e-6
"""Shorter waits are none."""


@dataclass(slots=True)
class _Host:
    """What is remembered of one host."""

    free_at: float = 0.0
    delay: float = 0.0
    failures: int = 0
    shut_until: float = 0.0
    robots: dict[str, tuple[Robots, float]] = field(default_factory=dict)
    """By origin (a host may have several ports), and when each was asked for."""
    slot: threading.Lock = field(default_factory=threading.Lock)
    """Held by who is connected to the host, so that nobody else is."""


@dataclass(slots=True)
class Visit:
    """A page to be visited, and how often that has failed."""

    uri: str
    known: Validators | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Later:
    """The page cannot be asked for yet."""

    seconds: float


class _MustWait(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class _Turn:
    """The one slot that a thread holds at a time. The last is let go before the next is taken, so
    two threads whose pages redirect to each other's hosts do not wait for ever."""

    def __init__(self) -> None:
        self._held: threading.Lock | None = None

    def take(self, slot: threading.Lock) -> None:
        if self._held is not slot:
            self.release()
            slot.acquire()
            self._held = slot

    def release(self) -> None:
        if self._held is not None:
            self._held.release()
            self._held = None


class Visitor:
    """Fetches as `Client` does, with the manners of the settings. One object a process.

    Threads may share it: no two of them are connected to one host at a time. `clock` and `sleep`
    are in seconds; `seed` spreads what several processes retry.
    """

    def __init__(
        self,
        client: Client,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        seed: int = 0,
    ) -> None:
        self.client = client
        self._settings = client.settings
        self._clock = clock
        self._sleep = sleep
        self._chance = random.Random(seed)
        self._agent = product_token(self._settings.user_agent)
        self._hosts: dict[str, _Host] = {}
        self._hosts_lock = threading.Lock()

    def visit(self, uri: str, *, known: Validators | None = None) -> Capture:
        """What `uri` answers, 2xx or 304. Raises `SetAside` for everything else.

        A body that is not whole is given with `truncated`.
        """
        asked = Visit(uri, known)
        while isinstance(answer := self.attempt(asked), Later):
            self._sleep(answer.seconds)
        return answer

    def attempt(self, asked: Visit) -> Capture | Later:
        """One try: what `visit` gives, or how long to wait before the next one.

        The same `asked` is to be given again. Waits itself only for another host that a redirect
        leads to, never for the page's own.
        """
        last: list[WebAddress] = []
        turn = _Turn()

        def before(address: WebAddress) -> None:
            last.append(address)
            self._take_turn(address, turn, is_first=len(last) == 1)

        try:
            try:
                capture = self.client.fetch(asked.uri, known=asked.known, before=before)
            except _MustWait as wait:
                return Later(wait.seconds)
            except SetAside as cause:
                if last and cause.reason in ("unreachable", "deadline", "tls_failed"):
                    self._failed(last[-1])
                if asked.failures >= self._settings.retries or cause.reason != "unreachable":
                    raise
                pause = self._back_off(asked.failures)
            else:
                self._done(last[-1])
                if capture.status not in _AGAIN and capture.truncated != "disconnect":
                    self._host(last[-1].host).failures = 0
                    return _good(capture)
                self._failed(last[-1])
                pause = self._pause(capture, asked.failures)
                self._hold(last[-1], pause)
                if asked.failures >= self._settings.retries or pause > self._settings.longest_delay:
                    return _good(capture)
        finally:
            turn.release()
        asked.failures += 1
        return Later(pause)

    def free_at(self, host: str) -> float:
        """When `host` may be asked again, by the clock; 0 where it may at once."""
        with self._hosts_lock:
            known = self._hosts.get(host)
        return known.free_at if known is not None else 0.0

    def robots_of(self, address: WebAddress) -> Robots:
        """The site's rules, asked for once a day."""
        turn = _Turn()
        try:
            return self._robots_of(address, turn)
        finally:
            turn.release()

    def _robots_of(self, address: WebAddress, turn: _Turn) -> Robots:
        host = self._host(address.host)
        turn.take(host.slot)  # so that the file is not asked for by two at once
        robots, asked = host.robots.get(address.origin, (None, 0.0))
        kept = RETRIED_SECONDS if robots is not None and robots.nothing else KEPT_SECONDS
        if robots is None or self._clock() - asked > kept:
            robots = self._ask_for_robots(address, turn)
            host.robots[address.origin] = robots, self._clock()
            host.delay = max(host.delay, robots.delay(self._agent))
        return robots

    def _ask_for_robots(self, address: WebAddress, turn: _Turn) -> Robots:
        try:
            capture = self.client.fetch(
                f"{address.origin}/robots.txt", before=lambda where: self._wait(where, turn)
            )
        except SetAside as cause:
            if cause.reason in ("address_refused", "bad_address", "tls_failed"):
                raise
            if cause.reason == "too_many_redirects":
                return Robots(None)
            return UNREACHABLE
        finally:
            self._done(address)
        return read_robots(capture)

    def _take_turn(self, address: WebAddress, turn: _Turn, *, is_first: bool) -> None:
        host = self._host(address.host)
        if self._clock() < host.shut_until:
            raise SetAside(
                "unreachable",
                f"{address.host} failed {self._settings.host_failures} times in a row and is"
                " left alone for an hour",
                "try again later",
            )
        robots = self._robots_of(address, turn)
        if robots.nothing:
            raise SetAside(
                "robots",
                f"{address.host} does not give its robots.txt, so nothing is fetched",
                "try again later",
            )
        if not robots.allows(str(address), self._agent):
            raise SetAside(
                "robots",
                f"{address.host} asks robots not to fetch this",
                "ask the publisher, or save the page by hand and read the file",
            )
        self._wait(address, turn, sleeps=not is_first)

    def _wait(self, address: WebAddress, turn: _Turn, *, sleeps: bool = True) -> None:
        host = self._host(address.host)
        turn.take(host.slot)
        wait = host.free_at - self._clock()
        if max(wait, host.delay) > self._settings.longest_delay:
            raise SetAside(
                "rate_limited",
                f"{address.host} wants {max(wait, host.delay):.0f} seconds between visits",
                "run it again later, or raise longest_delay",
            )
        if wait > _INSTANT:
            if not sleeps:
                raise _MustWait(wait)
            self._sleep(wait)
        self._done(address)

    def _done(self, address: WebAddress) -> None:
        host = self._host(address.host)
        pause = max(self._settings.seconds_between, host.delay)
        host.free_at = max(host.free_at, self._clock() + pause)

    def _hold(self, address: WebAddress, seconds: float) -> None:
        host = self._host(address.host)
        host.free_at = max(host.free_at, self._clock() + seconds)

    def _failed(self, address: WebAddress) -> None:
        host = self._host(address.host)
        host.failures += 1
        if host.failures >= self._settings.host_failures:
            host.failures, host.shut_until = 0, self._clock() + LEFT_ALONE_SECONDS

    def _pause(self, capture: Capture, attempt: int) -> float:
        asked = retry_after(capture.header("retry-after"), capture.retrieved)
        return asked if asked is not None else self._back_off(attempt)

    def _back_off(self, attempt: int) -> float:
        """Twice as long each time, spread by half so that many do not come back at once."""
        longest = min(_FIRST_PAUSE * 2.0**attempt, self._settings.longest_delay)
        return longest * (0.5 + 0.5 * self._chance.random())

    def _host(self, name: str) -> _Host:
        with self._hosts_lock:
            host = self._hosts.get(name)
            if host is None:
                if len(self._hosts) >= _MOST_HOSTS:
                    idle = (name for name, host in self._hosts.items() if not host.slot.locked())
                    del self._hosts[next(idle)]
                host = self._hosts[name] = _Host()
            return host


def retry_after(value: str | None, now: str) -> float | None:
    """Seconds that a `Retry-After` asks for: a number, or a date compared with `now` (RFC 3339)."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
        if at.tzinfo is None:
            at = at.replace(tzinfo=UTC)
        return max(0.0, (at - datetime.fromisoformat(now)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _good(capture: Capture) -> Capture:
    """`capture` where it is what was asked for; else the reason, raised."""
    status = capture.status
    if 200 <= status < 300 or status == 304:
        return capture
    where = capture.final_uri if capture.final_uri != capture.uri else "the server"
    if status == 429:
        raise SetAside("rate_limited", f"{where} says: too many requests", "try again later")
    advice = {
        401: "the page wants a login; sayso has none",
        402: "the page wants money; sayso has none",
        403: "the publisher refuses; ask them, or save the page by hand",
        404: "the page is gone; an archive may have it",
        410: "the page is gone; an archive may have it",
        451: "the page is withheld by law where this machine is",
    }.get(status, "try again later" if status >= 500 else "look at it in a browser")
    raise SetAside(
        "http_error", f"{where} answers {status} {capture.reason_phrase}".strip(), advice
    )

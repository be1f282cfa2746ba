from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from tests.steps.acquire.fetching.bad_server import BadServer, answer, raw, serving

from sayso.errors import SetAside, SettingsError
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import LEFT_ALONE_SECONDS, Visitor, retry_after

PAGE = b"<p>Velm fell, the Karsk Front said.</p>"


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[BadServer]:
    with serving() as made:
        made.paths["/"] = answer(200, PAGE)
        yield made


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


def visitor_for(server: BadServer, fake: FakeTime, **more: object) -> Visitor:
    base = FetchSettings(
        allowed_networks=("127.0.0.1/32",), allowed_ports=(server.port,), read_seconds=1
    )
    return Visitor(Client(replace(base, **more)), clock=fake.clock, sleep=fake.sleep)


def reason_of(visitor: Visitor, uri: str) -> str:
    with pytest.raises(SetAside) as caught:
        visitor.visit(uri)
    return caught.value.reason


def test_a_host_is_visited_slowly(server: BadServer, fake: FakeTime) -> None:
    visitor = visitor_for(server, fake)
    for _ in range(3):
        visitor.visit(server.uri())
    assert fake.slept == [5.0, 5.0, 5.0]  # robots.txt, then three pages
    assert len(server.requests) == 4


def test_robots_are_honoured(server: BadServer, fake: FakeTime) -> None:
    rules = b"User-agent: sayso\nDisallow: /private\nCrawl-delay: 20\n\nUser-agent: *\nDisallow: /"
    server.paths["/robots.txt"] = answer(200, rules, kind="text/plain")
    visitor = visitor_for(server, fake)
    assert visitor.visit(server.uri()).content == PAGE
    assert reason_of(visitor, server.uri("/private/x")) == "robots"
    visitor.visit(server.uri())
    assert server.asked_for() == ["/", "/"]
    assert max(fake.slept) >= 20


def test_a_redirect_does_not_lead_around_robots(server: BadServer, fake: FakeTime) -> None:
    server.paths["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /private")
    server.paths["/a"] = answer(302, b"", ("Location", "/private"))
    assert reason_of(visitor_for(server, fake), server.uri("/a")) == "robots"
    assert server.asked_for() == ["/a"]


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (403, 1), (500, 0), (503, 0), (429, 0)])
def test_what_a_missing_robots_file_means(
    server: BadServer, fake: FakeTime, status: int, asked: int
) -> None:
    server.paths["/robots.txt"] = answer(status)
    visitor = visitor_for(server, fake)
    if asked:
        visitor.visit(server.uri())
    else:
        assert reason_of(visitor, server.uri()) == "robots"
    assert len(server.asked_for()) == asked


def test_robots_made_to_hurt(server: BadServer, fake: FakeTime) -> None:
    hostile = (
        b"User-agent: *\nDisallow: /" + b"*a" * 1000 + b"\n" + b"Disallow: /*x*y*z$\n" * 30_000
    )
    server.paths["/robots.txt"] = answer(200, hostile)
    visitor = visitor_for(server, fake)
    server.paths["/" + "a" * 1500] = answer(200, PAGE)
    start = time.monotonic()
    visitor.visit(server.uri("/" + "a" * 1500))
    assert time.monotonic() - start < 5


def test_retry_after_is_waited_for(server: BadServer, fake: FakeTime) -> None:
    server.paths["/"] = [answer(429, b"", ("Retry-After", "37")), answer(200, PAGE)]
    assert visitor_for(server, fake).visit(server.uri()).content == PAGE
    assert 37.0 in fake.slept


def test_a_long_retry_after_leaves_the_host_alone(server: BadServer, fake: FakeTime) -> None:
    server.paths["/"] = answer(503, b"", ("Retry-After", "86400"))
    visitor = visitor_for(server, fake)
    assert reason_of(visitor, server.uri()) == "http_error"
    assert reason_of(visitor, server.uri("/other")) == "rate_limited"
    assert server.asked_for() == ["/"]
    assert sum(fake.slept) < 60


def test_back_off_grows_and_ends(server: BadServer, fake: FakeTime) -> None:
    server.paths["/"] = answer(500)
    assert reason_of(visitor_for(server, fake), server.uri()) == "http_error"
    assert server.asked_for() == ["/"] * 3


def test_a_host_that_fails_and_fails_is_left_alone(server: BadServer, fake: FakeTime) -> None:
    server.paths["/"] = raw(b"")
    visitor = visitor_for(server, fake)
    for _ in range(6):
        assert reason_of(visitor, server.uri()) == "unreachable"
    assert len(server.asked_for()) == 5
    fake.now += LEFT_ALONE_SECONDS
    assert reason_of(visitor, server.uri()) == "unreachable"
    assert len(server.asked_for()) > 5


def test_a_cut_answer_is_tried_again(server: BadServer, fake: FakeTime) -> None:
    server.paths["/"] = [answer(200, PAGE, length=999), answer(200, PAGE)]
    got = visitor_for(server, fake).visit(server.uri())
    assert (got.truncated, got.content) == (None, PAGE)


def test_statuses_have_reasons(server: BadServer, fake: FakeTime) -> None:
    for status in (401, 403, 404, 410, 418, 451):
        server.paths[f"/{status}"] = answer(status)
        with pytest.raises(SetAside, match=str(status)) as caught:
            visitor_for(server, fake).visit(server.uri(f"/{status}"))
        assert caught.value.advice


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("12", 12.0),
        ("-3", None),
        ("", None),
        ("²", None),
        ("9" * 400, 999_999_999.0),
        ("Wed, 04 Nov 2020 10:01:00 GMT", 60.0),
        ("Wed, 04 Nov 2020 09:00:00 GMT", 0.0),
        ("Wed, 04 Nov 99999999 10:01:00 GMT", None),
        ("soon", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, "2020-11-04T10:00:00+00:00") == seconds


@pytest.mark.parametrize("words", ["sayso\r\nX-Evil: 1", "s\u00e4yso", ""])
def test_who_asks_is_a_plain_line(words: str) -> None:
    with pytest.raises(SettingsError):
        Client(FetchSettings(user_agent=words))
    if words:
        with pytest.raises(SettingsError):
            Client(FetchSettings(contact=words))

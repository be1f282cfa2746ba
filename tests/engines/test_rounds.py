"""Several hosts at once, on real servers."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engines.test_gathering import FakeSink, page, results, rss
from tests.steps.acquire.fetching.bad_server import BadServer, Say, answer, redirect, serving

from sayso.engines.gathering import Gatherer
from sayso.records.captures import Capture
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.found_pages import FoundPage
from sayso.steps.acquire.sources import Source
from sayso.store.captures import CaptureFolder


class Crowd:
    """One server under many names, and how many connections each name had at a time."""

    def __init__(self, server: BadServer) -> None:
        self.server = server
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_hosts = 0
        self._lock = threading.Lock()

    def uri(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.server.port}{path}"

    def slow(self, seconds: float, body: bytes) -> Say:
        """An answer that takes its time, counted."""
        say = answer(200, body)

        def counted(connection: socket.socket, head: bytes) -> None:
            host = head.split(b"Host: ", 1)[1].split(b":", 1)[0].decode()
            with self._lock:
                self.now[host] += 1
                self.most[host] = max(self.most[host], self.now[host])
                self.most_hosts = max(self.most_hosts, sum(map(bool, self.now.values())))
            time.sleep(seconds)
            with self._lock:
                self.now[host] -= 1
            say(connection, head)

        return counted

    def gatherer(self, sink: FakeSink | CaptureFolder, **more: object) -> Gatherer:
        base = FetchSettings(
            allowed_networks=("127.0.0.1/32",),
            allowed_ports=(self.server.port,),
            seconds_between=0,
            retries=0,
        )
        stop = more.pop("stop", None)
        client = Client(replace(base, **more), resolve=lambda host, port: ["127.0.0.1"])
        assert stop is None or isinstance(stop, threading.Event)
        return Gatherer(Visitor(client), sink, sink, stop=stop)


@contextmanager
def crowd() -> Iterator[Crowd]:
    with serving() as server:
        yield Crowd(server)


def listed(uris: list[str]) -> tuple[Source, list[FoundPage]]:
    source = Source(name="list", kind="page", address="", max_items=5000)
    return source, [FoundPage(uri) for uri in uris]


def test_hosts_are_visited_at_once_and_each_once_at_a_time() -> None:
    with crowd() as many:
        for number in range(3):
            many.server.paths[f"/{number}"] = many.slow(0.05, page(f"page {number}"))
        uris = [many.uri(f"h{host}.example", f"/{n}") for n in range(3) for host in range(12)]
        gatherer = many.gatherer(FakeSink(), hosts_at_once=4)
        found = results(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert found == {"kept": 3, "same_content": 33}
        assert max(many.most.values()) == 1
        assert 2 <= many.most_hosts <= 4


def test_a_slow_host_holds_up_nobody() -> None:
    with crowd() as many:
        many.server.paths["/slow"] = many.slow(1.5, page("slow"))
        many.server.paths["/feed"] = answer(200, rss(*(f"/{n}" for n in range(6))))
        for number in range(6):
            many.server.paths[f"/{number}"] = many.slow(0, page(f"page {number}"))
        gatherer = many.gatherer(FakeSink(), hosts_at_once=2)
        sources = [
            Source(name="slow", kind="page", address=many.uri("slow.example", "/slow")),
            Source(name="feed", kind="feed", address=many.uri("quick.example", "/feed")),
        ]
        came = [gathered.source for gathered in gatherer.gather(sources)]
        assert came == [*6 * ["feed"], "slow"]


def test_pauses_between_pages_of_a_host_cost_the_others_nothing() -> None:
    with crowd() as many:
        many.server.paths["/a"] = answer(200, page("a"))
        many.server.paths["/b"] = answer(200, page("b"))
        uris = [many.uri(f"h{n}.example", path) for path in ("/a", "/b") for n in range(10)]
        gatherer = many.gatherer(FakeSink(), hosts_at_once=2, seconds_between=0.4)
        begun = time.monotonic()
        found = results(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        took = time.monotonic() - begun
        assert sum(found.values()) == 20
        # robots.txt and two pages for each host: two pauses, whatever the number of hosts
        assert 0.8 <= took < 10 * 0.8


def test_a_long_retry_after_occupies_no_place() -> None:
    with crowd() as many:
        many.server.paths["/a"] = [
            answer(429, b"", ("Retry-After", "1")),
            answer(200, page("late")),
        ]
        many.server.paths["/b"] = answer(200, page("b"))
        uris = [many.uri("busy.example", "/a"), many.uri("other.example", "/b")]
        gatherer = many.gatherer(FakeSink(), hosts_at_once=1, retries=1)
        found = list(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert [gathered.uri for gathered in found] == [uris[1], uris[0]]
        assert {gathered.result for gathered in found} == {"kept"}


def test_redirects_between_two_hosts_wait_for_nobody_for_ever() -> None:
    with crowd() as many:
        many.server.paths["/there"] = many.slow(0.02, page("there"))
        uris = []
        for number in range(20):
            a, b = ("a.example", "b.example") if number % 2 else ("b.example", "a.example")
            many.server.paths[f"/{number}"] = redirect(many.uri(b, "/there"))
            uris.append(many.uri(a, f"/{number}"))
        gatherer = many.gatherer(FakeSink(), hosts_at_once=8)
        found = results(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert found == {"kept": 1, "same_content": 19}
        assert max(many.most.values()) == 1


def test_one_connection_to_a_host_that_all_redirect_to() -> None:
    with crowd() as many:
        many.server.paths["/there"] = many.slow(0.03, page("there"))
        many.server.paths["/"] = redirect(many.uri("hub.example", "/there"))
        uris = [many.uri(f"h{n}.example") for n in range(16)]
        gatherer = many.gatherer(FakeSink(), hosts_at_once=8)
        found = results(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert sum(found.values()) == 16
        assert many.most["hub.example"] == 1


def test_stopping_finishes_what_is_at_hand_and_begins_nothing() -> None:
    with crowd() as many:
        many.server.paths["/"] = many.slow(0.5, page("a"))
        stop = threading.Event()
        sink = FakeSink()
        gatherer = many.gatherer(sink, hosts_at_once=3, stop=stop)
        uris = [many.uri(f"h{n}.example") for n in range(30)]
        threading.Timer(0.9, stop.set).start()
        found = list(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert 3 <= len(found) <= 9
        assert len(sink.captures) == len(found)


class FullSink(FakeSink):
    def put(self, capture: Capture) -> None:
        raise OSError(28, "no space left")


def test_a_full_disk_stops_all_hosts() -> None:
    with crowd() as many:
        many.server.paths["/"] = answer(200, page("a"))
        gatherer = many.gatherer(FullSink(), hosts_at_once=4)
        uris = [many.uri(f"h{n}.example") for n in range(30)]
        with pytest.raises(OSError, match="space"):
            list(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert len(many.server.asked_for()) < 30


@pytest.mark.parametrize("at_once", [1, 8])
def test_what_is_read_is_the_same_in_whichever_order_it_came(tmp_path: Path, at_once: int) -> None:
    """The same contents under the same addresses, in the same order."""
    with ExitStack() as open_ones:
        many = open_ones.enter_context(crowd())
        folder = open_ones.enter_context(CaptureFolder(tmp_path))
        for number in range(4):
            many.server.paths[f"/{number}"] = many.slow(0.01 * number, page(f"page {number}"))
        uris = [many.uri(f"h{host}.example", f"/{n}") for n in range(4) for host in range(5)]
        gatherer = many.gatherer(folder, hosts_at_once=at_once)
        found = results(gatherer.follow([gatherer.look_at_pages(*listed(uris))]))
        assert found == {"kept": 4, "same_content": 16}
        read = [(c.content, c.final_uri) for c in folder.contents()]
        first = read[:4]
        assert {uri for _, uri in first} == {many.uri("h0.example", f"/{n}") for n in range(4)}
        assert sorted(uri for _, uri in read) == sorted(uris)

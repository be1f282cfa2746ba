"""Parsers of feeds that crash, hang and fill the memory."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Iterator

import pytest
from tests.engines.test_gathering import FakeSink, page, results, rss, source
from tests.steps.acquire.fetching.bad_server import answer, serving

from sayso.engines.finding import FindingProcesses, find
from sayso.engines.gathering import Gatherer
from sayso.engines.messages import Find, Format, Found
from sayso.errors import SaysoError, SetAside
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import Visitor

BASE = "https://tarvia.example/"
SITEMAP = b"<urlset><url><loc>/a</loc></url></urlset>"
INDEX = b"<sitemapindex><sitemap><loc>/more.xml</loc></sitemap></sitemapindex>"
LINK = b'<link rel="alternate" type="application/rss+xml" href="/feed">'


def misbehaving(task: Find) -> Found:
    """A finder that does as the bytes say, as a defect of a library would."""
    if b"CRASH" in task.data:
        ctypes.string_at(0)
    if b"EXIT" in task.data:
        os._exit(3)
    while b"HANG" in task.data:
        time.sleep(0.05)
    if b"HOG" in task.data:
        hog = [bytearray(1 << 26) for _ in range(1000)]
        raise AssertionError(f"the memory limit did not hold: {len(hog)}")
    if b"RAISE" in task.data:
        raise RuntimeError("boom \ud800")
    return find(task)


@pytest.fixture(scope="module")
def processes() -> Iterator[FindingProcesses]:
    with FindingProcesses(finder=f"{__name__}:misbehaving", memory_mb=600, seconds=4) as made:
        yield made


@pytest.mark.parametrize(
    ("format", "data"),
    [("feed", rss("/a", "/b")), ("sitemap", SITEMAP), ("sitemap", INDEX), ("page", LINK)],
)
def test_the_same_is_found_as_in_this_process(
    processes: FindingProcesses, format: Format, data: bytes
) -> None:
    task = Find(format, data, BASE)
    found = processes(task)
    assert found == find(task)
    assert found.pages or found.addresses


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("CRASH", "crashed"),
        ("EXIT", "crashed"),
        ("HANG", "deadline"),
        ("HOG", "memory"),
        ("RAISE", "failed"),
        ("&bad", "bad_feed"),
    ],
)
def test_what_a_feed_does_to_its_parser_costs_that_feed(
    processes: FindingProcesses, word: str, reason: str
) -> None:
    with pytest.raises(SetAside) as caught:
        processes(Find("feed", word.encode(), BASE))
    assert caught.value.reason == reason
    assert len(processes(Find("feed", rss("/a"), BASE)).pages) == 1


def test_a_crash_says_how(processes: FindingProcesses) -> None:
    with pytest.raises(SetAside, match="status -11"):
        processes(Find("feed", b"CRASH", BASE))


def test_threads_that_come_and_go_share_it(processes: FindingProcesses) -> None:
    """A worker that dies with the thread that began it would be of no use to the next."""
    found: list[Found | BaseException] = []

    def ask() -> None:
        try:
            found.append(processes(Find("feed", rss("/a"), BASE)))
        except BaseException as error:  # noqa: BLE001 - it is what is looked for
            found.append(error)

    for _ in range(3):
        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == 9 * [find(Find("feed", rss("/a"), BASE))]


def test_a_process_that_cannot_start_is_told_of() -> None:
    with (
        FindingProcesses(finder="tests.no_such_module:find") as made,
        pytest.raises(SaysoError, match="does not start"),
    ):
        made(Find("feed", rss("/a"), BASE))


def test_the_other_sources_go_on(processes: FindingProcesses) -> None:
    with serving() as server:
        for word in ("CRASH", "HANG", "HOG"):
            server.paths[f"/{word}"] = answer(200, word.encode())
        server.paths["/feed"] = answer(200, rss("/a"))
        server.paths["/a"] = answer(200, page("a"))
        settings = FetchSettings(
            allowed_networks=("127.0.0.1/32",), allowed_ports=(server.port,), seconds_between=0
        )
        sink = FakeSink()
        gatherer = Gatherer(Visitor(Client(settings)), sink, sink, finds=processes)
        paths = ("/CRASH", "/HANG", "/HOG", "/feed")
        found = results(gatherer.gather([source(server, path) for path in paths]))
        assert found == {"kept": 1, "failed": 3}

"""Sources on a real server, into a sink in memory and into a folder."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from msgspec.structs import replace
from tests.steps.acquire.fetching.bad_server import (
    BadServer,
    answer,
    dripping,
    packed,
    raw,
    redirect,
    serving,
)

from sayso.cli.collecting import collect
from sayso.engines.gathering import Gathered, Gatherer
from sayso.engines.watching import Watcher
from sayso.records.captures import Capture, Validators
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.sources import Source, SourceKind
from sayso.store.captures import CaptureFolder

NOW = datetime(2020, 11, 4, 12, tzinfo=UTC)


class FakeSink:
    """`CaptureSink` and `Visits`, in memory."""

    def __init__(self) -> None:
        self.captures: list[Capture] = []
        self.visited: dict[str, Validators] = {}
        self.schedules: dict[str, tuple[datetime, int]] = {}

    def put(self, capture: Capture) -> None:
        if capture not in self.captures:
            self.captures.append(capture)

    def known(self, uri: str) -> Validators | None:
        return next((c.validators for c in reversed(self.captures) if c.uri == uri), None)

    def seen(self, sha256: str) -> bool:
        return any(capture.sha256 == sha256 for capture in self.captures)

    def last(self, uri: str) -> Validators | None:
        return self.visited.get(uri)

    def note(self, uri: str, validators: Validators) -> None:
        self.visited[uri] = validators

    def due(self, source: str) -> tuple[datetime, int] | None:
        return self.schedules.get(source)

    def schedule(self, source: str, due: datetime, failures: int) -> None:
        self.schedules[source] = due, failures


@pytest.fixture
def server() -> Iterator[BadServer]:
    with serving() as made:
        yield made


def page(text: str, language: str = "en") -> bytes:
    return f'<html lang="{language}"><p>{text}, the Karsk Front said.</p></html>'.encode()


def rss(*paths: str, date: str = "Tue, 03 Nov 2020 10:00:00 GMT") -> bytes:
    items = "".join(f"<item><link>{path}</link><pubDate>{date}</pubDate></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def gatherer_for(server: BadServer, sink: FakeSink | CaptureFolder) -> Gatherer:
    settings = FetchSettings(
        allowed_networks=("127.0.0.1/32",),
        allowed_ports=(server.port,),
        read_seconds=0.5,
        total_seconds=0.5,
        seconds_between=0,
        retries=0,
        max_content=1_000_000,
    )
    visitor = Visitor(Client(settings), sleep=lambda _: None)
    return Gatherer(visitor, sink, sink, now=lambda: NOW)


def source(server: BadServer, path: str, kind: SourceKind = "feed", **more: object) -> Source:
    base = Source(name=path, kind=kind, address=server.uri(path))
    return replace(base, **more)


def results(run: Iterator[Gathered]) -> Counter[str]:
    return Counter(gathered.result for gathered in run)


def test_a_feed_and_what_is_new_in_it(server: BadServer) -> None:
    server.paths["/feed"] = answer(200, rss("/a", "/b"), ("ETag", '"1"'), kind="text/xml")
    server.paths["/a"] = answer(200, page("a"))
    server.paths["/b"] = packed(page("a"))
    server.paths["/c"] = answer(200, page("c"))
    sink = FakeSink()
    gatherer = gatherer_for(server, sink)
    feed = source(server, "/feed")
    assert results(gatherer.look_at(feed)) == {"kept": 1, "same_content": 1}
    server.paths["/feed"] = answer(304)
    assert results(gatherer.look_at(feed)) == {"unchanged": 1}
    assert b'If-None-Match: "1"' in server.requests[-1]
    server.paths["/feed"] = answer(200, rss("/c", "/a", "/b"))
    assert results(gatherer.look_at(feed)) == {"kept": 1}
    assert server.asked_for() == ["/feed", "/a", "/b", "/feed", "/feed", "/c"]


def test_a_page_is_asked_for_again_only_if_it_changed(server: BadServer) -> None:
    server.paths["/a"] = [answer(200, page("a"), ("ETag", '"1"')), answer(304)]
    sink = FakeSink()
    gatherer = gatherer_for(server, sink)
    one = source(server, "/a", "page")
    assert results(gatherer.look_at(one)) == {"kept": 1}
    assert results(gatherer.look_at(one)) == {"unchanged": 1}
    server.paths["/a"] = answer(200, page("a"))  # a server without manners
    assert results(gatherer.look_at(one)) == {"unchanged": 1}
    server.paths["/a"] = answer(200, page("a, corrected"))
    assert results(gatherer.look_at(one)) == {"kept": 1}
    assert len(sink.captures) == 2


def test_pages_that_are_not_whole(server: BadServer) -> None:
    server.paths["/cut"] = answer(200, page("a"), length=9999)
    server.paths["/bomb"] = packed(page("b") + bytes(30_000_000))
    sink = FakeSink()
    gatherer = gatherer_for(server, sink)
    (cut,) = gatherer.look_at(source(server, "/cut", "page"))
    (bomb,) = gatherer.look_at(source(server, "/bomb", "page"))
    assert cut.problem is not None
    assert bomb.problem is not None
    assert (cut.result, cut.problem.reason) == ("failed", "cut_short")
    assert (bomb.result, bomb.problem.reason) == ("kept", "cut_short")
    (kept,) = sink.captures
    assert (kept.uri, kept.truncated) == (server.uri("/bomb"), "unpacking")
    assert len(kept.content) == 1_000_000


def test_filters(server: BadServer) -> None:
    server.paths["/feed"] = answer(200, rss("/war/1", "/war/fr", "/sport/1", "/war/2", "/war/3"))
    server.paths["/old"] = answer(200, rss("/war/4", date="Tue, 06 Oct 2020 10:00:00 GMT"))
    for path in ("/war/1", "/sport/1", "/war/2", "/war/3", "/war/4"):
        server.paths[path] = answer(200, page(path))
    server.paths["/war/fr"] = answer(200, page("a", "fr-FR"))
    gatherer = gatherer_for(server, FakeSink())
    wanted = source(
        server,
        "/feed",
        include=("*/war/*",),
        languages=("en",),
        max_items=3,
        max_age=timedelta(days=7),
    )
    assert results(gatherer.look_at(wanted)) == {"kept": 2, "left_out": 1}
    assert results(gatherer.look_at(wanted)) == {"kept": 1}
    assert not results(gatherer.look_at(replace(wanted, address=server.uri("/old"))))
    assert server.asked_for().count("/war/fr") == 1


def test_a_site_is_found_its_feeds_or_its_sitemaps(server: BadServer) -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    server.paths["/"] = answer(200, link)
    server.paths["/feed"] = answer(200, rss("/a"))
    server.paths["/a"] = answer(200, page("a"))
    server.paths["/b"] = answer(200, page("b"))
    gatherer = gatherer_for(server, FakeSink())
    assert results(gatherer.look_at(source(server, "/", "site"))) == {"kept": 1}
    server.paths["/"] = answer(200, page("no feeds"))
    server.paths["/sitemap.xml"] = answer(
        200,
        b"<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap>"
        b"<sitemap><loc>/pages.xml</loc></sitemap></sitemapindex>",
    )
    server.paths["/pages.xml"] = answer(
        200,
        b"<urlset><url><loc>/b</loc></url><url><loc>http://elsewhere.example/</loc></url></urlset>",
    )
    assert results(gatherer.look_at(source(server, "/", "site"))) == {"kept": 1}
    assert server.asked_for()[-3:] == ["/sitemap.xml", "/pages.xml", "/b"]


def test_bad_sources_do_not_stop_the_good_one(server: BadServer) -> None:
    bombs = {
        "/entities": answer(200, b'<!DOCTYPE a [<!ENTITY a "a">]><rss></rss>'),
        "/deep": answer(200, b"<rss>" + b"<a>" * 100_000),
        "/gzip": packed(bytes(30_000_000)),
        "/html": answer(200, page("no feed")),
        "/gone": answer(410),
        "/loop": redirect("/loop"),
        "/away": redirect("http://169.254.169.254/latest/meta-data/"),
        "/nothing": raw(b""),
        "/slow": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"<", 0.05),
        "/noise": answer(200, random.Random(1).randbytes(5000)),
    }
    server.paths.update(bombs)
    server.paths["/feed"] = answer(200, rss("/a", "http://10.0.0.1/", "ftp://x/", "/image", "/e"))
    server.paths["/a"] = answer(200, page("a"))
    server.paths["/image"] = answer(200, b"\x89PNG", kind="image/png")
    server.paths["/e"] = answer(200, b"  ")
    gatherer = gatherer_for(server, FakeSink())
    sources = [source(server, path) for path in (*bombs, "/feed")]
    found = list(gatherer.gather(sources))
    failed = {g.uri.removeprefix(server.uri("")): g.problem.reason for g in found if g.problem}
    assert failed == {
        "/entities": "bad_feed",
        "/deep": "too_deep",
        "/gzip": "bad_feed",
        "/html": "bad_feed",
        "/gone": "http_error",
        "/loop": "too_many_redirects",
        "/away": "address_refused",
        "/nothing": "unreachable",
        "/slow": "bad_feed",
        "/noise": "bad_feed",
        "http://10.0.0.1/": "address_refused",
        "ftp://x/": "bad_address",
        "/image": "unsupported",
        "/e": "empty",
    }
    assert [g.uri for g in found if g.result == "kept"] == [server.uri("/a")]


def test_two_sources_that_name_the_same_page(server: BadServer) -> None:
    for path in ("/f1", "/f2"):
        server.paths[path] = answer(200, rss("/a", "/b"))
    for path in ("/a", "/b"):
        server.paths[path] = answer(200, page(path))
    gatherer = gatherer_for(server, FakeSink())
    found = list(gatherer.gather([source(server, "/f1"), source(server, "/f2")]))
    assert sorted(gathered.uri for gathered in found) == [server.uri("/a"), server.uri("/b")]
    assert sorted(server.asked_for()) == ["/a", "/b", "/f1", "/f2"]


class DefectSink(FakeSink):
    def known(self, uri: str) -> Validators | None:
        if uri.endswith("/bad"):
            raise RuntimeError("boom")
        return super().known(uri)


def test_a_defect_ends_one_source_only(server: BadServer) -> None:
    server.paths["/f1"] = answer(200, rss("/bad"))
    server.paths["/f2"] = answer(200, rss("/a"))
    server.paths["/a"] = answer(200, page("a"))
    gatherer = gatherer_for(server, DefectSink())
    found = gatherer.gather([source(server, "/f1"), source(server, "/f2")])
    assert results(found) == {"failed": 1, "kept": 1}


class FullSink(FakeSink):
    def put(self, capture: Capture) -> None:
        raise OSError(28, "no space left")


def test_a_full_disk_stops_all(server: BadServer) -> None:
    server.paths["/a"] = answer(200, page("a"))
    gatherer = gatherer_for(server, FullSink())
    with pytest.raises(OSError, match="space"):
        list(gatherer.look_at(source(server, "/a", "page")))


def test_sources_take_turns_at_a_host(server: BadServer) -> None:
    for name in ("f", "g"):
        paths = [f"/{name}{number}" for number in range(4)]
        server.paths[f"/{name}"] = answer(200, rss(*paths))
        server.paths.update({path: answer(200, page(path)) for path in paths})
    gatherer = gatherer_for(server, FakeSink())
    list(gatherer.gather([source(server, "/f"), source(server, "/g")]))
    asked = [path[1] for path in server.asked_for() if len(path) == 3]
    assert sorted("".join(asked[:4])) == sorted("ffgg")


def test_watching(server: BadServer) -> None:
    server.paths["/good"] = answer(200, rss("/a"))
    server.paths["/a"] = answer(200, page("a"))
    server.paths["/bad"] = answer(404)
    clock = [NOW]
    stop = Event()
    sink = FakeSink()

    def wait(seconds: float) -> None:
        assert 0 <= seconds <= 30
        clock[0] += timedelta(seconds=max(seconds, 0.001))
        if clock[0] > NOW + timedelta(hours=10):
            stop.set()

    def watcher() -> Watcher:
        sources = [source(server, "/good"), source(server, "/bad")]
        gatherer = gatherer_for(server, sink)
        return Watcher(sources, gatherer, sink, stop=stop, seed=3, now=lambda: clock[0], wait=wait)

    found = list(watcher().watch())
    asked = Counter(server.asked_for())
    assert asked["/a"] == 1
    assert asked["/good"] in (10, 11)
    assert asked["/bad"] in (3, 4)  # after 2, 4 and 8 hours
    assert Counter(g.result for g in found)["kept"] == 1
    stop.clear()
    clock[0] -= timedelta(minutes=1)
    assert watcher().due() == [], "another process goes on with the same calendar"


def test_a_folder_of_captures(server: BadServer, tmp_path: Path) -> None:
    server.paths["/feed"] = answer(200, rss("/a", "/b", "/c"))
    server.paths["/a"] = packed(page("a"))
    server.paths["/b"] = answer(200, page("a"))
    with CaptureFolder(tmp_path) as folder:
        found = list(gatherer_for(server, folder).look_at(source(server, "/feed")))
        assert Counter(g.result for g in found) == {"kept": 1, "same_content": 1, "failed": 1}
        for gathered in found:
            if gathered.problem:
                folder.set_aside(gathered.problem, NOW)
    with CaptureFolder(tmp_path) as folder:
        document, elsewhere = folder.contents()
        assert (elsewhere.uri, elsewhere.content) == (server.uri("/b"), page("a"))
        assert gzip.decompress(document.body) == document.content
        assert (document.uri, document.content) == (server.uri("/a"), page("a"))
        assert document.media_type == "text/html"
        assert len(list((tmp_path / "pages").rglob("*.html"))) == 1
        assert len(list(folder.captures())) == 2
        assert [problem.reason for problem in folder.problems()] == ["http_error"]
        server.paths["/c"] = answer(200, page("c"))
        assert results(gatherer_for(server, folder).look_at(source(server, "/feed"))) == {"kept": 1}
        assert folder.problems() == []


def watch_file(server: BadServer, path: Path) -> None:
    path.write_text(
        f'[fetch]\nallowed_networks = ["127.0.0.1/32"]\nallowed_ports = [{server.port}]\n'
        f'seconds_between = 0\n[[source]]\nname = "g"\nkind = "feed"\n'
        f'address = "{server.uri("/f")}"\n'
    )


def test_kills_at_random_moments(server: BadServer, tmp_path: Path) -> None:
    """Each page is kept once, whole, however often the process is killed on the way."""
    paths = [f"/{number}" for number in range(120)]
    server.paths["/f"] = answer(200, rss(*paths), ("ETag", '"1"'))
    for path in paths:
        server.paths[path] = packed(page(path * 50))
    watch_file(server, tmp_path / "sources.toml")
    into = tmp_path / "captures"
    command = [sys.executable, "-c", "from sayso.cli.collecting import collect; collect()"]
    command += [str(tmp_path / "sources.toml"), "--into", str(into), "-q"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    chance = random.Random(7)
    kills = half_way = 0
    for _ in range(40):
        if kills > 3 and half_way > 1:
            break
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        before = len(server.requests)
        until = time.monotonic() + 20
        wanted = before + chance.choice((0, 1, 2, 2, 2, 2))  # robots.txt, the feed, a page
        while len(server.requests) <= wanted and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.08))
        process.kill()
        if process.wait() == 0:
            break  # all is collected
        kills += 1
        with CaptureFolder(into) as folder:
            there = list(folder.contents())
            half_way += 0 < len(there) < len(paths)
            named = {capture.sha256 for capture in folder.captures()}
            assert {Capture.digest(capture.content) for capture in there} == named
    assert kills > 3
    assert half_way > 1
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
    with CaptureFolder(into) as folder:
        assert sorted(c.uri for c in folder.captures()) == sorted(
            server.uri(path) for path in paths
        )
        assert len(list(folder.contents())) == len(paths)


def test_the_command(server: BadServer, tmp_path: Path) -> None:
    server.paths["/f"] = answer(200, rss("/a", "/gone"))
    server.paths["/a"] = answer(200, page("a"))
    watch_file(server, tmp_path / "sources.toml")
    arguments = [str(tmp_path / "sources.toml"), "--into", str(tmp_path / "captures")]
    done = CliRunner().invoke(collect, arguments, standalone_mode=False)
    assert done.return_value == 3, done.output
    assert "WARNING: private networks" in done.output
    assert "http_error" in done.output
    assert "1 kept, 1 failed" in done.output
    assert "1 left, 0:00:0" in done.output
    refused = CliRunner().invoke(
        collect, [server.uri("/a").replace(f":{server.port}", ""), "--into", str(tmp_path / "b")],
        standalone_mode=False,
    )  # fmt: skip
    assert refused.return_value == 3
    assert "address_refused" in refused.output
    assert len(server.requests) == 4


@pytest.mark.parametrize(
    ("name", "number", "status"),
    [("collect", signal.SIGINT, 130), ("watch", signal.SIGINT, 0), ("watch", signal.SIGTERM, 0)],
)
def test_stopping_while_it_waits(
    server: BadServer, tmp_path: Path, name: str, number: signal.Signals, status: int
) -> None:
    server.paths["/f"] = answer(200, rss("/a", "/b"))
    server.paths["/a"] = answer(200, page("a"))
    file = tmp_path / "sources.toml"
    watch_file(server, file)
    slow = file.read_text().replace("seconds_between = 0", "seconds_between = 1")
    file.write_text(slow.replace("allowed_ports", "longest_delay = 90\nallowed_ports"))
    server.paths["/b"] = answer(429, b"", ("Retry-After", "60"))
    process = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            f"import sys; from sayso.cli.collecting import {name};"
            f" sys.exit({name}(standalone_mode=False))",
            *(str(file), "--into", str(tmp_path / "captures")),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 30
    while "/b" not in server.asked_for():
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(number)
    _, said = process.communicate(timeout=10)
    assert process.returncode == status
    assert "1 kept" in said
    assert "failed" not in said

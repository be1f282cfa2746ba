"""Every way in which a server can misbehave, all at once: each has its reason, none holds up the
good one."""

from __future__ import annotations

import time
from pathlib import Path

from tests.engines.test_gathering import page, rss
from tests.engines.test_rounds import Crowd, crowd
from tests.steps.acquire.fetching.bad_server import (
    Say,
    answer,
    dripping,
    packed,
    raw,
    redirect,
    silent,
)

from sayso.engines.finding import FindingProcesses
from sayso.engines.gathering import Gatherer
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.sources import Source
from sayso.store.captures import CaptureFolder

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<rss version='2.0'><channel><title>&b;</title></channel></rss>"
)


def ways(many: Crowd) -> dict[str, tuple[Say, str]]:
    """What each host does, and the reason that is given; `kept` where none is needed."""
    return {
        "slow": (silent(30), "deadline"),
        "endless": (dripping(_HEAD + b"\r\n", b"<p>", 0.02), "cut_short"),
        "drips": (dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.02), "deadline"),
        "short": (answer(200, page("short"), length=9999), "cut_short"),
        "long": (answer(200, page("long") + b"rest", length=len(page("long"))), "kept"),
        "charset": (answer(200, page("Velm \xe9"), kind="text/html; charset=utf-99"), "kept"),
        "nogzip": (answer(200, page("no gzip"), ("Content-Encoding", "gzip")), "empty"),
        "coded": (answer(200, page("x"), ("Content-Encoding", "rot13")), "empty"),
        "loop": (redirect(many.uri("loop.example", "/loop")), "too_many_redirects"),
        "inside": (redirect("http://127.0.0.9/admin"), "address_refused"),
        "keys": (redirect("http://169.254.169.254/latest/"), "address_refused"),
        "busy": (answer(429, b"", ("Retry-After", "9999")), "rate_limited"),
        "bomb": (packed(page("bomb") + bytes(30_000_000)), "cut_short"),
        "entities": (answer(200, _BOMB, kind="application/rss+xml"), "bad_feed"),
        "noise": (raw(b"SSH-2.0-OpenSSH_9\r\n"), "unreachable"),
        "nothing": (raw(b""), "unreachable"),
        "shut": (answer(503), "http_error"),
        "good": (answer(200, page("good")), "kept"),
    }


def test_all_at_once(tmp_path: Path) -> None:
    answers = {"changing.example": [["127.0.0.1"], ["10.0.0.1"]]}

    def resolve(host: str, port: int) -> list[str]:
        """One name is answered differently from the second time on, one has two faces."""
        if host == "twofaced.example":
            return ["127.0.0.1", "10.0.0.1"]
        rest = answers.get(host)
        if rest is None:
            return ["127.0.0.1"]
        return rest.pop(0) if len(rest) > 1 else rest[0]

    with (
        crowd() as many,
        CaptureFolder(tmp_path) as folder,
        FindingProcesses() as finds,
    ):
        expected = {}
        for name, (say, reason) in ways(many).items():
            many.server.paths[f"/{name}"] = say
            expected[many.uri(f"{name}.example", f"/{name}")] = reason
        many.server.paths["/feed"] = answer(200, rss("/good2"))
        many.server.paths["/good2"] = answer(200, page("good too"))
        expected[many.uri("good.example", "/good2")] = "kept"
        # asked for robots.txt at one address, for the page at another: refused, not connected to
        expected[many.uri("changing.example", "/good")] = "address_refused"
        expected[many.uri("twofaced.example", "/good")] = "address_refused"
        tls = f"https://tls.example:{many.server.port}/good"
        expected[tls] = "robots"  # the handshake is never answered, so its robots.txt is not had
        settings = FetchSettings(
            allowed_networks=("127.0.0.1/32",),
            allowed_ports=(80, many.server.port),
            seconds_between=0,
            retries=0,
            read_seconds=2,
            total_seconds=3,
            max_content=2_000_000,
        )
        gatherer = Gatherer(Visitor(Client(settings, resolve=resolve)), folder, folder, finds=finds)
        sources = [
            Source(name=uri, kind="page", address=uri)
            for uri in expected
            if not uri.endswith("/good2")
        ]
        feed = many.uri("good.example", "/feed")
        sources.append(Source(name=feed, kind="feed", address=feed))
        begun = time.monotonic()
        came = list(gatherer.gather(sources))
        took = time.monotonic() - begun
        found = {g.uri: g.problem.reason if g.problem else g.result for g in came}
        differing = {u: (found.get(u), r) for u, r in expected.items() if found.get(u) != r}
        assert (differing, len(found)) == ({}, len(expected))
        assert took < 60
        kept = {capture.uri for capture in folder.captures()}
        assert kept == {uri for uri, reason in expected.items() if reason == "kept"} | {
            many.uri("bomb.example", "/bomb")  # its start
        }

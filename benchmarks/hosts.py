"""Fetching from many hosts of which some are slow, one at a time and several at once.

    python -m benchmarks.hosts [--hosts 200] [--slow 20] [--seconds 5] [--pages 2]

One server on loopback under many names; each name has a robots.txt and some pages, and the slow
ones take their time over each page. What is kept goes to a folder and into custody, as with
`sayso collect --ledger`, without being read.
"""

from __future__ import annotations

import argparse
import socket
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.steps.acquire.fetching.bad_server import BadServer, Say, answer, serving

from sayso.engines.gathering import Gatherer
from sayso.engines.kept_twice import KeptTwice
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.client import Client
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.found_pages import FoundPage
from sayso.steps.acquire.sources import Source
from sayso.store.captures import CaptureFolder
from sayso.store.custody import Custody


def main() -> None:
    """Prints seconds and the speed-up for 1, 8 and 16 hosts at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--slow", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument(
        "--between", type=float, default=1.0, help="seconds_between of the settings"
    )
    options = parser.parse_args()
    print(f"{options.hosts} hosts, {options.slow} take {options.seconds} s a page;", end=" ")
    print(f"{options.pages} pages each; {options.between} s between two of a host")
    first = 0.0
    for at_once in (1, 8, 16):
        took, kept = _run(options, at_once)
        first = first or took
        print(
            f"{at_once:3} at once: {took:7.1f} s, {kept} pages, {kept / took:5.1f} a second,"
            f" {first / took:4.1f} times as fast",
            flush=True,
        )


def _run(options: argparse.Namespace, at_once: int) -> tuple[float, int]:
    with serving() as server, TemporaryDirectory() as place:
        uris: list[str] = []
        for number in range(options.pages):
            for host in range(options.hosts):
                path = f"/{host}/{number}"
                say = answer(200, f"<p>{path}, the Karsk Front said.</p>".encode())
                server.paths[path] = _late(say, options.seconds) if host < options.slow else say
                uris.append(f"http://h{host}.example:{server.port}{path}")
        ledger = Path(place) / "v.sayso"
        with CaptureFolder(Path(place) / "captures") as folder, Custody(ledger) as custody:
            gatherer = _gatherer(server, options, at_once, folder, custody)
            source = Source(name="list", kind="page", address="", max_items=5000)
            begun = time.monotonic()
            run = gatherer.look_at_pages(source, map(FoundPage, uris))
            counts = Counter(gathered.result for gathered in gatherer.follow([run]))
            took = time.monotonic() - begun
    assert counts == {"kept": len(uris)}, counts
    return took, len(uris)


def _gatherer(
    server: BadServer,
    options: argparse.Namespace,
    at_once: int,
    folder: CaptureFolder,
    custody: Custody,
) -> Gatherer:
    fetch = FetchSettings(
        allowed_networks=("127.0.0.1/32",),
        allowed_ports=(server.port,),
        seconds_between=options.between,
        hosts_at_once=at_once,
    )
    client = Client(fetch, resolve=lambda host, port: ["127.0.0.1"])
    return Gatherer(Visitor(client), KeptTwice(custody, folder), folder)


def _late(say: Say, seconds: float) -> Say:
    def late(connection: socket.socket, head: bytes) -> None:
        time.sleep(seconds)
        say(connection, head)

    return late


if __name__ == "__main__":
    main()

"""What pages of the workbench cost on a large ledger, over HTTP and with the page drawn up.

    python -m benchmarks.synthetic_readings 10000 big.sayso
    python -m benchmarks.workbench big.sayso [--rounds 7]

Each address is asked for so many times; the first answer (nothing cached in this process, though
perhaps in the system's cache of files) and the median of the others are printed, in milliseconds,
with the bytes that came. The server is uvicorn in a thread of this process.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import httpx
import uvicorn

import sayso
from sayso.cli.serving import listening
from sayso.workbench.app import create_app
from sayso.workbench.guards import cookie_name

_TOKEN = "benchmark"


class Cost(NamedTuple):
    """What one address costs."""

    address: str
    first: float
    """Milliseconds."""
    usual: float
    """Milliseconds, the median of the later rounds."""
    size: int


def addresses(path: str) -> list[str]:
    """What to ask for: the pages, and searches for words and names of this ledger."""
    with sayso.open(path, create=False) as ledger, ledger.reading() as db:
        (document,) = next(iter(db.execute("SELECT id FROM documents ORDER BY number DESC")))
        ((holder, name),) = db.execute(
            "SELECT s.holder, e.name FROM statements AS s"
            " JOIN entity_readings AS e ON e.entity = s.holder AND e.document = s.document"
            " ORDER BY s.number DESC LIMIT 1"
        )
        ((place,),) = db.execute(
            "SELECT e.name FROM claims AS c JOIN entity_readings AS e"
            " ON e.entity = c.where_entity AND e.document = c.document"
            " WHERE c.number = (SELECT max(number) FROM claims WHERE where_entity IS NOT NULL)"
        )
    rare = str(place).split()[0]
    return [
        "/",
        "/documents",
        "/documents?q=fighters",
        f"/documents/{document}",
        "/statements",
        "/claims",
        "/statements?q=fighters",
        f"/statements?q={rare}",
        f'/statements?q="fighters in {place}"',
        "/statements?q=harve*",
        f"/statements?q=fighters&holder={name}",
        "/statements?q=fighters&since=2032-06&until=2032-07",
        "/statements?q=fighters&confidence=0.5&review=open",
        "/statements?q=fighters&review=confirmed",
        f"/statements?q={rare}&act=asserts",
        f"/claims?q=fighters&kind=estimate&place={place}",
        "/statements?q=fighters&kind=direct",
        "/statements?q=fighters&kind=indirect&act=denies",
        "/statements?q=fighters&confidence=0.99",
        "/statements?q=fighters&since=2050",
        "/statements?confidence=0.99",
        "/statements?since=2050&kind=direct",
        f"/statements?holder={name}",
        f"/statements?about={place}",
        "/statements?since=2032-06&until=2032-06",
        "/actors",
        f"/actors?q={name}",
        f"/actors/{holder}",
        "/disputes",
        "/queue",
        "/timeline",
        "/map",
        "/network",
        "/live",
    ]


def costs(base: str, cookies: dict[str, str], asked: list[str], rounds: int) -> Iterator[Cost]:
    """The cost of each address."""
    with httpx.Client(base_url=base, cookies=cookies, timeout=120) as client:
        for address in asked:
            taken, size = [], 0
            for _ in range(rounds):
                began = time.perf_counter()
                got = client.get(address)
                taken.append((time.perf_counter() - began) * 1000)
                size = len(got.content)
                got.raise_for_status()
                if taken[-1] > 10_000:
                    break
            yield Cost(address, taken[0], median(taken[1:] or taken), size)


@contextmanager
def serving(path: str) -> Iterator[int]:
    """The workbench on a port of its own."""
    own = listening(0)
    port = int(own.getsockname()[1])
    app = create_app(path, token=_TOKEN, host="127.0.0.1", port=port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(10)


def main() -> None:
    """Print a line an address."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("ledger")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--only", default="", help="addresses that hold this")
    given = arguments.parse_args()
    static = Path(str(sayso.__file__)).parent / "workbench" / "static"
    scripts = sum(file.stat().st_size for file in static.glob("*.js"))
    print(f"bytes of script on every page: {scripts:,}")
    print(f"{'first ms':>9} {'then ms':>9} {'bytes':>9}")
    with serving(given.ledger) as port:
        cookies = {cookie_name(port): _TOKEN}
        asked = [one for one in addresses(given.ledger) if given.only in one]
        for one in costs(f"http://127.0.0.1:{port}", cookies, asked, given.rounds):
            print(f"{one.first:9.0f} {one.usual:9.0f} {one.size:9,} {one.address}", flush=True)


if __name__ == "__main__":
    main()

"""`sayso collect` and `sayso watch`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sayso.cli.collected import keeping_up, read_collected
from sayso.cli.collecting_report import CollectingReport
from sayso.cli.console import note
from sayso.cli.sources_asked import SourcesAsked, watch_file
from sayso.settings import FetchSettings

if TYPE_CHECKING:
    from sayso.engines.finding import FindsPages
    from sayso.engines.gathering import Gatherer
    from sayso.ports import CaptureSink
    from sayso.steps.acquire.sources import SourceKind
    from sayso.store.captures import CaptureFolder

EXIT_SET_ASIDE = 3
EXIT_INTERRUPTED = 130
_KINDS = ("page", "feed", "sitemap", "site")
_at_once = click.option(
    "--at-once",
    type=click.IntRange(1, 64),
    help="Hosts that are visited at the same time, one connection to each; 8 where neither this"
    " nor the watch file says.",
)
_match = click.option(
    "--match/--no-match",
    "matching",
    default=True,
    help="Whether to find copies, stories and disputes among what was read: see 'sayso match'.",
)


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option(
    "--into",
    required=True,
    type=click.Path(file_okay=False),
    help="The folder of captures; made if there is none.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(_KINDS),
    default="page",
    show_default=True,
    help="What the addresses are. A page that turns out to be a feed is read as one.",
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False),
    envvar="SAYSO_LEDGER",
    show_envvar=True,
    help="Read what is collected into this ledger, with the problems.",
)
@_match
@click.option("--contact", help="An address for complaints, sent with every request.")
@_at_once
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def collect(
    what: tuple[str, ...],
    into: str,
    kind: SourceKind,
    ledger: str | None,
    matching: bool,
    contact: str | None,
    at_once: int | None,
    quiet: bool,
) -> int:
    """Fetch reports from the network.

    WHAT is any number of addresses (https://...), files with an address on each line, and watch
    files (.toml), also of PDF, DOCX, letters and saved pages. robots.txt is honoured and each host
    is visited slowly. Stop at any time; the same command goes on from there, and fetches nothing
    twice. With --ledger all is read, and matched, when it has come.

    \b
    sayso collect https://tarvia-gazette.example/war --into captures/
    sayso collect --as site https://tarvia-gazette.example --into captures/ --ledger region.sayso
    sayso collect addresses.txt sources.toml --into captures/
    """
    from sayso.engines.finding import FindingProcesses
    from sayso.engines.kept_twice import KeptTwice
    from sayso.store.captures import CaptureFolder
    from sayso.store.custody.keeping import Custody

    wanted = SourcesAsked(kind)
    for one in what:
        wanted.add(one)
    with ExitStack() as open_ones:
        folder = open_ones.enter_context(CaptureFolder(into))
        custody = open_ones.enter_context(Custody(ledger)) if ledger is not None else None
        sink = folder if custody is None else KeptTwice(custody, folder)
        report = CollectingReport(folder, quiet=quiet)
        for problem in wanted.problems:
            folder.set_aside(problem, datetime.now(UTC))
            report.counts["failed"] += 1
        fetch = _chosen(wanted.fetch, contact, at_once)
        with _stopping() as stop, FindingProcesses() as finds:
            gatherer = _gatherer(fetch, sink, folder, finds, stop)
            runs = [gatherer.look(source) for source in wanted.sources]
            runs += [gatherer.look_at_pages(source, pages) for source, pages in wanted.lists()]
            with suppress(_Stopped):
                report.follow(gatherer.follow(runs))
        report.summarise()
        if stop.is_set():
            note(f"sayso: stopped; what was fetched is kept in {into}. The same command goes on.")
            return EXIT_INTERRUPTED
        if ledger is not None and custody is not None:
            status = read_collected(folder, ledger, custody, matching=matching, quiet=quiet)
            if status:
                return status
    return EXIT_SET_ASIDE if report.counts["failed"] else 0


@click.command()
@click.argument("sources", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--into",
    default="captures",
    show_default=True,
    type=click.Path(file_okay=False),
    help="The folder of captures; made if there is none.",
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False),
    envvar="SAYSO_LEDGER",
    show_envvar=True,
    help="Read what is collected into this ledger as it comes, with the problems.",
)
@_match
@click.option("--contact", help="An address for complaints, sent with every request.")
@_at_once
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Spreads the looks of several processes."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def watch(
    sources: str,
    into: str,
    ledger: str | None,
    matching: bool,
    contact: str | None,
    at_once: int | None,
    seed: int,
    quiet: bool,
) -> int:
    """Look at the sources of a watch file whenever they are due, until stopped.

    One process for a watch file. With --ledger each page is read when it has come, while others
    are fetched, and laid beside what was there before: copies, stories, actors and disputes follow.
    Stop it with Ctrl-C or SIGTERM, or in any other way; it goes on where it was when it is started
    again.

    \b
    sayso watch sources.toml --into captures/ --ledger region.sayso
    """
    from sayso.engines.finding import FindingProcesses
    from sayso.engines.kept_twice import KeptTwice
    from sayso.engines.watching import Watcher
    from sayso.store.captures import CaptureFolder
    from sayso.store.custody.keeping import Custody

    read = watch_file(sources)
    with ExitStack() as open_ones:
        folder = open_ones.enter_context(CaptureFolder(into))
        custody = open_ones.enter_context(Custody(ledger)) if ledger is not None else None
        stop = open_ones.enter_context(_stopping())
        finds = open_ones.enter_context(FindingProcesses())
        sink = folder if custody is None else KeptTwice(custody, folder)
        gatherer = _gatherer(_chosen(read.fetch, contact, at_once), sink, folder, finds, stop)
        watcher = Watcher(read.sources, gatherer, folder, stop=stop, seed=seed)
        reading = None
        if ledger is not None and custody is not None:
            reading = open_ones.enter_context(
                keeping_up(into, ledger, custody, watcher, stop, matching=matching)
            )
        note(f"watching {len(read.sources)} sources into {into}; Ctrl-C ends it")
        report = CollectingReport(folder, quiet=quiet)
        with suppress(_Stopped):
            for gathered in watcher.watch():
                report.follow([gathered])
                if reading is not None:
                    reading.take(gathered.problem)
        report.summarise()
    return 0


class _Stopped(BaseException):
    """Asked to stop while it waited. Like `KeyboardInterrupt`, it is nobody's failure to handle."""


def _chosen(fetch: FetchSettings, contact: str | None, at_once: int | None) -> FetchSettings:
    from msgspec.structs import replace

    if fetch.allowed_networks:
        note(
            "sayso: WARNING: private networks may be fetched from: "
            + ", ".join(fetch.allowed_networks)
        )
    if contact is not None:
        fetch = replace(fetch, contact=contact)
    return fetch if at_once is None else replace(fetch, hosts_at_once=at_once)


def _gatherer(
    fetch: FetchSettings,
    sink: CaptureSink,
    folder: CaptureFolder,
    finds: FindsPages,
    stop: threading.Event,
) -> Gatherer:
    from sayso.engines.gathering import Gatherer
    from sayso.steps.acquire.fetching.client import Client
    from sayso.steps.acquire.fetching.visiting import Visitor

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise _Stopped

    visitor = Visitor(Client(fetch), sleep=sleep)
    return Gatherer(visitor, sink, folder, finds=finds, stop=stop)


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set: the page at hand is finished and kept."""
    stop = threading.Event()
    asked = 0

    def ask(number: int, frame: object) -> None:
        nonlocal asked
        asked += 1
        stop.set()
        if asked > 1 and number == signal.SIGINT:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

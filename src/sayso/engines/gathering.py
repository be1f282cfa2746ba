"""From sources to captures: looks at each source, fetches what is new, keeps it.

Sources take turns page by page, so that the pause one host is owed is spent on another, and a
source that fails ends alone.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, TypeVar

from sayso.errors import SaysoError, SetAside
from sayso.ports import CaptureSink, Visits
from sayso.records.captures import Capture, Validators
from sayso.records.provenance import Problem
from sayso.steps.acquire.discovery import feeds_of
from sayso.steps.acquire.feeds import looks_like_feed, read_feed
from sayso.steps.acquire.fetching.addresses import web_address
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.found_pages import FoundPage, fits, primary_language
from sayso.steps.acquire.globs import wanted
from sayso.steps.acquire.sitemaps import DEEPEST, MOST_PAGES, read_sitemap
from sayso.steps.acquire.sources import Source

_T = TypeVar("_T")
Result = Literal["kept", "same_content", "unchanged", "left_out", "failed"]
"""`same_content`: kept already, under this or another address, which is noted. `left_out`: in a
language that is not asked for."""
_READABLE = {
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "",
}
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,500}?\blang\s{0,9}=\s{0,9}["']?([A-Za-z]{2,3})\b""")
_MOST_SITEMAPS = 500


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of one address."""

    source: str
    uri: str
    result: Result
    size: int = 0
    """Bytes received."""
    problem: Problem | None = None
    left: int = 0
    """Pages of this source that are still to be fetched, as far as is known."""


class Gatherer:
    """Looks at sources. One object a process."""

    def __init__(
        self,
        visitor: Visitor,
        sink: CaptureSink,
        visits: Visits,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._visitor = visitor
        self._sink = sink
        self._visits = visits
        self._now = now

    def gather(self, sources: Iterable[Source]) -> Iterator[Gathered]:
        """Looks at each source once; what became of each address, as it happens.

        Nothing that a server does raises; only a sink that cannot be written does.
        """
        yield from in_turns(self.look_at(source) for source in sources)

    def look_at(self, source: Source) -> Iterator[Gathered]:
        """Looks at one source."""
        look = {
            "page": self._page,
            "feed": self._feed,
            "sitemap": self._sitemaps_of,
            "site": self._site,
        }[source.kind]
        try:
            yield from look(source, source.address)
        except SetAside as cause:
            yield _failed(source, source.address, cause)
        except (SaysoError, OSError):
            raise  # of the sink: nothing can be kept
        except Exception as error:  # noqa: BLE001 - a defect ends this source, not the others
            what = f"a defect: {type(error).__name__}: {error}"
            yield _failed(source, source.address, SetAside("failed", what[:300]))

    def fetch_pages(self, source: Source, pages: Iterable[FoundPage]) -> Iterator[Gathered]:
        """Fetches those of `pages` that `source` asks for and that are not kept yet."""
        now = self._now()
        asked_for: dict[str, None] = {}
        for page in pages:
            if not wanted(page.uri, source.include, source.exclude) or not fits(
                page, languages=source.languages, max_age=source.max_age, now=now
            ):
                continue
            try:
                uri = self._normal(page.uri)
            except SetAside as cause:
                yield _failed(source, page.uri, cause)
                continue
            if not self._is_settled(uri):
                asked_for.setdefault(uri)
                if len(asked_for) >= source.max_items:
                    break
        left = len(asked_for)
        for uri in asked_for:
            left -= 1
            if not self._is_settled(uri):  # by another source, which had its turn meanwhile
                yield replace(self._settle(source, uri, self._visit(uri, None)), left=left)

    def _is_settled(self, uri: str) -> bool:
        return self._sink.known(uri) is not None or self._visits.last(uri) is not None

    def _page(self, source: Source, address: str) -> Iterator[Gathered]:
        uri = self._normal(address)
        capture = self._visit(uri, self._sink.known(uri))
        if isinstance(capture, Capture) and looks_like_feed(capture.content):
            yield from self._items(source, uri, capture)
            return
        yield self._settle(source, uri, capture)

    def _feed(self, source: Source, address: str) -> Iterator[Gathered]:
        uri = self._normal(address)
        capture = self._visit(uri, self._visits.last(uri))
        if isinstance(capture, SetAside):
            yield _failed(source, uri, capture)
        elif capture.status == 304:
            yield Gathered(source.name, uri, "unchanged")
        else:
            yield from self._items(source, uri, capture)

    def _items(self, source: Source, uri: str, capture: Capture) -> Iterator[Gathered]:
        try:
            kind = capture.header("content-type") or ""
            pages = _tried(lambda: read_feed(capture.content, capture.final_uri, content_type=kind))
        except SetAside as cause:
            yield _failed(source, uri, cause)
            return
        whole = capture.truncated is None
        count = 0
        for gathered in self.fetch_pages(source, pages):
            whole = whole and gathered.result != "failed"
            count += 1
            yield gathered
        # only now: a run that is killed between must find the feed changed when it comes again
        if whole and count < source.max_items:
            self._visits.note(uri, capture.validators)

    def _site(self, source: Source, address: str) -> Iterator[Gathered]:
        uri = self._normal(address)
        capture = self._visit(uri, None)
        if isinstance(capture, SetAside):
            yield _failed(source, uri, capture)
            return
        feeds = _tried(lambda: feeds_of(capture.content, capture.final_uri))
        for feed in feeds:
            try:
                yield from self._feed(source, feed)
            except SetAside as cause:
                yield _failed(source, feed, cause)
        if feeds:
            return
        where = web_address(capture.final_uri, ports=self._ports)
        named = self._visitor.robots_of(where).sitemaps
        yield from self._sitemaps(source, named or [f"{where.origin}/sitemap.xml"])

    def _sitemaps_of(self, source: Source, address: str) -> Iterator[Gathered]:
        yield from self._sitemaps(source, [address])

    def _sitemaps(self, source: Source, addresses: list[str]) -> Iterator[Gathered]:
        pages: list[FoundPage] = []
        waiting = deque((address, 1) for address in addresses)
        seen: set[str] = set()
        while waiting and len(pages) < MOST_PAGES and len(seen) < _MOST_SITEMAPS:
            address, depth = waiting.popleft()
            try:
                uri = self._normal(address)
                if uri in seen:
                    continue
                seen.add(uri)
                capture = self._visit(uri, None)
                if isinstance(capture, SetAside):
                    raise capture
                read = _tried(
                    lambda capture=capture: read_sitemap(  # type: ignore[misc]
                        capture.content, capture.final_uri, self._visitor.client.settings
                    )
                )
            except SetAside as cause:
                yield _failed(source, address, cause)
                continue
            pages += read.pages[: MOST_PAGES - len(pages)]
            if depth < DEEPEST:
                waiting.extend((further, depth + 1) for further in read.sitemaps)
        host = web_address(source.address, ports=self._ports).host.removeprefix("www.")
        own = (page for page in pages if self._is_of(page.uri, host))
        # the newest first, those without a date last, so that max_items takes what is new
        newest = sorted(
            own, key=lambda page: page.published or datetime.min.replace(tzinfo=UTC), reverse=True
        )
        yield from self.fetch_pages(source, newest)

    def _settle(self, source: Source, uri: str, capture: Capture | SetAside) -> Gathered:
        """Keeps a page, or says why not."""
        if isinstance(capture, SetAside):
            return _failed(source, uri, capture)
        if capture.status == 304:
            return Gathered(source.name, uri, "unchanged")
        problem: Problem | None = None
        if capture.truncated in ("time", "disconnect"):
            return _failed(
                source, uri, SetAside("cut_short", "the page broke off", "it is tried again")
            )
        if capture.media_type not in _READABLE:
            kind = capture.media_type[:60]
            return _failed(source, uri, SetAside("unsupported", f"{kind} is no report"))
        if not capture.content.strip():
            return _failed(source, uri, SetAside("empty", "the server sent an empty page"))
        stated = _LANGUAGE.search(capture.content[:5_000])
        language = primary_language(stated[1].decode()) if stated else None
        if source.languages and language is not None and language not in source.languages:
            self._visits.note(uri, capture.validators)
            return Gathered(source.name, uri, "left_out", len(capture.body))
        if capture.truncated is not None:
            cause = SetAside("cut_short", "the page is larger than is allowed; its start is kept")
            problem = _failed(source, uri, cause).problem
        old = self._sink.seen(capture.sha256)
        known = self._sink.known(uri) if old else None
        if known is not None and known.sha256 == capture.sha256:
            return Gathered(source.name, uri, "unchanged", len(capture.body), problem)
        self._sink.put(capture)
        result: Result = "same_content" if old else "kept"
        return Gathered(source.name, uri, result, len(capture.body), problem)

    def _visit(self, uri: str, known: Validators | None) -> Capture | SetAside:
        try:
            return _tried(lambda: self._visitor.visit(uri, known=known))
        except SetAside as cause:
            return cause

    def _normal(self, uri: str) -> str:
        return str(web_address(uri, ports=self._ports))

    def _is_of(self, uri: str, host: str) -> bool:
        """Whether an address is of the site: a sitemap speaks for no other."""
        try:
            there = web_address(uri, ports=self._ports).host
        except SetAside:
            return False
        return there == host or there.endswith(f".{host}")

    @property
    def _ports(self) -> tuple[int, ...]:
        return self._visitor.client.settings.allowed_ports


def in_turns(runs: Iterable[Iterator[_T]]) -> Iterator[_T]:
    """One item of each run after another, until all are at their ends."""
    waiting = deque(runs)
    while waiting:
        run = waiting.popleft()
        for item in run:
            yield item
            waiting.append(run)
            break


def _tried(work: Callable[[], _T]) -> _T:
    """What `work` gives; a defect in it costs this one address."""
    try:
        return work()
    except SaysoError:
        raise
    except Exception as error:
        raise SetAside("failed", f"a defect: {type(error).__name__}: {error}"[:300]) from error


def _failed(source: Source, uri: str, cause: SetAside) -> Gathered:
    problem = Problem.of(uri, "acquire", cause.reason, cause.message, advice=cause.advice)
    return Gathered(source.name, uri, "failed", problem=problem)

"""From sources to captures: looks at each source, fetches what is new, keeps it.

Several hosts are visited at once (`rounds`), each slowly, and sources take turns at a host. A
source that fails ends alone.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import cast

from sayso.engines.finding import FindsPages, find
from sayso.engines.gathered import Gathered, Result
from sayso.engines.messages import Find, Format, Found
from sayso.engines.rounds import AllSettled, Answer, Page, Rounds, Run
from sayso.errors import SaysoError, SetAside
from sayso.ports import CaptureSink, Visits
from sayso.records.captures import Capture
from sayso.records.provenance import Problem
from sayso.steps.acquire.answers import kind_of_capture
from sayso.steps.acquire.feeds import looks_like_feed
from sayso.steps.acquire.fetching.addresses import web_address
from sayso.steps.acquire.fetching.visiting import Visitor
from sayso.steps.acquire.found_pages import FoundPage, fits, primary_language
from sayso.steps.acquire.globs import wanted
from sayso.steps.acquire.sitemaps import DEEPEST, MOST_PAGES
from sayso.steps.acquire.sources import Source

__all__ = ["Gathered", "Gatherer", "Result"]

_LANGUAGE = re.compile(rb"""<html\b[^>]{0,500}?\blang\s{0,9}=\s{0,9}["']?([A-Za-z]{2,3})\b""")
_MOST_SITEMAPS = 500


@dataclass(frozen=True, slots=True)
class _Fed:
    """An answer, and what it names or why it is of no use."""

    capture: Capture
    found: Found | SetAside
    sitemaps: tuple[str, ...] = ()
    """That the site's robots.txt names, where it was asked for."""


class Gatherer:
    """Looks at sources. One object a process."""

    def __init__(
        self,
        visitor: Visitor,
        sink: CaptureSink,
        visits: Visits,
        *,
        finds: FindsPages = find,
        stop: Event | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`finds` looks through feeds, sitemaps and pages: `FindingProcesses`, or `find` where no
        harm is feared. `stop` ends everything after the pages at hand."""
        self._visitor = visitor
        self._sink = sink
        self._visits = visits
        self._finds = finds
        self._stop = stop
        self._now = now

    def gather(self, sources: Iterable[Source]) -> Iterator[Gathered]:
        """Looks at each source once; what became of each address, as it happens.

        Nothing that a server does raises; only a sink that cannot be written does.
        """
        return self.follow(self.look(source) for source in sources)

    def look_at(self, source: Source) -> Iterator[Gathered]:
        """Looks at one source."""
        return self.gather([source])

    def follow(self, runs: Iterable[Run]) -> Iterator[Gathered]:
        """Goes on with all `runs` until they are over."""
        with self.rounds() as rounds:
            for run in runs:
                rounds.add(run)
            yield from rounds.results()

    def rounds(self) -> Rounds:
        """What goes on with runs. Close it in the end."""
        at_once = self._visitor.client.settings.hosts_at_once
        return Rounds(self._visitor, at_once=at_once, stop=self._stop)

    def look(self, source: Source) -> Run:
        """One look at a source."""
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
            yield _failed(source, source.address, _defect(error))

    def look_at_pages(
        self,
        source: Source,
        pages: Iterable[FoundPage],
        told: Callable[[Gathered], None] = lambda _: None,
    ) -> Run:
        """Fetches those of `pages` that `source` asks for and that are not kept yet. `told` hears
        what became of each."""
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
                failed = _failed(source, page.uri, cause)
                told(failed)
                yield failed
                continue
            if not self._is_settled(uri):
                asked_for.setdefault(uri)
                if len(asked_for) >= source.max_items:
                    break
        left = len(asked_for)

        def is_wanted(uri: str) -> bool:
            nonlocal left
            if self._is_settled(uri):  # by another source, which had its turn meanwhile
                left -= 1
                return False
            return True

        def settle(uri: str, answer: Capture | SetAside) -> Gathered:
            nonlocal left
            left -= 1
            gathered = self._settle(source, uri, answer, left)
            told(gathered)
            return gathered

        for uri in asked_for:
            yield Page(
                uri,
                lambda uri=uri: is_wanted(uri),  # type: ignore[misc]
                lambda answer, uri=uri: settle(uri, answer),  # type: ignore[misc]
            )
        yield AllSettled()

    def _is_settled(self, uri: str) -> bool:
        return self._sink.known(uri) is not None or self._visits.last(uri) is not None

    def _page(self, source: Source, address: str) -> Run:
        uri = self._normal(address)

        def fed(capture: Capture) -> Capture | _Fed:
            return self._looked_through(capture, "feed") if _is_feed(capture) else capture

        answer = cast("Capture | _Fed | SetAside", (yield Answer(uri, self._sink.known(uri), fed)))
        if isinstance(answer, _Fed):
            yield from self._items(source, uri, answer)
            return
        yield self._settle(source, uri, answer)

    def _feed(self, source: Source, address: str) -> Run:
        uri = self._normal(address)

        def fed(capture: Capture) -> Capture | _Fed:
            return capture if capture.status == 304 else self._looked_through(capture, "feed")

        answer = cast("Capture | _Fed | SetAside", (yield Answer(uri, self._visits.last(uri), fed)))
        if isinstance(answer, SetAside):
            yield _failed(source, uri, answer)
        elif isinstance(answer, Capture):
            yield Gathered(source.name, uri, "unchanged")
        else:
            yield from self._items(source, uri, answer)

    def _items(self, source: Source, uri: str, fed: _Fed) -> Run:
        if isinstance(fed.found, SetAside):
            yield _failed(source, uri, fed.found)
            return
        told: list[Gathered] = []
        yield from self.look_at_pages(source, fed.found.pages, told.append)
        # only now: a run that is killed between must find the feed changed when it comes again
        whole = fed.capture.truncated is None and all(one.result != "failed" for one in told)
        if whole and len(told) < source.max_items:
            self._visits.note(uri, fed.capture.validators)

    def _site(self, source: Source, address: str) -> Run:
        uri = self._normal(address)

        def fed(capture: Capture) -> _Fed:
            found = self._looked_through(capture, "page").found
            if isinstance(found, Found) and found.addresses:
                return _Fed(capture, found)
            where = web_address(capture.final_uri, ports=self._ports)
            named = self._visitor.robots_of(where).sitemaps or [f"{where.origin}/sitemap.xml"]
            return _Fed(capture, found, tuple(named))

        answer = cast("_Fed | SetAside", (yield Answer(uri, None, fed)))
        if isinstance(answer, SetAside) or isinstance(answer.found, SetAside):
            cause = answer if isinstance(answer, SetAside) else answer.found
            yield _failed(source, uri, cast(SetAside, cause))
            return
        for feed in answer.found.addresses:
            try:
                yield from self._feed(source, feed)
            except SetAside as cause:
                yield _failed(source, feed, cause)
        if answer.sitemaps:
            yield from self._sitemaps(source, answer.sitemaps)

    def _sitemaps_of(self, source: Source, address: str) -> Run:
        yield from self._sitemaps(source, [address])

    def _sitemaps(self, source: Source, addresses: Iterable[str]) -> Run:
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
                answer = cast("_Fed | SetAside", (yield Answer(uri, None, self._sitemap)))
                if isinstance(answer, SetAside):
                    raise answer
                if isinstance(answer.found, SetAside):
                    raise answer.found
            except SetAside as cause:
                yield _failed(source, address, cause)
                continue
            pages += answer.found.pages[: MOST_PAGES - len(pages)]
            if depth < DEEPEST:
                waiting.extend((further, depth + 1) for further in answer.found.addresses)
        host = web_address(source.address, ports=self._ports).host.removeprefix("www.")
        own = (page for page in pages if self._is_of(page.uri, host))
        # the newest first, those without a date last, so that max_items takes what is new
        newest = sorted(
            own, key=lambda page: page.published or datetime.min.replace(tzinfo=UTC), reverse=True
        )
        yield from self.look_at_pages(source, newest)

    def _sitemap(self, capture: Capture) -> _Fed:
        return self._looked_through(capture, "sitemap")

    def _looked_through(self, capture: Capture, format: Format) -> _Fed:
        """In the thread of the visit: a parser that hangs holds up nothing else."""
        task = Find(
            format,
            capture.content,
            capture.final_uri,
            (capture.header("content-type") or "")[:500],
            self._visitor.client.settings,
        )
        try:
            return _Fed(capture, self._finds(task))
        except SetAside as cause:
            return _Fed(capture, cause)

    def _settle(
        self, source: Source, uri: str, capture: Capture | SetAside, left: int = 0
    ) -> Gathered:
        """Keeps a page, or says why not."""
        try:
            return self._settled(source, uri, capture, left)
        except SetAside as cause:
            return _failed(source, uri, cause, left)
        except (SaysoError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect costs this page, not the others
            return _failed(source, uri, _defect(error), left)

    def _settled(
        self, source: Source, uri: str, capture: Capture | SetAside, left: int
    ) -> Gathered:
        if isinstance(capture, SetAside):
            raise capture
        if capture.status == 304:
            return Gathered(source.name, uri, "unchanged", left=left)
        problem: Problem | None = None
        if capture.truncated in ("time", "disconnect"):
            raise SetAside("cut_short", "the page broke off", "it is tried again")
        if not capture.content.strip():
            raise SetAside("empty", "the server sent an empty page")
        if kind_of_capture(capture) is None:
            what = capture.media_type[:60] or "what came"
            raise SetAside("unsupported", f"{what} is no report")
        stated = _LANGUAGE.search(capture.content[:5_000])
        language = primary_language(stated[1].decode()) if stated else None
        if source.languages and language is not None and language not in source.languages:
            self._visits.note(uri, capture.validators)
            return Gathered(source.name, uri, "left_out", len(capture.body), left=left)
        if capture.truncated is not None:
            cause = SetAside("cut_short", "the page is larger than is allowed; its start is kept")
            problem = _failed(source, uri, cause).problem
        old = self._sink.seen(capture.sha256)
        known = self._sink.known(uri) if old else None
        if known is not None and known.sha256 == capture.sha256:
            return Gathered(source.name, uri, "unchanged", len(capture.body), problem, left)
        self._sink.put(capture)
        result: Result = "same_content" if old else "kept"
        return Gathered(source.name, uri, result, len(capture.body), problem, left)

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


def _is_feed(capture: Capture) -> bool:
    return capture.status != 304 and looks_like_feed(capture.content)


def _defect(error: Exception) -> SetAside:
    return SetAside("failed", f"a defect: {type(error).__name__}: {error}"[:300])


def _failed(source: Source, uri: str, cause: SetAside, left: int = 0) -> Gathered:
    problem = Problem.of(uri, "acquire", cause.reason, cause.message, advice=cause.advice)
    return Gathered(source.name, uri, "failed", problem=problem, left=left)

"""From paths to a ledger: finds files, skips what is read, has the rest read, writes each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

from msgspec import Struct

from sayso.engines.loading import DEFAULT_READER
from sayso.engines.outcomes import Outcome
from sayso.engines.processes import read_in_processes
from sayso.engines.recipe import recipe_of
from sayso.engines.serial import read_serially
from sayso.errors import SetAside
from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.settings import Settings
from sayso.steps.acquire.live_blogs import entries_of
from sayso.steps.acquire.page_series import joined
from sayso.store.custody import Custody
from sayso.store.ledger_file import LedgerFile

_T = TypeVar("_T")
Result = Literal["read", "partial", "unchanged", "set_aside"]
"""`partial`: read, with parts missing. `unchanged`: nothing new, under this or another path."""
Inputs = Iterable[RawDocument | Problem]


class Progress(Struct, frozen=True):
    """One more input is done."""

    done: int
    total: int | None
    """All inputs there are; None where they were not counted."""
    uri: str
    result: Result
    problems: tuple[Problem, ...] = ()


class ReadSummary(Struct, frozen=True):
    """What became of a collection, in numbers of inputs."""

    read: int = 0
    """Read anew (with those that are `partial`)."""
    unchanged: int = 0
    """Known already, so nothing was added."""
    set_aside: int = 0
    """Not read; the reasons are in the ledger."""
    partial: int = 0
    """Read, but parts are missing; the reasons are in the ledger."""
    statements: int = 0
    """Statements in the documents read."""
    claims: int = 0
    """Claims in the documents read."""

    @property
    def total(self) -> int:
        """All inputs that were looked at."""
        return self.read + self.unchanged + self.set_aside


class Collector:
    """Reads one collection into one ledger. Made for one use."""

    def __init__(
        self,
        file: LedgerFile,
        settings: Settings,
        *,
        reader: str = DEFAULT_READER,
        report: Callable[[Progress], None] | None = None,
        total: int | None = None,
        custody: Custody | None = None,
    ) -> None:
        """`custody` writes down each input before it is read."""
        self._file = file
        self._custody = custody
        self._settings = settings
        self._reader = reader
        self._report = report
        self._total = total
        self._recipe = recipe_of(settings, reader)
        self._counts: dict[str, int] = dict.fromkeys(ReadSummary.__struct_fields__, 0)
        self._done = 0

    def collect(self, inputs: Inputs) -> ReadSummary:
        """Reads and writes all inputs. Each is in the ledger whole before the next is written."""
        for outcome in self._read(self._unread(inputs)):
            self._write(outcome)
        return ReadSummary(**self._counts)

    def _read(self, inputs: Iterator[RawDocument]) -> Iterator[Outcome]:
        if self._settings.read.workers:
            return read_in_processes(inputs, self._settings, reader=self._reader)
        return read_serially(inputs, self._settings, reader=self._reader)

    def _unread(self, inputs: Inputs) -> Iterator[RawDocument]:
        """The inputs that must be read; the others are settled on the way."""
        for item in joined(self._split(inputs), self._write_down_pages):
            if isinstance(item, Problem):
                self._file.set_aside(item)
                self._settle(item.uri, "set_aside", (item,))
            elif self._is_read(item):
                self._settle(item.uri, "unchanged")
            else:
                self._write_down(item)
                yield item

    def _split(self, inputs: Inputs) -> Iterator[RawDocument | Problem]:
        """The inputs, with the entries of each live blog in place of it."""
        for item in inputs:
            entries = entries_of(item) if isinstance(item, RawDocument) else []
            if not entries:
                yield item
                continue
            assert isinstance(item, RawDocument)
            if not all(map(self._is_read, entries)):
                self._write_down(item)
            yield from entries

    def _is_read(self, raw: RawDocument) -> bool:
        sha256 = hashlib.sha256(raw.data).hexdigest()
        return self._file.is_read(raw.uri, sha256, raw.media_type, self._recipe)

    def _write_down_pages(self, report: RawDocument, pages: list[RawDocument]) -> None:
        if not self._is_read(report):
            for page in pages:
                self._write_down(page)

    def _write_down(self, raw: RawDocument) -> None:
        """Puts into custody how the bytes of an input came."""
        if self._custody is None:
            return
        if raw.made_from:
            self._custody.derived(raw)
        elif not raw.place and self._custody.seen(hashlib.sha256(raw.data).hexdigest()):
            return  # it was fetched, and is there from then
        else:
            keep = self._settings.read.keep_bytes
            self._custody.received(raw, place=raw.place, keep_bytes=keep)

    def _write(self, outcome: Outcome) -> None:
        reading = outcome.reading
        if reading is None:
            problem = outcome.problem()
            assert problem is not None
            self._file.set_aside(problem)
            self._settle(outcome.uri, "set_aside", (problem,))
            return
        written = self._file.add(reading, self._recipe)
        if written in ("unchanged", "seen_elsewhere"):
            self._settle(outcome.uri, "unchanged")
            return
        self._counts["statements"] += len(reading.statements)
        self._counts["claims"] += len(reading.claims)
        if reading.problems:
            self._counts["read"] += 1
        self._settle(outcome.uri, "partial" if reading.problems else "read", reading.problems)

    def _settle(self, uri: str, result: Result, problems: tuple[Problem, ...] = ()) -> None:
        self._counts[result] += 1
        self._done += 1
        if self._total is not None and self._done > self._total:
            self._total = None  # an archive holds more inputs than the one file that was counted
        if self._report is not None:
            self._report(Progress(self._done, self._total, uri, result, problems))


def load_all(
    found: Iterable[_T | Problem],
    load: Callable[[_T], RawDocument | Iterable[RawDocument | Problem]],
    uri_of: Callable[[_T], str],
) -> Inputs:
    """The inputs that were found, with a problem in place of each that cannot be loaded.

    What was found may hold many (an archive): `load` then gives them one after another.
    """
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        try:
            loaded = load(item)
            if isinstance(loaded, RawDocument):
                yield loaded
            else:
                yield from loaded
        except SetAside as cause:
            yield Problem.of(
                uri_of(item), "acquire", cause.reason, cause.message, advice=cause.advice
            )

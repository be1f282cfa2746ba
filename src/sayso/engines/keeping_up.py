"""Reading what is collected, and matching it, while collecting goes on: in a thread of its own.

Nothing is handed from thread to thread but problems: what is to be read is asked of the folder of
captures, so that memory does not grow when reading is slower than fetching, and so that a stopped
process finds what was not read when it is started again. What was read is matched after each
portion; what a stop or a failure left is matched with the next, since the ledger knows what is new.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

from sayso.engines.collecting import Inputs, ReadSummary
from sayso.engines.matching.matcher import MatchSummary
from sayso.engines.matching.matcher import Progress as MatchProgress
from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.steps.acquire.answers import input_of
from sayso.steps.acquire.page_series import is_part
from sayso.store.captures import CaptureFolder
from sayso.store.custody import Custody

_NAP = 2.0
_LONGEST_HELD = 600.0
"""Seconds that the first page of a report waits for the others while looks are under way."""

OpensFolder = Callable[[], AbstractContextManager[CaptureFolder]]


class LedgerWork(NamedTuple):
    """What the thread does with the ledger."""

    read: Callable[[Inputs], ReadSummary]
    match: Callable[[MatchProgress], MatchSummary] | None
    """None: documents are not laid side by side."""


OpensLedger = Callable[[], AbstractContextManager[LedgerWork]]
"""Opens the ledger in the thread that works with it."""


def captured_inputs(
    folder: CaptureFolder, custody: Custody, numbers: Iterable[int]
) -> Iterator[tuple[int, RawDocument]]:
    """What these captures give to read, with their numbers.

    One that was made without this ledger goes into its custody first.
    """
    for number in numbers:
        capture = folder.capture(number)
        raw = input_of(capture)
        if raw is None:
            continue
        if not custody.seen(capture.sha256):
            custody.put(capture)
        yield number, raw


class _Ended(BaseException):
    """Asked to end while it matched. Like `KeyboardInterrupt`, it is nobody's failure to handle."""


class KeepingUp:
    """Reads captures as they come, and matches them. Use it with `with`; leaving it waits for what
    is being read, and breaks off a matching, which the next run takes up.

    `report` is called in the thread, with what became of each portion, `matched` with what became
    of matching it. That it failed stops nothing.
    """

    def __init__(
        self,
        folder: OpensFolder,
        ledger: OpensLedger,
        custody: Custody,
        *,
        is_looking: Callable[[], bool],
        report: Callable[[ReadSummary], None],
        matched: Callable[[MatchSummary | Exception], None],
        failed: Callable[[], None],
    ) -> None:
        """`is_looking`: whether more pages of one report may still come. `failed` is called where
        the ledger cannot be written; leaving then raises why."""
        self._folder = folder
        self._ledger = ledger
        self._custody = custody
        self._is_looking = is_looking
        self._report = report
        self._matched = matched
        self._failed = failed
        self._problems: queue.SimpleQueue[Problem] = queue.SimpleQueue()
        self._wake = threading.Event()
        self._ending = False
        self._last = 0
        self._held: list[int] = []
        self._held_since = 0.0
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)

    def __enter__(self) -> KeepingUp:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        self._wake.set()
        self._thread.join()
        if self._error is not None:
            raise self._error

    def take(self, problem: Problem | None = None) -> None:
        """Something was captured, or could not be."""
        if problem is not None:
            self._problems.put(problem)
        self._wake.set()

    def _run(self) -> None:
        try:
            with self._folder() as folder, self._ledger() as work:
                for problem in folder.problems():
                    self._problems.put(problem)
                self._wake.set()
                is_new = True  # what a stop left
                while not self._ending:
                    self._wake.wait(_NAP)
                    self._wake.clear()
                    summary = work.read(self._portion(folder))
                    if summary.total:
                        self._report(summary)
                    if (is_new or summary.read) and work.match is not None:
                        self._match(work.match)
                        is_new = False
        # Whatever it is, it ends the reading; the thread that collects is told and raises it.
        except BaseException as error:  # noqa: BLE001
            self._error = error
            self._failed()

    def _match(self, match: Callable[[MatchProgress], MatchSummary]) -> None:
        try:
            self._goes_on()
            self._matched(match(self._goes_on))
        except _Ended:
            return  # the next run finds what is new
        # A defect in laying side by side costs nobody their sources; the ledger holds it.
        except Exception as error:  # noqa: BLE001
            self._matched(error)

    def _goes_on(self, *_: object) -> None:
        if self._ending:
            raise _Ended

    def _portion(self, folder: CaptureFolder) -> Iterator[RawDocument | Problem]:
        while not self._problems.empty():
            yield self._problems.get()
        released = [] if self._holds() else self._held
        numbers = folder.numbers(after=self._last)
        if released:
            self._held = []
        before = self._last
        for number, raw in captured_inputs(folder, self._custody, [*released, *numbers]):
            if self._ending:
                return  # the next run finds them
            if self._is_looking() and number > before and is_part(raw):
                self._held_since = self._held_since if self._held else time.monotonic()
                self._held.append(number)
            else:
                yield raw
        self._last = max(numbers, default=before)

    def _holds(self) -> bool:
        """Whether pages wait for the others of their report still."""
        return self._is_looking() and time.monotonic() - self._held_since < _LONGEST_HELD

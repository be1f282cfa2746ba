"""What is collected is read and laid beside what was there, whatever becomes of a matching."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.fakes import RIVER
from tests.store.test_captures import capture

import sayso
from sayso.engines.collecting import ReadSummary
from sayso.engines.keeping_up import KeepingUp, LedgerWork
from sayso.engines.matching.matcher import MatchSummary
from sayso.engines.matching.matcher import Progress as MatchProgress
from sayso.records.provenance import Problem
from sayso.store.captures import CaptureFolder
from sayso.store.custody import Custody

Match = Callable[[MatchProgress], MatchSummary]


class Desk:
    """A folder of captures that is kept up with; what was said is written down."""

    def __init__(self, folder: Path) -> None:
        self._captures = folder / "captures"
        self.path = folder / "v.sayso"
        self.read: list[ReadSummary] = []
        self.matched: list[MatchSummary | Exception] = []
        self.failed = threading.Event()

    def put(self, *texts: str) -> None:
        with CaptureFolder(self._captures) as folder:
            for number, text in enumerate(texts, len(list(folder.captures()))):
                folder.put(capture(f"https://velm.example/{number}", text.encode()))

    @contextmanager
    def keeping_up(self, match: Callable[[Match], Match | None]) -> Iterator[KeepingUp]:
        @contextmanager
        def work() -> Iterator[LedgerWork]:
            with sayso.Ledger(self.path, reader="tests.fakes:FakeReader") as ledger:
                real = lambda progress: ledger.match(progress=progress)  # noqa: E731
                yield LedgerWork(
                    lambda inputs: ledger.read_inputs(inputs, custody=custody), match(real)
                )

        with (
            Custody(self.path) as custody,
            KeepingUp(
                lambda: CaptureFolder(self._captures),
                work,
                custody,
                is_looking=lambda: False,
                report=self.read.append,
                matched=self.matched.append,
                failed=self.failed.set,
            ) as made,
        ):
            yield made

    def copies(self) -> int:
        with sayso.open(self.path, create=False) as ledger:
            return len(ledger.copies())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def until(done: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_came_is_matched_and_what_comes_later_is_laid_beside_it(desk: Desk) -> None:
    desk.put(f"Ferry closed\n{RIVER}")
    with desk.keeping_up(lambda real: real) as keeping_up:
        until(lambda: len(desk.matched) == 1)
        assert desk.copies() == 0
        desk.put(f"No boats at Low Mill\n{RIVER}")
        keeping_up.take()
        until(lambda: len(desk.matched) == 2)
        assert desk.copies() == 1
    assert [found.documents for found in desk.matched if isinstance(found, MatchSummary)] == [1, 1]


def test_nothing_is_matched_where_nothing_was_read(desk: Desk) -> None:
    desk.put("Velm")
    with desk.keeping_up(lambda real: real) as keeping_up:
        until(lambda: desk.matched)
        keeping_up.take(Problem.of("https://velm.example/gone", "acquire", "http_error", "404"))
        until(lambda: len(desk.read) == 2)
    assert len(desk.matched) == 1


def test_without_matching_all_is_read(desk: Desk) -> None:
    desk.put(f"One\n{RIVER}", f"Two\n{RIVER}")
    with desk.keeping_up(lambda real: None):
        until(lambda: desk.read)
    assert (desk.matched, desk.copies()) == ([], 0)
    with sayso.open(desk.path, create=False) as ledger:
        assert ledger.match().documents == 2


def test_a_failure_stops_nothing_and_is_made_good_with_the_next_page(desk: Desk) -> None:
    broken = threading.Event()
    broken.set()

    def failing(real: Match) -> Match:
        def match(progress: MatchProgress) -> MatchSummary:
            if broken.is_set():
                raise ValueError("a defect")
            return real(progress)

        return match

    desk.put(f"One\n{RIVER}")
    with desk.keeping_up(failing) as keeping_up:
        until(lambda: desk.matched)
        assert isinstance(desk.matched[0], ValueError)
        broken.clear()
        desk.put(f"Two\n{RIVER}")
        keeping_up.take()
        until(lambda: len(desk.matched) == 2)
    assert desk.copies() == 1
    assert not desk.failed.is_set()


def test_leaving_breaks_a_matching_off_and_the_next_run_takes_it_up(desk: Desk) -> None:
    begun = threading.Event()

    def endless(_: Match) -> Match:
        def match(progress: MatchProgress) -> MatchSummary:
            while True:
                progress("documents", 0, 1)
                begun.set()
                time.sleep(0.01)

        return match

    desk.put(f"One\n{RIVER}", f"Two\n{RIVER}")
    with desk.keeping_up(endless):
        until(begun.is_set)
    assert (desk.matched, desk.failed.is_set()) == ([], False)
    with desk.keeping_up(lambda real: real):
        until(lambda: desk.matched)
    assert desk.copies() == 1
    assert desk.read[1:] == [replace(ReadSummary(), unchanged=2)]

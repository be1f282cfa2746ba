"""A matching that fails stands among the problems until one succeeds."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from tests.fakes import RIVER

import sayso
from sayso.settings import ReadSettings, Settings

SERIAL = Settings(read=ReadSettings(workers=0))


def read(ledger: sayso.Ledger, folder: Path, name: str) -> None:
    (folder / name).write_text(f"Report {name}\n{RIVER}")
    ledger.read(folder / name, settings=SERIAL)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A ledger with one document that was matched, where what stories keep of it is damaged, and a
    copy of it that was not matched."""
    path = tmp_path / "v.sayso"
    with sayso.Ledger(path, reader="tests.fakes:FakeReader") as ledger:
        read(ledger, tmp_path, "a.txt")
        ledger.match()
        read(ledger, tmp_path, "b.txt")
    db = apsw.Connection(str(path))
    never_used = "x'c1'"  # by MessagePack
    db.execute(f"UPDATE extracts SET record = {never_used} WHERE step = 'stories'")
    db.close()
    return path


def test_it_is_a_problem_and_nothing_is_lost(broken: Path) -> None:
    with sayso.open(broken, create=False) as ledger:
        with pytest.raises(ValueError, match="MessagePack"):
            ledger.match()
        (problem,) = ledger.problems()
        assert (problem.uri, problem.stage, problem.reason) == ("sayso match", "match", "failed")
        assert problem.document is None
        assert "'sayso match'" in problem.advice
        assert len(list(ledger.documents())) == 2
        assert ledger.check() == []


def test_a_success_takes_it_back(broken: Path) -> None:
    with sayso.open(broken, create=False) as ledger:
        with pytest.raises(ValueError, match="MessagePack"):
            ledger.match()
        with ledger.reading() as db:
            db.execute("DELETE FROM matched")  # so that all extracts are made again
        assert ledger.match().documents == 2
        assert (list(ledger.problems()), len(ledger.copies())) == ([], 1)


def test_being_stopped_is_no_problem(broken: Path) -> None:
    class Stopped(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    with sayso.open(broken, create=False) as ledger:
        with ledger.reading() as db:
            db.execute("DELETE FROM matched")
        with pytest.raises(Stopped):
            ledger.match(progress=stop)
        assert list(ledger.problems()) == []
        ledger.match()
        assert len(ledger.copies()) == 1

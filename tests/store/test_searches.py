"""Saved searches, and figures that triggers keep."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest
from tests.fakes import readings

import sayso
from sayso.errors import NoSuchRecord
from sayso.store import browsing, searches
from sayso.store.ledger_file import LedgerFile
from sayso.store.migrations import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path) -> str:
    found = str(tmp_path / "region.sayso")
    file = LedgerFile(found)
    for reading in readings():
        file.add(reading, "recipe")
    file.close()
    return found


def test_a_search_is_kept_replaced_and_withdrawn_but_never_lost(path: str) -> None:
    with sayso.open(path) as ledger, ledger.reading() as db:
        one = ledger.keep_search("bridge", "statements", "q=bridge", by="Ada")
        assert searches.kept(db) == [one]
        assert searches.kept(db, "claims") == []
        again = ledger.keep_search("bridge", "statements", "q=bridges", by="Ada")
        other = ledger.keep_search("bridge", "statements", "q=ford", by="Ben")
        assert searches.kept(db, "statements") == [again, other], "each person has their own"
        ledger.withdraw_search(again.id, by="Ben")
        ledger.withdraw_search(again.id, by="Ben")
        assert searches.kept(db) == [other]
        assert searches.search(db, one.id) == one
        with pytest.raises(NoSuchRecord):
            ledger.withdraw_search("nothing", by="Ada")
        for sql in ("DELETE FROM searches", "UPDATE searches SET name = 'x'"):
            with pytest.raises(apsw.ConstraintError, match="withdraw"):
                db.execute(sql)


def test_a_page_that_waits_for_news_is_told_of_a_search(path: str) -> None:
    with sayso.open(path) as ledger, ledger.reading() as db:
        before = browsing.version(db)
        kept = ledger.keep_search("bridge", "claims", "", by="Ada")
        after = browsing.version(db)
        ledger.withdraw_search(kept.id, by="Ada")
        assert len({before, after, browsing.version(db)}) == 3


def _counted(db: apsw.Connection) -> dict[str, int]:
    tables = ("documents", "statements", "claims", "disputes")
    return {name: int(db.execute(f"SELECT count(*) FROM {name}").get) for name in tables}


def test_the_figures_are_those_of_the_tables_whatever_is_written(path: str) -> None:
    file = LedgerFile(path)
    db = file.db
    said = dict(browsing.speakers(db, 100))
    assert (
        sum(said.values())
        == db.execute("SELECT count(*) FROM statements WHERE holder IS NOT NULL").get
    )
    for step in ("as read", "read again", "one gone", "emptied"):
        if step == "read again":
            for reading in readings():
                file.add(reading, "another recipe")
        elif step == "one gone":
            db.execute("DELETE FROM documents WHERE number = (SELECT min(number) FROM documents)")
        elif step == "emptied":
            db.execute("DELETE FROM documents")
        counts = browsing.counts(db)
        assert {name: counts[name] for name in _counted(db)} == _counted(db), step
    assert browsing.speakers(db, 100) == []
    file.close()


def test_joined_speakers_are_counted_as_one(path: str) -> None:
    file = LedgerFile(path)
    one, other = [id for id, _ in browsing.speakers(file.db, 2)]
    together = sum(count for _, count in browsing.speakers(file.db, 2))
    file.db.execute("INSERT INTO actors VALUES (?, ?), (?, ?)", (one, one, other, one))
    assert browsing.speakers(file.db, 1) == [(one, together)]
    file.close()


def test_check_tells_of_figures_that_are_wrong(path: str) -> None:
    file = LedgerFile(path)
    assert file.check() == []
    file.db.execute("UPDATE figures SET number = number + 1 WHERE name = 'claims'")
    file.db.execute("UPDATE said_by SET statements = statements + 1")
    faults = file.check()
    assert "claims" in faults[0]
    assert "holder" in faults[1]
    file.close()


def test_an_older_ledger_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    old = tmp_path / "old.sayso"
    file = LedgerFile(str(old))
    for reading in readings():
        file.add(reading, "recipe")
    expected, speakers = browsing.counts(file.db), browsing.speakers(file.db, 9)
    place = next(n for n, step in enumerate(MIGRATIONS) if step.name == "m0005_searches")
    for table in ("searches_withdrawn", "searches", "figures", "said_by"):
        file.db.execute(f"DROP TABLE {table}")
    made = ("heard", "unheard", "counted", "uncounted")
    triggers = file.db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        if name.rpartition("_")[2] in made:
            file.db.execute(f"DROP TRIGGER {name}")
    MIGRATIONS[place].apply(file.db)
    assert browsing.counts(file.db) == expected
    assert browsing.speakers(file.db, 9) == speakers
    file.close()

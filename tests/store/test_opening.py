from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import apsw
import pytest
from tests.fakes import readings

from sayso.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerTooNew, NotALedger
from sayso.store.connection import APPLICATION_ID, transaction
from sayso.store.ledger_file import LedgerFile
from sayso.store.migrations import MIGRATIONS, Migration, migrate


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "region.sayso")


def filled(path: str) -> None:
    file = LedgerFile(path)
    for reading in readings():
        file.add(reading, "recipe")
    file.close()


def test_a_new_ledger_says_what_it_is(path: str) -> None:
    file = LedgerFile(path)
    assert file.db.pragma("application_id") == APPLICATION_ID
    assert file.db.pragma("user_version") == len(MIGRATIONS)
    assert file.db.pragma("journal_mode") == "wal"
    assert file.db.pragma("foreign_keys") == 1
    assert file.db.pragma("mmap_size") == 0
    assert file.db.pragma("trusted_schema") == 0
    file.close()


def test_sqlite_is_not_one_with_the_wal_reset_bug() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= (3, 51, 3)


@pytest.mark.parametrize("content", [b"hello, this is text\n", b"x", b"\x00" * 4096])
def test_other_files_are_refused_and_left_alone(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)
    with pytest.raises(NotALedger, match="not a sayso ledger"):
        LedgerFile(path)
    assert Path(path).read_bytes() == content
    assert os.listdir(Path(path).parent) == ["region.sayso"]


def test_other_databases_are_refused_and_left_alone(path: str) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE mine (x)")
    other.commit()
    other.close()
    before = Path(path).read_bytes()
    with pytest.raises(NotALedger, match="SQLite file but not"):
        LedgerFile(path)
    assert Path(path).read_bytes() == before


def test_a_later_version_is_refused(path: str) -> None:
    filled(path)
    db = apsw.Connection(path)
    db.pragma("user_version", len(MIGRATIONS) + 1)
    db.close()
    with pytest.raises(LedgerTooNew, match="later version"):
        LedgerFile(path)


@pytest.mark.parametrize("share", [0.0001, 0.3, 0.7, 0.95])
def test_a_cut_off_file_is_named_as_such(path: str, share: float) -> None:
    filled(path)
    size = os.path.getsize(path)
    os.truncate(path, max(20, int(size * share)))
    with pytest.raises(LedgerDamaged, match="cut off"):
        LedgerFile(path)


def test_an_empty_file_becomes_a_ledger(path: str) -> None:
    Path(path).touch()
    LedgerFile(path).close()
    LedgerFile(path, create=False).close()


def test_overwritten_pages_are_found(path: str) -> None:
    filled(path)
    with open(path, "r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xa5" * 60_000)
    assert faults_of(path)


def faults_of(path: str) -> list[str]:
    """What is found wrong, at opening or when the file is checked."""
    try:
        file = LedgerFile(path)
    except LedgerError as error:
        return [str(error)]
    try:
        return file.check()
    except LedgerError as error:
        return [str(error)]
    finally:
        file.db.close()


def test_missing_paths_and_folders_are_explained(path: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        LedgerFile(path, create=False)
    with pytest.raises(LedgerError, match="is a folder"):
        LedgerFile(str(tmp_path))
    with pytest.raises(LedgerError, match="does not exist"):
        LedgerFile(str(tmp_path / "no" / "such" / "folder.sayso"))
    assert not os.path.exists(path)


@pytest.mark.parametrize("name", ["file:x?mode=memory", ":memory:", "a b?c.sayso"])
def test_names_mean_files_and_nothing_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    LedgerFile(name).close()
    assert (tmp_path / name).is_file()


def test_the_first_version_is_brought_up_to_date(path: str) -> None:
    """A ledger as the first version wrote it opens with every later one, with all it holds."""
    filled(path)
    db = apsw.Connection(path)
    with transaction(db):
        db.execute("DROP TABLE migrations")
        db.pragma("user_version", 1)
        db.execute("CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
        db.execute("INSERT INTO migrations VALUES (1, 'm0001_initial')")
    added = Migration("m9999_test", lambda db: db.execute("ALTER TABLE documents ADD extra TEXT"))
    with transaction(db):
        assert migrate(db, (*MIGRATIONS[:1], added)) == ["m9999_test"]
        assert migrate(db, (*MIGRATIONS[:1], added)) == []
    assert db.pragma("user_version") == 2
    assert db.execute("SELECT count(*) FROM documents WHERE extra IS NULL").get == 3
    assert [row[0] for row in db.execute("SELECT name FROM migrations ORDER BY number")] == [
        "m0001_initial",
        "m9999_test",
    ]
    db.close()


def test_a_migration_that_breaks_a_reference_is_undone(path: str) -> None:
    filled(path)
    db = apsw.Connection(path)

    def breaks(db: apsw.Connection) -> None:
        db.execute("DELETE FROM entity_readings")

    with pytest.raises(apsw.ConstraintError), transaction(db):
        migrate(db, (*MIGRATIONS, Migration("breaks", breaks)))
    assert db.pragma("user_version") == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM entity_readings").get > 0
    db.close()


def test_a_second_writer_waits_and_is_then_told(path: str) -> None:
    """The lock is between processes: one that writes for long makes another give up in words."""
    filled(path)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(
                """
                import apsw, sys, time
                db = apsw.Connection(sys.argv[1])
                db.execute("BEGIN IMMEDIATE")
                print("held", flush=True)
                sys.stdin.read()
                """
            ),
            path,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        file = LedgerFile(path, busy_ms=100)
        assert len(list(file.everything())) > 0  # reading goes on
        with pytest.raises(LedgerBusy, match="another process"):
            file.add(readings()[0], "other recipe")
        holder.stdin.close()
        holder.wait()
        file.add(readings()[0], "other recipe")
        file.close()
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_an_unclean_stop_is_checked_once(path: str) -> None:
    filled(path)
    db = apsw.Connection(path)
    import socket

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    db.execute("INSERT INTO writers VALUES ('t', ?, ?)", (socket.gethostname(), gone.pid))
    db.close()
    file = LedgerFile(path)
    assert file.db.execute("SELECT count(*) FROM writers").get == 0
    file.close()


def test_closing_signs_out(path: str) -> None:
    file = LedgerFile(path)
    file.add(readings()[0], "recipe")
    assert file.db.execute("SELECT count(*) FROM writers").get == 1
    file.close()
    file.close()
    again = LedgerFile(path)
    assert again.db.execute("SELECT count(*) FROM writers").get == 0
    again.close()

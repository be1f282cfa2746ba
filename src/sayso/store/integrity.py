"""Is the ledger whole? And a copy of it that is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import apsw

from sayso.errors import LedgerError, SpanError
from sayso.records.documents import Document
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.store import queries
from sayso.store.asking import all_rows
from sayso.store.connection import translated
from sayso.store.rules import check_spans
from sayso.store.wire import from_json

_SEARCHES = ("texts_search", "statements_search", "claims_search")


def check(db: apsw.Connection) -> list[str]:
    """What is wrong with the ledger, a line each; nothing if it is whole.

    Looks at the file's pages, its references, its full-text index (against every row), and at
    every span of every finding (against its text). Takes time in line with the size of the ledger.
    """
    faults = quick_check(db, thorough=True)
    if faults:
        return faults
    faults = [
        f"a row of {table} refers to a row of {parent} that is not there"
        for table, _, parent, _ in db.execute("PRAGMA foreign_key_check")
    ]
    for index in _SEARCHES:
        if not _search_is_whole(db, index):
            faults.append(f"the full-text index {index} does not match its rows")
    faults.extend(_miscounted(db))
    faults.extend(_missing_texts(db))
    numbers = all_rows(db, "SELECT number FROM documents ORDER BY number")
    for (number,) in numbers:
        faults.extend(_check_document(db, number))
    return faults


def quick_check(db: apsw.Connection, *, thorough: bool = False) -> list[str]:
    """What SQLite finds wrong with the file's pages; `thorough` compares indexes as well."""
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        rows = [str(row[0]) for row in db.execute(f"PRAGMA {pragma}")]
    except apsw.CorruptError as error:
        return [str(error)]
    return [] if rows == ["ok"] else rows


def backup(
    db: apsw.Connection, path: str, target: str, beside: Callable[[], None] = lambda: None
) -> None:
    """Puts a whole copy of the ledger at `target`, also while others write to it.

    The copy is one file (no `-wal` beside it), complete on disk before it takes its name. `beside`
    is called between: what it copies is as new as the ledger's copy, or newer. Raises `LedgerError`
    if `target` is the ledger itself or in use.
    """
    final = Path(target).absolute()
    if final.exists() and final.samefile(path):
        raise LedgerError(f"{target}: is the ledger itself; name another file", target)
    if Path(f"{final}-wal").exists():
        raise LedgerError(f"{target}: is a ledger in use; name another file", target)
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        with translated(target):
            _copy(db, part)
        _to_disk(part)
        beside()
        os.replace(part, final)
        _to_disk(final.parent)
    finally:
        part.unlink(missing_ok=True)


def _copy(db: apsw.Connection, part: Path) -> None:
    copy = apsw.Connection(str(part))
    try:
        with copy.backup("main", db, "main") as pages:
            pages.step(-1)
        copy.pragma("journal_mode", "delete")  # one file, nothing beside it
        copy.execute("DELETE FROM writers")
    finally:
        copy.close()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _search_is_whole(db: apsw.Connection, index: str) -> bool:
    try:
        # rank 1: compare the index with the rows it was made from
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except apsw.CorruptError:
        return False
    return True


def _miscounted(db: apsw.Connection) -> list[str]:
    faults = [
        f"the ledger counts {number} {table}, and there are {there}"
        for table, number in all_rows(db, "SELECT name, number FROM figures")
        if (there := db.execute(f"SELECT count(*) FROM {table}").get) != number
    ]
    counted = (
        "SELECT coalesce(holder, other_holder) AS who, count(*) FROM statements"
        " WHERE who IS NOT NULL GROUP BY who"
    )
    kept = "SELECT holder, statements FROM said_by"
    for one, other in ((counted, kept), (kept, counted)):
        if db.execute(f"SELECT 1 FROM ({one} EXCEPT {other})").get is not None:
            return [*faults, "the statements of each holder are miscounted"]
    return faults


def _missing_texts(db: apsw.Connection) -> list[str]:
    rows = db.execute("SELECT id FROM documents WHERE number NOT IN (SELECT number FROM texts)")
    return [f"document {id} has no text" for (id,) in rows]


def _check_document(db: apsw.Connection, number: int) -> list[str]:
    sql = (
        "SELECT d.record, t.text FROM documents AS d LEFT JOIN texts AS t USING (number)"
        " WHERE number = ?"
    )
    ((line, text),) = all_rows(db, sql, (number,))
    document = from_json(line)
    assert isinstance(document, Document)
    faults = []
    for record in queries.of_document(db, number):
        assert isinstance(record, Mention | Statement | Claim | Event)
        try:
            check_spans(record, text or "")
        except SpanError as error:
            faults.append(f"document {document.id}: {error}")
    return faults

"""Pairs of copies and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import apsw

from sayso.records.matches import Copies
from sayso.store.asking import all_rows
from sayso.store.extracts import numbers_of
from sayso.store.wire import from_json, to_json


def common_keys(db: apsw.Connection, step: str) -> set[int]:
    """The keys that were found to say nothing."""
    return {
        int(key) for (key,) in db.execute("SELECT key FROM common_keys WHERE step = ?", (step,))
    }


def note_common(db: apsw.Connection, step: str, keys: Iterable[int]) -> None:
    """Remembers keys that say nothing."""
    db.executemany(
        "INSERT INTO common_keys VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(step, key) for key in keys],
    )


def put_pair(db: apsw.Connection, one: int, other: int, record: bytes) -> None:
    """Keeps a pair of copies; `one` is the smaller number."""
    db.execute("INSERT OR REPLACE INTO copy_pairs VALUES (?, ?, ?)", (one, other, record))


def drop_pair(db: apsw.Connection, one: int, other: int) -> None:
    """Forgets one pair."""
    db.execute("DELETE FROM copy_pairs WHERE one = ? AND other = ?", (one, other))


def drop_pairs(db: apsw.Connection, number: int) -> list[int]:
    """Forgets the pairs of a document and says with which it had some."""
    beside = beside_in(db, number)
    db.execute("DELETE FROM copy_pairs WHERE one = ?1 OR other = ?1", (number,))
    return beside


def beside_in(db: apsw.Connection, number: int) -> list[int]:
    """The documents that make a pair with this one."""
    rows = all_rows(
        db,
        "SELECT other FROM copy_pairs WHERE one = ?1"
        " UNION SELECT one FROM copy_pairs WHERE other = ?1",
        (number,),
    )
    return [int(n) for (n,) in rows]


def around(db: apsw.Connection, numbers: Iterable[int]) -> set[int]:
    """These documents and all that pairs lead to from them."""
    reached: set[int] = set()
    waiting = list(numbers)
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting.extend(beside_in(db, number))
    return reached


def pairs_among(db: apsw.Connection, numbers: Iterable[int]) -> Iterator[bytes]:
    """The pairs of these documents, which hold all that they make a pair with."""
    for number in sorted(numbers):
        for (record,) in all_rows(db, "SELECT record FROM copy_pairs WHERE one = ?", (number,)):
            yield bytes(record)


def pairs_inside(db: apsw.Connection, numbers: Sequence[int]) -> list[bytes]:
    """The pairs of which both documents are among these few."""
    marks = ",".join("?" * len(numbers))
    rows = db.execute(
        f"SELECT record FROM copy_pairs WHERE one IN ({marks}) AND other IN ({marks})"
        " ORDER BY one, other",
        (*numbers, *numbers),
    )
    return [bytes(record) for (record,) in rows]


def replace_groups(db: apsw.Connection, numbers: Iterable[int], groups: Sequence[Copies]) -> None:
    """Puts these groups in place of all that these documents were in."""
    for number in numbers:
        db.execute(
            "DELETE FROM copies WHERE id IN"
            " (SELECT copies FROM copies_documents WHERE document = ?)",
            (number,),
        )
    for copies in groups:
        db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?)", (copies.id, to_json(copies)))
        held = numbers_of(db, (copy.document for copy in copies.documents))
        db.executemany(
            "INSERT OR REPLACE INTO copies_documents VALUES (?, ?)",
            [(copies.id, number) for number in held.values()],
        )


def groups_of(db: apsw.Connection, document: str) -> list[Copies]:
    """The groups of copies that a document is in."""
    rows = all_rows(
        db,
        "SELECT c.record FROM copies AS c JOIN copies_documents AS g ON g.copies = c.id"
        " JOIN documents AS d ON d.number = g.document WHERE d.id = ? ORDER BY c.id",
        (document,),
    )
    return [record for (line,) in rows if isinstance(record := from_json(line), Copies)]


def all_copies(db: apsw.Connection) -> Iterator[Copies]:
    """All groups of copies, by id."""
    for (line,) in db.execute("SELECT record FROM copies ORDER BY id"):
        record = from_json(line)
        assert isinstance(record, Copies)
        yield record

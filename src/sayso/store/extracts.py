"""What steps across documents keep of each document, and the index by which they find others."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

import apsw
from msgspec.structs import replace

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.records.readings import Reading
from sayso.store import queries
from sayso.store.asking import all_rows, one_row
from sayso.store.filters import Selection
from sayso.store.standing import is_judged
from sayso.store.wire import from_json


def key_of(words: str) -> int:
    """A signed 64-bit number that stands for a key in the index."""
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def unmatched(db: apsw.Connection, recipe: str) -> list[int]:
    """The documents that were read, or read anew, since they were matched, by path."""
    rows = db.execute(
        "SELECT d.number FROM documents AS d LEFT JOIN matched AS m ON m.document = d.number"
        " WHERE m.digest IS NOT d.digest OR m.recipe IS NOT ? ORDER BY d.uri, d.id",
        (recipe,),
    )
    return [int(number) for (number,) in rows]


def is_matched(db: apsw.Connection, number: int) -> bool:
    """Whether a document was matched, by whatever code."""
    return one_row(db, "SELECT 1 FROM matched WHERE document = ?", (number,)) is not None


def note_matched(db: apsw.Connection, numbers: Iterable[int], recipe: str) -> None:
    """Remembers that these documents were matched as they stand."""
    db.executemany(
        "INSERT OR REPLACE INTO matched SELECT number, digest, ?2 FROM documents WHERE number = ?1",
        [(number, recipe) for number in numbers],
    )


def reading_of(db: apsw.Connection, number: int) -> Reading:
    """A document with all that was found in it, as it was read."""
    parts: dict[str, list[object]] = {}
    for table in ("entity_readings", "mentions", "statements", "claims", "event_readings"):
        order = "entity" if table == "entity_readings" else "place"
        found = " AND added IS NULL" if table == "statements" else ""
        rows = all_rows(
            db, f"SELECT record FROM {table} WHERE document = ?{found} ORDER BY {order}", (number,)
        )
        parts[table] = [from_json(line) for (line,) in rows]
    return Reading(
        document=document_of(db, number),
        entities=tuple(r for r in parts["entity_readings"] if isinstance(r, Entity)),
        mentions=tuple(r for r in parts["mentions"] if isinstance(r, Mention)),
        statements=tuple(r for r in parts["statements"] if isinstance(r, Statement)),
        claims=tuple(r for r in parts["claims"] if isinstance(r, Claim)),
        events=tuple(r for r in parts["event_readings"] if isinstance(r, Event)),
        made_by=(),
        problems=(),
    )


def standing_reading(db: apsw.Connection, reading: Reading, number: int) -> Reading:
    """A document's reading as it stands after what people decided: corrected, with what they added,
    and with holders whom the document itself does not name. What they rejected is still there."""
    if not is_judged(db, reading.document.id):
        return reading
    parts: dict[str, list[object]] = {}
    for table in ("statements", "claims"):
        rows = db.execute(
            f"SELECT coalesce(standing, record) FROM {table} WHERE document = ?"
            " ORDER BY place, number",
            (number,),
        )
        parts[table] = [from_json(line) for (line,) in rows]
    known = {entity.id for entity in reading.entities}
    others = all_rows(
        db,
        "SELECT other_holder FROM statements WHERE document = ? AND other_holder IS NOT NULL",
        (number,),
    )
    wanted = sorted({str(id) for (id,) in others} - known)
    return replace(
        reading,
        entities=(*reading.entities, *(queries.entities(db, wanted) if wanted else ())),
        statements=tuple(r for r in parts["statements"] if isinstance(r, Statement)),
        claims=tuple(r for r in parts["claims"] if isinstance(r, Claim)),
    )


def document_of(db: apsw.Connection, number: int) -> Document:
    """A document with its text."""
    return next(queries.documents(db, Selection("documents AS t WHERE t.number = ?", (number,))))


def keep(db: apsw.Connection, number: int, step: str, record: bytes, keys: Sequence[int]) -> None:
    """Keeps what a step wants of a document, in place of what it kept before."""
    forget(db, number, step)
    own = sorted(set(keys))
    db.execute(
        "INSERT INTO extracts VALUES (?, ?, ?, ?)",
        (number, step, record, struct.pack(f"<{len(own)}q", *own)),
    )
    db.executemany(
        "INSERT INTO extract_keys VALUES (?, ?, ?)", [(step, key, number) for key in own]
    )


def forget(db: apsw.Connection, number: int, step: str) -> None:
    """Drops what a step kept of a document."""
    db.executemany(
        "DELETE FROM extract_keys WHERE step = ? AND key = ? AND document = ?",
        [(step, key, number) for key in keys_of(db, number, step)],
    )
    db.execute("DELETE FROM extracts WHERE document = ? AND step = ?", (number, step))


def keys_of(db: apsw.Connection, number: int, step: str) -> list[int]:
    """The keys that a document stands under."""
    row = one_row(db, "SELECT keys FROM extracts WHERE document = ? AND step = ?", (number, step))
    return [] if row is None else list(struct.unpack(f"<{len(row[0]) // 8}q", row[0]))


def sharing(db: apsw.Connection, step: str, keys: Iterable[int], *, most: int) -> dict[int, int]:
    """The documents that stand under any of these keys, with how many they share.

    Of a key that more than `most` documents stand under, the first `most` are taken.
    """
    found: dict[int, int] = {}
    sql = "SELECT document FROM extract_keys WHERE step = ? AND key = ? ORDER BY document LIMIT ?"
    for key in keys:
        for (number,) in db.execute(sql, (step, key, most)):
            found[number] = found.get(number, 0) + 1
    return found


def extract_of(db: apsw.Connection, number: int, step: str) -> bytes | None:
    """What a step kept of a document; None where it kept nothing."""
    row = one_row(db, "SELECT record FROM extracts WHERE document = ? AND step = ?", (number, step))
    return None if row is None else bytes(row[0])


def extracts(db: apsw.Connection, step: str) -> Iterator[tuple[int, bytes]]:
    """All that a step kept, by number of the document."""
    for number, record in db.execute(
        "SELECT document, record FROM extracts WHERE step = ? ORDER BY document", (step,)
    ):
        yield int(number), bytes(record)


def numbers_of(db: apsw.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of documents, by id; unknown ids are left out."""
    found: dict[str, int] = {}
    for id in ids:
        row = one_row(db, "SELECT number FROM documents WHERE id = ?", (id,))
        if row is not None:
            found[id] = int(row[0])
    return found


def under(db: apsw.Connection, step: str, key: int, *, most: int) -> list[int]:
    """The first `most` documents that stand under a key."""
    rows = db.execute(
        "SELECT document FROM extract_keys WHERE step = ? AND key = ? ORDER BY document LIMIT ?",
        (step, key, most),
    )
    return [int(number) for (number,) in rows]


def described(db: apsw.Connection, number: int) -> Document:
    """A document without its text."""
    row = one_row(db, "SELECT record FROM documents WHERE number = ?", (number,))
    assert row is not None
    record = from_json(row[0])
    assert isinstance(record, Document)
    return record


def keep_counts(db: apsw.Connection, step: str, record: bytes) -> None:
    """Keeps what a step counted over the whole collection."""
    db.execute("INSERT OR REPLACE INTO collection_counts VALUES (?, ?)", (step, record))


def counts_of(db: apsw.Connection, step: str) -> bytes | None:
    """What a step counted over the whole collection; None where it never went through it."""
    row = one_row(db, "SELECT record FROM collection_counts WHERE step = ?", (step,))
    return None if row is None else bytes(row[0])

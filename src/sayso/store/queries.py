"""Reading records back out of a ledger, a row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import apsw
from msgspec.structs import replace

from sayso.errors import NoSuchRecord
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Statement
from sayso.records.provenance import Problem
from sayso.store.asking import all_rows, one_row
from sayso.store.filters import Selection
from sayso.store.folding import encodable
from sayso.store.judging import judgement, judgements
from sayso.store.merging import merge_entities, merge_events, most_common
from sayso.store.standing import standings
from sayso.store.wire import Record, from_json

MIN_PREFIX = 6
"""An id may be shortened to so many digits where that names one record only."""


def count(db: apsw.Connection, selection: Selection) -> int:
    """How many rows a selection holds."""
    return int(db.execute(f"SELECT count(*) FROM {selection.source}", selection.values).get)


def findings(db: apsw.Connection, selection: Selection) -> Iterator[Statement | Claim]:
    """The records of a selection of statements or claims as they stand after what people decided,
    by path and place in the text, or the surest first."""
    # Numbers are sorted first and records fetched one by one: sorting whole records would read all
    # of them before the first is given.
    surest = "t.confidence DESC, " if selection.order == "confidence" else ""
    numbers = f"SELECT t.number FROM {selection.source} ORDER BY {surest}d.uri, d.id, t.place"
    if selection.table == "statements":
        numbers += ", t.added IS NOT NULL, t.number"  # after the last that begins before it
    record_of = f"SELECT coalesce(standing, record) FROM {selection.table} WHERE number = ?"
    for number in db.execute(numbers, selection.values):
        record = from_json(db.execute(record_of, number).get)
        assert isinstance(record, Statement | Claim)
        yield record


def documents(db: apsw.Connection, selection: Selection) -> Iterator[Document]:
    """The documents of a selection with their texts, by path."""
    sql = (
        "SELECT t.record, t.uri, (SELECT text FROM texts WHERE number = t.number)"
        f" FROM {selection.source} ORDER BY t.uri, t.id"
    )
    for line, uri, text in db.execute(sql, selection.values):
        record = from_json(line)
        assert isinstance(record, Document)
        yield replace(record, uri=uri, text=text)


def entities(db: apsw.Connection, ids: list[str] | None = None) -> Iterator[Entity]:
    """All entities (or those with these ids), each the sum of its documents, by id."""
    where, values = _among("entity", ids)
    rows = db.execute(
        f"SELECT entity, record FROM entity_readings{where} ORDER BY entity, document", values
    )
    for id, group in groupby(rows, key=lambda row: row[0]):
        entity = merge_entities([e for e in map(_decode, group) if isinstance(e, Entity)])
        joined = one_row(db, "SELECT actor FROM actors WHERE entity = ?", (id,))
        same_as = str(joined[0]) if joined is not None and joined[0] != id else None
        yield replace(entity, same_as=same_as) if same_as else entity


def events(db: apsw.Connection, document: int) -> Iterator[Event]:
    """The events that this document is the first to tell of, in its order.

    An event that several documents tell of stands once, with the first of them.
    """
    rows = all_rows(
        db, "SELECT event FROM event_readings WHERE document = ? ORDER BY place", (document,)
    )
    for (id,) in rows:
        tellers, event = _told(db, id)
        if tellers[0] == document:
            yield event


def _told(db: apsw.Connection, id: str) -> tuple[list[int], Event]:
    """The documents that tell of an event, by path, and the event as the sum of what they say."""
    rows = all_rows(
        db,
        "SELECT r.document, r.record FROM event_readings AS r"
        " JOIN documents AS d ON d.number = r.document WHERE r.event = ? ORDER BY d.uri, d.id",
        (id,),
    )
    parts = [event for event in map(_decode, rows) if isinstance(event, Event)]
    return [number for number, _ in rows], merge_events(parts)


def problems(db: apsw.Connection) -> Iterator[Problem]:
    """All inputs that were set aside, and parts that were not read, by path."""
    for (line,) in db.execute("SELECT record FROM problems ORDER BY uri, id"):
        record = from_json(line)
        assert isinstance(record, Problem)
        yield record


def name_of(db: apsw.Connection, entity: str) -> str | None:
    """The name that most documents use for an entity; None for an unknown id."""
    names = [
        str(name)
        for (name,) in db.execute("SELECT name FROM entity_readings WHERE entity = ?", (entity,))
    ]
    return most_common(names) if names else None


def source_of(db: apsw.Connection, document: str) -> dict[str, str | None]:
    """The `outlet`, `published`, `title` and `uri` of a document; all None for an unknown id."""
    row = db.execute("SELECT record, uri FROM documents WHERE id = ?", (document,)).fetchone()
    if row is None:
        return dict.fromkeys(("outlet", "published", "title", "uri"))
    record = _decode((None, row[0]))
    assert isinstance(record, Document)
    return {
        "outlet": record.outlet,
        "published": record.published.value,
        "title": record.title,
        "uri": str(row[1]),
    }


def of_document(db: apsw.Connection, number: int) -> Iterator[Record]:
    """The findings of one document as they were found: mentions, statements, claims, then
    events."""
    for table in ("mentions", "statements", "claims"):
        found = " AND added IS NULL" if table == "statements" else ""
        sql = f"SELECT record FROM {table} WHERE document = ?{found} ORDER BY place"
        for (line,) in db.execute(sql, (number,)):
            yield from_json(line)
    yield from events(db, number)


def findings_in(db: apsw.Connection, document: str) -> Iterator[Record]:
    """The findings of the document with this id. Raises `NoSuchRecord`."""
    row = one_row(db, "SELECT number FROM documents WHERE id = ?", (document,))
    if row is None:
        raise NoSuchRecord(f"{document}: the ledger has no document with this id", document)
    yield from of_document(db, row[0])


def everything(db: apsw.Connection) -> Iterator[Record]:
    """Every record of the ledger in the order of an export.

    The order depends on what the ledger holds, not on how it came there.
    """
    for (line,) in db.execute("SELECT record FROM made_by ORDER BY id"):
        yield from_json(line)
    yield from entities(db)
    numbers = db.execute("SELECT number FROM documents ORDER BY uri, id")
    for (number,) in numbers:
        yield from documents(db, Selection("documents AS t WHERE t.number = ?", (number,)))
        yield from of_document(db, number)
    yield from problems(db)
    yield from matched(db)
    yield from judgements(db)
    yield from standings(db)


def matched(db: apsw.Connection) -> Iterator[Record]:
    """All that was found across documents: joinings, copies, stories, disputes, each by id."""
    for table in ("joinings", "copies", "stories", "disputes"):
        for (line,) in db.execute(f"SELECT record FROM {table} ORDER BY id"):
            yield from_json(line)


def record(db: apsw.Connection, id: str) -> Record:
    """The record whose id is, or begins with, `id`.

    Raises `NoSuchRecord` if there is none, several, or `id` is shorter than `MIN_PREFIX`.
    """
    if len(id) < MIN_PREFIX:
        raise NoSuchRecord(f"{id!r}: give at least {MIN_PREFIX} characters of the id", id)
    found: dict[str, str] = {}
    id = encodable(id)
    for kind, (table, column, _) in _BY_ID.items():
        sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT 3"
        for (full,) in db.execute(sql, (id, id + "\U0010ffff")):
            found[full] = kind
    if id in found:
        found = {id: found[id]}
    if not found:
        raise NoSuchRecord(f"{id}: the ledger has no record with this id", id)
    if len(found) > 1:
        some = ", ".join(sorted(found)[:3])
        raise NoSuchRecord(f"{id}: several ids begin so ({some}); give more of it", id)
    ((full, kind),) = found.items()
    return _BY_ID[kind][2](db, full)


def _decode(row: Sequence[Any]) -> Record:
    return from_json(row[1])


def _among(column: str, ids: list[str] | None) -> tuple[str, tuple[str, ...]]:
    if ids is None:
        return "", ()
    return f" WHERE {column} IN ({', '.join('?' * len(ids))})", tuple(ids)


def _plain(table: str) -> Callable[[apsw.Connection, str], Record]:
    def get(db: apsw.Connection, id: str) -> Record:
        return from_json(db.execute(f"SELECT record FROM {table} WHERE id = ?", (id,)).get)

    return get


def _document(db: apsw.Connection, id: str) -> Document:
    return next(documents(db, Selection("documents AS t WHERE t.id = ?", (id,))))


def _entity(db: apsw.Connection, id: str) -> Entity:
    return next(entities(db, [id]))


def _event(db: apsw.Connection, id: str) -> Event:
    return _told(db, id)[1]


_BY_ID: dict[str, tuple[str, str, Callable[[apsw.Connection, str], Record]]] = {
    "document": ("documents", "id", _document),
    "entity": ("entity_readings", "entity", _entity),
    "mention": ("mentions", "id", _plain("mentions")),
    "statement": ("statements", "id", _plain("statements")),
    "claim": ("claims", "id", _plain("claims")),
    "event": ("event_readings", "event", _event),
    "made_by": ("made_by", "id", _plain("made_by")),
    "problem": ("problems", "id", _plain("problems")),
    "judgement": ("judgements", "id", judgement),
    "joining": ("joinings", "id", _plain("joinings")),
    "copies": ("copies", "id", _plain("copies")),
    "story": ("stories", "id", _plain("stories")),
    "dispute": ("disputes", "id", _plain("disputes")),
}

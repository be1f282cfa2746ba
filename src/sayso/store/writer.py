"""Writing one document's reading. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import apsw
from msgspec.structs import replace

from sayso.records.analyses import DocumentEntities
from sayso.records.provenance import MadeBy, Problem
from sayso.records.readings import Reading
from sayso.store.columns import about_claim, about_statement, claim_columns, statement_columns
from sayso.store.folding import date_range, fold
from sayso.store.rules import entities_behind, entities_named, findings_of
from sayso.store.standing import follow, insert_finding, is_judged
from sayso.store.wire import digest_of, to_json

Written = Literal["added", "replaced", "unchanged", "seen_elsewhere"]
"""What became of a reading: a new document; other findings in place of old ones; the very same
findings again; the same bytes as a document that is kept under an earlier path."""


def write_reading(db: apsw.Connection, reading: Reading, recipe: str | None) -> Written:
    """Puts a reading into the ledger and says what became of it.

    `recipe` stands for the code, models and settings that made it; None where that is not known.
    Of documents with the same bytes, the one with the smallest path is kept and the other paths
    are remembered, so the order in which files are read does not matter.
    """
    document = reading.document
    row = db.execute(
        "SELECT number, read_as, recipe, digest FROM documents WHERE id = ?", (document.id,)
    ).fetchone()
    settle(db, document.uri)
    if row is None:
        _insert(db, reading, recipe, None)
        if is_judged(db, document.id):
            follow(db, document.id)
        return "added"
    number, read_as, old_recipe, digest = row
    add_sighting(db, number, document.uri)
    if recipe is not None and recipe == old_recipe and read_as < document.uri:
        return "seen_elsewhere"
    if digest == digest_of(reading):
        db.execute("UPDATE documents SET recipe = ? WHERE number = ?", (recipe, number))
        return "unchanged"
    _remove_findings(db, number)
    _insert(db, reading, recipe, number)
    if is_judged(db, document.id):
        follow(db, document.id)
    return "replaced"


def write_problem(db: apsw.Connection, problem: Problem) -> None:
    """Records an input that was set aside, in place of what was said of it before."""
    settle(db, problem.uri)
    db.execute(
        "INSERT INTO problems VALUES (?, ?, NULL, ?)", (problem.id, problem.uri, to_json(problem))
    )


def add_sighting(db: apsw.Connection, number: int, uri: str) -> bool:
    """Remembers that a document's bytes stand at `uri` too; False if that was known."""
    known = db.execute(
        "SELECT 1 FROM sightings WHERE document = ? AND uri = ?", (number, uri)
    ).fetchone()
    if has_problem(db, uri):
        settle(db, uri)
    if known:
        return False
    db.execute("INSERT INTO sightings VALUES (?, ?)", (number, uri))
    db.execute("UPDATE documents SET uri = ? WHERE number = ? AND uri > ?", (uri, number, uri))
    return True


def has_problem(db: apsw.Connection, uri: str) -> bool:
    """Whether something kept this input from being read."""
    sql = "SELECT 1 FROM problems WHERE uri = ? AND document IS NULL"
    return db.execute(sql, (uri,)).fetchone() is not None


def settle(db: apsw.Connection, uri: str) -> None:
    """What kept this input from being read before no longer holds."""
    db.execute("DELETE FROM problems WHERE uri = ? AND document IS NULL", (uri,))


def _insert(db: apsw.Connection, reading: Reading, recipe: str | None, number: int | None) -> None:
    number = _insert_document(db, reading, recipe, number)
    _insert_stamps(db, reading, number)
    _insert_entities(db, reading, number)
    db.executemany(
        "INSERT INTO mentions (id, document, place, entity, record) VALUES (?, ?, ?, ?, ?)",
        [(m.id, number, i, m.entity, to_json(m)) for i, m in enumerate(reading.mentions)],
    )
    _insert_findings(db, reading, number)
    db.executemany(
        "INSERT INTO event_readings VALUES (?, ?, ?, ?)",
        [(event.id, number, i, to_json(event)) for i, event in enumerate(reading.events)],
    )
    db.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?)",
        [(p.id, p.uri, number, to_json(p)) for p in {p.id: p for p in reading.problems}.values()],
    )


def _insert_document(
    db: apsw.Connection, reading: Reading, recipe: str | None, number: int | None
) -> int:
    document = reading.document
    known = {document.uri}
    if number is not None:
        known |= set(_column(db, "SELECT uri FROM sightings WHERE document = ?", number))
    earliest, latest = date_range(document.published.value)
    values = {
        "id": document.id,
        "uri": min(known),
        "read_as": document.uri,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "outlet": fold(document.outlet) if document.outlet else None,
        "earliest": earliest,
        "latest": latest,
        "recipe": recipe,
        "digest": digest_of(reading),
        "record": to_json(replace(document, text="")),
    }
    if number is None:
        marks = ", ".join("?" * len(values))
        db.execute(
            f"INSERT INTO documents ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        )
        number = db.last_insert_rowid()
        db.execute("INSERT INTO sightings VALUES (?, ?)", (number, document.uri))
    else:
        sets = ", ".join(f"{name} = ?" for name in values)
        db.execute(f"UPDATE documents SET {sets} WHERE number = ?", (*values.values(), number))
    db.execute("INSERT INTO texts VALUES (?, ?, ?)", (number, document.title, document.text))
    return number


def keep_stamps(db: apsw.Connection, stamps: Iterable[MadeBy]) -> None:
    """Keeps the stamps of steps, each once."""
    db.executemany(
        "INSERT INTO made_by VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(stamp.id, to_json(stamp)) for stamp in stamps],
    )


def _insert_stamps(db: apsw.Connection, reading: Reading, number: int) -> None:
    stamps = {stamp.id: stamp for stamp in reading.made_by}
    keep_stamps(db, stamps.values())
    db.executemany("INSERT INTO document_made_by VALUES (?, ?)", [(number, id) for id in stamps])


def _insert_entities(db: apsw.Connection, reading: Reading, number: int) -> None:
    wanted = _referred_to(reading)
    kept = [entity for entity in reading.entities if entity.id in wanted]
    db.executemany(
        "INSERT INTO entity_readings VALUES (?, ?, ?, ?)",
        [(number, e.id, e.name, to_json(e)) for e in kept],
    )
    names = {(fold(n), e.id) for e in kept for n in (e.name, *(a.name for a in e.aliases))}
    db.executemany(
        "INSERT INTO entity_names VALUES (?, ?, ?)", [(name, id, number) for name, id in names]
    )


def _referred_to(reading: Reading) -> set[str]:
    """The entities that findings name, and those that these name in turn.

    An entity that nothing refers to is no finding of the document and is not kept.
    """
    entities = {entity.id: entity for entity in reading.entities}
    waiting = [id for finding in findings_of(reading) for id in entities_named(finding)]
    reached: set[str] = set()
    while waiting:
        id = waiting.pop()
        if id not in reached and id in entities:
            reached.add(id)
            waiting.extend(entities_behind(entities[id]))
    return reached


def _insert_findings(db: apsw.Connection, reading: Reading, number: int) -> None:
    entities = DocumentEntities(reading.entities, reading.mentions)
    outlet = fold(reading.document.outlet) if reading.document.outlet else None
    row: dict[str, str | int | None]
    statements = {statement.id: statement for statement in reading.statements}
    document = reading.document
    for place, statement in enumerate(reading.statements):
        row = {"document": number, "place": place, "outlet": outlet, "id": statement.id}
        row |= {**statement_columns(statement, document), "record": to_json(statement)}
        insert_finding(db, "statements", row, about_statement(statement, entities))
    for place, claim in enumerate(reading.claims):
        said = statements.get(claim.statement) if claim.statement else None
        row = {"document": number, "place": place, "outlet": outlet, "id": claim.id}
        row |= {**claim_columns(claim, said, document), "statement": claim.statement}
        insert_finding(
            db, "claims", {**row, "record": to_json(claim)}, about_claim(claim, entities)
        )


def _remove_findings(db: apsw.Connection, number: int) -> None:
    """Takes away everything a document's last reading gave; the document's own row stays."""
    stamps = _column(db, "SELECT made_by FROM document_made_by WHERE document = ?", number)
    for table, column in _OF_A_DOCUMENT.items():
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
    db.executemany(
        "DELETE FROM made_by WHERE id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM document_made_by WHERE made_by = ?1)",
        [(id,) for id in stamps],
    )


_OF_A_DOCUMENT = {
    "claims": "document",
    "statements": "document",
    "mentions": "document",
    "event_readings": "document",
    "entity_names": "document",
    "entity_readings": "document",
    "document_made_by": "document",
    "problems": "document",
    "texts": "number",
}


def _column(db: apsw.Connection, sql: str, number: int) -> list[str]:
    return [str(value) for (value,) in db.execute(sql, (number,))]

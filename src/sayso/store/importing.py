"""Reading an export in again: the same ledger, or nothing and the line that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import apsw
import msgspec
from msgspec.structs import replace

from sayso.errors import ImportRefused, SpanError
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.records.judgements import Judgement
from sayso.records.provenance import MadeBy, Problem
from sayso.records.readings import Reading
from sayso.store.asking import all_rows, one_row
from sayso.store.judging import anchor_of, write_judgement
from sayso.store.rules import check_reading, entities_behind, entities_named, findings_of
from sayso.store.standing import follow_all
from sayso.store.wire import Record, from_json
from sayso.store.writer import write_problem, write_reading
from sayso.values.corrections import adds

# Lines wait in a temporary table, sorted by document, so that memory does not grow with the file
# and lines may come in any order. `turn` is the number of the line.
_STAGE = """
CREATE TEMP TABLE IF NOT EXISTS staged (
  turn INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, document TEXT, uri TEXT,
  line TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS temp.staged_by_document ON staged (document, type, turn);
CREATE TEMP TABLE IF NOT EXISTS spoken (
  id TEXT, document TEXT, PRIMARY KEY (id, document)
) WITHOUT ROWID;
DELETE FROM staged;
DELETE FROM spoken;
"""
_CLEAR = "DROP TABLE IF EXISTS temp.staged; DROP TABLE IF EXISTS temp.spoken;"


def import_lines(db: apsw.Connection, lines: Iterable[bytes]) -> int:
    """Writes the records of an export and gives back how many documents it held.

    The caller holds the transaction. Raises `ImportRefused` with the number of the first line that
    is no record of a ledger, stands twice, has a span that does not cut its quote, or names an id
    that the file does not hold.
    """
    db.execute(_STAGE)
    try:
        for turn, line in enumerate(lines, start=1):
            if line.strip():
                _stage(db, turn, line)
        _stage_documents_of_events(db)
        _refuse_strays(db)
        return _write(db)
    finally:
        db.execute(_CLEAR)


def _stage(db: apsw.Connection, turn: int, line: bytes) -> None:
    record = _decode(turn, line)
    document = uri = None
    if isinstance(record, Document):
        document, uri = record.id, record.uri
    elif isinstance(record, Mention | Statement | Claim | Problem):
        document = record.document
    kind = str(record.__struct_config__.tag)
    try:
        db.execute(
            "INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?)",
            (turn, record.id, kind, document, uri, line.decode()),
        )
    except apsw.ConstraintError as error:
        raise ImportRefused(f"line {turn}: the id {record.id} stands twice", turn) from error


def _decode(turn: int, line: bytes) -> Record:
    try:
        record = from_json(line)
        raw = msgspec.json.decode(line)
    except (msgspec.MsgspecError, SpanError, RecursionError, UnicodeDecodeError) as error:
        raise ImportRefused(f"line {turn}: is no record of a ledger ({error})", turn) from error
    known = {"type", *record.__struct_fields__}
    unknown = sorted(set(raw) - known)
    if unknown:
        raise ImportRefused(
            f"line {turn}: this version does not know the fields {', '.join(unknown)};"
            " read it with the version that wrote it",
            turn,
        )
    return record


def _stage_documents_of_events(db: apsw.Connection) -> None:
    """Which documents speak of each event: those of its claims."""
    for turn, line in all_rows(db, "SELECT turn, line FROM staged WHERE type = 'event'"):
        event = from_json(line)
        assert isinstance(event, Event)
        for claim in event.claims:
            row = db.execute(
                "SELECT document FROM staged WHERE id = ? AND type = 'claim'", (claim,)
            ).fetchone()
            if row is None:
                raise ImportRefused(
                    f"line {turn}: names the claim {claim}, which is not there", turn
                )
            db.execute("INSERT OR IGNORE INTO spoken VALUES (?, ?)", (event.id, row[0]))


def _refuse_strays(db: apsw.Connection) -> None:
    stray = one_row(
        db,
        "SELECT turn, document FROM staged AS s WHERE document IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM staged WHERE id = s.document AND type = 'document') ORDER BY turn LIMIT 1",
    )
    if stray:
        raise ImportRefused(
            f"line {stray[0]}: names the document {stray[1]}, which is not there", stray[0]
        )
    for turn, line in all_rows(db, "SELECT turn, line FROM staged WHERE type = 'entity'"):
        entity = from_json(line)
        assert isinstance(entity, Entity)
        for mention in _mentions_of(entity):
            if not db.execute(
                "SELECT 1 FROM staged WHERE id = ? AND type = 'mention'", (mention,)
            ).fetchone():
                raise ImportRefused(
                    f"line {turn}: names the mention {mention}, which is not there", turn
                )


def _mentions_of(entity: Entity) -> Iterator[str]:
    for alias in entity.aliases:
        yield from alias.mentions
    for role in entity.roles:
        yield role.mention


def _write(db: apsw.Connection) -> int:
    unplaced = _Unplaced(db)
    documents = all_rows(db, "SELECT turn, id FROM staged WHERE type = 'document' ORDER BY turn")
    number = 0
    for turn, id in documents:
        reading = _reading(db, id, unplaced)
        try:
            check_reading(reading)
        except SpanError as error:
            line = _line_of(db, str(error), turn)
            raise ImportRefused(f"line {line}: {error}", line) from error
        write_reading(db, reading, None)
        number += 1
    unplaced.refuse_rest()
    rows = all_rows(db, "SELECT line FROM staged WHERE type = 'problem' AND document IS NULL")
    for (line_text,) in rows:
        problem = from_json(line_text)
        assert isinstance(problem, Problem)
        write_problem(db, problem)
    for (line_text,) in all_rows(
        db, "SELECT line FROM staged WHERE type = 'judgement' ORDER BY turn"
    ):
        judgement = from_json(line_text)
        assert isinstance(judgement, Judgement)
        anchor = anchor_of(db, judgement.on)
        # What somebody added must be there before others judge it.
        write_judgement(db, judgement, anchor, follow=anchor is None and adds(judgement.value))
    follow_all(db)
    return number


class _Unplaced:
    """Entities and stamps of the file that no document has used yet."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._entities: dict[str, int] = dict(
            all_rows(db, "SELECT id, turn FROM staged WHERE type = 'entity'")
        )
        stamps = [
            from_json(line)
            for (line,) in all_rows(db, "SELECT line FROM staged WHERE type = 'made_by'")
        ]
        self.stamps = {stamp.id: stamp for stamp in stamps if isinstance(stamp, MadeBy)}
        used = {
            id
            for (id,) in db.execute("SELECT DISTINCT json_extract(line, '$.made_by') FROM staged")
        }
        # A step that found nothing anywhere has worked on every document.
        self.without_findings = set(self.stamps) - used

    def entity(self, id: str) -> Entity | None:
        row = one_row(self._db, "SELECT line FROM staged WHERE id = ? AND type = 'entity'", (id,))
        if row is None:
            return None
        entity = from_json(row[0])
        assert isinstance(entity, Entity)
        self._entities.pop(id, None)
        return replace(entity, same_as=None)  # who is one actor is found again

    def refuse_rest(self) -> None:
        for id, turn in self._entities.items():
            raise ImportRefused(f"line {turn}: nothing refers to the entity {id}", turn)


def _reading(db: apsw.Connection, id: str, unplaced: _Unplaced) -> Reading:
    rows = all_rows(
        db, "SELECT type, line FROM staged WHERE document = ? ORDER BY type, turn", (id,)
    )
    groups = {
        kind: [from_json(line) for _, line in group]
        for kind, group in groupby(rows, key=lambda row: row[0])
    }
    (document,) = groups["document"]
    assert isinstance(document, Document)
    claims = {record.id for record in groups.get("claim", [])}
    reading = Reading(
        document=document,
        entities=(),
        mentions=tuple(r for r in groups.get("mention", []) if isinstance(r, Mention)),
        statements=tuple(r for r in groups.get("statement", []) if isinstance(r, Statement)),
        claims=tuple(r for r in groups.get("claim", []) if isinstance(r, Claim)),
        events=tuple(_events(db, id, claims)),
        made_by=(),
        problems=tuple(r for r in groups.get("problem", []) if isinstance(r, Problem)),
    )
    entities = tuple(_entities(reading, unplaced))
    return replace(reading, entities=entities, made_by=_stamps(reading, entities, unplaced))


def _events(db: apsw.Connection, document: str, claims: set[str]) -> Iterator[Event]:
    rows = all_rows(
        db,
        "SELECT s.line, (SELECT d.id FROM spoken AS o JOIN staged AS d ON d.id = o.document"
        " WHERE o.id = p.id ORDER BY d.uri, d.id LIMIT 1) FROM spoken AS p"
        " JOIN staged AS s ON s.id = p.id WHERE p.document = ? ORDER BY s.turn",
        (document,),
    )
    for line, first_teller in rows:
        event = from_json(line)
        assert isinstance(event, Event)
        event = replace(event, claims=tuple(id for id in event.claims if id in claims))
        if first_teller != document:  # its words stand in the text of the first who tells of it
            event = replace(event, time=None, place=None, actors=(), targets=())
        yield event


def _entities(reading: Reading, unplaced: _Unplaced) -> Iterator[Entity]:
    """What this document says of the entities that it names, and of those behind them."""
    mentions = {mention.id for mention in reading.mentions}
    waiting = [id for finding in findings_of(reading) for id in entities_named(finding)]
    reached: set[str] = set()
    while waiting:
        id = waiting.pop()
        whole = None if id in reached else unplaced.entity(id)
        reached.add(id)
        if whole is None:
            continue  # `check_reading` names what is not there
        yield _part_of(whole, mentions)
        waiting.extend(entities_behind(whole))


def _part_of(whole: Entity, mentions: set[str]) -> Entity:
    aliases = []
    for alias in whole.aliases:
        here = tuple(id for id in alias.mentions if id in mentions)
        if here:
            aliases.append(replace(alias, mentions=here))
    roles = tuple(role for role in whole.roles if role.mention in mentions)
    return replace(whole, aliases=tuple(aliases), roles=roles)


def _stamps(
    reading: Reading, entities: tuple[Entity, ...], unplaced: _Unplaced
) -> tuple[MadeBy, ...]:
    used = {reading.document.made_by, *unplaced.without_findings}
    used.update(entity.made_by for entity in entities)
    used.update(f.made_by for f in findings_of(reading) if not isinstance(f, Event))
    return tuple(unplaced.stamps[id] for id in sorted(used) if id in unplaced.stamps)


def _line_of(db: apsw.Connection, message: str, otherwise: int) -> int:
    """The line of the record that a broken rule names (`claim 3f2a…: …`)."""
    for word in message.replace(":", " ").split()[:3]:
        row = db.execute("SELECT turn FROM staged WHERE id = ?", (word,)).fetchone()
        if row:
            return int(row[0])
    return otherwise

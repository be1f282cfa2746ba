"""Claims by topic, and the disputes among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import apsw

from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Standing
from sayso.records.matches import Dispute
from sayso.store.asking import all_rows, one_row
from sayso.store.extracts import numbers_of
from sayso.store.standing import standing_of
from sayso.store.wire import from_json, to_json


class KeptSide(NamedTuple):
    """A claim of a topic with what was kept beside it."""

    document: int
    claim: Claim
    statement: Statement | None
    """Both as they stand after what people decided."""
    record: bytes
    rejected: Standing | None = None
    """What rejected the claim or its statement."""


def keep_side(
    db: apsw.Connection,
    number: int,
    claim: str,
    record: bytes,
    topics: Iterable[tuple[str, str]],
) -> None:
    """Keeps what is needed to lay a claim beside others; `topics` are pairs of topic and role."""
    row = one_row(db, "SELECT number FROM claims WHERE id = ?", (claim,))
    if row is None:
        return
    db.execute("INSERT OR REPLACE INTO sides VALUES (?, ?, ?)", (row[0], number, record))
    db.executemany(
        "INSERT OR REPLACE INTO topics VALUES (?, ?, ?)",
        [(topic, role, row[0]) for topic, role in topics],
    )


def forget_sides(db: apsw.Connection, number: int) -> None:
    """Drops what was kept of a document's claims, with their topics."""
    db.execute("DELETE FROM sides WHERE document = ?", (number,))


def topics_in(db: apsw.Connection, number: int) -> set[str]:
    """The topics that a document's claims belong to."""
    rows = all_rows(
        db,
        "SELECT DISTINCT t.topic FROM sides AS s JOIN topics AS t ON t.claim = s.claim"
        " WHERE s.document = ?",
        (number,),
    )
    return {str(topic) for (topic,) in rows}


def topics_with(db: apsw.Connection, entity: str) -> set[str]:
    """The topics of claims that name this entity, or are its word, or tell of this event."""
    rows = all_rows(
        db,
        "SELECT t.topic FROM claim_about AS a JOIN topics AS t ON t.claim = a.claim"
        " WHERE a.entity = ?1"
        " UNION SELECT t.topic FROM claims AS c JOIN topics AS t ON t.claim = c.number"
        " WHERE c.holder = ?1 OR c.other_holder = ?1"
        ' UNION SELECT topic FROM topics WHERE topic >= \'["event", "", "\' || ?1'
        ' AND topic < \'["event", "", "\' || ?1 || \'z\'',
        (entity,),
    )
    return {str(topic) for (topic,) in rows}


def sides_under(db: apsw.Connection, topics: Iterable[str], role: str) -> Iterator[KeptSide]:
    """The claims that stand under any of these topics in this role, each once."""
    seen: set[int] = set()
    for topic in topics:
        rows = all_rows(
            db,
            "SELECT c.number, s.document, coalesce(c.standing, c.record), s.record,"
            " EXISTS (SELECT 1 FROM decided AS d WHERE d.finding = c.id)"
            " FROM topics AS t"
            " JOIN sides AS s ON s.claim = t.claim JOIN claims AS c ON c.number = t.claim"
            " WHERE t.topic = ? AND t.role = ? ORDER BY c.number",
            (topic, role),
        )
        for number, document, line, record, is_decided in rows:
            if number in seen:
                continue
            seen.add(number)
            claim = from_json(line)
            assert isinstance(claim, Claim)
            statement, of_statement = _statement(db, claim.statement)
            rejected = _rejected(db, claim.id) if is_decided else None
            if rejected is None and statement is not None and of_statement:
                rejected = _rejected(db, statement.id)
            yield KeptSide(int(document), claim, statement, bytes(record), rejected)


def _statement(db: apsw.Connection, id: str | None) -> tuple[Statement | None, bool]:
    """A statement as it stands, and whether anybody decided about it."""
    row = id and one_row(
        db,
        "SELECT coalesce(s.standing, s.record),"
        " EXISTS (SELECT 1 FROM decided AS d WHERE d.finding = s.id)"
        " FROM statements AS s WHERE s.id = ?",
        (id,),
    )
    if not row:
        return None, False
    record = from_json(row[0])
    assert isinstance(record, Statement)
    return record, bool(row[1])


def _rejected(db: apsw.Connection, id: str) -> Standing | None:
    held = standing_of(db, id)
    return held if held is not None and held.decision == "reject" else None


def make_stale(db: apsw.Connection, topics: Iterable[str]) -> None:
    """Marks topics whose disputes are to be made again."""
    db.executemany(
        "INSERT INTO stale_topics VALUES (?) ON CONFLICT DO NOTHING", [(t,) for t in topics]
    )


def stale(db: apsw.Connection) -> list[str]:
    """The topics whose disputes are to be made again."""
    return [str(topic) for (topic,) in all_rows(db, "SELECT topic FROM stale_topics ORDER BY 1")]


def topics_of_disputes(db: apsw.Connection, number: int) -> set[str]:
    """The topics of the disputes that a document has part in."""
    rows = all_rows(
        db,
        "SELECT DISTINCT d.topic FROM dispute_documents AS p JOIN disputes AS d ON d.id = p.dispute"
        " WHERE p.document = ?",
        (number,),
    )
    return {str(topic) for (topic,) in rows}


def replace_disputes(db: apsw.Connection, topic: str, disputes: Sequence[Dispute]) -> None:
    """Puts these disputes in place of all of a topic, which is stale no longer."""
    db.execute("DELETE FROM disputes WHERE topic = ?", (topic,))
    for dispute in disputes:
        # Not "OR REPLACE": rows that are replaced fire no trigger, and these are counted.
        db.execute("DELETE FROM disputes WHERE id = ?", (dispute.id,))
        db.execute(
            "INSERT INTO disputes VALUES (?, ?, ?, ?)",
            (dispute.id, topic, dispute.verdict, to_json(dispute)),
        )
        documents = {
            id for position in dispute.positions for o in position.origins for id in o.documents
        }
        db.executemany(
            "INSERT OR REPLACE INTO dispute_documents VALUES (?, ?)",
            [(dispute.id, number) for number in numbers_of(db, documents).values()],
        )
        about = dispute.about
        named = {about.subject, about.object, about.place, about.event} - {None}
        named |= {h.entity for p in dispute.positions for h in p.holders if h.entity}
        db.executemany(
            "INSERT OR REPLACE INTO dispute_about VALUES (?, ?)",
            [(entity, dispute.id) for entity in named],
        )
    db.execute("DELETE FROM stale_topics WHERE topic = ?", (topic,))


def all_disputes(
    db: apsw.Connection, *, about: Sequence[str] | None = None, verdict: str | None = None
) -> Iterator[Dispute]:
    """The disputes, by id: those about one of these entities, and with this verdict."""
    where, values = [], list[str]()
    if about is not None:
        marks = ", ".join("?" * len(about))
        where.append(f"id IN (SELECT dispute FROM dispute_about WHERE entity IN ({marks}))")
        values += about
    if verdict is not None:
        where.append("verdict = ?")
        values.append(verdict)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    for (line,) in db.execute(f"SELECT record FROM disputes{condition} ORDER BY id", values):
        record = from_json(line)
        assert isinstance(record, Dispute)
        yield record

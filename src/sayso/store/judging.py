"""The log of judgements: added to, withdrawn, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import apsw
from msgspec.structs import replace

from sayso.errors import NoSuchRecord
from sayso.records.findings import Claim, Mention, Statement
from sayso.records.judgements import Judgement
from sayso.records.spans import Span
from sayso.store import standing, touched
from sayso.store.asking import all_rows, one_row
from sayso.store.wire import from_json, to_json


class Anchor(NamedTuple):
    """Where a judged record stands in its document."""

    document: str
    span: Span
    quote: str


def write_judgement(
    db: apsw.Connection, judgement: Judgement, anchor: Anchor | None, *, follow: bool = True
) -> bool:
    """Adds a judgement; False if it is known. One that is withdrawn brings its withdrawal.

    The findings stand as decided at once; with `follow` false, the caller sees to that.
    """
    other = judgement.value.get("other")
    kept = replace(judgement, withdrawn=None)
    where = (
        (anchor.document, anchor.span.start, anchor.span.end, anchor.quote)
        if anchor is not None
        else (None, None, None, None)
    )
    db.execute(
        "INSERT INTO judgements"
        " (id, judged, other, decision, person, document, start, ends, quote, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            judgement.id,
            judgement.on,
            str(other) if other is not None else None,
            judgement.decision,
            judgement.by,
            *where,
            to_json(kept),
        ),
    )
    added = bool(db.changes())
    if added and judgement.decision in standing.DECISIONS:
        db.execute("INSERT INTO decided SELECT number, judged, 0 FROM judgements WHERE id = ?",
                   (judgement.id,))  # fmt: skip
    _touch(db, judgement, follow=follow)
    if judgement.withdrawn is not None:
        write_withdrawal(db, judgement.id, judgement.withdrawn, judgement.by, follow=follow)
    return added


def write_withdrawal(
    db: apsw.Connection, judgement: str, at: str, by: str, *, follow: bool = True
) -> bool:
    """Takes a judgement back; False if it was taken back before. Raises `NoSuchRecord`."""
    if one_row(db, "SELECT 1 FROM judgements WHERE id = ?", (judgement,)) is None:
        raise NoSuchRecord(f"{judgement}: the ledger has no judgement with this id", judgement)
    db.execute(
        "INSERT INTO withdrawals VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (judgement, at, by)
    )
    taken_back = bool(db.changes())
    _touch(db, _read(db, judgement), follow=follow)
    return taken_back


def _touch(db: apsw.Connection, judgement: Judgement, *, follow: bool) -> None:
    """Who is one actor is to be decided again; or what the findings of a document say."""
    if judgement.decision in ("same", "different"):
        touched.keep(db, "actors", (judgement.on, str(judgement.value.get("other"))))
    if judgement.decision not in standing.DECISIONS:
        return
    row = one_row(
        db,
        "SELECT d.id, d.number FROM judgements AS j JOIN documents AS d"
        " ON d.id = coalesce(j.document, j.judged) WHERE j.id = ?",
        (judgement.id,),
    )
    if row is None:
        return
    if follow:
        standing.follow(db, str(row[0]))
    if judgement.decision != "confirm" or not _is_alone(db, judgement.id):
        touched.keep(db, "judged", (int(row[1]),))


def _is_alone(db: apsw.Connection, judgement: str) -> bool:
    """Whether no other was ever made about the same finding: then a confirmation moves nothing."""
    others = one_row(
        db,
        "SELECT 1 FROM decided AS d JOIN judgements AS j ON j.number = d.judgement"
        " JOIN decided AS o ON o.finding = d.finding AND o.judgement <> d.judgement"
        " WHERE j.id = ? LIMIT 1",
        (judgement,),
    )
    return others is None


def judgements(
    db: apsw.Connection, *, on: str | None = None, withdrawn: bool = True
) -> Iterator[Judgement]:
    """The judgements in the order in which they were made; those about one record (also as the
    other of two), and without those that were taken back, if asked for."""
    where = [] if on is None else ["(j.judged = ?1 OR j.other = ?1)"]
    if not withdrawn:
        where.append("w.at IS NULL")
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    rows = db.execute(
        "SELECT j.record, w.at FROM judgements AS j"
        f" LEFT JOIN withdrawals AS w ON w.judgement = j.id{condition} ORDER BY j.number",
        () if on is None else (on,),
    )
    for line, at in rows:
        record = from_json(line)
        assert isinstance(record, Judgement)
        yield replace(record, withdrawn=str(at)) if at is not None else record


class Placed(NamedTuple):
    """A judgement with the place where the judged record stood; None for one of no document."""

    judgement: Judgement
    at: tuple[int, int] | None


def standing_in(db: apsw.Connection, document: str) -> Iterator[Placed]:
    """What holds of a document and of findings in it, in the order in which it was decided: also
    of findings that a later reading no longer has."""
    rows = db.execute(
        "SELECT j.record, j.start, j.ends FROM judgements AS j"
        " LEFT JOIN withdrawals AS w ON w.judgement = j.id"
        " WHERE (j.document = ?1 OR j.judged = ?1) AND w.at IS NULL ORDER BY j.number",
        (document,),
    )
    for line, start, end in rows:
        record = from_json(line)
        assert isinstance(record, Judgement)
        yield Placed(record, (int(start), int(end)) if start is not None else None)


def judgement(db: apsw.Connection, id: str) -> Judgement:
    """The judgement with this id, which is there."""
    return _read(db, id)


def _read(db: apsw.Connection, id: str) -> Judgement:
    ((line, at),) = all_rows(
        db,
        "SELECT j.record, w.at FROM judgements AS j"
        " LEFT JOIN withdrawals AS w ON w.judgement = j.id WHERE j.id = ?",
        (id,),
    )
    record = from_json(line)
    assert isinstance(record, Judgement)
    return replace(record, withdrawn=at)


def pairs(db: apsw.Connection) -> dict[tuple[str, str], Judgement]:
    """What holds of pairs of entities: of several judgements about two, the last one."""
    found: dict[tuple[str, str], Judgement] = {}
    for one in judgements(db, withdrawn=False):
        other = one.value.get("other")
        if one.decision in ("same", "different") and isinstance(other, str):
            left, right = sorted((one.on, other))
            found[left, right] = one
    return found


def anchor_of(db: apsw.Connection, id: str) -> Anchor | None:
    """Where a finding stands; None for a record that stands in no document."""
    for table in ("statements", "claims", "mentions"):
        row = one_row(
            db,
            f"SELECT d.id, t.record FROM {table} AS t JOIN documents AS d ON d.number = t.document"
            " WHERE t.id = ?",
            (id,),
        )
        if row is None:
            continue
        record = from_json(row[1])
        if isinstance(record, Statement):
            first = record.content[0]
            return Anchor(str(row[0]), first.span, first.quote)
        if isinstance(record, Claim | Mention):
            return Anchor(str(row[0]), record.span, record.quote)
    return None

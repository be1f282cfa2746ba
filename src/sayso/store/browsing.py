"""Pages of findings, the latest first, each page found from where the last one ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import apsw

from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.store.asking import all_rows, one_row
from sayso.store.filters import Selection
from sayso.store.wire import from_json

QueueOrder = Literal["unsure", "sample"]
SAMPLE = 200
"""Statements in the random sample of a ledger: enough to tell 10 % of errors within 5 points."""
ReviewState = Literal["open", "confirmed", "rejected", "corrected"]
_DECISIONS = {"confirmed": "confirm", "rejected": "reject", "corrected": "correct"}


_SAMPLED = f"SELECT id FROM statements ORDER BY id LIMIT {SAMPLE}"


class FoundPage(NamedTuple):
    """Some findings, and the cursor of those that come after them (None: there are no more)."""

    records: list[Statement | Claim]
    after: int | None


def page(
    db: apsw.Connection,
    selection: Selection,
    *,
    after: int | None = None,
    most: int = 50,
    review: ReviewState | None = None,
) -> FoundPage:
    """The next findings of a selection, the last written first.

    `after` is the cursor of the page before: findings that are written meanwhile change nothing of
    what comes after it. A page costs no more in a large ledger than in a small one, where what is
    asked for is not rare.
    """
    conditions, values = [], list(selection.values)
    if after is not None:
        conditions.append("t.number < ?")
        values.append(after)
    if review is not None:
        conditions.append(_reviewed(review))
        if review in _DECISIONS:
            values.append(_DECISIONS[review])
    source = selection.source
    if conditions:
        joint = " AND " if " WHERE " in source else " WHERE "
        source += joint + " AND ".join(conditions)
    rows = all_rows(
        db, f"SELECT t.number FROM {source} ORDER BY t.number DESC LIMIT ?", (*values, most + 1)
    )
    numbers = [int(number) for (number,) in rows]
    records = [_record(db, selection.table, number) for number in numbers[:most]]
    return FoundPage(records, numbers[most - 1] if len(numbers) > most else None)


def states(db: apsw.Connection, ids: list[str]) -> dict[str, str]:
    """By record: the last decision about it that was not withdrawn (confirm, reject, correct)."""
    found: dict[str, str] = {}
    for id in ids:
        row = one_row(
            db,
            "SELECT j.decision FROM judgements AS j"
            " LEFT JOIN withdrawals AS w ON w.judgement = j.id"
            " WHERE j.judged = ? AND w.at IS NULL"
            " AND j.decision IN ('confirm', 'reject', 'correct')"
            " ORDER BY j.number DESC LIMIT 1",
            (id,),
        )
        if row is not None:
            found[id] = str(row[0])
    return found


def unreviewed(db: apsw.Connection, order: QueueOrder, most: int) -> list[str]:
    """Statements nobody has looked at, by id: the least sure first, or those of the sample."""
    source = "statements" if order == "unsure" else f"({_SAMPLED})"
    by = "t.confidence, t.number" if order == "unsure" else "t.id"
    rows = all_rows(
        db,
        f"SELECT t.id FROM {source} AS t WHERE {_reviewed('open')} ORDER BY {by} LIMIT ?",
        (most,),
    )
    return [str(id) for (id,) in rows]


def sampled(db: apsw.Connection) -> tuple[int, dict[str, str]]:
    """The size of the sample, and the last decision about each of it that was looked at.

    An id is a hash of what it names: the first so many ids are a random sample, which is the same
    every time and changes little where the ledger grows.
    """
    ids = [str(id) for (id,) in all_rows(db, f"SELECT id FROM ({_SAMPLED})", ())]
    return len(ids), states(db, ids)


def named_in(db: apsw.Connection, document: str) -> list[Entity]:
    """The entities that a document names, each as this document alone tells of it."""
    rows = all_rows(
        db,
        "SELECT e.record FROM entity_readings AS e JOIN documents AS d ON d.number = e.document"
        " WHERE d.id = ? ORDER BY e.entity",
        (document,),
    )
    return [entity for (line,) in rows if isinstance(entity := from_json(line), Entity)]


def counts(db: apsw.Connection) -> dict[str, int]:
    """How many of each kind of record the ledger holds, and how many findings were reviewed."""
    tables = ("documents", "statements", "claims", "copies", "stories", "disputes", "problems")
    found = {name: int(db.execute(f"SELECT count(*) FROM {name}").get) for name in tables}
    found["reviewed"] = int(
        db.execute(
            "SELECT count(DISTINCT j.judged) FROM judgements AS j"
            " LEFT JOIN withdrawals AS w ON w.judgement = j.id"
            " WHERE w.at IS NULL AND j.decision IN ('confirm', 'reject', 'correct')"
        ).get
    )
    return found


def speakers(db: apsw.Connection, most: int) -> list[tuple[str, int]]:
    """The actors with most statements: the id that stands for each, and their number."""
    rows = all_rows(
        db,
        "SELECT coalesce(a.actor, s.holder) AS who, count(*) FROM statements AS s"
        " LEFT JOIN actors AS a ON a.entity = s.holder WHERE s.holder IS NOT NULL"
        " GROUP BY who ORDER BY 2 DESC, 1 LIMIT ?",
        (most,),
    )
    return [(str(id), int(count)) for id, count in rows]


def latest(db: apsw.Connection, most: int) -> Iterator[str]:
    """The documents that came in last, by id."""
    for (id,) in db.execute("SELECT id FROM documents ORDER BY number DESC LIMIT ?", (most,)):
        yield str(id)


def version(db: apsw.Connection) -> str:
    """A value that changes whenever something is written to the ledger, by whatever process."""
    documents = one_row(db, "SELECT max(number), count(*) FROM documents")
    statements = one_row(db, "SELECT max(number) FROM statements")
    judged = one_row(db, "SELECT max(number) FROM judgements")
    disputes = one_row(db, "SELECT count(*) FROM disputes")
    withdrawn = one_row(db, "SELECT count(*) FROM withdrawals")
    return "-".join(
        str(value or 0)
        for row in (documents, statements, judged, disputes, withdrawn)
        for value in row or ()
    )


def _reviewed(review: ReviewState) -> str:
    standing = (
        "SELECT 1 FROM judgements AS j LEFT JOIN withdrawals AS w ON w.judgement = j.id"
        " WHERE j.judged = t.id AND w.at IS NULL"
    )
    if review == "open":
        return f"NOT EXISTS ({standing} AND j.decision IN ('confirm', 'reject', 'correct'))"
    # Few findings are judged: to start from them takes no longer in a large ledger.
    return (
        "t.id IN (SELECT j.judged FROM judgements AS j"
        " LEFT JOIN withdrawals AS w ON w.judgement = j.id WHERE w.at IS NULL AND j.decision = ?)"
    )


def _record(db: apsw.Connection, table: str, number: int) -> Statement | Claim:
    row = one_row(db, f"SELECT record FROM {table} WHERE number = ?", (number,))
    assert row is not None
    record = from_json(row[0])
    assert isinstance(record, Statement | Claim)
    return record

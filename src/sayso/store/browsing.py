"""Pages of findings, the latest first, each page found from where the last one ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args

import apsw
from msgspec.structs import replace

from sayso.records.entities import Entity
from sayso.records.findings import Act, Claim, Statement
from sayso.store.asking import all_rows, one_row
from sayso.store.filters import Filter, phrases, select_claims, select_statements
from sayso.store.wire import from_json

QueueOrder = Literal["unsure", "sample"]
SAMPLE = 200
"""Statements in the random sample of a ledger: enough to tell 10 % of errors within 5 points."""
ReviewState = Literal["open", "confirmed", "rejected", "corrected", "added"]
_DECISIONS = {
    "confirmed": "confirm",
    "rejected": "reject",
    "corrected": "correct",
    "added": "add",
}
_SAMPLED = f"SELECT id FROM statements WHERE added IS NULL ORDER BY id LIMIT {SAMPLE}"


class FoundPage(NamedTuple):
    """Some findings, and the cursor of those that come after them (None: there are no more)."""

    records: list[Statement | Claim]
    after: int | None


def page(
    db: apsw.Connection,
    table: Literal["statements", "claims"],
    wanted: Filter,
    *,
    after: int | None = None,
    most: int = 50,
    review: ReviewState | None = None,
) -> FoundPage:
    """The next findings that meet a filter as they stand, the last written first.

    `after` is the cursor of the page before: findings that are written meanwhile change nothing of
    what comes after it. Raises `SettingsError` for a filter that means nothing.

    No one way to look is quick for all questions. Going back through what was written last finds a
    page of something frequent at once, and something rare only after the whole ledger; an index
    gives what is rare at once, and of what is frequent all there is, to be sorted. So the first is
    tried for a limited number of steps, and then the other.
    """
    select = select_statements if table == "statements" else select_claims
    selection = select(db, replace(wanted, search=None))
    conditions = [c for c in (selection.source.partition(" WHERE ")[2],) if c]
    values = list(selection.values)
    if after is not None:
        conditions.append("t.number < ?")
        values.append(after)
    if review is not None:
        conditions.append(_reviewed(review))
        if review in _DECISIONS:
            values.append(_DECISIONS[review])
    words = phrases(wanted.search) if wanted.search else None
    ask = _Question(table, conditions, values, words)
    rare = ask
    if table == "statements" and wanted.kind is not None and wanted.act is None:
        rare = _Question(table, [*conditions, _OF_KIND], [*values, wanted.kind, wanted.kind], words)
    named = wanted.holder is not None or wanted.about is not None or wanted.place is not None
    found = None
    if not named and review not in _DECISIONS:
        found = _within(db, _STEPS, ask.latest_first(most + 1))
    if found is None:
        found = _among_few(db, rare, most + 1)
    if found is None:
        found = _within(db, _MANY_STEPS, ask.latest_first(most + 1))
    if found is None:
        found = all_rows(db, *rare.by_index(most + 1))
    numbers = [int(number) for (number,) in found]
    records = [_record(db, table, number) for number in numbers[:most]]
    return FoundPage(records, numbers[most - 1] if len(numbers) > most else None)


_Sql = tuple[str, tuple[str | int | float, ...]]
_STEPS = 150_000
"""Steps of SQLite's machine: some ten thousand findings looked at, some 50 milliseconds."""
_MANY_STEPS = 3_000_000
_FEW = 3_000
"""So many findings are quickly asked one by one whether they hold a word."""
_OF_KIND = (
    f"t.number IN (SELECT number FROM statements WHERE kind = ? AND act IN {get_args(Act)!r}"
    " UNION ALL SELECT number FROM statements WHERE kind = ? AND act IS NULL)"
)
"""Statements of one kind have no index of their own; there is one by act and kind."""


class _Question(NamedTuple):
    """One question, and the ways to ask it."""

    table: str
    conditions: list[str]
    values: list[str | int | float]
    words: str | None
    """What the full text must match."""

    def latest_first(self, most: int) -> _Sql:
        """Goes back from the last finding, or from the last that holds the words."""
        where = [*self.conditions]
        if self.words is None:
            source, order, values = f"{self.table} AS t NOT INDEXED", "t.number", self.values
        else:
            index = f"{self.table}_search"
            # A cross join is done from left to right.
            source = f"{index} CROSS JOIN {self.table} AS t ON t.number = {index}.rowid"
            order, values = f"{index}.rowid", [self.words, *self.values]
            where = [f"{index} MATCH ?", *where]
        return _sql("t.number", source, where, f"ORDER BY {order} DESC LIMIT {most}"), tuple(values)

    def by_index(self, most: int) -> _Sql:
        """As SQLite's planner thinks best, all that hold the words being gathered first."""
        where, values = [*self.conditions], [*self.values]
        if self.words is not None:
            index = f"{self.table}_search"
            where.append(f"t.number IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
            values.append(self.words)
        end = f"ORDER BY t.number DESC LIMIT {most}"
        return _sql("t.number", f"{self.table} AS t", where, end), tuple(values)

    def among(self, most: int) -> _Sql:
        """Some of what meets the conditions, in no order (asked for one, SQLite takes no index but
        goes through the table), the words left aside."""
        sql = _sql("t.number", f"{self.table} AS t", self.conditions, f"LIMIT {most}")
        return sql, tuple(self.values)

    def with_words(self, numbers: list[int], most: int) -> _Sql:
        """Those of some findings that hold the words, the latest first."""
        index = f"{self.table}_search"
        held = f"EXISTS (SELECT 1 FROM {index} WHERE {index} MATCH ? AND rowid = v.value)"
        end = f"ORDER BY v.value DESC LIMIT {most}"
        values = (json.dumps(numbers), self.words or "")
        return _sql("v.value", "json_each(?) AS v", [held], end), values


def _sql(columns: str, source: str, where: list[str], end: str) -> str:
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {columns} FROM {source}{condition} {end}"


def _among_few(db: apsw.Connection, ask: _Question, most: int) -> list[tuple[Any, ...]] | None:
    """The page, where so few findings meet the conditions that each can be asked for the words."""
    rows = _within(db, _MANY_STEPS, ask.among(_FEW))
    if rows is None or len(rows) == _FEW:
        return None
    if ask.words is None:
        return sorted(rows, reverse=True)[:most]
    return all_rows(db, *ask.with_words([number for (number,) in rows], most))


def _within(db: apsw.Connection, steps: int, asked: _Sql) -> list[tuple[Any, ...]] | None:
    """The rows; None if they are not found in so many steps of SQLite's machine."""
    db.set_progress_handler(lambda: True, steps)
    try:
        return all_rows(db, *asked)
    except apsw.InterruptError:
        return None
    finally:
        db.set_progress_handler(None)


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
    found = {str(name): int(number) for name, number in db.execute("SELECT * FROM figures")}
    for name in ("copies", "stories", "problems"):
        found[name] = int(db.execute(f"SELECT count(*) FROM {name}").get)
    found["reviewed"] = int(
        db.execute("SELECT count(DISTINCT finding) FROM decisions WHERE decision <> 'add'").get
    )
    return found


def speakers(db: apsw.Connection, most: int) -> list[tuple[str, int]]:
    """The actors with most statements: the id that stands for each, and their number."""
    alone = all_rows(
        db,
        "SELECT holder, statements FROM said_by WHERE holder NOT IN (SELECT entity FROM actors)"
        " ORDER BY statements DESC, holder LIMIT ?",
        (most,),
    )
    joined = all_rows(
        db,
        "SELECT a.actor, sum(s.statements) FROM actors AS a"
        " JOIN said_by AS s ON s.holder = a.entity GROUP BY a.actor ORDER BY 2 DESC, 1 LIMIT ?",
        (most,),
    )
    rows = sorted([*alone, *joined], key=lambda row: (-row[1], row[0]))[:most]
    return [(str(id), int(count)) for id, count in rows]


def latest(db: apsw.Connection, most: int) -> Iterator[str]:
    """The documents that came in last, by id."""
    for (id,) in db.execute("SELECT id FROM documents ORDER BY number DESC LIMIT ?", (most,)):
        yield str(id)


def version(db: apsw.Connection) -> str:
    """A value that changes whenever something is written to the ledger, by whatever process."""
    documents = one_row(
        db,
        "SELECT max(number), (SELECT number FROM figures WHERE name = 'documents') FROM documents",
    )
    statements = one_row(db, "SELECT max(number) FROM statements")
    judged = one_row(db, "SELECT max(number) FROM judgements")
    disputes = one_row(db, "SELECT number FROM figures WHERE name = 'disputes'")
    withdrawn = one_row(db, "SELECT count(*) FROM withdrawals")
    kept = one_row(db, "SELECT count(*) FROM searches")
    dropped = one_row(db, "SELECT count(*) FROM searches_withdrawn")
    return "-".join(
        str(value or 0)
        for row in (documents, statements, judged, disputes, withdrawn, kept, dropped)
        for value in row or ()
    )


def _reviewed(review: ReviewState) -> str:
    """A condition on the decision that holds, which is the one that pages show."""
    if review == "open":
        return "NOT EXISTS (SELECT 1 FROM standings AS s WHERE s.finding = t.id)"
    return "t.id IN (SELECT finding FROM standings WHERE decision = ?)"


def _record(db: apsw.Connection, table: str, number: int) -> Statement | Claim:
    sql = f"SELECT coalesce(standing, record) FROM {table} WHERE number = ?"
    row = one_row(db, sql, (number,))
    assert row is not None
    record = from_json(row[0])
    assert isinstance(record, Statement | Claim)
    return record

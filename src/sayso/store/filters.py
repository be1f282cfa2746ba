"""From the filters a user gives to the SQL that answers them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import apsw
from msgspec import Struct

from sayso.errors import SettingsError
from sayso.store.folding import date_range, day_of, encodable, fold, words_of

_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_MAX_NAMED = 5
"""So many names at most are listed in a note."""


Order = Literal["text", "confidence"]
"""By path and place in the text, or the surest first."""


class Filter(Struct, frozen=True):
    """What is asked for; None asks for nothing."""

    holder: str | None = None
    about: str | None = None
    kind: str | None = None
    act: str | None = None
    place: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    search: str | None = None
    confidence: float | None = None
    """At least this sure, 0..1."""
    order: Order = "text"


class Selection(NamedTuple):
    """A query without its columns: `FROM ... WHERE ...`, its values, and what to tell the user."""

    source: str
    values: tuple[str | int | float, ...]
    note: str | None = None
    table: str = "documents"
    order: Order = "text"


class _Found(NamedTuple):
    """What a name stands for: entities, and words that name something we know no entity for."""

    entities: list[str]
    words: list[str]
    note: str | None


class _Builder:
    """Collects conditions, their values and notes."""

    def __init__(self, db: apsw.Connection) -> None:
        self.db = db
        self.conditions: list[str] = []
        self.values: list[str | float] = []
        self.notes: list[str] = []

    def add(self, condition: str, *values: str | float) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    def named(
        self, found: _Found, columns: str | tuple[str, ...], words_column: str | None = None
    ) -> None:
        """Rows that a name stands for: by columns of entities, or a condition with one `{}` for the
        list of them."""
        parts = []
        for column in (columns,) if isinstance(columns, str) else columns:
            condition = column if "{}" in column else f"{column} IN ({{}})"
            parts.append(condition.format(_marks(found.entities)))
            self.values.extend(found.entities)
        if words_column is not None:
            parts.append(f"{words_column} IN ({_marks(found.words)})")
            self.values.extend(found.words)
        self.conditions.append(f"({' OR '.join(parts)})")
        if found.note:
            self.notes.append(found.note)

    def selection(self, table: str, source: str, order: Order = "text") -> Selection:
        where = f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""
        note = " ".join(self.notes) or None
        return Selection(source + where, tuple(self.values), note, table, order)


def select_statements(db: apsw.Connection, wanted: Filter) -> Selection:
    """The statements that meet every filter."""
    builder = _Builder(db)
    _by_origin(builder, wanted, "statements")
    if wanted.about is not None:
        builder.named(
            _resolve(db, wanted.about, "holder_words", "statements"),
            "t.number IN (SELECT statement FROM statement_about WHERE entity IN ({}))",
        )
    if wanted.kind is not None:
        builder.add("t.kind = ?", encodable(wanted.kind))
    if wanted.act is not None:
        builder.add("t.act = ?", encodable(wanted.act))
    return builder.selection("statements", _joined("statements"), wanted.order)


def select_claims(db: apsw.Connection, wanted: Filter) -> Selection:
    """The claims that meet every filter."""
    builder = _Builder(db)
    _by_origin(builder, wanted, "claims")
    if wanted.about is not None:
        builder.named(
            _resolve(db, wanted.about, "holder_words", "claims"),
            "t.number IN (SELECT claim FROM claim_about WHERE entity IN ({}))",
        )
    if wanted.kind is not None:
        builder.add("t.kind = ?", encodable(wanted.kind))
    if wanted.place is not None:
        found = _resolve(db, wanted.place, "where_words", "claims")
        builder.named(found, "t.where_entity IN ({})", "t.where_words")
    return builder.selection("claims", _joined("claims"), wanted.order)


def select_documents(db: apsw.Connection, wanted: Filter) -> Selection:
    """The documents that meet every filter."""
    builder = _Builder(db)
    _by_date_and_outlet(builder, wanted)
    if wanted.search is not None:
        builder.add(
            "t.number IN (SELECT rowid FROM texts_search WHERE texts_search MATCH ?)",
            phrases(wanted.search),
        )
    return builder.selection("documents", "documents AS t")


def entities_named(db: apsw.Connection, name: str) -> tuple[list[str], str | None]:
    """The ids of the entities that `name` stands for, and what to tell the user of it."""
    found = _resolve(db, name, "holder_words", "statements")
    return found.entities, found.note


def _joined(table: str) -> str:
    return f"{table} AS t JOIN documents AS d ON d.number = t.document"


def _by_origin(builder: _Builder, wanted: Filter, table: str) -> None:
    if wanted.holder is not None:
        found = _resolve(builder.db, wanted.holder, "holder_words", table)
        builder.named(found, ("t.holder", "t.other_holder"), "t.holder_words")
    _by_date_and_outlet(builder, wanted)
    if wanted.confidence is not None:
        builder.add("t.confidence >= ?", wanted.confidence)
    if wanted.search is not None:
        index = f"{table}_search"
        builder.add(
            f"t.number IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)",
            phrases(wanted.search),
        )


def _by_date_and_outlet(builder: _Builder, wanted: Filter) -> None:
    if wanted.since is not None:
        builder.add("t.latest >= ?", _bound(wanted.since, "since", 0))
    if wanted.until is not None:
        builder.add("t.earliest <= ?", _bound(wanted.until, "until", 1))
    if wanted.outlet is not None:
        names = [
            str(name)
            for (name,) in builder.db.execute(
                "SELECT DISTINCT outlet FROM documents WHERE outlet IS NOT NULL ORDER BY outlet"
            )
        ]
        found = _choose(wanted.outlet, names, "outlet")
        builder.add(f"t.outlet IN ({_marks(found.words)})", *found.words)
        if found.note:
            builder.notes.append(found.note)


def _bound(value: str, option: str, end: Literal[0, 1]) -> str:
    day = date_range(day_of(value))[end]
    if day is None:
        raise SettingsError(
            f"{option}: {value!r} is not a date; write a year, a month or a day,"
            " as in 2019, 2019-12 or 2019-12-18"
        )
    return day


def _resolve(db: apsw.Connection, name: str, column: str, table: str) -> _Found:
    """What `name` stands for: exact names first, else names that hold all its words."""
    folded = fold(name)
    exact = _entities(db, [folded])
    words = db.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (folded,)).fetchone()
    if exact or words:
        return _Found(exact, [folded], None)
    names = [
        str(known)
        for (known,) in db.execute(
            "SELECT DISTINCT folded FROM entity_names UNION"
            f" SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY 1"
        )
    ]
    found = _choose(name, names, "name")
    return _Found(_entities(db, found.words), found.words, found.note)


def _choose(name: str, known: list[str], noun: str) -> _Found:
    folded = fold(name)
    if folded in known:
        return _Found([], [folded], None)
    wanted = words_of(name)
    matching = [other for other in known if wanted and wanted <= words_of(other)]
    if not matching:
        return _Found([], [], f"No {noun} in this ledger is or holds {name!r}.")
    listed = ", ".join(matching[:_MAX_NAMED])
    more = f" and {len(matching) - _MAX_NAMED} more" if len(matching) > _MAX_NAMED else ""
    return _Found([], matching, f"No {noun} is exactly {name!r}; taken instead: {listed}{more}.")


def exactly_named(db: apsw.Connection, name: str) -> list[str]:
    """The ids of the entities with this very name, in any letter case."""
    sql = "SELECT DISTINCT entity FROM entity_names WHERE folded = ? ORDER BY 1"
    return [str(id) for (id,) in db.execute(sql, (fold(name),))]


def _entities(db: apsw.Connection, names: list[str]) -> list[str]:
    """The entities with these names, and those that are one actor with them."""
    sql = (
        f"WITH named AS (SELECT entity FROM entity_names WHERE folded IN ({_marks(names)}))"
        " SELECT entity FROM named UNION SELECT a.entity FROM actors AS a"
        " WHERE a.actor IN (SELECT actor FROM actors WHERE entity IN (SELECT entity FROM named))"
        " ORDER BY 1"
    )
    return [str(id) for (id,) in db.execute(sql, tuple(names))]


def phrases(search: str) -> str:
    """An FTS5 query for all words, all "quoted phrases" and all beginnings (`guard*`) of what the
    user typed."""
    quoted = []
    # FTS5 takes a NUL for the end of the query.
    for phrase, word in _QUOTED.findall(encodable(search).replace("\0", " ")):
        part = (phrase or word.rstrip("*")).replace('"', '""')
        if part.strip('"'):
            quoted.append(f'"{part}"' + ("*" if word.endswith("*") else ""))
    if not quoted:
        raise SettingsError("search: there is no word to search for")
    return " ".join(quoted)


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))

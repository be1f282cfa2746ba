"""Searches that people keep: added to, withdrawn, never changed."""

from __future__ import annotations

from typing import Literal

import apsw
from msgspec import Struct

from sayso.errors import NoSuchRecord
from sayso.records.provenance import content_id
from sayso.store.asking import all_rows, one_row

Listed = Literal["statements", "claims"]


class SavedSearch(Struct, frozen=True):
    """A search under a name."""

    id: str
    name: str
    listed: Listed
    """What is searched."""
    query: str
    """The filters as they stand in an address, in order of their names, without a cursor."""
    by: str
    at: str
    """RFC 3339, UTC."""


def keep(
    db: apsw.Connection, *, name: str, listed: Listed, query: str, by: str, at: str
) -> SavedSearch:
    """Keeps a search. What one person kept under this name before is withdrawn with it.

    The caller holds the transaction.
    """
    id = content_id("search", name, listed, query, by, at)
    made = SavedSearch(id, name, listed, query, by, at)
    for old in kept(db):
        if (old.name, old.listed, old.by) == (name, listed, by) and old.id != id:
            withdraw(db, old.id, at=at, by=by)
    db.execute(
        "INSERT INTO searches (id, name, listed, query, person, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (id, name, listed, query, by, at),
    )
    return made


def withdraw(db: apsw.Connection, id: str, *, at: str, by: str) -> SavedSearch:
    """Takes a search out of the lists; it stays in the ledger. Raises `NoSuchRecord`."""
    found = search(db, id)
    db.execute(
        "INSERT INTO searches_withdrawn VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (id, at, by)
    )
    return found


def kept(db: apsw.Connection, listed: Listed | None = None) -> list[SavedSearch]:
    """The searches that are not withdrawn, by name; of statements or of claims, if given."""
    rows = all_rows(
        db,
        "SELECT s.id, s.name, s.listed, s.query, s.person, s.at FROM searches AS s"
        " LEFT JOIN searches_withdrawn AS w ON w.search = s.id"
        " WHERE w.at IS NULL AND (?1 IS NULL OR s.listed = ?1)"
        " ORDER BY s.name COLLATE NOCASE, s.number",
        (listed,),
    )
    return [SavedSearch(*row) for row in rows]


def search(db: apsw.Connection, id: str) -> SavedSearch:
    """The search with this id, withdrawn or not. Raises `NoSuchRecord`."""
    row = one_row(
        db, "SELECT id, name, listed, query, person, at FROM searches WHERE id = ?", (id,)
    )
    if row is None:
        raise NoSuchRecord(f"{id}: no search was kept under this id", id)
    return SavedSearch(*row)

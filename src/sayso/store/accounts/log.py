"""The log of accounts: who came in, who was refused, who changed what."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from sayso.records.accounts import Noted
from sayso.store.asking import all_rows

_FAILURES = 10_000
"""Failures that are kept: a stranger must not fill the disk. What was done is kept for ever."""
_EVERY = 100
"""Lines between two looks at how many there are."""


def note(db: apsw.Connection, noted: Noted) -> None:
    """Adds a line."""
    db.execute(
        "INSERT INTO log (at, what, name, by, address) VALUES (?, ?, ?, ?, ?)",
        (noted.at, noted.what, noted.name, noted.by, noted.address),
    )
    if db.last_insert_rowid() % _EVERY == 0:
        db.execute(
            "DELETE FROM log WHERE number IN (SELECT number FROM log"
            " WHERE what IN ('failed', 'slowed', 'stale') ORDER BY number DESC LIMIT -1 OFFSET ?)",
            (_FAILURES,),
        )


def latest(db: apsw.Connection, count: int) -> Iterator[Noted]:
    """The last lines, the latest first."""
    rows = all_rows(
        db, "SELECT at, what, name, by, address FROM log ORDER BY number DESC LIMIT ?", (count,)
    )
    for row in rows:
        yield Noted(*row)

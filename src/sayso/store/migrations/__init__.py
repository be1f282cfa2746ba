"""The numbered steps by which a ledger file comes to the schema of this version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import apsw

from sayso.store.migrations import (
    m0001_initial,
    m0002_confidence,
    m0003_judgements,
    m0004_matches,
    m0005_searches,
    m0006_decisions,
)


class Migration(NamedTuple):
    """One step; its number is its place in `MIGRATIONS`, counted from one."""

    name: str
    apply: Callable[[apsw.Connection], None]


def initial(db: apsw.Connection) -> None:
    """The tables of the first version."""
    db.execute(m0001_initial.SCHEMA)


def confidence(db: apsw.Connection) -> None:
    """How sure a finding is, as a column that can be sorted and filtered by."""
    db.execute(m0002_confidence.SCHEMA)


def judgements(db: apsw.Connection) -> None:
    """What people decided."""
    db.execute(m0003_judgements.SCHEMA)


def matches(db: apsw.Connection) -> None:
    """What is found across documents."""
    db.execute(m0004_matches.SCHEMA)


def searches(db: apsw.Connection) -> None:
    """What the workbench keeps: saved searches, and figures."""
    db.execute(m0005_searches.SCHEMA)


def decisions(db: apsw.Connection) -> None:
    """What holds of what people decided, and findings as they stand after it."""
    db.execute(m0006_decisions.SCHEMA)


MIGRATIONS: tuple[Migration, ...] = (
    Migration("m0001_initial", initial),
    Migration("m0002_confidence", confidence),
    Migration("m0003_judgements", judgements),
    Migration("m0004_matches", matches),
    Migration("m0005_searches", searches),
    Migration("m0006_decisions", decisions),
)
"""Only ever added to: a ledger of any earlier version must still open."""


def migrate(db: apsw.Connection, steps: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """The names of the steps that were missing and have been applied.

    The caller holds the write transaction: either all missing steps are applied or none.
    Raises `apsw.ConstraintError` if a step leaves a reference to nothing.
    """
    db.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"
    )
    done = db.pragma("user_version")
    applied = []
    for number, step in enumerate(steps, start=1):
        if number <= done:
            continue
        step.apply(db)
        db.execute("INSERT INTO migrations VALUES (?, ?)", (number, step.name))
        applied.append(step.name)
    if applied:
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise apsw.ConstraintError(f"a migration left {len(broken)} rows without their parent")
        db.pragma("user_version", len(steps))
    return applied

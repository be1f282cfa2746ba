"""Queries with rows of no declared type: SQLite's columns have none that a checker could know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

Value = str | int | float | None


def all_rows(db: apsw.Connection, sql: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
    """All rows at once; use it where they are few or the table is about to change."""
    return db.execute(sql, tuple(values)).fetchall()


def one_row(db: apsw.Connection, sql: str, values: Sequence[Value] = ()) -> tuple[Any, ...] | None:
    """The first row; None if there is none."""
    return db.execute(sql, tuple(values)).fetchone()

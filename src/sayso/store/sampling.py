"""Statements in a random order that never changes: that of their ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import apsw

Sampled = Literal["statements", "claims"]


def sample(db: apsw.Connection, table: Sampled = "statements") -> Iterator[str]:
    """The ids of all findings of a kind that the machine made, as random as dice and for everyone
    the same.

    An id is a hash of what the finding says and where, so its order has nothing to do with either.
    The first so many are a random sample; what is read later falls in between.
    """
    found = " WHERE added IS NULL" if table == "statements" else ""
    for (id,) in db.execute(f"SELECT id FROM {table}{found} ORDER BY id"):
        yield str(id)


def size_of(db: apsw.Connection, most: int) -> int:
    """How many statements the sample has, `most` at most."""
    rows = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM statements WHERE added IS NULL LIMIT ?)", (most,)
    )
    return int(rows.get)

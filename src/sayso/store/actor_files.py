"""Lists of known actors that a ledger keeps, so that it is always read with the same ones."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

import apsw

from sayso.store.asking import all_rows


class KeptList(NamedTuple):
    """A list of known actors: the name of its file, how many it has, a hash of its bytes."""

    name: str
    actors: int
    sha256: str


def keep(db: apsw.Connection, name: str, actors: int, content: bytes) -> None:
    """Keeps a list, in the place of one of the same name."""
    db.execute(
        "INSERT OR REPLACE INTO actor_files VALUES (?, ?, ?, ?)",
        (name, sha256(content).hexdigest(), actors, content),
    )


def lists(db: apsw.Connection) -> list[KeptList]:
    """All lists, by name."""
    rows = all_rows(db, "SELECT name, actors, sha256 FROM actor_files ORDER BY name")
    return [KeptList(str(name), int(actors), str(digest)) for name, actors, digest in rows]


def contents(db: apsw.Connection) -> list[tuple[str, bytes]]:
    """The lists with their bytes, by name."""
    rows = all_rows(db, "SELECT name, content FROM actor_files ORDER BY name")
    return [(str(name), bytes(content)) for name, content in rows]


def drop(db: apsw.Connection, name: str) -> bool:
    """Forgets a list; False where there is none of that name."""
    db.execute("DELETE FROM actor_files WHERE name = ?", (name,))
    return bool(db.changes())

"""What new documents touch and is not made again yet: kept, so that a stop loses nothing."""

from __future__ import annotations

from collections.abc import Iterable

import apsw


def keep(db: apsw.Connection, kind: str, ids: Iterable[int | str]) -> None:
    """Remembers that these are touched."""
    db.executemany(
        "INSERT INTO touched VALUES (?, ?) ON CONFLICT DO NOTHING", [(kind, str(id)) for id in ids]
    )


def kept(db: apsw.Connection, kind: str) -> list[str]:
    """What is touched."""
    return [str(id) for (id,) in db.execute("SELECT id FROM touched WHERE kind = ?", (kind,))]


def clear(db: apsw.Connection, *kinds: str) -> None:
    """All of these kinds was made again."""
    db.executemany("DELETE FROM touched WHERE kind = ?", [(kind,) for kind in kinds])

"""Documents by what their texts say word for word."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from sayso.store.asking import all_rows


def with_phrases(db: apsw.Connection, phrases: Sequence[str], *, most: int) -> list[int]:
    """The documents whose text has one of these phrases, those with most and rarest first.

    Phrases are compared as words: case, accents and what stands between words do not count.
    """
    if not phrases:
        return []
    query = " OR ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
    rows = all_rows(
        db,
        "SELECT rowid FROM texts_search WHERE texts_search MATCH ? ORDER BY rank, rowid LIMIT ?",
        (f"text : ({query})", most),
    )
    return [int(number) for (number,) in rows]

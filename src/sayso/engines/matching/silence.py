"""The silent: looked for when asked, in the documents that accuse, deny or claim something."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from sayso.records.readings import Reading
from sayso.steps.match.disputes.sides import Matched
from sayso.steps.match.disputes.silence import (
    Charge,
    Reply,
    Unanswered,
    charges_of,
    replies_of,
    silent,
    speakers_of,
)
from sayso.store import actors, extracts
from sayso.store.asking import all_rows


def unanswered(db: apsw.Connection) -> list[Unanswered]:
    """Who is accused and answers nothing of it. Reads every document in which somebody accuses,
    denies or claims responsibility, and every one that lets an accused speak."""
    charges: list[Charge] = []
    replies: list[Reply] = []
    speakers: set[str] = set()
    for reading in _readings(db):
        document, entities, mentions = reading.document, reading.entities, reading.mentions
        charges += charges_of(document, entities, mentions, reading.statements, reading.claims)
        replies += replies_of(document, entities, mentions, reading.statements)
        speakers |= speakers_of(entities, reading.statements)
    speakers |= {str(id) for (id,) in all_rows(db, "SELECT DISTINCT holder FROM statements") if id}
    standing = actors.standing(db)
    names = {
        id: name for id in set(standing.values()) if (name := actors.name_of(db, id)) is not None
    }
    matched = Matched(actors=standing, names=names)
    return silent(charges, replies, speakers=speakers, matched=matched)


def _readings(db: apsw.Connection) -> Iterator[Reading]:
    rows = all_rows(
        db,
        "SELECT DISTINCT document FROM statements"
        " WHERE act IN ('accuses', 'denies', 'claims_responsibility')"
        " UNION SELECT DISTINCT document FROM claims"
        " WHERE kind = 'event' AND json_array_length(record, '$.responsibility') > 0 ORDER BY 1",
    )
    for (number,) in rows:
        yield extracts.reading_of(db, int(number))

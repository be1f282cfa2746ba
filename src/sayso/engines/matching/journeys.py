"""Journeys: made when they are asked for, from the texts that have the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import apsw

from sayso.records.findings import Statement
from sayso.records.matches import Journey
from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading
from sayso.steps.match.journeys.following import journeys
from sayso.steps.match.journeys.passages import Passage, phrases, told, untold
from sayso.store import actors, copies, extracts, wordings
from sayso.store.asking import all_rows

STEP, VERSION = "journeys", "1"
MOST_DOCUMENTS = 200
"""Documents that are looked at for one statement: those that share most of its phrases."""


def stamp() -> MadeBy:
    """The stamp of this step."""
    return MadeBy.of(STEP, VERSION, {})


def journeys_of(db: apsw.Connection, statement: Statement) -> list[Journey]:
    """The journeys that the words of a statement have part in; none where they stand once.

    Takes as long as reading at most two hundred documents of the ledger.
    """
    sought = Passage(statement.document, statement.content)
    numbers = wordings.with_phrases(db, phrases(sought), most=MOST_DOCUMENTS)
    quotes, sentences = _passages(db, sorted(numbers))
    made = journeys(quotes, sentences, made_by=stamp().id)
    return [
        journey
        for journey in made
        if any(appearance.statement == statement.id for appearance in journey.appearances)
    ]


def all_journeys(db: apsw.Connection) -> list[Journey]:
    """All journeys of a ledger, by id. Holds all that is said in it in memory."""
    numbers = [int(n) for (n,) in all_rows(db, "SELECT number FROM documents ORDER BY number")]
    quotes = [passage for n in numbers for passage in _told(db, extracts.reading_of(db, n))]
    sentences = (passage for n in numbers for passage in _untold(db, extracts.reading_of(db, n)))
    return journeys(quotes, sentences, made_by=stamp().id)


def _passages(db: apsw.Connection, numbers: Iterable[int]) -> tuple[list[Passage], list[Passage]]:
    quotes: list[Passage] = []
    sentences: list[Passage] = []
    for number in numbers:
        reading = extracts.reading_of(db, number)
        quotes += _told(db, reading)
        sentences += _untold(db, reading)
    return quotes, sentences


def _told(db: apsw.Connection, reading: Reading) -> Iterator[Passage]:
    """What is said in a document, each with the actor who says it."""
    copied = _is_copy(db, reading.document.id)
    for statement in reading.statements:
        entity = statement.holder.entity if statement.holder is not None else None
        actor = actors.actor_of(db, entity) if entity is not None else None
        name = actors.name_of(db, actor) if actor is not None else None
        yield told(
            reading.document,
            statement,
            reading.claims,
            holder=actor,
            holder_name=name,
            copied=copied,
        )


def _untold(db: apsw.Connection, reading: Reading) -> Iterator[Passage]:
    """What a document says itself."""
    copied = _is_copy(db, reading.document.id)
    return untold(reading.document, reading.statements, copied=copied)


def _is_copy(db: apsw.Connection, document: str) -> bool:
    """Whether it is known to be a copy of another document."""
    return any(group.origin not in (None, document) for group in copies.groups_of(db, document))

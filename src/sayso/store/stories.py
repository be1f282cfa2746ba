"""Stories, and the events that are one happening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import apsw

from sayso.records.matches import Story
from sayso.store.asking import all_rows, one_row
from sayso.store.extracts import numbers_of
from sayso.store.wire import from_json, to_json


def story_of(db: apsw.Connection, number: int) -> str | None:
    """The story of a document; None where it stands alone."""
    row = one_row(db, "SELECT story FROM story_documents WHERE document = ?", (number,))
    return None if row is None else str(row[0])


def documents_of(db: apsw.Connection, story: str) -> list[int]:
    """The documents of a story."""
    rows = all_rows(db, "SELECT document FROM story_documents WHERE story = ?", (story,))
    return [int(number) for (number,) in rows]


def replace_stories(db: apsw.Connection, numbers: Iterable[int], stories: Sequence[Story]) -> None:
    """Puts these stories in place of all that these documents were in."""
    for number in numbers:
        db.execute(
            "DELETE FROM stories WHERE id IN"
            " (SELECT story FROM story_documents WHERE document = ?)",
            (number,),
        )
    for story in stories:
        db.execute("INSERT OR REPLACE INTO stories VALUES (?, ?)", (story.id, to_json(story)))
        db.executemany(
            "INSERT OR REPLACE INTO story_documents VALUES (?, ?)",
            [(number, story.id) for number in numbers_of(db, story.documents).values()],
        )


def all_stories(db: apsw.Connection) -> Iterator[Story]:
    """All stories, by id."""
    for (line,) in db.execute("SELECT record FROM stories ORDER BY id"):
        record = from_json(line)
        assert isinstance(record, Story)
        yield record


def replace_happenings(
    db: apsw.Connection, events: Iterable[str], happenings: Mapping[str, str]
) -> set[str]:
    """Puts this in place of what was known of these events; gives back those that changed."""
    before: dict[str, str] = {}
    for event in events:
        before[event] = happening_of(db, event)
        db.execute("DELETE FROM happenings WHERE event = ?", (event,))
    db.executemany("INSERT OR REPLACE INTO happenings VALUES (?, ?)", list(happenings.items()))
    return {event for event, one in before.items() if happenings.get(event, event) != one}


def happening_of(db: apsw.Connection, event: str) -> str:
    """The event that stands for what an event is: itself where it is alone."""
    row = one_row(db, "SELECT happening FROM happenings WHERE event = ?", (event,))
    return event if row is None else str(row[0])


def events_of(db: apsw.Connection, happening: str) -> list[str]:
    """All events that are this happening, itself among them."""
    rows = all_rows(
        db, "SELECT event FROM happenings WHERE happening = ? ORDER BY event", (happening,)
    )
    return [str(id) for (id,) in rows] or [happening]

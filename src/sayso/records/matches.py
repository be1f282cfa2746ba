"""What is found across documents: which names are one actor, which pages one text, which reports
one story, and where the accounts part. All of it is a view: the findings under it never change.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sayso.records.findings import Words

Sameness = Literal["same", "different", "unsure"]


class Joining(Struct, frozen=True, tag_field="type", tag="joining"):
    """What was decided about two entities, and why. Only `same` makes them one actor."""

    id: str
    entities: tuple[str, str]
    """In order of their ids."""
    decision: Sameness
    score: float
    """How alike they are, 0..1; 1 where a person decided."""
    reasons: tuple[str, ...]
    """In words, the weightiest first."""
    made_by: str


class Copy(Struct, frozen=True):
    """One document of a text that several carry."""

    document: str
    similarity: float
    """Share of the shorter body that both have, 0..1: with the origin, else with the closest."""


class Copies(Struct, frozen=True, tag_field="type", tag="copies"):
    """Documents that are one text: reprints, syndicated and lightly edited copies."""

    id: str
    documents: tuple[Copy, ...]
    origin: str | None
    """The document it was first published as; None where neither text nor date tells."""
    reasons: tuple[str, ...]
    """Why they are one text and how the origin was told, in words."""
    made_by: str


class Story(Struct, frozen=True, tag_field="type", tag="story"):
    """Documents that report the same happening."""

    id: str
    documents: tuple[str, ...]
    reasons: tuple[str, ...]
    made_by: str


class About(Struct, frozen=True):
    """What a dispute is about. Ids are of entities that stand for an actor."""

    kind: Literal["estimate", "event", "status", "relation", "assertion"]
    subject: str | None = None
    subject_name: str | None = None
    measure: str | None = None
    predicate: str | None = None
    """status: present, active, ...; relation: its name; event: what is asked about it
    (`killed`, `wounded`, `responsibility`, `place`, `date`)."""
    object: str | None = None
    object_name: str | None = None
    place: str | None = None
    place_name: str | None = None
    event: str | None = None
    document: str | None = None
    """Of a headline against its own text: the document that both are in."""


class Origin(Struct, frozen=True):
    """One independent voice: an interview, a release, a report that others rest on."""

    name: str
    """Who it is, in words: a speaker, an agency, an outlet."""
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why these documents count once."""


class PositionHolder(Struct, frozen=True):
    """Who takes a position. `entity` is None for a report's own voice or somebody not known."""

    entity: str | None
    name: str


class Position(Struct, frozen=True):
    """One answer to the question of a dispute."""

    value: str
    """In words: `2,500 to 4,000`, `nearly 6,000`, `active`, `not active`."""
    claims: tuple[str, ...]
    """Ids of the claims (or statements) that take it, by document."""
    holders: tuple[PositionHolder, ...]
    independent_sources: int
    """How many origins stand behind it: never more than the documents, and copies count once."""
    origins: tuple[Origin, ...] = ()
    low: int | None = None
    high: int | None = None
    since: str | None = None
    """Earliest date of its claims (EDTF), as far as told."""
    until: str | None = None
    when: tuple[str | None, ...] = ()
    """For each of the claims the time it speaks of (EDTF): as it says, else when it was said, else
    the document's date; None where none is told."""


Verdict = Literal["agree", "differ", "conflict", "changed_over_time"]


class Dispute(Struct, frozen=True, tag_field="type", tag="dispute"):
    """Claims about one thing, laid side by side."""

    id: str
    about: About
    question: str
    """In words: "How many fighters does ISIS-K have in Afghanistan?" """
    positions: tuple[Position, ...]
    verdict: Verdict
    reasons: tuple[str, ...]
    made_by: str
    left_out: tuple[str, ...] = ()
    """Ids of claims that would take a position here, had no person rejected them; the reasons say
    who did, when and why."""


ChangeKind = Literal[
    "shortened",
    "extended",
    "reworded",
    "hedge_dropped",
    "hedge_added",
    "negation_changed",
    "attribution_dropped",
    "attribution_added",
    "attribution_changed",
    "quotation_marks_dropped",
]


class Change(Struct, frozen=True):
    """What became of some words on their way from one document to the next."""

    kind: ChangeKind
    before: Words | None
    """In the earlier document; None where there was nothing."""
    after: Words | None
    """In the later document; None where nothing is left."""
    note: str
    """In words: `“could be” became “are”`."""


class Appearance(Struct, frozen=True):
    """The words of a journey in one document."""

    document: str
    statement: str | None
    """None: the report says them itself."""
    words: tuple[Words, ...]
    """The passage, as it stands there."""
    published: str | None
    """EDTF."""
    outlet: str | None
    holder: str | None
    """To whom they are given, in words."""
    follows: int | None = None
    """Index of the earlier appearance that it is nearest to; None for the first, and for words
    that only a later appearance joins with the others."""
    likeness: float = 1.0
    """Share of the words of the shorter of the two that both have, 0..1."""
    changes: tuple[Change, ...] = ()
    """Against the appearance it follows."""


class Journey(Struct, frozen=True, tag_field="type", tag="journey"):
    """The same words, found in several documents."""

    id: str
    appearances: tuple[Appearance, ...]
    """By date as far as told, the first seen first; those without a date last."""
    made_by: str

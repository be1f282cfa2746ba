"""What is found in a document. Each finding knows its document and the characters it came from."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sayso.records.spans import Span

StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "asserts",
    "denies",
    "warns",
    "pledges",
    "demands",
    "accuses",
    "predicts",
    "claims_responsibility",
    "asks",
    "praises",
    "condemns",
    "believes",
    "intends",
    "supports",
    "opposes",
    "declines",
]
"""The speech act that the cue names."""
Form = Literal["name", "nominal", "pronoun"]
Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "possible", "conditional", "future", "demanded"]
ClaimKind = Literal["estimate", "event", "status", "relation", "assertion"]
PlacePrecision = Literal["point", "city", "district", "province", "country", "region"]


class Words(Struct, frozen=True):
    """A span of the document and the characters it covers."""

    span: Span
    quote: str


class EntityRef(Struct, frozen=True):
    """Words that name or describe an entity. `entity` is None where it could not be told which."""

    entity: str | None
    span: Span
    quote: str


class Holder(Struct, frozen=True):
    """Who says it."""

    entity: str | None
    span: Span
    quote: str
    form: Form
    role: Words | None = None
    """The role given beside the name ("Russian Security Council Secretary")."""


class Cue(Struct, frozen=True):
    """The words that attribute: `said`, `according to`, `claimed responsibility for`."""

    span: Span
    quote: str
    act: Act
    polarity: Polarity = "positive"
    """Negative where the report denies that it was said: "did not say"."""
    modality: Modality = "actual"
    """Whether it was said at all: "will say" is future, "may claim" possible."""


TimeKind = Literal["date", "time", "duration", "set"]
PeriodPart = Literal["start", "mid", "end"]
TimeReference = Literal["past", "present", "future"]


class Time(Struct, frozen=True):
    """A time expression."""

    span: Span
    quote: str
    value: str | None
    """EDTF, intervals and open ends too; None where nothing anchors it."""
    anchor: str | None
    """What it was resolved against (`published:2019-12-18`, `dateline:September 15`); None where
    the words themselves are complete or nothing anchors them."""
    kind: TimeKind = "date"
    duration: str | None = None
    """How long, as ISO 8601 has it (`P3Y`); `PXY` where the words leave the number open."""
    every: str | None = None
    """How often: a duration (`P1D`), or a day of the week (`XXXX-WXX-4`)."""
    clock: str | None = None
    """The time of day: `T22:00`, or `TMO`, `TAF`, `TEV`, `TNI` for its parts."""
    part: PeriodPart | None = None
    """Which part of the value is meant (`late 2021`: end)."""
    reference: TimeReference | None = None
    """Whether it is past, present or future, where the words tell no more (`recently`)."""


class Place(Struct, frozen=True):
    """Words that name a place."""

    span: Span
    quote: str
    entity: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision | None = None


class Plover(Struct, frozen=True):
    """Event type and mode in the PLOVER ontology (Open Event Data Alliance)."""

    type: str
    mode: str | None = None


How = Literal["claimed", "accused", "accused_by_authorities", "possible", "denied", "reported"]
"""How surely somebody is said to have done it. `reported`: told as fact."""


class Responsibility(Struct, frozen=True):
    """Somebody who is said to have done it."""

    entity: str | None
    span: Span
    quote: str
    how: How
    by: Words | None = None
    """Whose word it is; None: the report's own."""


class Mention(Struct, frozen=True, tag_field="type", tag="mention"):
    """One place in a text where an entity is named, described or meant by a pronoun."""

    id: str
    document: str
    span: Span
    quote: str
    entity: str
    form: Form
    made_by: str


class Statement(Struct, frozen=True, tag_field="type", tag="statement"):
    """Who said what, in which words."""

    id: str
    document: str
    kind: StatementKind
    holder: Holder | None
    cue: Cue | None
    content: tuple[Words, ...]
    """Quotation marks left out. Several spans where the attribution interrupts the content."""
    exact: tuple[Words, ...]
    """The parts of the content that are the speaker's own words: all of it in direct speech,
    what stands in quotation marks in mixed speech, nothing in indirect speech."""
    via: tuple[EntityRef, ...]
    """The sources between the document and the holder, outermost first."""
    setting: Words | None
    """The event or place where it was said."""
    said: Time | None
    confidence: float
    made_by: str
    continues: str | None = None
    """Id of the statement whose attribution this one shares: '"A," she said. "B."' gives two."""


class Claim(Struct, frozen=True, tag_field="type", tag="claim"):
    """One thing that is asserted: an estimate, an event, a status, a relation, or else that
    somebody did or is something (`assertion`)."""

    id: str
    statement: str | None
    """None: the report's own voice."""
    document: str
    span: Span
    quote: str
    kind: ClaimKind
    polarity: Polarity
    modality: Modality
    hedges: tuple[Words, ...]
    time: Time | None
    place: Place | None
    confidence: float
    made_by: str
    subject: EntityRef | None = None
    """estimate, status, relation, assertion: of whom."""
    measure: str | None = None
    """estimate: what is counted (fighters, members, killed, groups, ...), lower case, plural."""
    low: int | None = None
    high: int | None = None
    """estimate: bounds, both included; None: open."""
    approximate: bool | None = None
    event: str | None = None
    """event: the id of an `event` record."""
    plover: Plover | None = None
    actors: tuple[EntityRef, ...] = ()
    targets: tuple[EntityRef, ...] = ()
    outcome: Words | None = None
    means: Words | None = None
    """event: the weapon or device of an attack."""
    responsibility: tuple[Responsibility, ...] = ()
    """event: who is said to have made the attack, and how surely."""
    predicate: str | None = None
    """status: present, active, defeated, growing, ...; assertion: what is said of the subject, as
    a verb with the noun and preposition that belong to it (`meet with`, `take bribe`)."""
    relation: str | None = None
    """relation: part_of, led_by, harbours, supports, fights, cooperates_with, recruits_from, ..."""
    object: EntityRef | None = None
    """relation, assertion: the other end."""
    theme: Words | None = None
    """assertion: the noun of the predicate as it stands, where the object is no name."""


class Event(Struct, frozen=True, tag_field="type", tag="event"):
    """A happening that one or more claims speak of."""

    id: str
    plover: Plover
    time: Time | None
    place: Place | None
    actors: tuple[EntityRef, ...]
    targets: tuple[EntityRef, ...]
    claims: tuple[str, ...]
    means: Words | None = None
    responsibility: tuple[Responsibility, ...] = ()
    """All that is said in its claims; one who is accused here and claims it there stands twice."""

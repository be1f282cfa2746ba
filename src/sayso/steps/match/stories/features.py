"""What of a report tells which story it belongs to: small enough to keep for every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from math import log

from msgspec import Struct

from sayso.records.documents import Document
from sayso.records.findings import Time
from sayso.records.readings import Reading
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.terms import stems_in
from sayso.values.dates import parse_edtf
from sayso.values.names import key

MOST_TERMS = 50
MOST_NAMES = 20
MOST_DAYS = 6
_TITLE = 3
"""A word of the title counts as often as this."""
_PLACES = frozenset({"place", "state"})
_NO_NAMES = frozenset({"people", "document", "outlet"})
_OWN = frozenset({"title", "body", "caption"})
_NUMBER_OF_CHARACTERS = 20_000
"""What comes after tells no more of which story it is."""


class Term(Struct, frozen=True, array_like=True):
    """A word that tells: its stem, how it is written, how often (1 + log of it)."""

    stem: str
    word: str
    weight: float


class Named(Struct, frozen=True, array_like=True):
    """Somebody or something named: a key that all spellings share, the name, the entity."""

    key: str
    name: str
    entity: str
    weight: float
    """1 + the log of how often it is mentioned."""


class StoryFeatures(Struct, frozen=True, tag_field="type", tag="story_features"):
    """A report for the purpose of stories."""

    document: str
    published: int | None
    """The day as a number (`date.toordinal`); None where it is not known to the day."""
    days: tuple[int, ...]
    """Days that the claims speak of, as numbers; at most `MOST_DAYS`."""
    terms: tuple[Term, ...]
    """The most telling words, at most `MOST_TERMS`, by stem."""
    names: tuple[Named, ...]
    """Persons, groups and organisations, at most `MOST_NAMES`, by key."""
    places: tuple[Named, ...]
    """Places and states, at most `MOST_NAMES`, by key."""
    events: tuple[str, ...]
    """Types of the events told (PLOVER), sorted."""


def features(reading: Reading, background: Background | None = None) -> StoryFeatures:
    """The features of one report. The same reading and background give the same features."""
    document = reading.document
    named = list(_named(reading))
    places = {entity.id for entity in reading.entities if entity.kind in _PLACES}
    return StoryFeatures(
        document=document.id,
        published=_day(document.published.value),
        days=_days(reading),
        terms=_terms(document, background or built_in()),
        names=_first(one for one in named if one.entity not in places),
        places=_first(one for one in named if one.entity in places),
        events=tuple(sorted({event.plover.type for event in reading.events})),
    )


def _terms(document: Document, background: Background) -> tuple[Term, ...]:
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {}
    left = _NUMBER_OF_CHARACTERS
    for zone in document.zones:
        if zone.kind not in _OWN or left <= 0:
            continue
        text = zone.span.cut(document.text)[:left]
        left -= len(text)
        for stem, word in stems_in(text):
            counts[stem] += _TITLE if zone.kind == "title" else 1
            written.setdefault(stem, Counter())[word] += 1
    weights = {stem: 1 + log(count) for stem, count in counts.items()}
    best = sorted(weights, key=lambda stem: (-weights[stem] * background.rarity(stem), stem))
    return tuple(
        Term(stem, min(written[stem], key=lambda w: (-written[stem][w], w)), weights[stem])
        for stem in sorted(best[:MOST_TERMS])
    )


def _named(reading: Reading) -> Iterator[Named]:
    counts = Counter(mention.entity for mention in reading.mentions)
    by_key: dict[str, Named] = {}
    for entity in sorted(reading.entities, key=lambda entity: entity.id):
        own = key(entity.name)
        if entity.kind in _NO_NAMES or not own or not counts[entity.id]:
            continue
        named = Named(own, entity.name, entity.id, 1 + log(counts[entity.id]))
        if own not in by_key or by_key[own].weight < named.weight:
            by_key[own] = named
    yield from by_key.values()


def _first(named: Iterable[Named]) -> tuple[Named, ...]:
    most = sorted(named, key=lambda one: (-one.weight, one.key))[:MOST_NAMES]
    return tuple(sorted(most, key=lambda one: one.key))


def _days(reading: Reading) -> tuple[int, ...]:
    times: list[Time | None] = [claim.time for claim in reading.claims]
    times += [statement.said for statement in reading.statements]
    counts = Counter(day for time in times if time and (day := _day(time.value)) is not None)
    most = sorted(counts, key=lambda day: (-counts[day], day))
    return tuple(sorted(most[:MOST_DAYS]))


def _day(value: str | None) -> int | None:
    """The day of an EDTF date that is exact to the day."""
    if value is None:
        return None
    try:
        period = parse_edtf(value)
    except ValueError:
        return None
    earliest: date | None = period.earliest
    if period.precision != "day" or earliest is None or earliest != period.latest:
        return None
    return earliest.toordinal()

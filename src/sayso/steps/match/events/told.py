"""Profiles of the event claims of a reading: what the ledger keeps of a telling, for comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Time
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.steps.extract.acts import act_entries
from sayso.steps.extract.triggers import noun_entries, verb_entries
from sayso.steps.match.events.profiles import EventProfile, counted
from sayso.steps.match.stories.terms import stems_in
from sayso.values.dates import parse_edtf
from sayso.values.names import key
from sayso.values.numerals import SMALL
from sayso.values.stems import stem

_EMPTY = frozenset(
    "a an the of in on at by to for from with and or but as that this it its he his she her they "
    "their was were is are been be has have had who whom whose which said also not".split()
)
_WIDE = frozenset({"country", "region", "province"})
_SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s|\n")
_REACH = 400
"""Code points to either side within which the sentence of a claim is looked for."""


def event_profiles(reading: Reading) -> list[EventProfile]:
    """The profile of each event claim, by the claim's id; in the order of the claims.

    A claim keeps no word as its trigger: it is the first word of its quote that the lexicons of
    events know, outside of what the claim names; else the first word there at all.
    """
    entities = {entity.id: entity for entity in reading.entities}
    found: list[EventProfile] = []
    for claim in reading.claims:
        if claim.kind == "event":
            profile = _profile(claim, entities, reading.document.text)
            if profile is not None:
                found.append(profile)
    return counted(found)


def _profile(claim: Claim, entities: dict[str, Entity], text: str) -> EventProfile | None:
    places = () if claim.place is None else (claim.place,)
    times = () if claim.time is None else (claim.time,)
    means = () if claim.means is None else (claim.means,)
    taken = [item.span for item in (*claim.actors, *claim.targets, *places, *times, *means)]
    own = _outside(claim, taken)
    if not own:
        own = [one for one, _ in stems_in(claim.quote) if one not in _EMPTY]
    if not own:
        return None
    trigger = next((one for one in own if one in _triggers()), own[0])
    actors = _of(claim.actors, entities)
    targets = _of(claim.targets, entities)
    beside = _words(item.quote for item in (*places, *times, *means))
    return EventProfile(
        id=claim.id,
        document=claim.document,
        start=claim.span.start,
        trigger=trigger,
        words=tuple(sorted(set(own) - {trigger} - {*actors, *targets})),
        actors=actors,
        targets=targets,
        beside=beside,
        around=_words([_sentence(text, claim.span)]),
        numbers=_numbers(claim),
        type=claim.plover.type if claim.plover else None,
        days=_days(claim.time),
        places=tuple(sorted(_place(place.entity, place.quote, entities) for place in places)),
        towns=tuple(
            sorted(
                _place(place.entity, place.quote, entities)
                for place in places
                if place.precision not in _WIDE
            )
        ),
    )


@cache
def _triggers() -> frozenset[str]:
    """Stems of the words that name events in the lexicons."""
    return frozenset(
        stem(lemma.lower())
        for entries in (verb_entries(), noun_entries(), act_entries())
        for lemma in entries
    )


def _outside(claim: Claim, taken: list[Span]) -> list[str]:
    """Stems of the quote in order, without what the claim names in it."""
    pieces: list[str] = []
    position = claim.span.start
    for span in sorted(taken):
        if span.start >= position and span.end <= claim.span.end:
            pieces.append(claim.quote[position - claim.span.start : span.start - claim.span.start])
            position = span.end
    pieces.append(claim.quote[max(0, position - claim.span.start) :])
    return [one for piece in pieces for one, _ in stems_in(piece) if one not in _EMPTY]


def _of(refs: Iterable[EntityRef], entities: dict[str, Entity]) -> tuple[str, ...]:
    """The stems of who is named, and of the words that name them here."""
    texts: list[str] = []
    for ref in refs:
        texts.append(ref.quote)
        if ref.entity in entities:
            texts.append(entities[ref.entity].name)
    return _words(texts)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for text in texts for one, _ in stems_in(text)} - _EMPTY))


def _place(entity: str | None, quote: str, entities: dict[str, Entity]) -> str:
    return key(entities[entity].name if entity in entities else quote)


def _sentence(text: str, span: Span) -> str:
    """The words around a claim, as far as its sentence goes; a rough cut."""
    before = text[max(0, span.start - _REACH) : span.start]
    start = max((match.end() for match in _SENTENCE.finditer(before)), default=0)
    after = text[span.end : span.end + _REACH]
    end = _SENTENCE.search(after)
    return before[start:] + span.cut(text)[: 2 * _REACH] + after[: end.start() if end else None]


def _numbers(claim: Claim) -> tuple[str, ...]:
    """Numbers in the quote but those of its time, digits only."""
    quote = claim.quote
    if claim.time is not None:
        quote = quote.replace(claim.time.quote, " ")
    words = [word.lower() for _, word in stems_in(quote)]
    return tuple(
        sorted({str(SMALL[w]) if w in SMALL else w for w in words if w in SMALL or w[0].isdigit()})
    )


def _days(time: Time | None) -> tuple[int, int] | None:
    if time is None or time.value is None:
        return None
    try:
        period = parse_edtf(time.value)
    except ValueError:
        return None
    if period.earliest is None or period.latest is None:
        return None
    return period.earliest.toordinal(), period.latest.toordinal()

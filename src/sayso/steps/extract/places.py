"""Names that say where: places and states used as locations.

A name that acts ("Kabul said", "Moscow's envoy") is no place here. Coordinates are those of the
entity (`link.placing`), else None; of a part of a country ("eastern Tarvia"), the middle of the
provinces that lie there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.lexicons import words
from sayso.records.analyses import DocumentEntities
from sayso.records.entities import Entity
from sayso.records.findings import Mention, Place, PlacePrecision
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.borders import borders_in, part_of

LOCATIVE = frozenset(
    "in at near inside within across throughout around outside of from to into on over between "
    "through via along".split()
)
"""Prepositions that make a name a location."""
STANDING = LOCATIVE - {"of", "from", "to", "into", "on", "over", "through", "via", "between"}
"""Those that say where something is, not where it goes or what it is of."""

_REGION = re.compile(
    r"(?i)(?:^|(?<=\W))(?:(?:(?:north|south)(?:ern)?[\s-]?)?(?:east|west)(?:ern)?|"
    r"(?:north|south)(?:ern)?|central|upper|lower|mainland|rural)\s(?:and\s(?:north|south|east|west)ern\s)?$"
)
_REGION_REACH = 32
_BORDER = re.compile(
    r"(?i)[\s’'a-z-]{0,3}\s?(?P<word>province|district|city|region|border|valley)\b"
)
_WORD_PRECISION: dict[str, PlacePrecision] = {
    "province": "province",
    "district": "district",
    "city": "city",
    "region": "region",
    "border": "region",
    "valley": "region",
}


def places_in(
    text: str, parse: Parse, entities: DocumentEntities, prepositions: frozenset[str]
) -> Iterator[Place]:
    """The names of one parse that stand under one of these prepositions or before a noun that
    they locate (`the Velm attack`)."""
    if not len(parse):
        return
    for mention in entities.within(Span(parse.starts[0], parse.ends[-1])):
        entity = entities.entity_of(mention)
        again = entity.kind == "place" and sum(len(alias.mentions) for alias in entity.aliases) > 1
        if entity.kind in {"place", "state"} and _is_location(
            parse, mention, prepositions, known_place=again
        ):
            yield to_place(text, parse, mention, entity)
    yield from borders_in(text, parse)


def _is_location(
    parse: Parse, mention: Mention, prepositions: frozenset[str], *, known_place: bool
) -> bool:
    first, last = parse.tokens_in(mention.span)
    if first == last:
        return False
    token = next((i for i in range(first, last) if not first <= parse.heads[i] < last), last - 1)
    # `Idlib, Syria` and `Velm and Orsk`: the preposition is that of the first name.
    for _ in range(6):
        head = parse.heads[token]
        if parse.deps[token] not in {"appos", "conj"} or parse.pos[head] != "PROPN":
            break
        token = head
    head = parse.heads[token]
    whole = whole_of(parse, token)
    if whole is not None:  # "in the province of Brailo": the province's preposition
        token, head = whole, parse.heads[whole]
    if parse.deps[token] == "pobj":
        return parse.words[head].lower() in prepositions
    name = known_place and parse.words[token][:1].isupper()
    told = name and parse.lemmas[head].lower() in words("naming.toml", "happenings")
    before = {"compound", "nmod", "amod"} if told else {"compound", "nmod"}
    if parse.deps[token] in before and head > token and parse.pos[head] == "NOUN":
        # "In Nimroz province"; "the Velm attack"
        return parse.deps[head] != "pobj" or parse.words[parse.heads[head]].lower() in prepositions
    if name and parse.deps[token] == "advmod" and first:
        # The tagger takes names that it has never seen for adverbs: "the wounded in Velm".
        return parse.words[first - 1].lower() in prepositions
    return parse.deps[token] == "npadvmod"


def whole_of(parse: Parse, token: int) -> int | None:
    """The noun for a kind or part of a place whose name this token ends: `province` of "the
    province of Brailo", `hills` of "the hills of Brailo"."""
    of = parse.heads[token]
    if parse.deps[token] != "pobj" or parse.words[of].lower() != "of":
        return None
    noun = parse.heads[of]
    named = parse.lemmas[noun].lower() in words("places.toml", "wholes")
    return noun if named and parse.pos[noun] == "NOUN" else None


def to_place(text: str, parse: Parse, mention: Mention, entity: Entity) -> Place:
    """The place that a mention names, with "eastern" before it and "province" behind it."""
    floor = parse.zone.span.start
    before = text[max(floor, mention.span.start - _REGION_REACH) : mention.span.start]
    region = _REGION.search(before)
    start = mention.span.start - len(region[0]) if region else mention.span.start
    end, word = mention.span.end, None
    after = _BORDER.match(text[mention.span.end : mention.span.end + 24])
    if after is not None and mention.span.end + after.end() <= parse.zone.span.end:
        word = after["word"].lower()
        end = mention.span.end + after.end()
    precision = entity.precision or ("country" if entity.kind == "state" else None)
    at = _point(entity)
    if region:
        precision = "region"
        at = part_of(entity, region[0]) or at
    if word is not None:
        precision = _WORD_PRECISION[word]
    return Place(
        span=Span(start, end),
        quote=text[start:end],
        entity=mention.entity,
        latitude=at[0],
        longitude=at[1],
        precision=precision,
    )


def _point(entity: Entity) -> tuple[float | None, float | None]:
    if entity.latitude is not None:
        return entity.latitude, entity.longitude
    return _coordinate(entity, "latitude"), _coordinate(entity, "longitude")


def _coordinate(entity: Entity, name: str) -> float | None:
    value = entity.identifiers.get(name)
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None

"""Names of places in a document, whatever they are used for: a town, or the government in it.

Candidates are what the language back end takes for a name and what the gazetteer knows; a
logistic model with weights in `toponym_weights.json` says which are place names. What each place
is, `steps.link.whereabouts` tells.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.lexicons import words as listed
from sayso.records.analyses import Analysis
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.toponym_features import Candidate, Surroundings, features
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.gazetteer import Gazetteer, Spot
from sayso.values.names import atoms

_LONGEST = 5
"""Tokens of the longest name that is looked up; the back end's names may be longer."""
_LABELS = frozenset(("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP"))
_INNER = frozenset("of the and de la del al el ul e i du des upon on le au -".split()) | {
    "-",
    "’s",
    "'s",
}
THRESHOLD = 0.5


@dataclass(frozen=True)
class Toponym:
    """The name of a place in a text."""

    span: Span
    quote: str
    name: str
    """As it is looked up."""
    spots: tuple[Spot, ...]
    """The places of this name; none where the gazetteer knows none."""
    probability: float
    demonym: bool
    """Whether it is a word for people or things of a place ("Tarvian")."""
    parse: int
    first: int
    last: int


def find_toponyms(
    analysis: Analysis, places: Gazetteer, actors: Actors, *, threshold: float = THRESHOLD
) -> list[Toponym]:
    """The names of places in a document, in text order, none overlapping another. Linear in the
    text."""
    around = Surroundings.of(analysis.parses)
    scale = weights()
    found: list[Toponym] = []
    for index, parse in enumerate(analysis.parses):
        scored = []
        for seen in candidates(parse, index, around, places, actors):
            names = features(parse, seen, around, places)
            score = sum(scale.get(name, 0.0) for name in names)
            probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            if probability >= threshold:
                scored.append((probability, seen))
        found.extend(_settled(analysis.text, parse, scored))
    return found


def _settled(text: str, parse: Parse, scored: list[tuple[float, Candidate]]) -> Iterator[Toponym]:
    """The most probable of those that overlap."""
    taken: set[int] = set()
    kept = []
    for probability, seen in sorted(scored, key=lambda p: (-p[0], p[1].first - p[1].last)):
        tokens = range(seen.first, seen.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append((probability, seen))
    for probability, seen in sorted(kept, key=lambda pair: pair[1].first):
        span = parse.span(seen.first, seen.last)
        yield Toponym(
            span=span,
            quote=span.cut(text),
            name=seen.name,
            spots=seen.spots,
            probability=round(probability, 4),
            demonym=seen.demonym,
            parse=seen.parse,
            first=seen.first,
            last=seen.last,
        )


def candidates(
    parse: Parse, index: int, around: Surroundings, places: Gazetteer, actors: Actors
) -> Iterator[Candidate]:
    """What may name a place in one parse."""
    labels = around.labels[index]
    exact = {}
    for name in parse.names:
        if name.label in _LABELS:
            exact[_trimmed(parse, name.start, name.end)] = name.label
    seen = set()
    for first in range(len(parse)):
        if not _opens(parse, first):
            continue
        for last in range(first + 1, min(len(parse), first + _LONGEST) + 1):
            if not _goes_on(parse, last - 1):
                break
            if not _closes(parse, last - 1):
                continue
            made = _candidate(parse, (index, first, last), exact, places, actors)
            if made is not None:
                seen.add((first, last))
                yield made
    for first, last in exact:
        if first < last and (first, last) not in seen and labels[first][0] in ("GPE", "LOC", "FAC"):
            name_text = _text(parse, first, last)
            yield Candidate(index, first, last, name_text, (), exact[first, last])


def _candidate(
    parse: Parse,
    where: tuple[int, int, int],
    exact: dict[tuple[int, int], str],
    places: Gazetteer,
    actors: Actors,
) -> Candidate | None:
    index, first, last = where
    label = exact.get((first, last), "")
    name = _text(parse, first, last)
    spots = _spots(name, places)
    if spots:
        return Candidate(index, first, last, name, spots, label)
    of = [a for a in actors.adjectives.get(atoms(name)) if a.kind in ("state", "place")]
    if not of and last - first == 1:
        of = _people_of(name, actors)
    if of:
        return Candidate(index, first, last, name, places.find(of[0].name), label, demonym=True)
    shaped = last - first > 1 and _is_shaped(parse, last)
    if label or shaped:
        return Candidate(index, first, last, name, (), label)
    return None


def _spots(name: str, places: Gazetteer) -> tuple[Spot, ...]:
    if name.isupper() and len(name) < 4 and "." not in name and name not in _abbreviations():
        return ()
    return places.find(name)


@cache
def _abbreviations() -> frozenset[str]:
    """Abbreviations of places that stand alone without full stops."""
    return listed("toponyms.toml", "abbreviations")


def _people_of(name: str, actors: Actors) -> list[Actor]:
    return _peoples(actors).get(name.casefold(), [])


@cache
def _peoples(actors: Actors) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in actors:
        if actor.kind in ("state", "place"):
            for noun in actor.people:
                found.setdefault(noun.casefold(), []).append(actor)
    return found


def _is_shaped(parse: Parse, last: int) -> bool:
    word = parse.words[last - 1].casefold().rstrip(".")
    return word in listed("toponyms.toml", "features") or word in listed("toponyms.toml", "streets")


def _text(parse: Parse, first: int, last: int) -> str:
    pieces = [parse.words[first]]
    for token in range(first + 1, last):
        if parse.starts[token] > parse.ends[token - 1]:
            pieces.append(" ")
        pieces.append(parse.words[token])
    return "".join(pieces)


def _opens(parse: Parse, token: int) -> bool:
    word = parse.words[token]
    return word[:1].isupper() and parse.words[token].casefold() != "the"


def _goes_on(parse: Parse, token: int) -> bool:
    word = parse.words[token]
    return word[:1].isupper() or word.casefold() in _INNER or word == "."


def _closes(parse: Parse, token: int) -> bool:
    return parse.words[token][:1].isupper()


def _trimmed(parse: Parse, first: int, last: int) -> tuple[int, int]:
    while (first < last and not parse.words[first][:1].isupper()) or (
        first < last - 1 and parse.words[first] == "The"
    ):
        first += 1
    while first < last and not any(c.isalnum() for c in parse.words[last - 1]):
        last -= 1
    while first < last and parse.tags[last - 1] == "POS":
        last -= 1
    return first, last


@cache
def weights() -> dict[str, float]:
    """The weights of the features, by name."""
    text = files(__package__).joinpath("toponym_weights.json").read_text("utf-8")
    found: dict[str, float] = json.loads(text)["weights"]
    return found

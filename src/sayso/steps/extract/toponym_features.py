"""What speaks for and against some words being the name of a place, as names of features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.link.gazetteer import Gazetteer, Spot
from sayso.values.names import fold

_FILE = "toponyms.toml"
_LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP")


@dataclass(frozen=True)
class Candidate:
    """Words that may name a place: tokens `[first, last)` of a parse."""

    parse: int
    first: int
    last: int
    name: str
    """The words as they are looked up: without a closing possessive."""
    spots: tuple[Spot, ...]
    label: str
    """What the language back end takes just these words for; empty where nothing."""
    demonym: bool = False
    """Whether it is a word for the people of a place ("Tarvian")."""


@dataclass(frozen=True)
class Surroundings:
    """What a document's candidates are seen against."""

    labels: list[list[tuple[str, int, int]]]
    """By parse, for each token the label, first and last token of the name it is part of."""
    votes: dict[str, Counter[str]]
    """By folded name, how often the back end gave it which label in this document."""
    lower: frozenset[str]
    """Words that the document also writes in lower case."""

    @classmethod
    def of(cls, parses: tuple[Parse, ...]) -> Surroundings:
        labels: list[list[tuple[str, int, int]]] = []
        lower: set[str] = set()
        votes: dict[str, Counter[str]] = {}
        for parse in parses:
            row = [("", 0, 0)] * len(parse)
            for name in parse.names:
                if name.label in _LABELS:
                    row[name.start : name.end] = [(name.label, name.start, name.end)] * (
                        name.end - name.start
                    )
                    text = fold(" ".join(parse.words[name.start : name.end]))
                    votes.setdefault(text, Counter())[name.label] += 1
            labels.append(row)
            lower.update(word for word in parse.words if word.islower())
        return cls(labels, votes, frozenset(lower))


def features(parse: Parse, seen: Candidate, around: Surroundings, places: Gazetteer) -> list[str]:
    """The names of all features that hold of a candidate, each once or more."""
    known = _known(seen)
    label = _label(parse, seen, around)
    before, behind = _before(parse, seen), _behind(parse, seen)
    shape = _shape(parse, seen, around)
    return [
        "bias",
        f"known={known}",
        f"label={label}",
        f"label={label} known={known}",
        f"before={before}",
        f"behind={behind}",
        f"before={before} behind={behind}",
        f"label={label} before={before}",
        f"label={label} behind={behind}",
        f"known={known} before={before}",
        f"shape={shape}",
        f"known={known} shape={shape}",
        *_extras(parse, seen, around, places, known),
    ]


def _known(seen: Candidate) -> str:
    if seen.demonym:
        return "demonym"
    if not seen.spots:
        return "no"
    best = seen.spots[0]
    size = "" if best.kind in ("country", "continent", "region", "point") else int(best.people)
    words = min(3, len(seen.name.split()))
    return f"{best.kind}{size}w{words}"


def _label(parse: Parse, seen: Candidate, around: Surroundings) -> str:
    if seen.label:
        return seen.label
    for token in range(seen.first, seen.last):
        label, first, last = around.labels[seen.parse][token]
        if label:
            if first <= seen.first and seen.last <= last:
                end = "first" if first == seen.first else "last" if last == seen.last else "mid"
                return f"in{label}{end}"
            return f"over{label}"
    return "none"


def _before(parse: Parse, seen: Candidate) -> str:
    token = seen.first - 1
    if token < 0 or parse.sentence_of[token] != parse.sentence_of[seen.first]:
        return "start"
    return _word_class(parse, token, _FILE)


def _behind(parse: Parse, seen: Candidate) -> str:
    token = seen.last
    if token >= len(parse) or parse.sentence_of[token] != parse.sentence_of[seen.first]:
        return "end"
    return _word_class(parse, token, _FILE)


def _word_class(parse: Parse, token: int, file: str) -> str:
    word = parse.words[token]
    plain = fold(word)
    if plain in listed(file, "prepositions"):
        return plain
    for name in ("bodies", "features", "titles", "directions", "speech"):
        if plain in listed(file, name):
            return name if word[:1].isupper() else f"{name}-lower"
    if word[:1].isupper():
        given = plain in listed("given_names.toml", "male") or plain in listed(
            "given_names.toml", "female"
        )
        return "given" if given else f"cap{parse.pos[token]}"
    if not word[:1].isalnum():
        return word[:1]
    return "number" if word[:1].isdigit() else parse.pos[token]


def _shape(parse: Parse, seen: Candidate, around: Surroundings) -> str:
    first = parse.words[seen.first]
    last = fold(parse.words[seen.last - 1])
    opens = seen.first == parse.sentences[parse.sentence_of[seen.first]][0]
    kind = (
        "feature"
        if last in listed(_FILE, "features")
        else "body"
        if last in listed(_FILE, "bodies")
        else "street"
        if last.rstrip(".") in listed(_FILE, "streets")
        else "upper"
        if first.isupper() and len(first) > 3
        else "short"
        if first.isupper()
        else "title"
    )
    common = "common" if fold(first) in around.lower and seen.last - seen.first == 1 else ""
    return f"{kind}{common}{'opens' if opens else ''}{min(3, seen.last - seen.first)}"


def _extras(
    parse: Parse, seen: Candidate, around: Surroundings, places: Gazetteer, known: str
) -> Iterator[str]:
    head = parse.head_of(seen.first, seen.last)
    yield f"dep={parse.deps[head]}"
    yield f"dep={parse.deps[head]} known={known[:4]}"
    yield f"tag={parse.tags[head]}"
    votes = around.votes.get(fold(" ".join(parse.words[seen.first : seen.last])))
    if votes:
        total = sum(votes.values())
        share = (votes["GPE"] + votes["LOC"]) / total
        yield f"vote={round(share * 3)}{'+' if total > 2 else ''}"
        yield f"person={round(votes['PERSON'] / total * 3)}"
    first = fold(parse.words[seen.first])
    if first in listed("given_names.toml", "male") or first in listed("given_names.toml", "female"):
        yield f"given{seen.last - seen.first > 1}"
    if _inside(parse, seen, places):
        yield "has container"
    if _contains(parse, seen, places):
        yield "is container"
    yield f"candidates={min(5, len(seen.spots))}"


def _inside(parse: Parse, seen: Candidate, places: Gazetteer) -> bool:
    """`Velm, Tarvia`: whether what stands behind a comma contains one of its places."""
    return any(
        spot.lies_in(other)
        for other in _across_comma(parse, seen.last, places)
        for spot in seen.spots
    )


def _contains(parse: Parse, seen: Candidate, places: Gazetteer) -> bool:
    token = seen.first - 2
    if token < 0 or parse.words[token + 1] != ",":
        return False
    start = token
    while start > 0 and start > token - 2 and parse.words[start - 1][:1].isupper():
        start -= 1
    return any(
        spot.lies_in(mine)
        for first in range(start, token + 1)
        for spot in places.find(" ".join(parse.words[first : token + 1]))
        for mine in seen.spots
    )


def _across_comma(parse: Parse, comma: int, places: Gazetteer) -> tuple[Spot, ...]:
    if comma + 1 >= len(parse) or parse.words[comma] != ",":
        return ()
    for last in (comma + 3, comma + 2):
        if last <= len(parse) and parse.words[last - 1][:1].isupper():
            found = places.find(" ".join(parse.words[comma + 1 : last]))
            if found:
                return found
    return ()

"""Noun phrases that may take part in an attack, and what speaks for each part.

A phrase is described by words (`verb:kill>dobj`, `head:gunman`); the trained weights of
`attack_model` know how much each says. Everything is linear in the number of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from sayso.lexicons import load
from sayso.records.parses import Parse
from sayso.records.spans import Span

_INSIDE = frozenset({"compound", "amod", "nmod", "nummod", "poss", "det", "quantmod", "punct"})
_BEFORE = 12
"""Tokens that a phrase may hold before its head."""
_DROPPED = frozenset({"DET", "PUNCT", "NUM", "PRON"})
_UP = 5
"""Steps from a noun up to its verb at most."""


@dataclass
class Phrase:
    """One thing or person of a document, by its words; `mentions` are where they stand."""

    words: str
    """Lower case."""
    mentions: list[Mentioned] = field(default_factory=list)
    features: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Mentioned:
    """One place of a phrase: the index of its parse, its head token, its characters."""

    parse: int
    head: int
    span: Span
    sentence: int
    """Counted through the document."""


@cache
def trigger_types() -> dict[str, str]:
    """By lemma, the type of attack it tells of."""
    return {
        lemma: kind for kind, lemmas in load("attacks.toml")["types"].items() for lemma in lemmas
    }


def triggers_of(parse: Parse, first: int, last: int) -> list[int]:
    """The tokens of a sentence that tell of an attack."""
    types = trigger_types()
    return [i for i in range(first, last) if parse.lemmas[i].lower() in types]


def phrases_of(parses: Sequence[Parse]) -> dict[str, Phrase]:
    """The phrases of a document by their words, in text order, each with its features."""
    found: dict[str, Phrase] = {}
    sentence = 0
    before: frozenset[str] = frozenset()
    for number, parse in enumerate(parses):
        for first, last in parse.sentences:
            triggers = triggers_of(parse, first, last)
            kinds = frozenset(trigger_types()[parse.lemmas[t].lower()] for t in triggers)
            shared = [f"here:{kind}" for kind in kinds or {"none"}]
            shared += [f"before:{kind}" for kind in before]
            shared.append(f"sentence:{min(sentence, 8) if sentence < 4 else 4 + sentence // 8}")
            for head in range(first, last):
                start = _phrase_start(parse, head, first)
                if start is None:
                    continue
                words = " ".join(parse.words[start : head + 1]).lower()
                phrase = found.setdefault(words, Phrase(words))
                span = parse.span(start, head + 1)
                phrase.mentions.append(Mentioned(number, head, span, sentence))
                phrase.features.update(shared)
                phrase.features.update(_features(parse, start, head, triggers))
            sentence += 1
            before = kinds
    return found


def _phrase_start(parse: Parse, head: int, first: int) -> int | None:
    """Where the phrase of this head begins; None if the token heads none."""
    if parse.pos[head] not in {"NOUN", "PROPN"}:
        return None
    inner = parse.deps[head] in {"compound", "nmod", "amod"} and parse.heads[head] > head
    if inner and parse.lemmas[parse.heads[head]].lower() not in trigger_types():
        return None
    start = head
    while (
        start > first
        and head - start < _BEFORE
        and parse.deps[start - 1] in _INSIDE
        and head >= parse.heads[start - 1] >= start
        and parse.deps[start - 1] not in {"det", "poss", "nummod"}
    ):
        start -= 1
    while start < head and parse.pos[start] in _DROPPED:
        start += 1
    return start


def _features(parse: Parse, start: int, head: int, triggers: list[int]) -> Iterator[str]:
    lemma = parse.lemmas[head].lower()
    yield f"head:{lemma}"
    yield f"pos:{parse.tags[head]}"
    for index in range(start, head):
        yield f"inside:{parse.words[index].lower()}"
    if start:
        yield f"left:{parse.words[start - 1].lower()}"
    if head + 1 < len(parse):
        yield f"right:{parse.words[head + 1].lower()}"
    label = next((n.label for n in parse.names if n.start <= head < n.end), "none")
    yield f"name:{label}"
    yield from _path(parse, head, lemma, label)
    if triggers:
        near = min(triggers, key=lambda t: abs(t - head))
        gap = near - head
        side = "after" if gap > 0 else "before"
        word = parse.lemmas[near].lower()
        yield f"near:{word}:{side}"
        yield f"near:{trigger_types()[word]}:{side}:{label}"
        yield f"gap:{side}:{min(abs(gap) // 4, 5)}"


def _path(parse: Parse, head: int, lemma: str, label: str) -> Iterator[str]:
    """The way from a noun up to the words that govern it."""
    way: list[str] = []
    at = head
    for _ in range(_UP):
        over = parse.heads[at]
        if over == at:
            break
        dep = parse.deps[at]
        word = parse.lemmas[over].lower()
        if dep in {"conj", "appos"}:
            yield f"joined:{parse.lemmas[over].lower()}"
            at = over
            continue
        way.append(f"{dep}" if parse.pos[over] != "ADP" else f"{dep}:{word}")
        path = "<".join(way)
        if parse.pos[over] != "ADP":
            kind = trigger_types().get(word, "other")
            yield f"path:{word}<{path}"
            yield f"kind:{kind}<{path}"
            yield f"kind:{kind}<{path}:{label}"
            yield f"head:{lemma}:{kind}<{path}"
            if parse.pos[over] == "VERB":
                break
        at = over

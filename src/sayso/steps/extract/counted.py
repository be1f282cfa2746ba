"""What a number counts: the noun after it, and what befell those counted.

Which nouns count for anything stands in `lexicons/measures.toml`; a number of anything else is no
estimate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load
from sayso.records.parses import Parse
from sayso.steps.extract.scenes import Scene

_MODIFIERS = frozenset({"ADJ", "PROPN", "NOUN", "PUNCT", "DET", "PRON", "PART", "SYM", "ADV"})
_INSIDE = frozenset(("-", "–", '"', "“", "”", "'", "’", "‘", "«", "»", "„"))
_PERSONS = ("er", "or", "ist", "ian", "man", "woman", "eer")
"""Endings of nouns for persons."""
_AS_PRISONERS = frozenset({"prisoner", "captive"})
_SCAN = 12
"""Tokens between a number and the noun it counts."""


@dataclass(frozen=True)
class Kind:
    """One class of countable nouns."""

    name: str
    needs: str
    measure: str | None
    """What the ledger calls it, where that is not the noun's plural."""


@dataclass(frozen=True)
class Counted:
    """A countable noun after a number."""

    noun: int
    """Its token."""
    last: int
    """The last token of the noun's phrase (of `fighters and supporters`, the last noun)."""
    kind: Kind
    measure: str


@cache
def kinds() -> dict[str, Kind]:
    """Classes by noun lemma."""
    found: dict[str, Kind] = {}
    for entry in load("measures.toml")["class"]:
        renamed = entry.get("as", {})
        for noun in entry["nouns"]:
            found.setdefault(noun, Kind(entry["name"], entry["needs"], renamed.get(noun)))
    return found


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """A list of `measures.toml` as a set."""
    return frozenset(load("measures.toml")[section][key])


@cache
def outcome_words() -> dict[str, tuple[str, str]]:
    """By lemma: the outcome's name, and what part of speech says so (verbs, adjectives)."""
    return {
        lemma: (name, part)
        for name, parts in load("measures.toml")["outcomes"].items()
        for part in ("adjectives", "verbs")
        for lemma in parts[part]
    }


@cache
def outcome_nouns() -> dict[str, str]:
    """By lemma of a noun: the outcome's name (`death of`, `killing of`)."""
    return {
        lemma: name
        for name, parts in load("measures.toml")["outcomes"].items()
        for lemma in parts["nouns"]
    }


def counted_after(scene: Scene, token: int) -> Counted | None:
    """The countable noun of the phrase that begins at `token`; None where the phrase's noun is
    not countable or the phrase is no noun phrase."""
    parse = scene.parse
    token = _skip_openers(parse, token)
    for index in range(token, min(len(parse), token + _SCAN)):
        lemma = lemma_of(parse, index)
        if lemma in listed("words", "units") or _ends_phrase(parse, index):
            return None
        if parse.pos[index] not in _MODIFIERS and not _joins(parse, index):
            return (
                None if parse.tags[index] not in {"VBN", "VBG"} else _after_participle(scene, index)
            )
        if _modifies(parse, index):
            continue
        if parse.pos[index] in {"NOUN", "PROPN"} or parse.tags[index] == "NNS":
            return _as_counted(scene, token, index, lemma)
    return None


def lemma_of(parse: Parse, token: int) -> str:
    """The lemma in lower case; a plural that the tagger took for a name loses its ending."""
    lemma = parse.lemmas[token].lower()
    if lemma not in kinds() and parse.pos[token] == "PROPN":
        word = parse.words[token].lower()
        for ending, kept in (("ies", "y"), ("es", ""), ("s", "")):
            stem = word[: -len(ending)] + kept
            if word.endswith(ending) and stem in kinds():
                return stem
    return lemma


def _after_participle(scene: Scene, index: int) -> Counted | None:
    """`12 wounded soldiers`: the participle stands before its noun."""
    parse = scene.parse
    if parse.deps[index] == "amod" and parse.heads[index] == index + 1:
        return counted_after(scene, index + 1)
    return None


def _skip_openers(parse: Parse, token: int) -> int:
    """Past `of`, `of the`, `more`, `additional` to where the noun phrase itself begins."""
    for _ in range(4):
        if token < len(parse) and parse.words[token].lower() in {
            "of",
            "the",
            "its",
            "their",
            "his",
        }:
            token += 1
    return token


def _ends_phrase(parse: Parse, index: int) -> bool:
    """Whether a mark ends the phrase: all but quotation marks, hyphens and a comma between two
    adjectives."""
    if parse.pos[index] not in {"PUNCT", "SYM"} or parse.words[index] in _INSIDE:
        return False
    between = (
        parse.words[index] == ","
        and index > 0
        and index + 1 < len(parse)
        and (parse.pos[index - 1] == parse.pos[index + 1] == "ADJ")
    )
    return not between


def _joins(parse: Parse, index: int) -> bool:
    """`Afghan and foreign fighters`: a conjunction inside the modifiers."""
    if parse.pos[index] != "CCONJ" or index == 0 or index + 1 >= len(parse):
        return False
    return parse.tags[index - 1] in {"JJ", "NNP", "NN", "NNPS"} and (
        parse.pos[index + 1] in {"ADJ", "PROPN", "NOUN"}
    )


def _modifies(parse: Parse, index: int) -> bool:
    """Whether this token stands before the noun that is counted rather than being it."""
    if parse.pos[index] not in {"NOUN", "PROPN"}:
        return True
    following = index + 1
    if (
        following + 1 < len(parse)
        and parse.words[following] in {"-", "–"}
        and parse.starts[following] == parse.ends[index]
        and parse.starts[following + 1] == parse.ends[following]
    ):
        return True  # "machine-gun rounds", "rocket-propelled grenades"
    while (
        following < len(parse)
        and parse.pos[following] == "PUNCT"
        and (parse.words[following] in {"-", "–", '"', "”", "'", "’"})
    ):
        following += 1
    if following >= len(parse):
        return False
    if parse.words[following].lower() in {"'s", "’s", "'", "’"}:
        return True
    if parse.pos[following] == "CCONJ":
        return parse.tags[index] in {"NNP", "NN"} and lemma_of(parse, index) not in kinds()
    if parse.pos[following] not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return parse.deps[index] in {"compound", "nmod", "amod", "poss"} or (
        parse.pos[following] == "NOUN"
        and lemma_of(parse, following) in kinds()
        and parse.tags[index] in {"NN", "NNP"}
    )


def _as_counted(scene: Scene, first: int, noun: int, lemma: str) -> Counted | None:
    kind = kinds().get(lemma) or _of_persons(scene.parse, noun, lemma)
    if kind is None or _set_apart(scene.parse, first, noun, lemma):
        return None
    measure = kind.measure or plural(scene.parse, noun)
    parse = scene.parse
    if lemma in _AS_PRISONERS and parse.tags[noun] == "NN" and parse.tags[noun - 1] == "NNS":
        measure = "detained"  # "took 30 people prisoner"
    last = noun
    for joined in _also_counted(scene, noun):
        words = scene.parse.words[noun + 1 : joined + 1]
        measure = " ".join((measure, *(word.lower() for word in words)))
        last = joined
    return Counted(noun, last, kind, measure)


def _of_persons(parse: Parse, noun: int, lemma: str) -> Kind | None:
    """Persons of any trade count where something befell them ("two quartermasters were held")."""
    if parse.tags[noun] == "NNPS" and any(
        name.label == "NORP" and name.start <= noun < name.end for name in parse.names
    ):
        return Kind("people", "outcome", None)  # "three million Tarvians have fled"
    if parse.tags[noun] != "NNS" or lemma in listed("words", "units"):
        return None
    known = lemma in load("holders.toml")["person"]
    return Kind("people", "outcome", None) if known or lemma.endswith(_PERSONS) else None


def _set_apart(parse: Parse, first: int, noun: int, lemma: str) -> bool:
    """`heart attack`, `hunger strike`."""
    apart = load("measures.toml")["words"]["apart"].get(lemma, [])
    return any(parse.lemmas[index].lower() in apart for index in range(max(0, first), noun))


def _also_counted(scene: Scene, noun: int) -> Iterator[int]:
    """`fighters and family members`: a second plural noun under the same number."""
    parse = scene.parse
    for kid in parse.children[noun]:
        if parse.deps[kid] != "conj" or kid < noun or kid - noun > 4:
            continue
        between = range(noun + 1, kid)
        if (
            parse.tags[kid] == "NNS"
            and lemma_of(parse, kid) in kinds()
            and not any(parse.tags[index] == "CD" or parse.words[index] == "," for index in between)
        ):
            yield kid
            return


def plural(parse: Parse, token: int) -> str:
    """The noun's plural in lower case: `fighters`, `men`."""
    word = parse.words[token].lower()
    if parse.tags[token] in {"NNS", "NNPS"} or word.endswith("s"):
        return word
    irregular = {"man": "men", "woman": "women", "child": "children", "person": "people"}
    if word in irregular:
        return irregular[word]
    if word in {"people", "personnel", "police", "men", "women", "children"}:
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("sh", "ch", "x", "z")) else "s")

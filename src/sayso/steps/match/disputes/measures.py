"""Which counts are of one kind, and what is counted more narrowly."""

from __future__ import annotations

import re
from functools import cache

from sayso import lexicons

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d")
TOLLS = frozenset(
    "killed wounded detained captured displaced abducted missing surrendered casualties".split()
)
"""Measures that count what an event did to people."""


@cache
def _strength() -> frozenset[str]:
    nouns = [
        noun
        for entry in lexicons.load("measures.toml")["class"]
        if entry["name"] in ("strength", "members")
        for noun in entry["nouns"]
    ]
    return frozenset(form for noun in nouns for form in (noun, _plural(noun)))


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def family(measure: str | None) -> str:
    """What a measure is compared with: `strength` for all words for a group's people.

    >>> family("gunmen"), family("killed"), family(None)
    ('strength', 'killed', 'number')
    """
    word = " ".join((measure or "").casefold().split())
    if word == "detainees":
        return "detained"
    return "strength" if word in _strength() else word or "number"


def narrower(quote: str, subject: str, measure: str, after: str) -> str:
    """The words that make a count one of a part (`foreign`), or of more (`with families`).

    `quote` is the claim's, `subject` the name inside it, `after` a few characters behind it. Empty
    where all of them are counted.

    >>> narrower("around 900 foreign Front fighters", "Front", "fighters", " were seen")
    'foreign'
    >>> narrower("3,000 fighters", "Front", "fighters", " and their families")
    'with families'
    """
    lists = lexicons.load("disputes.toml")["words"]
    near = _WORD.findall(after[:40].casefold())[:5]
    kin = frozenset(lists["kin"])
    if near[:1] in (["and"], ["with"], ["including"]) and kin.intersection(near):
        return "with families"
    digits = [match.end() for match in _DIGITS.finditer(quote)]
    if not digits:
        return ""
    tail = quote[digits[-1] :].casefold()
    words = _WORD.findall(tail)
    noun = measure.casefold()
    if noun not in words:
        return ""
    between = words[: words.index(noun)]
    known = frozenset(lists["neutral"]) | frozenset(_WORD.findall(subject.casefold()))
    if kin.intersection(between):
        return "with families"
    return " ".join(word for word in between if word not in known)


def sort_of_people(quote: str, measure: str) -> str:
    """Who was killed, wounded, ... by a claim's words: `civilians`; empty for anybody.

    >>> sort_of_people("killed 12 civilians", "killed")
    'civilians'
    >>> sort_of_people("killed 12 people", "killed")
    ''
    """
    nouns = _counted()
    anybody = _words("anybody")
    digits = [match.end() for match in _DIGITS.finditer(quote)]
    words = _WORD.findall(quote[digits[-1] if digits else 0 :].casefold())
    for word in words:
        if word in nouns and word != measure:
            word = "fighters" if word in _words("rebels") else word
            return "" if word in anybody else word
    return ""


def brings_up_to_date(before: str) -> bool:
    """Whether the words of a count, or those ahead of it, say that it takes the place of another.

    >>> brings_up_to_date("the toll has risen to 22"), brings_up_to_date("killed 22")
    (True, False)
    """
    return not _words("updates").isdisjoint(_WORD.findall(before.casefold()))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicons.load("disputes.toml")["words"][key])


@cache
def _counted() -> frozenset[str]:
    kinds = ("people", "strength", "members")
    nouns = [
        noun
        for entry in lexicons.load("measures.toml")["class"]
        if entry["name"] in kinds
        for noun in entry["nouns"]
    ]
    irregular = {"people", "women", "children", "police"}
    return frozenset(_plural(noun) for noun in nouns) | irregular

"""Ranges of tokens of one parse: what a cue covers, and ranges without their punctuation."""

from __future__ import annotations

from typing import Literal

from sayso.records.parses import Parse

Tokens = tuple[int, int]


Pattern = Literal[
    "clause",
    "tail",
    "parenthesis",
    "infinitive",
    "object",
    "preposition",
    "phrase",
    "according",
    "noun",
    "quote",
]


_EDGE = frozenset({",", ".", ";", ":", "—", "–", "--", "-", "!", "?", "…", "..."})


def trim(parse: Parse, first: int, last: int) -> Tokens:
    """The range without punctuation at its ends."""
    while first < last and parse.words[first] in _EDGE:
        first += 1
    while last > first and parse.words[last - 1] in _EDGE:
        last -= 1
    return first, last


def mark_of(parse: Parse, head: int) -> str:
    for kid in parse.children[head]:
        if parse.deps[kid] == "mark":
            return parse.words[kid].lower()
    return ""


def cue_tokens(parse: Parse, verb: int, content: int | None = None) -> Tokens:
    """The verb and its particle, and the preposition between it and its `content`, if given."""
    last = verb
    for kid in parse.children[verb]:
        governed = parse.deps[kid] == "prep" and content == kid + 1
        if kid == last + 1 and (parse.deps[kid] == "prt" or governed):
            last = kid
    return verb, last + 1


def has_finite_verb(parse: Parse, first: int, last: int) -> bool:
    return any(parse.tags[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(first, max(first, last)))

"""Wire copy in capitals, written in the usual case, so that names can be told from words.

The text keeps its length and its characters but for their case, so every position stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from sayso.lexicons import load

_Way = Literal["lower", "title", "upper", "either", "number"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OPENING = re.compile(r"(?:[.!?:]['\"”’)\]]*\s+|\n\s*|--\s+|\[TEXT\]\s+)['\"“‘(\[]*$", re.I)
_BRACKETED = re.compile(r"[(\[]([^\W\d_]{2,8})[)\]]")
_ABBREVIATION = re.compile(r"(?:[a-z]\.)+[a-z]?|[a-z]{1,3}-\d+|[bcdfghjklmnpqrstvwxz]{2,6}")
_LIKE_A_WORD = re.compile(
    r"(?:[a-z]{3}ing|[a-z]{3}ed|ly|tions?|ment|ness|ism|ized?|less|ful|ible|able)$"
)
_LETTERS = 40
"""A text with fewer letters is left as it is: a headline or an abbreviation may be in capitals."""
_SHARE = 0.9
"""From this share of capitals among the letters on, case says nothing."""
_ENDINGS = (
    ("", ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "'s", "’s")),
    ("y", ("ies", "ied")),
    ("e", ("ing",)),
)


def one_case(text: str) -> bool:
    """Whether the case of the letters says nothing: nearly all capitals, or no capital at all."""
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    return letters >= _LETTERS and (capitals >= _SHARE * letters or capitals == 0)


def recased(text: str) -> str:
    """`text` with names capitalised and other words in lower case; of the same length.

    Words that lexicons know as neither are taken for names.
    """
    lowered = _same_length_lower(text)
    short = frozenset(match.group(1) for match in _BRACKETED.finditer(lowered)) - _plain()
    found = list(_WORD.finditer(lowered))
    ways = [_way(match.group(), short) for match in found]
    out = list(lowered)
    for index, match in enumerate(found):
        way = ways[index]
        if way == "either":
            way = "title" if _beside_name(ways, found, index, lowered) else "lower"
        if way == "upper":
            out[match.start() : match.end()] = _raised(match.group())
        elif way == "title" or _opens(lowered, match.start()):
            for position in _initials(match.group()) if way == "title" else (0,):
                at = match.start() + position
                out[at] = _raised(out[at])
    return "".join(out)


def _same_length_lower(text: str) -> str:
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _raised(word: str) -> str:
    return "".join(up if len(up := char.upper()) == 1 else char for char in word)


def _initials(word: str) -> Iterator[int]:
    """Where a capital stands in a name: at its start and behind hyphens ("Al-Masri")."""
    yield 0
    for match in re.finditer(r"[-.](?=\w)", word):
        yield match.end()


def _opens(text: str, position: int) -> bool:
    """Whether a sentence begins here."""
    return position == 0 or _OPENING.search(text[max(0, position - 12) : position]) is not None


def _beside_name(ways: list[_Way], found: list[re.Match[str]], index: int, text: str) -> bool:
    """Whether a word that is written both ways touches a name by a space alone."""
    for other in (index - 1, index + 1):
        if 0 <= other < len(found) and ways[other] in {"title", "upper"}:
            low, high = sorted((index, other))
            if text[found[low].end() : found[high].start()] == " ":
                return True
    return False


@cache
def _listed() -> dict[str, _Way]:
    ways: dict[str, _Way] = {}
    casing = load("casing.toml")
    for way in ("lower", "either", "title", "upper"):
        for word in casing[way].split():
            ways[word] = way
    for word in load("casing_more.toml")["lower"].split():
        ways[word] = "lower"
    return ways


@cache
def _plain() -> frozenset[str]:
    return frozenset(word for word, way in _listed().items() if way == "lower")


def _way(word: str, short: frozenset[str]) -> _Way:
    if word[0].isdigit():
        return "number"
    if word in short:
        return "upper"
    known = _listed().get(word)
    if known is not None:
        return known
    if _ABBREVIATION.fullmatch(word):
        return "upper"
    for put, endings in _ENDINGS:
        for ending in endings:
            stem = word.removesuffix(ending) + put if ending else word
            if word.endswith(ending) and len(stem) > 2 and _listed().get(stem) == "lower":
                return "lower"
    if "-" in word and all(_listed().get(part) == "lower" for part in word.split("-")):
        return "lower"
    if _LIKE_A_WORD.search(word):
        return "lower"
    return "title"

"""A paragraph as the words of time expressions: each word or sign with a letter for its part.

The letters in a row are what the grammar (`time_grammar`) reads, so an expression is found by one
pass of a regular expression over a string with one letter a word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sayso.lexicons import load
from sayso.values.numerals import MONTHS, SMALL

_LEXEME = re.compile(
    r"""
    (?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9](?:T[0-2][0-9]:[0-5][0-9][0-9:.]{0,10}Z?)?(?![0-9-]))
  | (?P<numeric>[0-3]?[0-9](?P<sign>[./])[0-3]?[0-9](?P=sign)(?:19|20)[0-9]{2}(?![0-9]))
  | (?P<nine>9/11(?![0-9/]))
  | (?P<clock>[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))
  | (?P<decade>(?:1[0-9]|20)[0-9]0s\b|['’‘]?[2-9]0s\b)
  | (?P<half>[1-9]/[2-9](?![0-9/])|½)
  | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)\b)
  | (?P<number>[0-9]+(?:[.,][0-9]+)*)
  | (?P<noon>\b[ap]\.\s?m\b\.?)
  | (?P<short>\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|
        Mon|Tues?|Wed|Thurs?|Thu|Fri)\.)
  | (?P<zone>\blocal\stime\b)
  | (?P<word>[^\W\d_]+)
  | (?P<tail>['’](?:s\b)?)
  | (?P<sign_>\S)
    """,
    re.VERBOSE,
)
_SIGNS = {"-": "-", "–": "-", "‑": "-", ",": ",", ".": "."}
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_MONEY = frozenset("$€£#¥/")
_MEASURED = frozenset("%/°")
_CAPITAL = frozenset("MW")
OTHER = "_"


class TimeWord(NamedTuple):
    """A word or sign, its place in the document's text, and its letter."""

    start: int
    end: int
    text: str
    word: str
    """In lower case, without the full stop of an abbreviation."""


def time_words(text: str, start: int, end: int) -> tuple[list[TimeWord], str]:
    """The words of `text[start:end]` and their letters, one a word; linear in the length."""
    words: list[TimeWord] = []
    letters: list[str] = []
    known = _letters()
    for match in _LEXEME.finditer(text, start, end):
        written, kind = match[0], match.lastgroup
        word = written.lower()
        if kind == "word":
            letter = known.get(word, OTHER)
            if letter in _CAPITAL and not written[0].isupper():
                letter = OTHER
        elif kind == "number":
            letter = _number_letter(text, match.start(), match.end())
        else:
            word = word.rstrip(".") if kind == "short" else word
            letter = _special(kind, word)
        words.append(TimeWord(match.start(), match.end(), written, word))
        letters.append(letter)
    return words, "".join(letters)


def _special(kind: str | None, word: str) -> str:
    if kind == "short":
        return "M" if word in MONTHS else "W"
    if kind == "sign_":
        return _SIGNS.get(word, OTHER)
    return {
        "iso": "I",
        "numeric": "J",
        "nine": "X",
        "clock": "c",
        "decade": "y",
        "half": "H",
        "ordinal": "O",
        "noon": "A",
        "zone": "z",
        "tail": "'",
    }.get(kind or "", OTHER)


def _number_letter(text: str, start: int, end: int) -> str:
    """`D` a day of a month, `Y` a year, `N` another number; else nothing of ours."""
    written = text[start:end]
    before, after = text[max(0, start - 1) : start], text[end : end + 2].lower()
    if len(written) > 7 or before in _MONEY or after[:1] in _MEASURED:
        return OTHER
    if before.isalnum() or (after[:1].isalpha() and after not in {"am", "pm"}):
        return OTHER
    if not written.isdecimal():
        return "N"
    if len(written) <= 2 and 1 <= int(written) <= 31:
        return "D"
    if len(written) == 4 and 1000 <= int(written) <= 2199:
        return "Y"
    return "N"


@cache
def _letters() -> dict[str, str]:
    """The letter of each known word."""
    lexicon = load("times.toml")
    pointers = lexicon["pointers"]
    groups = {
        "M": MONTHS,
        "W": lexicon["weekdays"]["words"],
        "w": [f"{day}s" for day in lexicon["weekdays"]["words"]],
        "u": lexicon["units"],
        "U": lexicon["plural_units"],
        "S": lexicon["seasons"],
        "p": lexicon["parts_of_day"],
        "b": lexicon["plural_parts_of_day"],
        "d": lexicon["days"],
        "n": [*SMALL, *_TENS, "hundred", "thousand", "dozen"],
        "V": lexicon["rates"],
        "G": [word for words in lexicon["now"].values() for word in words],
        "y": lexicon["decades"],
        "m": ("early", "late", "mid"),
        "E": ("end", "beginning", "start", "middle", "close"),
        "v": lexicon["fixed_days"],
        "l": pointers["back"],
        "x": pointers["ahead"],
        "h": pointers["here"],
        "s": pointers["there"],
        "r": pointers["recent"],
        "g": pointers["ago"],
        "k": pointers["beside"],
        "K": pointers["around"],
        "e": pointers["each"],
        "f": pointers["few"],
        "q": pointers["ordinals"],
        "t": pointers["kinds_of_unit"],
        "j": pointers["age"],
        "z": pointers["zones"],
        "A": ("am", "pm"),
        "T": ("the",),
        "a": ("a", "an"),
        "o": ("of",),
        "i": ("in", "during", "since", "by", "from", "until", "till", "between", "through", "to"),
        "&": ("and", "or"),
        "F": ("fiscal",),
        "H": ("half", "halves"),
        "Q": ("quarter", "quarters"),
        "P": ("period", "periods"),
        "B": ("on", "at"),
        "Z": ("future", "moment"),
    }
    return {word: letter for letter, words in groups.items() for word in words}

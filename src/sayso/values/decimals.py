"""Numbers of any quantity: `2,204.62`, `10 1/2`, `½`, `-5`, `0.9 trillion`, `three quarters`.

`numerals` reads whole numbers of people and things; here a full stop parts decimals as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sayso.values.numerals import SCALES, SMALL, Lexeme, numeral_at, parse_digits

_POINTED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})\.([0-9]{1,9})")
_COMMA = re.compile(r"([0-9]{1,15}),([0-9]{1,2})")
_GROUPED_BY_STOP = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_ALL_SCALES = {**SCALES, "trillion": 10**12, "trn": 10**12, "tn": 10**12}
_JOINED_SCALES = {"k": 1_000, **_ALL_SCALES}
_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_GREATEST = 10**18


@dataclass(frozen=True)
class Figure:
    """A number that lexemes `[first, last)` write; `high` is None where the words leave it open."""

    first: int
    last: int
    low: Fraction
    high: Fraction | None
    approximate: bool = False
    scale: int = 1
    """The scale word that was used (`million`), for ranges that share it."""
    share: bool = False
    """A part of one, in words (`a third`)."""


def figure_at(words: Sequence[Lexeme], index: int) -> Figure | None:
    """The longest number that begins with this lexeme; None if none does."""
    lexeme = words[index]
    if lexeme.text[0] in "0123456789":
        return _digits(words, index)
    value = _vulgar(lexeme.text)
    if value is not None:
        return Figure(index, index + 1, value, value)
    part = _part(words, index)
    if part is not None:
        return part
    found = numeral_at(words, index)
    if found is None:
        return None
    if found.high is not None and found.high == found.low and found.low < 100:
        scaled = _scaled(words, found.last, found.low)
        if scaled is not None:
            return Figure(index, scaled[0], scaled[1], scaled[1], False, scaled[2])
    return Figure(index, found.last, found.low, found.high, found.approximate, found.scale)


def written_decimal(text: str, *, stop_groups: bool) -> Fraction | None:
    """The value of digits; `stop_groups` says whether `4.000` is four thousand."""
    if _GROUPED_BY_STOP.fullmatch(text) is not None and not stop_groups:
        whole, _, rest = text.partition(".")
        return Fraction(f"{whole}.{rest}") if "." not in rest else None
    plain = parse_digits(text)
    if plain is not None:
        return Fraction(plain)
    match = _POINTED.fullmatch(text) or _COMMA.fullmatch(text)
    return None if match is None else Fraction(f"{match[1].replace(',', '')}.{match[2]}")


def _digits(words: Sequence[Lexeme], index: int) -> Figure | None:
    text, last = words[index].text, index + 1
    if _word(words, last) == "," and _text(words, last + 1) == "000" and len(text) <= 3:
        text, last = text + "000", last + 2  # "80, 000", as tokenisers part it
    value = written_decimal(text, stop_groups=True)
    if value is None:
        return None
    fraction = _slashed(words, last - 1)
    if fraction is not None:
        return Figure(index, fraction[0], fraction[1], fraction[1])
    mixed = _slashed(words, last) if last < len(words) else None
    if mixed is not None and mixed[1] < 1 and value.denominator == 1:
        value, last = value + mixed[1], mixed[0]
    elif last < len(words) and (more := _vulgar(words[last].text)) is not None:
        value, last = value + more, last + 1
    if last < len(words) and words[last].start == words[last - 1].end:
        factor = _JOINED_SCALES.get(words[last].word)
        if factor is not None:
            return Figure(index, last + 1, value * factor, value * factor, False, factor)
    scaled = _scaled(words, last, value)
    if scaled is not None:
        exact = written_decimal(text, stop_groups=False)  # "1.125 million" is a decimal
        if exact is not None and exact != value and value.denominator == 1:
            scaled = _scaled(words, last, exact) or scaled
        return Figure(index, scaled[0], scaled[1], scaled[1], False, scaled[2])
    return Figure(index, last, value, value)


def _scaled(words: Sequence[Lexeme], at: int, value: Fraction) -> tuple[int, Fraction, int] | None:
    """Past a scale word: where it ends, the value, the scale."""
    factor = _ALL_SCALES.get(_word(words, at))
    if factor is None or value * factor > _GREATEST:
        return None
    return at + 1, value * factor, factor


def _slashed(words: Sequence[Lexeme], at: int) -> tuple[int, Fraction] | None:
    """`1/4`: both numbers of at most three digits, joined."""
    if at + 2 >= len(words) or words[at + 1].text not in "/⁄":
        return None
    above, stroke, below = words[at : at + 3]
    if not (above.text.isdecimal() and below.text.isdecimal() and above.end == stroke.start):
        return None
    if stroke.end != below.start or len(above.text) > 2 or len(below.text) > 2:
        return None
    if int(below.text) < 2 or _text(words, at + 3) == "/" or int(above.text) >= int(below.text):
        return None  # "9/11" is a day, "12/10/2001" too
    if int(below.text) > 10 and int(below.text) not in {12, 16, 32, 64}:
        return None
    return at + 3, Fraction(int(above.text), int(below.text))


def _part(words: Sequence[Lexeme], index: int) -> Figure | None:
    """`a third`, `two-thirds`, `one - third`, `half`, `a quarter million`."""
    word = words[index].word
    at, count = index, 1
    if word in {"a", "an"} or 0 < SMALL.get(word, 0) < 10:
        count, at = SMALL.get(word, 1), index + 1
        at += _word(words, at) == "-"
    below = _PARTS.get(_word(words, at))
    if below is None or (at == index and word != "half") or count >= below:
        return None
    value, last = Fraction(count, below), at + 1
    over = last + 1 if _word(words, last) in {"a", "of"} and _word(words, last + 1) in SCALES else 0
    scaled = _scaled(words, last, value) or (_scaled(words, over, value) if over else None)
    if scaled is not None:
        return Figure(index, scaled[0], scaled[1], scaled[1], True, scaled[2])
    if _word(words, last) == "a" and _word(words, last + 1) == "dozen":
        return Figure(index, last + 2, value * 12, value * 12, True)
    return Figure(index, last, value, value, share=True)


def _vulgar(text: str) -> Fraction | None:
    """The value of `½`, `¾` and the like."""
    if len(text) != 1 or unicodedata.category(text) != "No":
        return None
    value = unicodedata.numeric(text, -1.0)
    return Fraction(value).limit_denominator(16) if 0 < value < 1 else None


def _word(words: Sequence[Lexeme], index: int) -> str:
    return words[index].word if 0 <= index < len(words) else ""


def _text(words: Sequence[Lexeme], index: int) -> str:
    return words[index].text if 0 <= index < len(words) else ""

"""Numbers as written: `4,000`, `4 000`, `4.000`, `1.5 million`, `10k`, `twenty-five`, `dozens`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

_LEXEME = re.compile(r"[^\W\d_]+|[0-9][0-9.,’'\u00a0\u202f\u2009]*[0-9]|[0-9]|\S")
_THREE = re.compile(r"[0-9]{3}")
_PLAIN = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"[0-9]{1,3}([,.’'\u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3}){0,4}")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}")
_DECIMAL = re.compile(r"([0-9]{1,15})[.,]([0-9]{1,6})")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL: dict[str, int] = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * (value + 2) for value, word in enumerate(_TENS)
}
"""Words below one hundred."""
SCALES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "mln": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_SUFFIXES: dict[str, int] = {"k": 1_000, "m": 1_000_000, **SCALES}
"""Scales that may be joined to digits."""
_PLURALS: dict[str, int] = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 100_000,
    "millions": 1_000_000,
}
_LONGEST = 24
"""Lexemes in the longest number in words (below a thousand million)."""
_FEW = frozenset({"several", "few", "multiple", "many"})
_STARTS = frozenset({"a", "half", *SMALL, *_PLURALS, *_FEW})
MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names in lower case, short ones too."""


class Lexeme(NamedTuple):
    """A word, a number in digits or one other character, with its place in the text."""

    start: int
    end: int
    text: str
    word: str
    """In lower case."""


@dataclass(frozen=True)
class Numeral:
    """A number that lexemes `[first, last)` write. `high` is None where the words leave it open."""

    first: int
    last: int
    low: Fraction
    high: Fraction | None
    approximate: bool
    scale: int = 1
    """The scale word that was used (`million`), for ranges that share it."""

    @property
    def vague(self) -> bool:
        """Whether it names no number at all (`dozens`, `several hundred`)."""
        return self.high is None


def lexemes(text: str, start: int = 0, end: int | None = None) -> list[Lexeme]:
    """The words, numbers and other characters of `text[start:end]`, in order."""
    stop = len(text) if end is None else end
    found = [
        Lexeme(match.start(), match.end(), match[0], match[0].lower())
        for match in _LEXEME.finditer(text, start, stop)
    ]
    return _join_spaced(found)


def parse_digits(written: str) -> int | None:
    """The whole number that digits write in any grouping style; None if they write none.

    A full stop or comma before exactly three digits groups them: people are not counted in
    thousandths. `1.5` and `16.11.2024` are no whole numbers.
    """
    if (
        _PLAIN.fullmatch(written) is not None
        or _GROUPED.fullmatch(written) is not None
        or _INDIAN.fullmatch(written) is not None
    ):
        return int(re.sub(r"[^0-9]", "", written))
    return None


def numeral_at(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """The longest number that begins with this lexeme."""
    if lexemes[index].text[0] in "0123456789":
        return _digits_at(lexemes, index)
    if lexemes[index].word not in _STARTS:
        return None
    return _vague_at(lexemes, index) or _dozen_at(lexemes, index) or _words_at(lexemes, index)


def _join_spaced(found: list[Lexeme]) -> list[Lexeme]:
    """Join `4`, `000` that one space parts; not after a month, where `15 300` is two numbers."""
    joined: list[Lexeme] = []
    open_group = False
    for lexeme in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and len(lexeme.text) == 3
            and lexeme.start == last.end + 1
            and _THREE.fullmatch(lexeme.text)
            and (open_group or _starts_group(joined))
            and len(last.text) < 16
        ):
            text = last.text + "\u00a0" + lexeme.text
            joined[-1] = Lexeme(last.start, lexeme.end, text, text)
            open_group = True
        else:
            joined.append(lexeme)
            open_group = False
    return joined


def _starts_group(joined: list[Lexeme]) -> bool:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", joined[-1].text):
        return False
    return len(joined) < 2 or (
        joined[-2].word not in MONTHS
        and not (joined[-2].end == joined[-1].start and not joined[-2].text.isspace())
    )


def _digits_at(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    written = lexemes[index].text
    follower = lexemes[index + 1] if index + 1 < len(lexemes) else None
    joined = follower is not None and follower.start == lexemes[index].end
    scale = 1
    if follower is not None:
        scale = (_SUFFIXES if joined else SCALES).get(follower.word, 1)
        if joined and scale == 1 and follower.text[0].isalpha():
            return None  # 40th, 7mm
    decimal = _DECIMAL.fullmatch(written)
    whole = parse_digits(written)
    value: Fraction
    if scale > 1 and decimal is not None and not (written[-4:-3] == "," and whole is not None):
        value = Fraction(f"{decimal[1]}.{decimal[2]}") * scale
    elif whole is not None:
        value = Fraction(whole * scale)
    elif decimal is not None and _word(lexemes, index + 3) in SCALES:
        value = Fraction(f"{decimal[1]}.{decimal[2]}")  # "1.5 and 2 million"
    else:
        return None
    last = index + (2 if scale > 1 else 1)
    return Numeral(index, last, value, value, False, scale)


def _word(lexemes: Sequence[Lexeme], index: int) -> str:
    return lexemes[index].word if 0 <= index < len(lexemes) else ""


def _vague_at(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """`dozens`, `hundreds of thousands`, `several hundred`, `a few thousand`: at least two."""
    word = _word(lexemes, index)
    if word in _PLURALS:
        low, last = 2 * _PLURALS[word], index + 1
        if _word(lexemes, last) == "of" and _word(lexemes, last + 1) in _PLURALS:
            low, last = low * _PLURALS[_word(lexemes, last + 1)], last + 2
        return Numeral(index, last, Fraction(low), None, True)
    at = index + 1 if word == "a" and _word(lexemes, index + 1) == "few" else index
    if _word(lexemes, at) in _FEW:
        unit = _word(lexemes, at + 1)
        scale = 12 if unit == "dozen" else SCALES.get(unit, 0)
        if scale:
            return Numeral(index, at + 2, Fraction(2 * scale), None, True)
    return None


def _dozen_at(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """`a dozen`, `two dozen`, `half a dozen`, `half a million`."""
    word, second, third = (_word(lexemes, index + offset) for offset in range(3))
    if word == "half" and second == "a" and (third == "dozen" or third in SCALES):
        value = Fraction(12 if third == "dozen" else SCALES[third], 2)
        return Numeral(index, index + 3, value, value, True)
    if second == "dozen" and (word == "a" or 0 < SMALL.get(word, 0) < 10):
        value = Fraction(12 * (1 if word == "a" else SMALL[word]))
        return Numeral(index, index + 2, value, value, True, 12)
    return None


def _words_at(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """`three hundred and twenty-five thousand`, `a hundred`, `two and a half million`."""
    total = Fraction(0)
    current = Fraction(0)
    at = index
    if _word(lexemes, at) in {"a", "one"} and _word(lexemes, at + 1) in SCALES:
        current, at = Fraction(1), at + 1
    last = index
    scale = 1
    while at < len(lexemes) and at - index < _LONGEST:
        word = _word(lexemes, at)
        if word in SMALL:
            if not _fits(current, SMALL[word]):
                break
            current += SMALL[word]
        elif word in SCALES and current:
            if SCALES[word] == 100:
                current *= 100
                scale = max(scale, 100)  # for "three to four hundred"
            else:
                total, current, scale = total + current * SCALES[word], Fraction(0), SCALES[word]
        else:
            half = _half_at(lexemes, at) if current else 0
            if half:
                current, at = current + Fraction(1, 2), at + half
                continue
            if not _joins(lexemes, at, last, index):
                break
            at += 1
            continue
        at += 1
        last = at
    if last == index:
        return None
    value = total + current
    return Numeral(index, last, value, value, False, scale)


def _fits(current: Fraction, small: int) -> bool:
    """Whether `small` may follow: `twenty` + `five`, `hundred` + `twelve`; not `two` + `three`."""
    rest = int(current) % 100
    return rest == 0 or (rest >= 20 and rest % 10 == 0 and 0 < small < 10)


def _half_at(lexemes: Sequence[Lexeme], at: int) -> int:
    words = [_word(lexemes, at + offset) for offset in range(4)]
    return 3 if words[:3] == ["and", "a", "half"] and words[3] in SCALES else 0


def _joins(lexemes: Sequence[Lexeme], at: int, last: int, index: int) -> bool:
    """Whether this lexeme joins two parts: the hyphen of `twenty-five`, `hundred and five`."""
    if at != last or last == index or _word(lexemes, at + 1) not in SMALL:
        return False
    before, word = _word(lexemes, at - 1), _word(lexemes, at)
    if word == "-":
        tens = SMALL.get(before, 0) >= 20
        return tens and 0 < SMALL[_word(lexemes, at + 1)] < 10
    return word == "and" and before in SCALES

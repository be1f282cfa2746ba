"""How long or how often: counts and units as ISO 8601 durations (`P3Y`, `PT5H30M`, `PXW`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.lexicons import load
from sayso.steps.extract.time_grammar import Phrase
from sayso.values.numerals import SMALL

_HALVES = {"Y": ("", 6, "M"), "H": ("T", 30, "M"), "M": ("T", 30, "S"), "D": ("T", 12, "H")}
"""What half a year, hour, minute or day is."""
_LARGE = {"hundred": 100, "thousand": 1000, "dozen": 12}
DateUnit = Literal["day", "week", "month", "year"]
_STEPS: dict[str, tuple[DateUnit, int]] = {
    "day": ("day", 1),
    "weekend": ("week", 1),
    "week": ("week", 1),
    "fortnight": ("week", 2),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("year", 1),
    "decade": ("year", 10),
    "century": ("year", 100),
}
_MOST = 9999


@dataclass(frozen=True)
class Length:
    """So many of a unit; `count` is None where the words leave it open (`a few years`)."""

    count: int | None
    unit: str
    half: bool = False

    @property
    def iso(self) -> str:
        """`P3Y`; `PXY` where the count is open."""
        clock, letter, each = load("times.toml")["units"][self.unit]
        if self.count is None:
            return f"P{clock}X{letter}"
        whole = f"P{clock}{self.count * each}{letter}" if self.count or not self.half else "P"
        if not self.half:
            return whole
        if each > 1:
            return f"P{self.count * each + each // 2}{letter}"
        half = None if letter == "M" and not clock else _HALVES.get(letter)
        if half is None:
            return f"P{clock}{self.count}.5{letter}"
        return f"{whole}{'' if half[0] in whole else half[0]}{half[1]}{half[2]}"

    @property
    def step(self) -> tuple[DateUnit, int] | None:
        """The length in units that dates can be moved by; None where it is open or within a day."""
        if self.count is None or self.unit not in _STEPS:
            return None
        unit, times = _STEPS[self.unit]
        return unit, self.count * times


def unit_in(phrase: Phrase) -> str | None:
    """The unit that the phrase counts in; None without one."""
    word = phrase.first("uUQ")
    if word is None:
        return None
    plural = load("times.toml")["plural_units"]
    return str(plural.get(word, word))


def length_of(phrase: Phrase) -> Length | None:
    """How long the phrase says; of a range, its first number; None without a unit."""
    unit = unit_in(phrase)
    if unit is None:
        return None
    half = phrase.has("H")
    count = _count(phrase)
    if half and count is None:
        count = 0
    return Length(count, unit, half and count is not None)


def _count(phrase: Phrase) -> int | None:
    """The first number of the phrase."""
    total: int | None = None
    article = phrase.has("a") and not phrase.has("fH")
    for word, letter in zip(phrase.words, phrase.letters, strict=True):
        if letter in "DNY":
            written = word.word.replace(",", "")
            return int(written) if written.isdecimal() else None
        if letter == "f":
            return 2 if word.word == "couple" else None
        if letter == "n":
            total = _added(total, word.word)
        elif total is not None and letter != "-":
            break
    return 1 if total is None and article else total


def _added(total: int | None, word: str) -> int:
    """A number with one more word of it read: `twenty` and `four`, `two` and `hundred`."""
    scale = _LARGE.get(word)
    if scale is not None:
        return min(_MOST, (total or 1) * scale)
    value = SMALL.get(word, 0)
    return value if total is None else min(_MOST, total + value)

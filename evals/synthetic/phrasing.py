"""Phrases out of a file: choices are made, slots filled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Literal, get_args

PhrasingName = Literal["seen", "unseen", "wider", "held"]
"""`wider` and `held` are the two halves of a third set, by their hashes: rules were tuned on the
first half and on all phrases of earlier rounds; of `held` only figures were seen."""
PHRASINGS: tuple[PhrasingName, ...] = get_args(PhrasingName)
_HERE = Path(__file__).resolve().parent
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_QUOTED = re.compile(r"<<(.*?)>>")
_NUMBERS = "zero one two three four five six seven eight nine ten".split()
_LAST_IN_WORDS = 10


@dataclass(frozen=True)
class Bounds:
    """A figure as it is told: both bounds included, None open."""

    low: int | None
    high: int | None
    approximate: bool = False

    def meets(self, other: Bounds) -> bool:
        """Whether one number can be meant by both."""
        low = max(self.low or 0, other.low or 0)
        highs = [high for high in (self.high, other.high) if high is not None]
        return not highs or low <= min(highs)


class Phrasebook:
    """One set of phrases. What is picked hangs on the generator of random numbers alone."""

    def __init__(self, name: PhrasingName) -> None:
        self.name = name
        self._phrases = _load(name)

    def pick(self, rng: Random, section: str, key: str) -> str:
        """One phrase, its choices made, its slots still open."""
        return choose(rng, rng.choice(self._phrases[section][key]))

    def section(self, section: str) -> Mapping[str, list[str]]:
        """All phrases of a section, by kind."""
        return self._phrases[section]

    def has(self, section: str, key: str) -> bool:
        """Whether there are phrases of this kind."""
        return key in self._phrases[section]

    def count(self, rng: Random, bounds: Bounds) -> str:
        """A figure in words: `between 2,000 and 3,500`, `about 40`."""
        low, high = bounds.low, bounds.high
        if low is not None and high is not None:
            style = "range" if low < high else ("about" if bounds.approximate else "exact")
        else:
            style = "most" if low is None else "least"
        small = style != "range"  # "from three to 11" is nobody's style
        slots = {"a": _number(low, small), "b": _number(high, small)}
        return fill(self.pick(rng, "counts", style), slots)


def choose(rng: Random, phrase: str) -> str:
    """The phrase with one alternative of each `[a|b]`."""
    while "[" in phrase:
        phrase = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), phrase)
    return phrase


def fill(phrase: str, slots: Mapping[str, str]) -> str:
    """The phrase with its slots filled; `{Holder}` takes the slot `holder` and a capital.

    Raises KeyError for a slot that is not given.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        return capitalised(slots[name[0].lower() + name[1:]])

    return tidy(_SLOT.sub(value, phrase))


def quoted(clause: str) -> str:
    """The clause with its speaker's own words in quotation marks."""
    return _QUOTED.sub(r"“\1”", clause)


def bare(clause: str) -> str:
    """The clause without any marks."""
    return _QUOTED.sub(r"\1", clause)


def capitalised(text: str) -> str:
    """With a capital at its head; the rest stays."""
    return text[:1].upper() + text[1:]


def tidy(text: str) -> str:
    """Commas that closed an apposition, taken away where something stronger follows."""
    text = re.sub(r",+([,.:;?])", r"\1", text)
    text = re.sub(r",\s+(?=[(“]?(?:in|on|at) a )", ", ", text)
    return re.sub(r" {2,}", " ", text).strip()


def _number(value: int | None, small: bool) -> str:
    if value is None:
        return ""
    return _NUMBERS[value] if small and value <= _LAST_IN_WORDS else f"{value:,}"


@cache
def rounds() -> dict[str, tuple[str, PhrasingName]]:
    """Of each claim and whole sentence of the third set: its round, and its half of that round."""
    made: dict[str, tuple[str, PhrasingName]] = {}
    for path in sorted(_HERE.glob("wider_*.toml")):
        book = _read(path.name)
        for phrases in (*book["claims"].values(), *book["whole"].values()):
            first, second = halves(phrases)
            made |= dict.fromkeys(first, (path.stem, "wider"))
            made |= dict.fromkeys(second, (path.stem, "held"))
    return made


@cache
def _load(name: PhrasingName) -> dict[str, dict[str, list[str]]]:
    if name in ("wider", "held"):
        return _half(name)
    return _read(f"{name}.toml")


def _half(name: PhrasingName) -> dict[str, dict[str, list[str]]]:
    """A half of the third set; sections that it lacks are those of the first set."""
    rounds = [_read(path.name) for path in sorted(_HERE.glob("wider_*.toml"))]
    phrases = {section: dict(lists) for section, lists in _load("seen").items()}
    for section in rounds[-1]:
        for key in rounds[-1][section]:
            last = halves(rounds[-1][section][key])[name == "held"]
            before = [p for lists in rounds[:-1] for p in lists.get(section, {}).get(key, ())]
            phrases[section][key] = last if name == "held" else [*before, *last]
    return phrases


def halves(phrases: Sequence[str]) -> tuple[list[str], list[str]]:
    """The phrases that rules may be tuned on, and those that are only counted: every second one in
    the order of their hashes."""
    ordered = sorted(phrases, key=lambda phrase: sha256(phrase.encode()).digest())
    return ordered[::2], ordered[1::2]


def _read(file: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_HERE / file).read_text("utf-8"))

"""Units as written: `km`, `square metres`, `US dollars`, `years old`, `$` before a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load
from sayso.values.numerals import Lexeme

_LONGEST = 5
"""Lexemes in the longest written unit (`u . s . dollars`)."""
_LONGEST_BEFORE = 5
_OPEN, _CLOSE = frozenset("[{<("), frozenset("]}>)")
_NEVER_APART = frozenset({"g", "h", "l", "v", "w", "C", "F", "t", "min", "try"})
"""Letters that are units only where they touch the number."""
_PER = frozenset({"per", "a", "an", "/"})


@dataclass(frozen=True)
class Unit:
    """A unit that ends before lexeme `last` (of one before a number: that begins with `last`)."""

    name: str
    kind: str
    last: int
    factor: int = 1
    """What the number is to be multiplied by (`MUSD`: a million)."""


@cache
def _written() -> dict[str, tuple[str, str]]:
    """By written form, its parts spaced: the unit's name and kind."""
    found: dict[str, tuple[str, str]] = {}
    for kind, units in load("units.toml").items():
        if kind in {"before", "rates"}:
            continue
        for name, forms in units.items():
            for form in (name, _plural(name), *forms):
                found.setdefault(form, (name, kind))
    return found


def _plural(name: str) -> str:
    return name if name.endswith("s") or not name[-1].isalpha() else name + "s"


@cache
def _before() -> dict[str, str]:
    return {form: name for name, forms in load("units.toml")["before"].items() for form in forms}


@cache
def _rates() -> tuple[frozenset[str], dict[str, str]]:
    rates = load("units.toml")["rates"]
    return frozenset(rates["per"]), rates["rename"]


def unit_after(words: Sequence[Lexeme], at: int) -> Unit | None:
    """The unit that begins with lexeme `at`, where a number ends; with its rate (`per hour`)."""
    if at >= len(words) or at < 1:
        return None
    start = at
    if words[at].text in _OPEN and at + 2 < len(words) and words[at + 2].text in _CLOSE:
        start = at + 1  # "20 [kg]"
    elif words[at].text in "-–" and words[at].start == words[at - 1].end:
        start = at + 1  # "3-inch", "12-cent-a-share"
        if start >= len(words) or words[start].start != words[at].end:
            spaced = words[at].start == words[at - 1].end + 1
            if not spaced:
                return None
    elif words[at].text in "-–" and at + 1 < len(words) and words[at + 1].word in _SPACED:
        start = at + 1  # "30 - year", as some corpora part it
    found = _longest(words, start)
    if found is None and _feet_before(words, at):
        return Unit("inch", "distance", start + 1)
    if found is None:
        return _scaled_code(words, start)
    last = found.last + (start == at + 1 and words[at].text in _OPEN)
    return _with_rate(words, Unit(found.name, found.kind, last))


_SPACED = frozenset({"year", "month", "week", "day", "inch", "foot", "mile", "cent"})


def _longest(words: Sequence[Lexeme], start: int) -> Unit | None:
    if start >= len(words):
        return None
    joined = words[start].start == words[start - 1].end
    for length in range(_LONGEST, 0, -1):
        if start + length > len(words):
            continue
        part = words[start : start + length]
        for form in (_spaced(part, exact=True), _spaced(part, exact=False)):
            found = _written().get(form)
            if found is None or (length == 1 and form in _NEVER_APART and not joined):
                continue
            last = start + length
            if last < len(words) and words[last].start == part[-1].end:
                after = words[last].text
                if after in "23²³" and form in {"m", "km"}:
                    area = "square " if after in "2²" else "cubic "
                    kind = "area" if after in "2²" else "volume"
                    return Unit(area + found[0], kind, last + 1)
                if after[0].isalnum():
                    continue
            return Unit(found[0], found[1], last)
    return None


def _spaced(part: Sequence[Lexeme], *, exact: bool) -> str:
    return " ".join(lexeme.text if exact else lexeme.word for lexeme in part)


def _feet_before(words: Sequence[Lexeme], at: int) -> bool:
    """`12 ft 2 in`."""
    return at > 1 and words[at].word == "in" and words[at - 2].word in {"ft", "feet", "foot"}


def _scaled_code(words: Sequence[Lexeme], at: int) -> Unit | None:
    """`30 MUSD`: millions of a currency."""
    text = words[at].text if at < len(words) else ""
    if len(text) == 4 and text.isupper() and text[0] in "MK":
        found = _written().get(text[1:].lower())
        if found is not None and found[1] == "money":
            return Unit(found[0], "money", at + 1, 1_000_000 if text[0] == "M" else 1_000)
    return None


def _with_rate(words: Sequence[Lexeme], unit: Unit) -> Unit:
    """`miles an hour`, `tons of copper a year`, `cents-a-share`."""
    if unit.kind in {"age", "duration", "temperature"}:
        return unit
    rates, renamed = _rates()
    at = unit.last
    if at < len(words) and words[at].word == "of":
        for skipped in range(at + 2, min(at + 4, len(words) - 1)):
            if words[skipped].word in _PER:
                at = skipped
                break
    at += at < len(words) and words[at].text == "-"
    if at + 1 >= len(words) or words[at].word not in _PER:
        return unit
    over = at + 1 + (words[at + 1].text == "-")
    if over >= len(words) or words[over].word not in rates:
        return unit
    if over + 1 < len(words) and words[over + 1].word in {"earlier", "ago", "before", "later"}:
        return unit
    word = words[over].word
    kind = "speed" if unit.kind == "distance" else unit.kind
    return Unit(f"{unit.name} per {renamed.get(word, word)}", kind, over + 1)


def rate_after(words: Sequence[Lexeme], at: int, unit: Unit) -> Unit:
    """A currency that stood before its number, with the rate after the number (`$ 98 a share`)."""
    return _with_rate(words, Unit(unit.name, unit.kind, at))


def money_before(words: Sequence[Lexeme], first: int, floor: int) -> Unit | None:
    """The currency that ends right before lexeme `first`; `last` is where it begins."""
    for length in range(_LONGEST_BEFORE, 0, -1):
        at = first - length
        if at < floor:
            continue
        name = _before().get(_spaced(words[at:first], exact=False))
        if name is not None and not (
            length > 1
            and words[at].word in {"a", "c", "s"}
            and (words[at].word != "c" and words[at].end != words[at + 1].start)
        ):
            return Unit(name, "money", at)
    return None

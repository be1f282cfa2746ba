"""Quotations: what stands between quotation marks, told apart from names and apostrophes.

Works on characters alone, zone by zone, in one pass. Marks are paired by their shape and by what
stands beside them, on a stack, so nested and missing marks cost nothing:

    "ISIS wants ...," Kamel said          speech
    the "Tawhid and Jihad" group          a name
    “We hit them.                         left open at the end of the zone: runs to its end
    ... is led mainly by Uzbeks," he says  never opened: runs from the start of the zone
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.records.spans import Span

Shape = Literal["open", "close", "either"]

# Pairs in use in English and the languages quoted in it. Straight marks have no direction.
_DOUBLE_OPEN = "“„«‟〝"
_DOUBLE_CLOSE = "”»〞"
_SINGLE_OPEN = "‘‚‹‛"
_SINGLE_CLOSE = "’›"
_STRAIGHT = {'"': "double", "＂": "double", "'": "single", "`": "single", "´": "single"}

_NAME_WORDS = 6
"""A quotation of at most this many words, without a stop or comma inside, may be a name."""
_WINDOW = 400
"""How far a possessive looks for the marks of its quotation, in characters."""
_SMALL_WORDS = frozenset("a an and al at by de el for from in of on or the to und von with".split())


@dataclass(frozen=True)
class Quotation:
    """What one pair of quotation marks holds."""

    inner: Span
    """The quoted characters, marks left out."""
    outer: Span
    """With the marks that are there."""
    level: int
    """0: not inside another quotation."""
    opened: bool
    """Whether there is an opening mark."""
    closed: bool
    """Whether there is a closing mark."""


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    weight: str
    """double or single"""
    shape: Shape


def find_quotations(text: str, zone: Span) -> list[Quotation]:
    """The quotations of one zone, in order of their start; outer ones before what they hold."""
    stack: list[_Mark] = []
    found: list[Quotation] = []
    for mark in _marks(text, zone):
        place = _partner(stack, mark)
        if place is None:
            if mark.shape == "close" and mark.weight == "double" and not stack:
                found.append(_never_opened(zone, mark, found))
            elif mark.shape != "close":
                stack.append(mark)
            continue
        opening = stack[place]
        del stack[place:]
        found.append(
            Quotation(
                Span(opening.end, mark.start),
                Span(opening.start, mark.end),
                level=len(stack),
                opened=True,
                closed=True,
            )
        )
    found.extend(_left_open(stack, zone))
    found.sort(key=lambda quotation: (quotation.outer.start, -quotation.outer.end))
    return _levelled(found)


def is_name(text: str, quotation: Quotation) -> bool:
    """Whether the marks hold a name or a term rather than somebody's sentence.

    True for few words without a sentence's punctuation, all of them capitalised but the small ones
    ("Tawhid and Jihad", "Khorasan Province,"), and for a single word.
    """
    inner = quotation.inner.cut(text).strip()
    words = inner.strip(" ,.;:!?…").split()
    if not words:
        return True
    if len(words) > _NAME_WORDS or any(word[-1] in ".!?;:," for word in words[:-1]):
        return False
    if len(words) == 1:
        return words[0] != words[0].lower()
    if len(words) == 2 and words[0][0].isupper() and inner[-1] not in ",.!?…":
        return True  # "Khorasan branch"
    return all(word in _SMALL_WORDS or word != word.lower() for word in words)


def _marks(text: str, zone: Span) -> Iterator[_Mark]:
    position = zone.start
    end = zone.end
    while position < end:
        character = text[position]
        if character in _DOUBLE_OPEN or character in _SINGLE_OPEN:
            weight = "double" if character in _DOUBLE_OPEN else "single"
            yield _Mark(position, position + 1, weight, _opening_shape(text, zone, position))
        elif character in _DOUBLE_CLOSE:
            yield _Mark(position, position + 1, "double", _shape(text, zone, position, 1, "close"))
        elif character in _SINGLE_CLOSE:
            if not _is_apostrophe(text, zone, position):
                yield _Mark(position, position + 1, "single", "close")
        elif text.startswith("'''", position):
            # A single and a double mark that touch: the outer one is the double.
            before, _ = _neighbours(text, zone, position, 3)
            shape: Shape = "open" if before.isspace() or before == "(" else "close"
            cut = 2 if shape == "open" else 1
            first, second = ("double", "single") if shape == "open" else ("single", "double")
            yield _Mark(position, position + cut, first, shape)
            yield _Mark(position + cut, position + 3, second, shape)
            position += 2
        elif character in _STRAIGHT:
            width = 2 if text[position : position + 2] in ("''", "``") else 1
            weight = "double" if width == 2 else _STRAIGHT[character]
            if weight == "double" or not _is_apostrophe(text, zone, position):
                shape = _shape(text, zone, position, width, None)
                yield _Mark(position, position + width, weight, shape)
            position += width - 1
        position += 1


def _neighbours(text: str, zone: Span, position: int, width: int) -> tuple[str, str]:
    before = text[position - 1] if position > zone.start else " "
    after = text[position + width] if position + width < zone.end else " "
    return before, after


def _opening_shape(text: str, zone: Span, position: int) -> Shape:
    """An opening mark behind a word closes: German writes „so“, and Swedish ”so”."""
    before, after = _neighbours(text, zone, position, 1)
    return "either" if not before.isspace() and not after.isalnum() else "open"


def _shape(text: str, zone: Span, position: int, width: int, curled: Shape | None) -> Shape:
    """How a mark may be used, from the characters beside it.

    A closing curly mark that begins a word is taken for an opening one: typists do that, and so do
    German and Swedish houses.
    """
    before, after = _neighbours(text, zone, position, width)
    opens = (before.isspace() or before in "([{—–-/“‘\"'") and not after.isspace()
    closes = not before.isspace() and not (after.isalnum() and before.isspace())
    if curled == "close":
        return "either" if opens and before.isspace() and after.isalnum() else "close"
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close" if not after.isalnum() else "either"
    return "either"


def _is_apostrophe(text: str, zone: Span, position: int) -> bool:
    """Whether a single mark at `position` belongs to a word (`don't`, `forces'`, `'90s`)."""
    before, after = _neighbours(text, zone, position, 1)
    if before.isalnum() and after.isalnum():
        return True
    if after.isdigit() and not before.isalnum():
        return True
    # A plural possessive looks like a closing mark; it is one only if a single mark is open, and
    # the pairing below cannot tell a word from a quotation, so look back for an opening one.
    if before in "sS" and after.isspace():
        return not _single_open(text, zone, position) or _closed_later(text, zone, position)
    return False


def _single_open(text: str, zone: Span, position: int) -> bool:
    """Whether a single opening mark stands before `position`, near enough to be its partner."""
    window = text[max(zone.start, position - _WINDOW) : position]
    for index in range(len(window) - 1, -1, -1):
        character = window[index]
        if character in _SINGLE_OPEN:
            return True
        if character in "'`" and (
            index == 0 or window[index - 1].isspace() or window[index - 1] in '(“"'
        ):
            return index + 1 < len(window) and not window[index + 1].isspace()
        if character in "’'" and index and not window[index - 1].isalnum():
            return False
    return False


def _closed_later(text: str, zone: Span, position: int) -> bool:
    """Whether a single mark that plainly closes (behind a comma or stop) comes before the next
    one that opens: then the mark at `position` is a possessive inside the quotation."""
    for index in range(position + 1, min(zone.end, position + _WINDOW)):
        character = text[index]
        if character in _SINGLE_OPEN:
            return False
        if character in "'’":
            before, after = _neighbours(text, zone, index, 1)
            if before in ",.?!…":
                return True
            if before.isspace() and after.isalnum():
                return False
    return False


def _partner(stack: Sequence[_Mark], mark: _Mark) -> int | None:
    """The place on the stack of the opening mark that `mark` closes; None if it opens."""
    if mark.shape == "open":
        return None
    for place in range(len(stack) - 1, max(len(stack) - 5, -1), -1):
        if stack[place].weight != mark.weight:
            continue
        # An undirected mark right behind an opening one opens a quotation inside it.
        if mark.shape == "either" and stack[place].end == mark.start:
            return None
        return place
    return None


def _never_opened(zone: Span, mark: _Mark, found: list[Quotation]) -> Quotation:
    """The quotation that `mark` closes although nothing opened it."""
    inner = Span(zone.start, mark.start)
    return Quotation(inner, Span(zone.start, mark.end), level=0, opened=False, closed=True)


def _left_open(stack: Sequence[_Mark], zone: Span) -> Iterator[Quotation]:
    for level, mark in enumerate(stack):
        if mark.weight == "single":  # far likelier an apostrophe than a quotation left open
            continue
        yield Quotation(
            Span(mark.end, zone.end),
            Span(mark.start, zone.end),
            level=level,
            opened=True,
            closed=False,
        )


def _levelled(found: list[Quotation]) -> list[Quotation]:
    """The same quotations with their level counted by what really holds them."""
    levelled: list[Quotation] = []
    ends: list[int] = []
    for quotation in found:
        while ends and ends[-1] <= quotation.outer.start:
            ends.pop()
        levelled.append(
            Quotation(
                quotation.inner,
                quotation.outer,
                level=len(ends),
                opened=quotation.opened,
                closed=quotation.closed,
            )
        )
        ends.append(quotation.outer.end)
    return levelled

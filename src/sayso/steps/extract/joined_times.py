"""Expressions that belong together: a clock time and its day, the ends of a range, and the
preposition that opens an interval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.steps.extract.time_readings import FoundTime, Reading
from sayso.values.dates import format_interval, is_edtf

_BEFORE = re.compile(r"(?i)(?:^|(?<=\W))(?P<word>since|until|till|before|after|by)\s(?:the\s)?$")
_REACH = 12
"""Characters before an expression in which its preposition is looked for."""
_JOINS = {" and ": "between", " to ": "from", " until ": "from", "-": "", "–": ""}
_BESIDE = frozenset({" ", " on ", ", ", " at ", " of "})
_DATED = frozenset({"day", "weekday", "deictic"})
_CLOCKS = frozenset({"clock", "partday"})
_CLOSED = frozenset({"range", "nine", "ago", "duration", "set", "weekly", "plural", "span"})


def joined(text: str, found: Sequence[FoundTime], floor: int) -> Iterator[FoundTime]:
    """The expressions of a paragraph that begins at `floor`, what belongs together as one."""
    pending: FoundTime | None = None
    for one in found:
        if pending is None:
            pending = one
            continue
        both = _timed(text, pending, one) or _range(text, pending, one)
        if both is not None:
            pending = both
        else:
            if not _bare(text, pending):
                yield _opened(text, pending, floor)
            pending = one
    if pending is not None and not _bare(text, pending):
        yield _opened(text, pending, floor)


def _bare(text: str, found: FoundTime) -> bool:
    """Whether it is a part of the day that says no time of its own ("good evening")."""
    words = text[found.start : found.end]
    return found.kind == "partday" and " " not in words and ":" not in (found.reading.clock or "")


def _timed(text: str, first: FoundTime, second: FoundTime) -> FoundTime | None:
    """`10 p.m. Wednesday`, `Thursday at noon`: the day with its time of day."""
    if text[first.end : second.start] not in _BESIDE:
        return None
    kinds = {first.kind, second.kind}
    if not (kinds & _DATED and kinds & _CLOCKS):
        return None
    dated, timed = (first, second) if first.kind in _DATED else (second, first)
    if dated.reading.clock is not None:
        return None
    reading = dated.reading._replace(kind="time", clock=timed.reading.clock)
    return FoundTime(first.start, second.end, dated.kind, reading)


def _range(text: str, first: FoundTime, second: FoundTime) -> FoundTime | None:
    """`between 2019 and 2022`, `from March 3 to March 5`, `2022 and 2023`, as one interval."""
    joint = text[first.end : second.start]
    if joint not in _JOINS:
        return None
    first = _sharing_year(first, second)
    a, b = first.reading.value, second.reading.value
    if a is None or b is None or "/" in a or "/" in b or a >= b:
        return None
    opener = _JOINS[joint]
    before = text[max(0, first.start - len(opener) - 1) : first.start].lower()
    opened = bool(opener) and before == f"{opener} "
    neighbours = len(a) == len(b) == 4 and a.isdigit() and b.isdigit() and int(b) - int(a) == 1
    if not is_edtf(f"{a}/{b}"):  # "the first quarter to March" may end before it begins
        return None
    if not (opened or (not opener and len(a) == len(b)) or (joint == " and " and neighbours)):
        return None
    start = first.start - len(opener) - 1 if opened else first.start
    anchor = first.reading.anchor or second.reading.anchor
    return FoundTime(start, second.end, "range", Reading(f"{a}/{b}", anchor))


def _sharing_year(first: FoundTime, second: FoundTime) -> FoundTime:
    """The first with the year of the second: of "March and June 2022" both are of that year."""
    a, b = first.reading.value, second.reading.value
    shared = first.reading.anchor is not None and second.reading.anchor is None
    if a is None or b is None or not shared or {first.kind, second.kind} - {"day", "month"}:
        return first
    value = f"{int(b[:4]) - (a[4:] > b[4:]):04d}{a[4:]}"
    return first._replace(reading=first.reading._replace(value=value, anchor=None))


def _opened(text: str, found: FoundTime, floor: int) -> FoundTime:
    """`since August 15, 2021`: the preposition makes an open interval and belongs to the words."""
    match = _BEFORE.search(text[max(floor, found.start - _REACH) : found.start])
    value = found.reading.value
    if match is None or found.kind in _CLOSED:
        return found
    if value is not None:
        first, _, last = value.partition("/")
        word = match["word"].lower()
        if word in {"since", "after"}:
            value = format_interval((last or first) if word == "after" else first, None)
        else:
            value = format_interval(None, first if word == "before" else last or first)
    start = found.start - len(match[0])
    return FoundTime(start, found.end, found.kind, found.reading._replace(value=value))

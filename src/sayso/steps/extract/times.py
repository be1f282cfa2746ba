"""Time expressions and what they mean in EDTF.

Words that need a day to stand on (`Wednesday`, `last July`, `December 11`) are read against the
dateline's date or the publication date, and say so in `anchor`. Where the report gives neither,
their value is None. A missing time is never filled from the publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sayso.records.analyses import Analysis
from sayso.records.findings import Time
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.anchors import Anchor, anchor_of
from sayso.steps.extract.calendar import Reading, Resolver
from sayso.values.dates import format_interval

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9]|[.,][0-9]|%)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]|[.,][0-9]|-[a-z])"
_COUNT = (
    r"(?:[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty|fifty|few|a\ few|several|couple\ of|a\ couple\ of)"
)
_UNIT = r"(?:day|week|month|year|decade)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_EXPRESSION = re.compile(
    rf"""
    (?P<iso>(?<![0-9-])[12][0-9]{{3}}-[01][0-9]-[0-3][0-9](?![0-9-]))
  | (?P<numeric>(?<![0-9./])[0-3]?[0-9][./][01]?[0-9][./](?:19|20)[0-9]{{2}}(?![0-9]))
  | (?P<mdy>(?:\b{_WEEKDAY},?\s)?\b{_MONTH}\s{_DAY}(?:\s?[-–]\s?{_DAY})?(?:,?\s{_YEAR})?)
  | (?P<dmy>(?:\b{_WEEKDAY},?\s)?(?:the\s)?\b{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?)
  | (?P<season>\b(?:(?i:last|this|next)\s{_SEASON}|{_SEASON}\s(?:of\s)?{_YEAR})\b)
  | (?P<month>(?:\b(?i:early|late|mid|last|this|next|past)[\s-])?\b{_MONTH}
      (?:,?\s(?:of\s)?{_YEAR})?)
  | (?P<weekday>(?:\b(?i:last|this|next|past)\s)?\b{_WEEKDAY}\b)
  | (?P<span>\b(?i:(?:the\s)?(?:past|last|next|previous|coming)\s{_COUNT}\s{_UNIT}s?)\b)
  | (?P<unit>\b(?i:(?:last|this|next|past|previous)\s(?:{_UNIT}|weekend|night|morning|evening))\b)
  | (?P<recent>\b(?i:recent\s{_UNIT}s)\b)
  | (?P<after>\b(?i:{_COUNT}\s{_UNIT}s?\safter\s9/11)\b)
  | (?P<ago>\b(?i:{_COUNT}\s{_UNIT}s?\sago)\b)
  | (?P<deictic>\b(?i:yesterday|today|tonight|tomorrow)\b)
  | (?P<decade>\b(?:the\s)?(?:19|20)[0-9]0s\b)
  | (?P<year>(?<![0-9A-Za-z.,/:#$€£-])(?:19|20)[0-9]{{2}}(?![0-9A-Za-z%/:-]|[.,][0-9]))
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?i)(?:^|(?<=\W))(?P<word>since|until|till|before|after|by)\s(?:the\s)?$")
_REACH = 12
"""Characters before an expression in which its preposition is looked for."""
_MONTH_NEEDS = re.compile(
    r"(?i)(?:^|(?<=\W))(?:in|since|until|till|by|during|before|after|of|from|to|between|and|"
    r"early|late|mid|throughout)[\s-]$"
)
_YEAR_NEEDS = re.compile(
    r"(?i)(?:^|(?<=\W))(?:in|since|until|till|by|during|before|after|from|to|between|and|early|late|"
    r"mid|year|throughout|the|end\sof|start\sof|beginning\sof|half\sof|middle\sof|late\sin)[\s-]$"
)
_JOINS = {" and ": "between", " to ": "from", " until ": "from", "-": "", "–": ""}


class _Found(NamedTuple):
    start: int
    end: int
    kind: str
    reading: Reading


@dataclass(frozen=True)
class _Zone:
    """One parse and its text."""

    text: str
    parse: Parse
    resolver: Resolver


def find_times(analysis: Analysis) -> list[Time]:
    """The time expressions of the parsed zones, in order, without overlaps; linear in the text."""
    anchor = anchor_of(analysis.document)
    times: list[Time] = []
    for parse in analysis.parses:
        zone = _Zone(analysis.text, parse, Resolver(anchor))
        times.extend(_to_time(zone.text, found, anchor) for found in _joined(zone))
    return times


def _to_time(text: str, found: _Found, anchor: Anchor | None) -> Time:
    value, anchored, own = found.reading
    label = own if own is not None else (anchor.label if anchor and anchored else None)
    return Time(
        span=Span(found.start, found.end),
        quote=text[found.start : found.end],
        value=value,
        anchor=label if value is not None else None,
    )


def _joined(zone: _Zone) -> Iterator[_Found]:
    """The expressions, ranges of two joined into one, prepositions that open an end taken in."""
    pending: _Found | None = None
    for found in _single(zone):
        if pending is None:
            pending = found
            continue
        both = _range(zone.text, pending, found)
        if both is not None:
            pending = both
        else:
            yield _opened(zone.text, pending, zone.parse.zone.span.start)
            pending = found
    if pending is not None:
        yield _opened(zone.text, pending, zone.parse.zone.span.start)


def _single(zone: _Zone) -> Iterator[_Found]:
    span = Span(zone.parse.starts[0], zone.parse.ends[-1]) if len(zone.parse) else Span(0, 0)
    for match in _EXPRESSION.finditer(zone.text, span.start, span.end):
        kind = match.lastgroup or ""
        if not _stands(zone, match, kind):
            continue
        reading = zone.resolver.read(kind, match[0], future=_is_future(zone.parse, match.start()))
        yield _Found(match.start(), match.end(), kind, reading)


def _stands(zone: _Zone, match: re.Match[str], kind: str) -> bool:
    """Whether words that are not always a time (`May`, `March`, `2015`) are one here."""
    if kind not in {"month", "year"}:
        return True
    before = zone.text[max(zone.parse.zone.span.start, match.start() - _REACH) : match.start()]
    if kind == "month":
        bare = match[0].isalpha()
        return not bare or (
            (len(match[0]) > 3 or match[0] == "May") and bool(_MONTH_NEEDS.search(before))
        )
    if not _YEAR_NEEDS.search(before) and match.start() != zone.parse.zone.span.start:
        return False
    first, last = zone.parse.tokens_in(Span(match.start(), match.end()))
    if first == last:
        return False
    head = zone.parse.heads[first]
    counts = zone.parse.deps[first] == "nummod" and zone.parse.tags[head] in {"NNS", "NNPS"}
    return not (counts and head > first)


def _is_future(parse: Parse, position: int) -> bool:
    """Whether the verb that this place hangs on speaks of what is to come."""
    first, last = parse.tokens_in(Span(position, position + 1))
    if first == last:
        return False
    index = first
    for _ in range(12):
        if parse.pos[index] in {"VERB", "AUX"}:
            words = {parse.words[kid].lower() for kid in parse.children[index]}
            return bool(words & {"will", "shall", "'ll", "’ll"}) or {"to", "be"} <= words
        if parse.heads[index] == index:
            return False
        index = parse.heads[index]
    return False


def _range(text: str, first: _Found, second: _Found) -> _Found | None:
    """`between 2019 and 2022`, `from March 3 to March 5`, `2022 and 2023`, as one interval."""
    joint = text[first.end : second.start]
    if joint not in _JOINS:
        return None
    a, b = first.reading.value, second.reading.value
    if a is None or b is None or "/" in a or "/" in b:
        return None
    opener = _JOINS[joint]
    before = text[max(0, first.start - len(opener) - 1) : first.start].lower()
    opened = bool(opener) and before == f"{opener} "
    neighbours = len(a) == len(b) == 4 and a.isdigit() and b.isdigit() and int(b) - int(a) == 1
    if not (opened or (not opener and len(a) == len(b)) or (joint == " and " and neighbours)):
        return None
    if a >= b:
        return None
    start = first.start - len(opener) - 1 if opened else first.start
    anchored = first.reading.anchored or second.reading.anchored
    return _Found(start, second.end, "range", Reading(f"{a}/{b}", anchored))


def _opened(text: str, found: _Found, floor: int) -> _Found:
    """`since August 15, 2021`: the preposition makes an open interval and belongs to the words."""
    match = _BEFORE.search(text[max(floor, found.start - _REACH) : found.start])
    value = found.reading.value
    if match is None or found.kind in {"range", "after", "ago"}:
        return found
    if value is not None:
        if "/" in value:
            first, last = value.split("/")
        else:
            first = last = value
        if match["word"].lower() in {"since", "after"}:
            value = format_interval(last if match["word"].lower() == "after" else first, None)
        else:
            value = format_interval(None, last if match["word"].lower() != "before" else first)
    start = found.start - len(match[0])
    return _Found(start, found.end, found.kind, found.reading._replace(value=value))

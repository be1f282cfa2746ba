"""What is glued to a paragraph without a line break: a dateline before it, notices after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sayso.records.documents import Dateline, Zone
from sayso.records.spans import Span
from sayso.steps.clean.dateline import find_dateline
from sayso.steps.clean.wording import wording

_REACH = 600
"""A notice is looked for in this many code points at a paragraph's end."""
_DATELINES = 4
"""A dateline in capitals may begin any of this many first paragraphs of the body."""


_SITE_LINE = re.compile(r"(?:[^\W\d]\w*\s+){1,5}[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,10}\s*")
"""A last line of a few words and a site's name, in any language: "Leia mais em basin.example"."""

_BOUNDARY = re.compile(r"[.!?…”\"'’»)\]]\s{0,3}(?=[\w(©])")


def split_body(text: str, zones: list[Zone]) -> tuple[list[Zone], Dateline | None]:
    """The zones with datelines and glued notices cut off the body; the report's dateline."""
    found: list[Zone] = []
    dateline: Dateline | None = None
    seen = 0
    for zone in zones:
        if zone.kind == "dateline" and dateline is None:
            dateline = _whole(text, zone.span)
        if zone.kind != "body":
            found.append(zone)
            continue
        span = zone.span
        place = _dateline_of(text, span, seen, known=dateline is not None)
        seen += 1
        if place is not None:
            dateline = dateline or place
            found.append(Zone("dateline", place.span))
            span = _trim(text, place.span.end, span.end)
        found.extend(_without_tails(text, span))
    if (
        len(found) > 1
        and found[-1].kind == "body"
        and _SITE_LINE.fullmatch(found[-1].span.cut(text))
    ):
        found[-1] = Zone("notice", found[-1].span)
    return found, dateline


def _whole(text: str, span: Span) -> Dateline:
    found = find_dateline(text, span.start, span.end)
    return found or Dateline(span, span.cut(text), span.cut(text).strip(" -–—:."))


def _dateline_of(text: str, span: Span, seen: int, *, known: bool) -> Dateline | None:
    early = seen < _DATELINES and not known
    found = find_dateline(text, span.start, span.end, first=early)
    if found is not None and seen and early:
        place = (found.place or "").split(",")[0]
        return found if place.isupper() else None
    return found


def _without_tails(text: str, span: Span) -> Iterator[Zone]:
    notices: list[Zone] = []
    end = span.end
    while len(notices) < 4:
        low = max(span.start, end - _REACH)
        start = _tail_start(text, low, end)
        if start is None:
            break
        notices.append(Zone("notice", _trim(text, start, end)))
        end = start
        if not text[span.start : end].strip():
            break
    body = _trim(text, span.start, end)
    if len(body):
        yield Zone("body", body)
    yield from reversed(notices)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    bare = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, first + len(bare)) if bare else Span(end, end)


def _tail_start(text: str, low: int, end: int) -> int | None:
    """Where the notice begins that runs from the end of a sentence to `end`."""
    pattern = _tail()
    for boundary in _BOUNDARY.finditer(text, low, end):
        if pattern.match(text, boundary.end(), end):
            return boundary.end()
    return None


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(wording().tail.pattern, re.IGNORECASE | re.DOTALL)

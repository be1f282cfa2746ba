"""Which outlet a page belongs to, and which outlet published the report first, as the page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sayso.records.documents import Evidence, Published, Zone
from sayso.records.spans import Span
from sayso.steps.clean.header import is_date_line
from sayso.steps.clean.stated_dates import path_date, stated_date
from sayso.steps.clean.wording import table

_NUMBER = re.compile(r"\b(?:19|20)\d\d-(?P<month>\d\d)-[A-Z]{1,3}[-–]\d{2,4}\b")
"""`2031-08-S-052`: the number of a release, after its year and month."""
_LONGEST_HEAD = 800
"""Code points from the start within which a release bears its number."""
_LABELLED = re.compile(
    r"\s*(?:published|posted|publication date|date|first published|created|опубликовано|дата)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S{1,500}")
_LONGEST = 1000


def stated_origin(text: str, zones: Sequence[Zone]) -> Evidence | None:
    """The first publisher that a notice names."""
    return _named(text, zones, "origin")


def stated_outlet(text: str, zones: Sequence[Zone]) -> Evidence | None:
    """The outlet that a copyright line or a link to the page itself names."""
    return _named(text, zones, "outlet")


def stated_publication(text: str, zones: Sequence[Zone]) -> Published:
    """The date of a date line above the body, of a line that says so, or of the page's address.

    Dates among the related links are other pages' dates.
    """
    labelled = above = None
    body_seen = False
    for zone in zones:
        body_seen = body_seen or zone.kind == "body"
        alone = zone.kind == "dateline" and text[zone.span.end : zone.span.end + 1] == "\n"
        if not (alone or zone.kind in ("notice", "byline")) or len(zone.span) > _LONGEST:
            continue
        line = zone.span.cut(text)
        if labelled is None and _LABELLED.match(line):
            labelled = _dated(zone.span, line)
        elif above is None and (
            alone or (not body_seen and (is_date_line(line) or zone.kind == "byline"))
        ):
            above = _dated(zone.span, line)
    return labelled or above or _from_address(text, zones) or _from_number(text)


def _named(text: str, zones: Sequence[Zone], what: str) -> Evidence | None:
    for pattern in _patterns(what):
        for zone in zones:
            if zone.kind != "notice" or len(zone.span) > _LONGEST:
                continue
            found = pattern.search(zone.span.cut(text))
            if found is None:
                continue
            low, high = found.span("name")
            name = text[zone.span.start + low : zone.span.start + high]
            start = zone.span.start + low
            return Evidence("text", name.rstrip(), Span(start, start + len(name.rstrip())))
    return None


def _dated(zone: Span, line: str) -> Published | None:
    found = stated_date(line)
    if found is None:
        return None
    value, low, high = found
    return Published(value, "text", line[low:high], Span(zone.start + low, zone.start + high))


def _from_number(text: str) -> Published:
    """The year and month that a press office's number of a release begins with."""
    found = _NUMBER.search(text, 0, _LONGEST_HEAD)
    if found is None or not 1 <= int(found["month"]) <= 12:
        return Published()
    low, high = found.start(), found.end("month")
    return Published(text[low:high], "text", text[low:high], Span(low, high))


def _from_address(text: str, zones: Sequence[Zone]) -> Published | None:
    for zone in zones:
        if zone.kind != "notice":
            continue
        address = _ADDRESS.search(text, zone.span.start, min(zone.span.end, zone.span.start + 600))
        found = path_date(address.group()) if address else None
        if found is not None:
            return Published(found[0], "url", found[1])
    return None


@cache
def _patterns(what: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("origin.toml")[what]["patterns"])

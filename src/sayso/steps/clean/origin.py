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
        if zone.kind not in ("notice", "byline") or len(zone.span) > _LONGEST:
            continue
        line = zone.span.cut(text)
        if labelled is None and _LABELLED.match(line):
            labelled = _dated(zone.span, line)
        elif above is None and not body_seen and (is_date_line(line) or zone.kind == "byline"):
            above = _dated(zone.span, line)
    return labelled or above or _from_address(text, zones)


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


def _from_address(text: str, zones: Sequence[Zone]) -> Published:
    for zone in zones:
        if zone.kind != "notice":
            continue
        address = _ADDRESS.search(text, zone.span.start, min(zone.span.end, zone.span.start + 600))
        found = path_date(address.group()) if address else None
        if found is not None:
            return Published(found[0], "url", found[1])
    return Published()


@cache
def _patterns(what: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in table("origin.toml")[what]["patterns"])

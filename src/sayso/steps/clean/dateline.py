"""Where, when and by which agency a report was filed, as its first words say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.records.documents import Dateline
from sayso.records.spans import Span
from sayso.steps.clean.stated_dates import MONTH_DAY
from sayso.steps.clean.wording import table

_REACH = 120
"""A dateline is no longer than this, in code points."""
_SEPARATOR = re.compile(
    r"\s?/[^/\n]{2,40}/\.?\s?(?:[-–—]{1,2}(?=\s)|:)?"  # . /TASS/.
    r"|\s?(?:--|[—–])\s?|\s-\s|:(?=\s)|(?<=[\])])(?:\s|$)"
)
_AGENCY = re.compile(r"[(\[/]([^()\[\]/]{2,40})[)\]/]")
_DATE = re.compile(
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?{MONTH_DAY}(?:,?\s(?:19|20)\d\d)?"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"([^.:\n]{2,30})[.:](?=\s)")
"""`ВЕЛЬМ, 3 мар — РИА Новости.`: the agency after the dash."""
_PLACE_WORD = re.compile(r"[^\W\d_][\w.'’-]*$")
_SMALL = frozenset("of the and de la el al ul i y".split())


@dataclass(frozen=True, slots=True)
class _Parts:
    place: str | None
    date: str | None
    agency: str | None
    strict: bool
    """Whether the form alone says that it is a dateline, wherever it stands."""


def find_dateline(text: str, start: int, end: int, *, first: bool = True) -> Dateline | None:
    """The dateline that a paragraph begins with.

    Only the strict form (a place in capitals with a date or an agency) counts where the paragraph
    is not the report's `first`.
    """
    head = text[start : min(end, start + _REACH)]
    for separator in _SEPARATOR.finditer(head):
        prefix = head[: separator.end()].rstrip()
        parts = _parts(prefix, separator.group())
        after = text[start + separator.end() : end].lstrip()[:1]
        if parts is None or not _begins_sentence(after, whole=separator.end() >= end - start):
            continue
        if parts.strict or first:
            stop, agency = start + len(prefix), parts.agency
            named = _NAMED_AFTER.match(text, start + separator.end(), end)
            if named is not None and named.group(1).casefold() in _agencies():
                stop, agency = named.end(), agency or named.group(1)
            span = Span(start, stop)
            return Dateline(span, span.cut(text), parts.place, parts.date, agency)
    return None


def _begins_sentence(character: str, *, whole: bool) -> bool:
    if not character:
        return whole
    return character.isupper() or character.isdigit() or not character.isalpha()


def _parts(prefix: str, separator: str) -> _Parts | None:
    agency = date = None
    rest = prefix.rstrip(" -–—:.")
    named = _AGENCY.search(rest)
    if named is not None:
        agency = named.group(1).strip()
        rest = f"{rest[: named.start()]} {rest[named.end() :]}"
        if _DATE.fullmatch(agency):
            agency, date = None, agency
    dated = _DATE.search(rest)
    if dated is not None:
        date = dated.group().strip().rstrip(".")
        rest = f"{rest[: dated.start()]},{rest[dated.end() :]}"
    rest = rest.strip(" ,.;:-–—")
    last = rest.rpartition(",")[2].strip()
    if agency is None and last and last.casefold() in _agencies():
        agency, rest = last, rest.rpartition(",")[0].strip(" ,.")
    if not rest:
        return _Parts(None, date, agency, False) if agency and date else None
    return _placed(rest, date, agency, separator)


def _placed(rest: str, date: str | None, agency: str | None, separator: str) -> _Parts | None:
    if rest.upper() in _not_places() or not _is_place(rest):
        return None
    head = re.split(r"[,/.]", rest)[0].strip()
    capitals = head.isupper() and len(head) > 2
    supported = date is not None or agency is not None
    if rest.casefold() in _agencies() and not supported:
        return _Parts(None, None, rest, False)
    if not (capitals or supported or separator.strip() in ("--", "—", "–")):
        return None
    place = f"{rest}." if re.search(r"\.\w$", rest) else rest  # the stop of `D.C.`
    return _Parts(place, date, agency, capitals and supported)


def _is_place(rest: str) -> bool:
    words = re.split(r"[\s,/]+", rest)
    if not 1 <= len(words) <= 6 or len(rest) > 60:
        return False
    for word in words:
        if word.lower() in _SMALL:
            continue
        if _PLACE_WORD.match(word) is None or not word[0].isupper():
            return False
    return True


@cache
def _agencies() -> frozenset[str]:
    return frozenset(name.casefold() for name in table("agencies.toml")["agencies"])


@cache
def _not_places() -> frozenset[str]:
    return frozenset(table("agencies.toml")["not_places"])

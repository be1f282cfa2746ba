"""The day of the operation that a release tells of."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sayso.export.codebooks.isaf_people import is_of
from sayso.lexicons import load
from sayso.records.documents import Document
from sayso.records.readings import Reading
from sayso.values.numerals import MONTHS

_DATE_IN_TITLE = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:,? (20\d\d))?\b")
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_BEFORE_TODAY = frozenset({"yesterday", "last night", "overnight"})
_RELATIVE = re.compile(
    r"\b(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|yesterday|last night|overnight|today|this morning|tonight)\b(?!['’]s)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def start_date(reading: Reading) -> str | None:
    """The day of the first killing or capture that has one, or the day that the first words of
    time in the release name, or that of the release."""
    released = release_date(reading.document)
    operations = [
        claim
        for claim in reading.claims
        if claim.kind == "event" and (is_of(claim, "killed") or is_of(claim, "captured"))
    ]
    for claim in operations:
        if claim.time is not None and claim.polarity == "positive":
            day = _day(claim.time.value) or _relative(claim.time.quote, released)
            if day is not None:
                return day
    return _relative(body_of(reading.document).partition("\n")[2], released) or released


def in_data(day: str | None) -> str | None:
    """The day that the data set writes for this one: a day before it in the months that the code
    book's file lists (`dated_a_day_early`)."""
    if day is None:
        return None
    before = str(date.fromisoformat(day) - timedelta(1))
    early = load("codebook_isaf.toml")["dating"]["dated_a_day_early"]
    return before if day[:7] in early else day


def _relative(words: str, released: str | None) -> str | None:
    """The day that "last night" or "Tuesday" is in a release of this day; that of an "overnight
    operation" only where nothing else is said."""
    every = list(_RELATIVE.finditer(words.lower()))
    found = next((one for one in every if one[0] != "overnight"), every[0] if every else None)
    if released is None or found is None:
        return None
    day = date.fromisoformat(released)
    weekday = found.group("weekday")
    if weekday is not None:
        return str(day - timedelta((day.weekday() - _WEEKDAYS.index(weekday)) % 7))
    return str(day - timedelta(found[0] in _BEFORE_TODAY))


def _day(value: str | None) -> str | None:
    first = (value or "").split("/")[0]
    return first if re.fullmatch(r"\d{4}-\d\d-\d\d", first) else None


def release_date(document: Document) -> str | None:
    """The day of the release: by its dateline, its publication or its title."""
    known = document.published.value
    if document.dateline is not None and document.dateline.date:
        day = _written(document.dateline.date, known)
        if day is not None:
            return day
    return _day(known) or _written(document.title or "", known)


def _written(words: str, known: str | None) -> str | None:
    for found in _DATE_IN_TITLE.finditer(words):
        year = found[3] or (_YEAR.match(known or "") or [None])[0]
        month = MONTHS.get(found[1].lower())
        if not year or month is None:
            continue
        try:
            return str(date(int(year), month, int(found[2])))
        except ValueError:
            continue
    return None


def body_of(document: Document) -> str:
    """The title and all of the text after the dateline, lower case."""
    start = document.dateline.span.end if document.dateline is not None else 0
    return f"{document.title or ''}\n{document.text[start:]}".lower()

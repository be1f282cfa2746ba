"""The day that a report's time words stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.records.documents import Document
from sayso.values.dates import Period, parse_edtf
from sayso.values.numerals import MONTHS

_LATE = timedelta(days=14)


@dataclass(frozen=True)
class Anchor:
    """The time that relative words are read against."""

    label: str
    """`published:2019-12-18` or `dateline:September 15`."""
    period: Period

    @property
    def day(self) -> date | None:
        """The day itself; None where only its month is known."""
        return self.period.latest if self.period.precision == "day" else None

    @property
    def month(self) -> tuple[int, int] | None:
        """Year and month; None where only the year is known."""
        if self.period.latest is None or self.period.precision not in {"day", "month"}:
            return None
        return self.period.latest.year, self.period.latest.month


def anchor_of(document: Document) -> Anchor | None:
    """The dateline's date where its year is known, else the publication date, else None."""
    published = _published(document)
    dated = document.dateline.date if document.dateline is not None else None
    if dated:
        day = _dateline_day(dated, published)
        if day is not None:
            return Anchor(f"dateline:{dated}", Period(day, day, "day"))
    return published


def _published(document: Document) -> Anchor | None:
    value = document.published.value
    if value is None:
        return None
    try:
        period = parse_edtf(value)
    except ValueError:
        return None
    if period.precision not in {"day", "month", "year"}:
        return None
    return Anchor(f"published:{value}", period)


def _dateline_day(words: str, published: Anchor | None) -> date | None:
    """The day that a dateline names; its year, if not written, is that of the publication."""
    lowered = words.lower()
    month = next((MONTHS[w] for w in re.findall(r"[a-z]+", lowered) if w in MONTHS), None)
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", lowered)[:3]]
    day = next((number for number in numbers if 1 <= number <= 31), None)
    year = next((number for number in numbers if number >= 1000), None)
    if month is None or day is None:
        return None
    try:
        if year is not None:
            return date(year, month, day)
        if published is None or published.month is None or published.period.latest is None:
            return None
        last = published.period.latest
        this_year = date(last.year, month, day)
        # A release numbered by its month may be filed a few days into the next.
        late = _LATE if published.period.precision == "month" else timedelta(0)
        return this_year if this_year <= last + late else date(last.year - 1, month, day)
    except ValueError:
        return None

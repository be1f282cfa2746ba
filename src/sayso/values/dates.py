"""Dates in EDTF, the Library of Congress's Extended Date/Time Format, levels 0 and 1 without times.

Read: `2019`, `2019-12`, `2019-12-18`, seasons (`2019-21` spring to `2019-24` winter), unspecified
quarters (`2019-33` to `2019-36`) and halves (`2019-40`, `2019-41`) of level 2, unspecified
digits (`201X`, `20XX`, `2019-XX`, `2019-12-XX`), qualifiers (`?`, `~`, `%`) and intervals
(`2022/2023`, `2021-08-15/..`, `../2019`). A date keeps its precision: `2021` is never 1 January.

Source: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal[
    "day", "month", "season", "quarter", "half", "year", "decade", "century", "interval"
]

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)"
    r"(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%]?)"
)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12, 33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}
"""EDTF's numbers of seasons, quarters and halves, and the month each begins in; seasons as in the
northern hemisphere."""


@dataclass(frozen=True)
class Period:
    """The days an EDTF value may mean, both included; None where open or unknown."""

    earliest: date | None
    latest: date | None
    precision: Precision

    def overlaps(self, other: Period) -> bool:
        """Whether some day lies in both."""
        return not (_before(self.latest, other.earliest) or _before(other.latest, self.earliest))

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` lies in this."""
        from_start = self.earliest is None or (
            other.earliest is not None and self.earliest <= other.earliest
        )
        to_end = self.latest is None or (other.latest is not None and other.latest <= self.latest)
        return from_start and to_end


def parse_edtf(value: str) -> Period:
    """The days that an EDTF value covers. Raises ValueError for what this subset cannot read."""
    if "/" not in value:
        return _parse_date(value)
    first, _, last = value.partition("/")
    start = _parse_date(first).earliest if first not in {"", ".."} else None
    end = _parse_date(last).latest if last not in {"", ".."} else None
    if start is None and end is None:
        raise ValueError(f"not an EDTF interval: {value!r}")
    if start is not None and end is not None and end < start:
        raise ValueError(f"an EDTF interval that ends before it begins: {value!r}")
    return Period(start, end, "interval")


def is_edtf(value: str) -> bool:
    """Whether `parse_edtf` can read it."""
    try:
        parse_edtf(value)
    except ValueError:
        return False
    return True


def format_month(year: int, month: int) -> str:
    """`2019-12`. Months below 1 and above 12 count on into the years beside."""
    years, index = divmod(month - 1, 12)
    return f"{year + years:04d}-{index + 1:02d}"


def format_interval(first: str | None, last: str | None) -> str:
    """`first/last`; None is an open end (`..`)."""
    return f"{first or '..'}/{last or '..'}"


def shift(day: date, count: int, unit: Literal["day", "week", "month", "year"]) -> date | None:
    """The day `count` units later (earlier where negative), cut to the month's last day.

    None outside the years 1 to 9999.
    """
    try:
        if unit in {"day", "week"}:
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def _before(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and a < b


def _parse_date(value: str) -> Period:
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError(f"not an EDTF date: {value!r}")
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year:
        if month is not None:
            raise ValueError(f"not an EDTF date: {value!r}")
        return _years(
            int(year.replace("X", "0")),
            int(year.replace("X", "9")),
            "decade" if year[2] != "X" else "century",
        )
    if month is None or (month == "XX" and day in {None, "XX"}):
        return _years(int(year), int(year), "year")
    if month == "XX":
        raise ValueError(f"a day without its month: {value!r}")
    if day is None or day == "XX":
        return _months(int(year), int(month))
    exact = date(int(year), int(month), int(day))
    return Period(exact, exact, "day")


def _years(first: int, last: int, precision: Precision) -> Period:
    return Period(date(max(first, 1), 1, 1), date(last, 12, 31), precision)


def _months(year: int, month: int) -> Period:
    if month not in _SEASONS:
        return Period(date(year, month, 1), date(year, month, _last_day(year, month)), "month")
    first = _SEASONS[month]
    last_year, last_month = year, first + (5 if month >= 40 else 2)
    if last_month > 12:
        last_year, last_month = year + 1, last_month - 12
    end = date(last_year, last_month, _last_day(last_year, last_month))
    precision: Precision = "season" if month <= 24 else "quarter" if month < 40 else "half"
    return Period(date(year, first, 1), end, precision)


def _last_day(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return monthrange(year, month)[1]

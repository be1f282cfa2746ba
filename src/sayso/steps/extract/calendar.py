"""What the words of a time expression mean, given the day they stand on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from sayso.steps.extract.anchors import Anchor
from sayso.values.dates import format_month, is_edtf, shift
from sayso.values.numerals import MONTHS, SMALL

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
_YEAR = re.compile(r"(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])")


class Reading(NamedTuple):
    """An EDTF value, or None, and whether it rests on the anchor."""

    value: str | None
    anchored: bool = False
    anchor: str | None = None
    """What it rests on, where that is not the report's own date."""


NOTHING = Reading(None)


class Resolver:
    """Reads time expressions against one anchor.

    Days and months without a year, and weekdays, mean the latest one that is not after the
    anchor; the earliest one not before it where the verb speaks of the future.
    """

    def __init__(self, anchor: Anchor | None) -> None:
        self._anchor = anchor
        self._by_kind: dict[str, Callable[[str, bool], Reading]] = {
            "iso": self._iso,
            "numeric": self._numeric,
            "mdy": self._month_day,
            "dmy": self._month_day,
            "season": self._season,
            "month": self._month,
            "weekday": self._weekday,
            "span": self._span,
            "unit": self._unit,
            "after": self._after,
            "ago": self._ago,
            "deictic": self._deictic,
            "decade": self._decade,
            "year": lambda words, future: Reading(words),
        }

    def read(self, kind: str, words: str, *, future: bool = False) -> Reading:
        """The value of an expression of this kind; None where nothing anchors it."""
        resolve = self._by_kind.get(kind)
        if resolve is None:
            return NOTHING
        reading = resolve(words, future)
        return reading if reading.value is None or is_edtf(reading.value) else NOTHING

    @property
    def _day(self) -> date | None:
        return self._anchor.day if self._anchor else None

    def _iso(self, words: str, future: bool) -> Reading:
        return Reading(words)

    def _numeric(self, words: str, future: bool) -> Reading:
        """`16.11.2024` is day first. `11/12/2024` may be either, and only its year is sure."""
        first, second, year = (int(part) for part in re.split(r"[./]", words))
        if "/" in words and first <= 12 and second <= 12 and first != second:
            return Reading(str(year))
        day, month = (first, second) if second <= 12 else (second, first)
        return Reading(f"{year:04d}-{month:02d}-{day:02d}")

    def _month_day(self, words: str, future: bool) -> Reading:
        lowered = words.lower()
        month = _month_in(lowered)
        year = _YEAR.search(lowered)
        days = [int(n) for n in re.findall(r"(?<![0-9])[0-9]{1,2}(?![0-9])", lowered)][:2]
        weekday = _weekday_in(lowered)
        if month is None or not days:
            return NOTHING
        first = days[0]
        anchored = year is None
        chosen = int(year[0]) if year else self._year_of(month, first, weekday, future=future)
        if chosen is None:
            return NOTHING
        value = f"{chosen:04d}-{month:02d}-{first:02d}"
        if len(days) == 2 and days[1] > first:
            value += f"/{chosen:04d}-{month:02d}-{days[1]:02d}"
        return Reading(value, anchored)

    def _year_of(self, month: int, day: int, weekday: int | None, *, future: bool) -> int | None:
        """The year of a day without one; None where its weekday contradicts every near year."""
        if self._anchor is None or self._anchor.month is None:
            return None
        earliest, latest = self._anchor.period.earliest, self._anchor.period.latest
        assert earliest is not None
        assert latest is not None
        step = 1 if future else -1
        near = [latest.year, latest.year + step, latest.year - step]
        fits = [
            (year, found)
            for year in near
            if (found := _safe_date(year, month, day)) is not None
            and (weekday is None or found.weekday() == weekday)
        ]
        for year, found in fits:
            if (future and found >= earliest) or (not future and found <= latest):
                return year
        return fits[0][0] if weekday is not None and fits else None

    def _month(self, words: str, future: bool) -> Reading:
        lowered = words.lower()
        month = _month_in(lowered)
        year = _YEAR.search(lowered)
        if month is None:
            return NOTHING
        if year:
            return Reading(f"{year[0]}-{month:02d}")
        if self._anchor is None or self._anchor.month is None:
            return NOTHING
        now_year, now_month = self._anchor.month
        if lowered.startswith("this"):
            chosen = now_year
        elif lowered.startswith("next"):
            chosen = now_year if month > now_month else now_year + 1
        elif lowered.startswith(("last", "past")):
            chosen = now_year if month < now_month else now_year - 1
        elif future:
            chosen = now_year if month >= now_month else now_year + 1
        else:
            chosen = now_year if month <= now_month else now_year - 1
        return Reading(format_month(chosen, month), True)

    def _weekday(self, words: str, future: bool) -> Reading:
        weekday = _weekday_in(words.lower())
        if self._day is None or weekday is None:
            return NOTHING
        back = (self._day.weekday() - weekday) % 7
        ahead = (weekday - self._day.weekday()) % 7
        first = words.split()[0].lower()
        if first in {"last", "past"}:
            move = -(back or 7)
        elif first == "next":
            move = ahead or 7
        elif first == "this":
            move = weekday - self._day.weekday()
        else:
            move = ahead if future else -back
        return self._on_day(move)

    def _on_day(self, move: int) -> Reading:
        day = shift(self._day, move, "day") if self._day else None
        return Reading(day.isoformat(), True) if day else NOTHING

    def _season(self, words: str, future: bool) -> Reading:
        lowered = words.lower()
        season = next(number for name, number in _SEASONS.items() if name in lowered)
        year = _YEAR.search(lowered)
        if year:
            return Reading(f"{year[0]}-{season}")
        if self._anchor is None or self._anchor.month is None:
            return NOTHING
        now_year, now_month = self._anchor.month
        begins = _SEASON_MONTHS[season]
        if lowered.startswith("last"):
            chosen = now_year if begins + 2 < now_month else now_year - 1
        elif lowered.startswith("next"):
            chosen = now_year if begins > now_month else now_year + 1
        else:
            chosen = now_year
        return Reading(f"{chosen:04d}-{season}", True)

    def _span(self, words: str, future: bool) -> Reading:
        """`the past three years`: from so long before the anchor up to it."""
        lowered = words.lower()
        count, unit = _count_and_unit(lowered)
        day = self._day
        if count is None or day is None:
            return NOTHING
        ahead = "next" in lowered or "coming" in lowered
        other = _shift(day, count if ahead else -count, unit)
        if other is None:
            return NOTHING
        first, last = (day, other) if ahead else (other, day)
        return Reading(f"{_at(first, unit)}/{_at(last, unit)}", True)

    def _ago(self, words: str, future: bool) -> Reading:
        count, unit = _count_and_unit(words.lower())
        day = _shift(self._day, -count, unit) if count is not None and self._day else None
        return Reading(_at(day, unit) + ("~" if unit == "week" else ""), True) if day else NOTHING

    def _unit(self, words: str, future: bool) -> Reading:
        which, unit = words.lower().split()
        if which == "past" and unit in {"week", "month", "year"}:
            return self._span(f"past one {unit}", future)
        move = {"this": 0, "next": 1}.get(which, -1)
        if unit in {"night", "morning", "evening"}:
            return self._on_day(move)
        if unit == "weekend":
            return self._week(move, 5)
        if unit == "week":
            return self._week(move, 0)
        if unit == "month" and self._anchor and self._anchor.month:
            year, month = self._anchor.month
            return Reading(format_month(year, month + move), True)
        if unit == "year" and self._anchor and self._anchor.period.latest:
            return Reading(f"{self._anchor.period.latest.year + move:04d}", True)
        return self._on_day(move) if unit == "day" else NOTHING

    def _week(self, move: int, first: int) -> Reading:
        """A week from Monday (`first` 0) or Saturday (5) to Sunday, `move` weeks from this one."""
        if self._day is None:
            return NOTHING
        monday = shift(self._day, 7 * move - self._day.weekday(), "day")
        if monday is None or monday.year > 9998:
            return NOTHING
        return Reading(
            f"{(monday + timedelta(days=first)).isoformat()}/"
            f"{(monday + timedelta(days=6)).isoformat()}",
            True,
        )

    def _deictic(self, words: str, future: bool) -> Reading:
        return self._on_day({"yesterday": -1, "tomorrow": 1}.get(words.lower(), 0))

    def _decade(self, words: str, future: bool) -> Reading:
        return Reading(words.lower().removeprefix("the ")[:3] + "X")

    def _after(self, words: str, future: bool) -> Reading:
        """`Twenty years after 9/11`: counted from 11 September 2001."""
        count, unit = _count_and_unit(words.lower())
        day = _shift(date(2001, 9, 11), count, unit) if count is not None else None
        return Reading(_at(day, unit), False, "9/11") if day else NOTHING


def _month_in(lowered: str) -> int | None:
    return next((MONTHS[w] for w in re.findall(r"[a-z]+", lowered) if w in MONTHS), None)


def _weekday_in(lowered: str) -> int | None:
    return next((n for n, name in enumerate(_WEEKDAYS) if name in lowered), None)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count_and_unit(lowered: str) -> tuple[int | None, str]:
    """The number before the unit; None where it is vague (`few`, `several`)."""
    match = re.search(r"(\S+)\s(day|week|month|year|decade)", lowered)
    if match is None:
        return None, "day"
    word = match[1]
    if word.isdecimal():
        return int(word), match[2]
    return (1 if word in {"a", "an"} else SMALL.get(word)), match[2]


def _shift(day: date, count: int, unit: str) -> date | None:
    if unit == "decade":
        return shift(day, 10 * count, "year")
    return shift(day, count, unit)  # type: ignore[arg-type]


def _at(day: date, unit: str) -> str:
    """The day at the precision of its unit."""
    return {"year": day.isoformat()[:4], "decade": day.isoformat()[:4]}.get(
        unit, day.isoformat()[:7] if unit == "month" else day.isoformat()
    )

"""Dates that name their day, month, quarter, season or year, with or without its year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sayso.lexicons import load
from sayso.records.findings import PeriodPart
from sayso.steps.extract.time_grammar import Phrase
from sayso.steps.extract.time_readings import NOTHING, Given, Reading
from sayso.values.numerals import MONTHS, SMALL

_SOON = 100
"""Days within which a day without year or tense is rather ahead than a year ago."""
_NEAR = 4
"""Months within which a month without year or tense is rather ahead."""
_LAST_SEASON = 24
_MONTHS_OF = {21: 3, 22: 6, 23: 9, 24: 12, 33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}
"""The month in which EDTF's seasons, quarters and halves begin."""


_CLOCK = re.compile(r"[0-9]{1,2}(?:[:.][0-5][0-9]){0,2}")


def iso(given: Given) -> Reading:
    """`2020-05-06`, `2020-05-06T10:00:00Z`."""
    day, _, time = given.phrase.words[0].text.partition("T")
    return Reading(day, kind="time", clock=f"T{time[:5]}") if time else Reading(day)


def numeric(given: Given) -> Reading:
    """`16.11.2024` is day first. `11/12/2024` may be either, and only its year is sure."""
    words = given.phrase.words[0].text
    first, second, year = (int(part) for part in re.split(r"[./]", words))
    if "/" in words and first <= 12 and second <= 12 and first != second:
        return Reading(str(year))
    day, month = (first, second) if second <= 12 else (second, first)
    return Reading(f"{year:04d}-{month:02d}-{day:02d}")


def day(given: Given) -> Reading:
    """`Wednesday, December 11`, `the 5th of May 2020`, `March 3-5`, `Oct. 12 last year`."""
    phrase = given.phrase
    month = _month(given)
    days = [int(re.sub(r"\D", "", word)) for word in phrase.all("DO")][:2]
    if month is None or not days:
        return NOTHING
    year, anchor = _said_year(given)
    if year is None and not phrase.has("u"):
        anchor = given.anchor.label if given.anchor else None
        year = _year_of_day(given, month, days[0])
    if year is None:
        return NOTHING
    value = f"{year:04d}-{month:02d}-{days[0]:02d}"
    if len(days) == 2 and days[1] > days[0]:
        value += f"/{year:04d}-{month:02d}-{days[1]:02d}"
    return Reading(
        value, anchor, clock=part_of_day(given), kind="time" if phrase.has("p") else "date"
    )


def month(given: Given) -> Reading:
    """`December`, `late March 2020`, `last July`, `January this year`."""
    number = _month(given)
    year, anchor = _said_year(given)
    if number is None:
        return NOTHING
    if year is None:
        year = _year_of(given, number, number)
        anchor = given.anchor.label if given.anchor else None
    if year is None:
        return NOTHING
    return Reading(f"{year:04d}-{number:02d}", anchor, part=part_in(given))


def season(given: Given) -> Reading:
    """`last summer`, `the spring of 2019`."""
    number = load("times.toml")["seasons"][given.phrase.first("S")]
    return _sub_year(given, number)


def quarter(given: Given) -> Reading:
    """`the third quarter`, `next year's first quarter`, `the first half of 1989`."""
    ordinals = load("times.toml")["pointers"]["ordinals"]
    written = given.phrase.first("q")
    which = ordinals.index(written) + 1 if written else 2
    half = given.phrase.has("H")
    if which > (2 if half else 4):
        return NOTHING
    return _sub_year(given, which + (39 if half else 32))


def _sub_year(given: Given, number: int) -> Reading:
    year, anchor = _said_year(given)
    if year is None:
        begins = _MONTHS_OF[number]
        length = 6 if number >= 40 else 3
        if number > _LAST_SEASON:
            # "expects a third-quarter loss" speaks of the quarter that has ended.
            given = replace(given, tense=None if given.tense == "future" else "past")
        year = _year_of(given, begins, begins + length - 1)
        anchor = given.anchor.label if given.anchor else None
    return Reading(f"{year:04d}-{number}", anchor, part=part_in(given)) if year else NOTHING


def year(given: Given) -> Reading:
    """`2015`, `late 2021`, `fiscal 1988`."""
    return Reading(given.phrase.first("Y"), part=part_in(given))


def spoken_year(given: Given) -> Reading:
    """`nineteen ninety-seven`, as speech is written down; `two thousand` after `the year`."""
    words = given.phrase.all("n")
    if words == ["two", "thousand"]:
        return Reading("2000")
    century = SMALL.get(words[0], 0)
    rest = sum(SMALL.get(word, 0) for word in words[1:])
    if century not in {18, 19, 20} or not 10 <= rest <= 99:
        return NOTHING
    return Reading(f"{century}{rest:02d}")


def decade(given: Given) -> Reading:
    """`the 1990s`, `the '80s`, `the late seventies`."""
    word = given.phrase.first("y") or ""
    digits = re.sub(r"\D", "", word)
    names = load("times.toml")["decades"]
    if word in names:
        digits = f"19{names[word]}0"
    elif len(digits) == 2:
        digits = f"19{digits}"
    return Reading(digits[:3] + "X", part=part_in(given)) if len(digits) == 4 else NOTHING


def century(given: Given) -> Reading:
    """`the 20th century`."""
    if given.phrase.first("u") != "century":
        return NOTHING
    written = given.phrase.first("qO") or ""
    ordinals = load("times.toml")["pointers"]["ordinals"]
    digits = re.sub(r"\D", "", written)
    number = int(digits) if digits else ordinals.index(written) + 1
    return Reading(f"{number - 1:02d}XX", part=part_in(given)) if 0 < number <= 22 else NOTHING


def year_end(given: Given) -> Reading:
    """`year-end`, `year-end 1989`, `the end of the year`."""
    said = given.phrase.first("Y")
    if given.phrase.first("u") != "year":
        return NOTHING
    if said:
        return Reading(f"{said}-12-31")
    latest = given.anchor.period.latest if given.anchor else None
    if given.anchor is None or latest is None:
        return NOTHING
    back = given.tense == "past"
    return Reading(f"{latest.year - back:04d}-12-31", given.anchor.label)


def fixed_day(given: Given) -> Reading:
    """`Christmas`."""
    month_day = load("times.toml")["fixed_days"][given.phrase.first("v")]
    number, day_of_month = (int(part) for part in month_day.split("-"))
    chosen = _year_of_day(given, number, day_of_month)
    if chosen is None or given.anchor is None:
        return NOTHING
    return Reading(f"{chosen:04d}-{month_day}", given.anchor.label)


def part_of_day(given: Given) -> str | None:
    """`MO`, `AF`, `EV`, `NI` or a clock time, with a `T` before it."""
    lexicon = load("times.toml")
    word = given.phrase.first("pb")
    if word is None:
        return "TNI" if given.phrase.first("d") == "tonight" else None
    return f"T{({**lexicon['parts_of_day'], **lexicon['plural_parts_of_day']})[word]}"


def part_in(given: Given) -> PeriodPart | None:
    """Which part of its value the phrase means: `late`, `the beginning of`."""
    word = given.phrase.first("mE")
    part: PeriodPart | None = load("times.toml")["parts"].get(word) if word else None
    return part


def _month(given: Given) -> int | None:
    return MONTHS.get((given.phrase.first("M") or "").rstrip("."))


def _said_year(given: Given) -> tuple[int | None, str | None]:
    """The year that the words give (`1998`, `last year`), and what that rests on."""
    written = given.phrase.first("Y")
    if written:
        return int(written), None
    pointer = given.phrase.first("hlxs")
    latest = given.anchor.period.latest if given.anchor else None
    if given.phrase.first("u") != "year":
        return None, None
    if pointer in load("times.toml")["pointers"]["there"]:
        first = given.focus.period.earliest if given.focus else None
        return (first.year, given.focus.label) if given.focus and first else (None, None)
    if latest is None or given.anchor is None:
        return None, None
    return latest.year + direction(pointer), given.anchor.label


def direction(pointer: str | None) -> int:
    """-1 for `last`, 1 for `next`, 0 for `this`."""
    pointers = load("times.toml")["pointers"]
    return -1 if pointer in pointers["back"] else 1 if pointer in pointers["ahead"] else 0


def _year_of(given: Given, begins: int, ends: int) -> int | None:
    """The year of a part of a year without one: months `[begins, ends]`, of which `ends` may lie
    beyond December."""
    if given.anchor is None or given.anchor.month is None:
        return None
    year_now, month_now = given.anchor.month
    pointer = given.phrase.first("lhx")
    if pointer is not None:
        move = direction(pointer)
        if move < 0:
            return year_now if ends < month_now else year_now - 1
        if move > 0:
            return year_now if begins > month_now else year_now + 1
        return year_now
    if given.tense == "future":
        return year_now if ends >= month_now else year_now + 1
    if given.tense == "past":
        return year_now if begins <= month_now else year_now - 1
    return _nearest(year_now, month_now, begins)


def _nearest(year_now: int, month_now: int, begins: int) -> int:
    """The year of a month that is rather ahead where it is near, and behind where it is not."""
    ahead = (begins - month_now) % 12
    return year_now + (month_now + ahead > 12) - (0 if ahead <= _NEAR else 1)


def _year_of_day(given: Given, number: int, day_of_month: int) -> int | None:
    """The year of a day without one; None where its weekday contradicts every near year."""
    if given.anchor is None or given.anchor.month is None:
        return None
    latest, earliest = given.anchor.period.latest, given.anchor.period.earliest
    assert latest is not None
    assert earliest is not None
    weekday = weekday_of(given)
    near = [latest.year - 1, latest.year, latest.year + 1]
    fits = [
        found
        for year in near
        if (found := _safe_date(year, number, day_of_month)) is not None
        and (weekday is None or found.weekday() == weekday)
    ]
    ahead = [found for found in fits if found >= earliest]
    behind = [found for found in fits if found <= latest]
    if not fits:
        return None
    if given.tense == "future" and ahead:
        return ahead[0].year
    if given.tense == "past" and behind:
        return behind[-1].year
    if ahead and ((ahead[0] - latest).days <= _SOON or not behind):
        return ahead[0].year
    return behind[-1].year


def weekday_of(given: Given) -> int | None:
    """The weekday that the words name: 0 is Monday."""
    word = given.phrase.first("Ww")
    if word is None:
        return None
    names = load("times.toml")["weekdays"]["words"]
    return next((n for n, name in enumerate(names) if name[:3] == word[:3]), None)


def _safe_date(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None


def clock_time(phrase: Phrase) -> str | None:
    """`T22:35` for `10:35 p.m.`; None for what is no time of day."""
    written = phrase.first("cDN") or ""
    number = phrase.first("n")
    if written and not _CLOCK.fullmatch(written):  # "1,000 a.m." is no time of day
        return None
    hour, *rest = (
        (int(part) for part in re.split("[:.]", written))
        if written
        else (SMALL.get(number or "", 99),)
    )
    half = re.sub(r"[^apm]", "", phrase.first("A") or "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"T{hour:02d}:{rest[0] if rest else 0:02d}" if hour <= 24 else None

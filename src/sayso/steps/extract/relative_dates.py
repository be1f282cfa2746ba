"""Times told by their distance: from the report's day, or from the time the text spoke of last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sayso.lexicons import load
from sayso.steps.extract.calendar import direction, part_in, part_of_day, weekday_of
from sayso.steps.extract.durations import Length, length_of, unit_in
from sayso.steps.extract.time_readings import NOTHING, Focus, Given, Reading
from sayso.values.dates import format_month, shift

_QUARTER_LASTS = 4
"""Paragraphs for which "a year earlier" compares with the quarter that was spoken of."""
_LONG = frozenset({"year", "decade", "century"})


def weekday(given: Given) -> Reading:
    """`Wednesday`, `last Friday`, `Thursday night`, `the previous Monday`."""
    number, day = weekday_of(given), _day(given)
    if number is None or day is None or given.anchor is None:
        return NOTHING
    back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    pointer = given.phrase.first("lxhs")
    focus = given.focus
    if pointer in _told() and direction(pointer) and focus and focus.period.precision == "day":
        day, given = focus.period.latest or day, replace(given, anchor=focus.as_anchor())
        back, ahead = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    if pointer is None or pointer in load("times.toml")["pointers"]["there"]:
        move = (ahead or 7) if given.tense == "future" and ahead else -back
    elif direction(pointer):
        move = -(back or 7) if direction(pointer) < 0 else (ahead or 7)
    else:
        move = number - day.weekday()
    return _on(day, move, given)


def deictic(given: Given) -> Reading:
    """`yesterday`, `late yesterday`, `tonight`, `last night`, `this morning`."""
    word = given.phrase.first("d")
    day = _day(given)
    move = load("times.toml")["days"][word] if word else direction(given.phrase.first("lhx"))
    return _on(day, move, given) if day else Reading(kind="time", clock=part_of_day(given))


def _on(day: date, move: int, given: Given) -> Reading:
    reached = shift(day, move, "day")
    clock = part_of_day(given)
    if reached is None or given.anchor is None:
        return NOTHING
    kind = "time" if clock else "date"
    return Reading(reached.isoformat(), given.anchor.label, kind=kind, clock=clock)  # type: ignore[arg-type]


def ago(given: Given) -> Reading:
    """`two years ago`; `two days earlier` and `a year later`, from the time spoken of last."""
    length = length_of(given.phrase)
    if length is None:
        return NOTHING
    if not given.phrase.has("DNnaf"):  # "year-ago"
        length = Length(1, length.unit)
    word = given.phrase.first("gk")
    vague = Reading(reference="past" if word == "ago" else None)
    if length.count is None:
        return vague
    back = word != "later"
    if length == Length(1, "year") and back:
        same = _same_quarter_before(given) or _same_part_before(given)
        if same is not None:
            return same
    if word == "ago":
        return _from_anchor(given, length) or vague
    return _from_focus(given, length, back) or vague


def _same_quarter_before(given: Given) -> Reading | None:
    """Of "the third quarter ... a year earlier": the same quarter of the year before."""
    quarter, focus = given.quarter, given.focus
    if quarter is None or (quarter.age > _QUARTER_LASTS):
        return None
    if focus is not None and focus.age == 0 and quarter.age > 0:
        return None
    return Reading(f"{int(quarter.value[:4]) - 1:04d}{quarter.value[4:7]}", quarter.label)


def _same_part_before(given: Given) -> Reading | None:
    """Of "in September ... a year earlier": the same month of the year before."""
    focus = given.focus
    if focus is None or focus.age or focus.sub_year is None or given.phrase.has("g"):
        return None
    return Reading(f"{int(focus.value[:4]) - 1:04d}{focus.value[4:7]}", focus.label)


def _from_anchor(given: Given, length: Length) -> Reading | None:
    reached = moved(_day(given), length, back=True)
    if reached is None or given.anchor is None:
        return None
    about = "~" if length.unit in {"week", "fortnight"} else ""
    return Reading(at_unit(reached, length.unit) + about, given.anchor.label)


def _from_focus(given: Given, length: Length, back: bool) -> Reading | None:
    focus = given.focus
    if focus is None:
        return None
    start = focus.period.earliest
    reached = moved(start, length, back=back)
    return Reading(at_unit(reached, length.unit), focus.label) if reached else None


def span(given: Given) -> Reading:
    """`the past three years`: from so long before the report's day up to it."""
    length = length_of(given.phrase)
    if length is None:
        return NOTHING
    if given.phrase.has("u") and length.count is None:  # "the past year"
        length = Length(1, length.unit)
    pointer = given.phrase.first("lxr")
    ahead = direction(pointer) > 0
    bare = Reading(kind="duration", duration=length.iso, reference="future" if ahead else "past")
    day = _day(given)
    other = moved(day, length, back=not ahead)
    if day is None or other is None or given.anchor is None or pointer in _told():
        return bare if length.count is None else bare._replace(reference=None)
    first, last = (day, other) if ahead else (other, day)
    value = f"{at_unit(first, length.unit)}/{at_unit(last, length.unit)}"
    return bare._replace(value=value, anchor=given.anchor.label, reference=None)


def within(given: Given) -> Reading:
    """`this week`, `earlier this year`, `last month`, `that year`, `the following day`."""
    pointer, unit = given.phrase.first("lxhs"), unit_in(given.phrase)
    part = part_in(given)
    if unit is None:
        return NOTHING
    if given.phrase.first("l") == "past" or (pointer == "last" and unit in {"decade", "century"}):
        return span(given)
    if pointer is None and unit == "day" and part is None:  # "later in the day"
        return _told_unit(given, "same", unit)
    if pointer in _told() or (pointer == "next" and given.phrase.has("T") and given.focus):
        return _told_unit(given, pointer, unit)
    return _unit_at(given, direction(pointer), unit)._replace(part=part)


def _told() -> frozenset[str]:
    return frozenset(load("times.toml")["pointers"]["told"])


def _told_unit(given: Given, pointer: str | None, unit: str) -> Reading:
    """`the same day`, `that year`, `the following month`: beside the time spoken of last."""
    focus = given.focus
    start = focus.period.earliest if focus else None
    length = Length(abs(direction(pointer)), unit)
    reached = moved(start, length, back=direction(pointer) < 0)
    if focus is None or reached is None or not _fine_enough(focus, unit):
        return NOTHING
    return Reading(at_unit(reached, unit), focus.label)


def _fine_enough(focus: Focus, unit: str) -> bool:
    precision = focus.period.precision
    if unit in _LONG:
        return True
    return precision == "day" or (unit == "month" and precision == "month")


def _unit_at(given: Given, move: int, unit: str) -> Reading:
    """The day, week, month, year or decade `move` steps from the report's."""
    anchor, day = given.anchor, _day(given)
    latest = anchor.period.latest if anchor else None
    if anchor is None or latest is None:
        return NOTHING
    value: str | None = None
    if unit in {"week", "weekend"} and day is not None:
        value = _week(day, move, 5 if unit == "weekend" else 0)
    elif unit == "month" and anchor.month:
        value = format_month(anchor.month[0], anchor.month[1] + move)
    elif unit == "year":
        value = f"{latest.year + move:04d}"
    elif unit == "decade":
        value = f"{latest.year // 10 + move:03d}X"
    elif unit == "century":
        value = f"{latest.year // 100 + move:02d}XX"
    elif unit == "day" and day is not None:
        reached = shift(day, move, "day")
        value = reached.isoformat() if reached else None
    return Reading(value, anchor.label) if value else NOTHING


def _week(day: date, move: int, first: int) -> str | None:
    """A week from Monday (`first` 0) or Saturday (5) to Sunday, `move` weeks from this one."""
    monday = shift(day, 7 * move - day.weekday(), "day")
    if monday is None or monday.year > 9998:
        return None
    start, end = monday + timedelta(days=first), monday + timedelta(days=6)
    return f"{start.isoformat()}/{end.isoformat()}"


def the_unit(given: Given) -> Reading:
    """`the weekend` is the last one, `the year` no time that can be told: a duration."""
    unit = unit_in(given.phrase)
    if unit == "weekend":
        return _unit_at(given, 0 if given.tense == "future" else -1, unit)
    length = length_of(given.phrase)
    return Reading(kind="duration", duration=Length(1, length.unit).iso) if length else NOTHING


def same_quarter(given: Given) -> Reading:
    """`the quarter`, `the latest period`, `the year-ago quarter`, `the 1988 quarter`."""
    focus, phrase = given.quarter, given.phrase
    if focus is None:
        return _this_quarter(given)
    year = int(focus.value[:4])
    written = phrase.first("Y")
    if written:
        year = int(written)
    elif phrase.has("gk"):
        year -= 1
    elif phrase.has("u") and given.anchor is not None and given.anchor.period.latest is not None:
        year = given.anchor.period.latest.year + direction(phrase.first("lxhs"))
    return Reading(f"{year:04d}{focus.value[4:7]}", focus.label)


def _this_quarter(given: Given) -> Reading:
    """`this quarter`, `last quarter`, by the report's day."""
    phrase, anchor = given.phrase, given.anchor
    if anchor is None or anchor.month is None or phrase.has("PYu") or not phrase.has("lxh"):
        return NOTHING
    year, number = anchor.month
    years, index = divmod((number - 1) // 3 + direction(phrase.first("lxh")), 4)
    return Reading(f"{year + years:04d}-{33 + index}", anchor.label)


def after_attacks(given: Given) -> Reading:
    """`Twenty years after 9/11`: counted from 11 September 2001."""
    length = length_of(given.phrase)
    back = given.phrase.first("K") == "before"
    reached = moved(date(2001, 9, 11), length, back=back) if length else None
    if length is None or reached is None:
        return NOTHING
    return Reading(at_unit(reached, length.unit), "9/11")


def moved(day: date | None, length: Length, *, back: bool) -> date | None:
    """The day so long before or after; None where either is not known."""
    step = length.step
    if day is None or step is None:
        return None
    unit, count = step
    return shift(day, -count if back else count, unit)


def at_unit(day: date, unit: str) -> str:
    """The day at the precision of its unit."""
    if unit in _LONG:
        return day.isoformat()[:4]
    return day.isoformat()[:7] if unit in {"month", "quarter"} else day.isoformat()


def _day(given: Given) -> date | None:
    return given.anchor.day if given.anchor else None

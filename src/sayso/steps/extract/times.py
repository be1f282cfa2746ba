"""Time expressions and what they mean in EDTF.

Words that need a day to stand on (`Wednesday`, `last July`, `December 11`) are read against the
dateline's date or the publication date, and say so in `anchor`; `two days earlier` and `the same
day` against the time the text spoke of last. Where the report gives none of these, their value is
None. A missing time is never filled from the publication date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from sayso.lexicons import load
from sayso.records.analyses import Analysis
from sayso.records.findings import Time
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract import calendar, relative_dates
from sayso.steps.extract.anchors import Anchor, anchor_of
from sayso.steps.extract.durations import length_of
from sayso.steps.extract.joined_times import joined
from sayso.steps.extract.tenses import Tenses
from sayso.steps.extract.time_grammar import Match, Phrase, expressions
from sayso.steps.extract.time_readings import NOTHING, Focus, FoundTime, Given, Reading
from sayso.steps.extract.time_words import TimeWord, time_words
from sayso.steps.extract.times_told import stands
from sayso.values.dates import is_edtf


def duration(given: Given) -> Reading:
    """`three years`, `a few days`, `16-hour`."""
    length = length_of(given.phrase)
    return Reading(kind="duration", duration=length.iso) if length else NOTHING


def every(given: Given) -> Reading:
    """`daily`, `every two weeks`, `each morning`."""
    word = given.phrase.first("V")
    if word is not None:
        return Reading(kind="set", every=load("times.toml")["rates"][word])
    length = length_of(given.phrase)
    if length is None:
        return Reading(kind="set", every="P1Y" if given.phrase.has("S") else "P1D")
    if length.count is None:
        length = replace(length, count=1)
    return Reading(kind="set", every=length.iso)


def weekly(given: Given) -> Reading:
    """`Tuesdays`, `each Thursday`, `Monday nights`."""
    number = calendar.weekday_of(given)
    clock = calendar.part_of_day(given)
    return Reading(kind="set", every=f"XXXX-WXX-{(number or 0) + 1}", clock=clock)


def clock(given: Given) -> Reading:
    """`10:35 a.m.`, `noon`: a time of day, whose day other words may tell."""
    phrase = given.phrase
    time = calendar.part_of_day(given) if phrase.has("p") else calendar.clock_time(phrase)
    focus = given.focus
    if focus is None or focus.age or focus.period.precision != "day":
        return Reading(kind="time", clock=time)
    return Reading(focus.value, focus.label, kind="time", clock=time)


def reference(given: Given) -> Reading:
    """`now`, `recently`, `the future`."""
    word = given.phrase.first("G")
    if given.phrase.has("U"):
        return Reading(reference="present")
    groups = load("times.toml")["now"]
    if word is None:
        return Reading(
            reference="present"
            if given.phrase.has("h")
            else "future"
            if given.phrase.has("Z")
            else "past"
        )
    return Reading(reference=next(name for name, words in groups.items() if word in words))


_READERS: dict[str, Callable[[Given], Reading]] = {
    "iso": calendar.iso,
    "numeric": calendar.numeric,
    "day": calendar.day,
    "quarter": calendar.quarter,
    "samequarter": relative_dates.same_quarter,
    "season": calendar.season,
    "month": calendar.month,
    "weekly": weekly,
    "weekday": relative_dates.weekday,
    "deictic": relative_dates.deictic,
    "nine": relative_dates.after_attacks,
    "ago": relative_dates.ago,
    "span": relative_dates.span,
    "within": relative_dates.within,
    "set": every,
    "century": calendar.century,
    "duration": duration,
    "yearend": calendar.year_end,
    "theunit": relative_dates.the_unit,
    "plural": duration,
    "decade": calendar.decade,
    "year": calendar.year,
    "spoken": calendar.spoken_year,
    "clock": clock,
    "partday": clock,
    "fixed": calendar.fixed_day,
    "reference": reference,
}
_DROPPED = frozenset({"spoken", "yearend", "century", "quarter", "decade"})
"""Kinds whose words are no time where they cannot be read."""
_TENSED = frozenset({"day", "month", "season", "quarter", "weekday", "yearend", "theunit", "fixed"})


class _Paragraph(NamedTuple):
    """A parse with its words, their letters and its tenses."""

    parse: Parse
    words: list[TimeWord]
    letters: str
    tenses: Tenses


@dataclass
class _Course:
    """What the text has spoken of so far."""

    anchor: Anchor | None
    last: Focus | None = None
    quarter: Focus | None = None

    def told(self, found: FoundTime, quote: str) -> None:
        """Keep what was told for what comes after it; a comparison with the year before is told
        in passing."""
        value = found.reading.value
        if value is None or "/" in value or not value[:4].isdigit():
            return
        if found.kind == "samequarter" or (found.kind == "ago" and "year" in quote.lower()):
            return
        self.last = Focus(value.rstrip("~"), f"text:{quote}")
        if self.last.sub_year is not None and 33 <= self.last.sub_year <= 36:
            self.quarter = self.last

    def next_paragraph(self) -> None:
        """All that was told is one paragraph older."""
        self.last = self.last.older() if self.last else None
        self.quarter = self.quarter.older() if self.quarter else None


def find_times(analysis: Analysis) -> list[Time]:
    """The time expressions of the parsed zones, in order, without overlaps; linear in the text."""
    course = _Course(anchor_of(analysis.document))
    times: list[Time] = []
    for parse in analysis.parses:
        found = list(_in_paragraph(analysis.text, parse, course))
        start = parse.zone.span.start
        times.extend(_to_time(analysis.text, one) for one in joined(analysis.text, found, start))
        course.next_paragraph()
    return times


def dated_times(analysis: Analysis) -> list[Time]:
    """The time expressions that can be the time of a claim or of a saying."""
    return [time for time in find_times(analysis) if tells_when(time)]


def tells_when(time: Time) -> bool:
    """Whether it can be the time of a claim or of a saying: not `now`, `recently`, `daily`, and no
    bare length."""
    if time.value is not None:
        return True
    if time.kind in {"duration", "set"}:
        return time.kind == "duration" and time.reference is not None
    return time.reference is None or " " in time.quote


def _to_time(text: str, found: FoundTime) -> Time:
    reading = found.reading
    return Time(
        span=Span(found.start, found.end),
        quote=text[found.start : found.end],
        value=reading.value,
        anchor=reading.anchor if reading.value is not None else None,
        kind=reading.kind,
        duration=reading.duration,
        every=reading.every,
        clock=reading.clock,
        part=reading.part,
        reference=reading.reference,
    )


def _in_paragraph(text: str, parse: Parse, course: _Course) -> Iterator[FoundTime]:
    if not len(parse):
        return
    words, letters = time_words(text, parse.starts[0], parse.ends[-1])
    paragraph = _Paragraph(parse, words, letters, Tenses(parse))
    for match in expressions(letters):
        found = _read(paragraph, match, course)
        if found is not None:
            course.told(found, text[found.start : found.end])
            yield found


def _read(paragraph: _Paragraph, match: Match, course: _Course) -> FoundTime | None:
    kind, first, last = match
    words, letters = paragraph.words, paragraph.letters
    if not stands(paragraph.parse, words, letters, match):
        return None
    start, end = words[first].start, words[last - 1].end
    tense = paragraph.tenses.at(start) if kind in _TENSED else None
    phrase = Phrase(words[first:last], letters[first:last])
    given = Given(phrase, course.anchor, course.last, course.quarter, tense)
    reading = _READERS[kind](given)
    if reading.value is not None and not is_edtf(reading.value):
        reading = NOTHING
    if kind in _DROPPED and reading.value is None:
        return None
    return FoundTime(start, end, kind, reading)

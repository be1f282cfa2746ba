"""Time expressions: their words, their EDTF value and what it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.steps.extract.scenery import document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Time
from sayso.records.spans import Span
from sayso.steps.extract.times import dated_times, find_times
from sayso.values.dates import is_edtf


def times(
    model: SpacyModel, text: str, *, published: str | None = None, dateline: str | None = None
) -> list[Time]:
    report = document(text, published=published, dateline=dateline)
    return find_times(Analysis(report, model.parse(text, report.zones).parses))


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("It began on August 15, 2021.", "August 15, 2021", "2021-08-15"),
        ("It began on 15 August 2021.", "15 August 2021", "2021-08-15"),
        ("It began on the 5th of May 2020.", "the 5th of May 2020", "2020-05-05"),
        ("It began on 2020-05-06.", "2020-05-06", "2020-05-06"),
        ("It began on 16.11.2024.", "16.11.2024", "2024-11-16"),
        ("It began on 11/12/2024.", "11/12/2024", "2024"),
        ("It began in March 2020.", "March 2020", "2020-03"),
        ("It began in 2015.", "2015", "2015"),
        ("It began in the summer of 2019.", "the summer of 2019", "2019-22"),
        ("It lasted through the 1990s.", "the 1990s", "199X"),
        ("They ruled since August 15, 2021.", "since August 15, 2021", "2021-08-15/.."),
        ("They ruled until 2001.", "until 2001", "../2001"),
        ("It rose in 2022 and 2023.", "2022 and 2023", "2022/2023"),
        ("It rose between 2019 and 2022.", "between 2019 and 2022", "2019/2022"),
        ("Twenty years after 9/11 they met.", "Twenty years after 9/11", "2021"),
    ],
)
def test_complete_words_need_no_anchor(
    model: SpacyModel, text: str, quote: str, value: str
) -> None:
    [found] = times(model, text)
    assert (found.quote, found.value) == (quote, value)


COMPLETE = [
    ("It fell in late 2021.", "late 2021", "2021", {"part": "end"}),
    ("It fell at the end of 2021.", "the end of 2021", "2021", {"part": "end"}),
    ("It grew in mid-2020.", "mid-2020", "2020", {"part": "mid"}),
    ("It grew in the third quarter of 2023.", "the third quarter of 2023", "2023-35", {}),
    ("It grew in fiscal 2022.", "fiscal 2022", "2022", {}),
    ("It was in the 20th century.", "the 20th century", "19XX", {}),
    ("It rained on 15-17 May 2021.", "15-17 May 2021", "2021-05-15/2021-05-17", {}),
    (
        "It rained between March and June 2022.",
        "between March and June 2022",
        "2022-03/2022-06",
        {},
    ),
    (
        "They fled on the night of August 15, 2021.",
        "the night of August 15, 2021",
        "2021-08-15",
        {"kind": "time", "clock": "TNI"},
    ),
    ("It rains daily.", "daily", None, {"kind": "set", "every": "P1D"}),
    ("It rains every Monday.", "every Monday", None, {"kind": "set", "every": "XXXX-WXX-1"}),
    ("They stayed for three years.", "three years", None, {"duration": "P3Y"}),
    ("They recently left.", "recently", None, {"reference": "past"}),
    ("They left at 5 p.m. sharp.", "5 p.m.", None, {"kind": "time", "clock": "T17:00"}),
    ("They left at 5.45 p.m. sharp.", "5.45 p.m.", None, {"kind": "time", "clock": "T17:45"}),
]


@pytest.mark.parametrize(("text", "quote", "value", "more"), COMPLETE)
def test_what_else_the_words_tell(
    model: SpacyModel, text: str, quote: str, value: str | None, more: dict[str, str]
) -> None:
    [found] = times(model, text, published="2024-12-14")
    assert (found.quote, found.value, found.anchor) == (quote, value, None)
    assert {name: getattr(found, name) for name in more} == more


def test_a_length_that_ends_with_the_report_keeps_both(model: SpacyModel) -> None:
    [found] = times(model, "It grew for the past three years.", published="2024-12-14")
    assert (found.kind, found.value, found.duration) == ("duration", "2021/2024", "P3Y")


def test_some_times_hang_on_the_time_told_before(model: SpacyModel) -> None:
    text = "They met on July 5, 2021. Two days earlier a bomb went off. On the same day they fled."
    first, second, third = times(model, text)
    assert first.value == "2021-07-05"
    assert (second.value, second.anchor) == ("2021-07-03", "text:July 5, 2021")
    assert (third.value, third.anchor) == ("2021-07-03", "text:Two days earlier")


def test_without_a_time_told_before_they_mean_nothing(model: SpacyModel) -> None:
    text = "Two days earlier a bomb went off. On the same day they fled."
    assert [found.value for found in times(model, text, published="2024-12-14")] == [None, None]


def test_a_clock_time_gets_no_day_from_the_publication(model: SpacyModel) -> None:
    [found] = times(model, "The bomb went off at 10:35 a.m.", published="2024-12-14")
    assert (found.value, found.clock) == (None, "T10:35")


def test_the_quarter_of_the_year_before(model: SpacyModel) -> None:
    text = "Exports fell in the third quarter of 2023, from 20 tons a year earlier."
    _, before = times(model, text)
    assert before.value == "2022-35"


def test_what_can_date_a_claim(model: SpacyModel) -> None:
    text = "They now meet daily. They stayed for three days. They left a few days ago, on May 5."
    report = document(text, published="2024-12-14")
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    assert [time.quote for time in dated_times(analysis)] == ["a few days ago", "May 5"]


RELATIVE = [
    ("They met on Wednesday.", "Wednesday", "2024-12-11"),
    ("They met last Saturday.", "last Saturday", "2024-12-07"),
    ("They will meet on Friday.", "Friday", "2024-12-20"),
    ("They met on Wednesday, December 11.", "Wednesday, December 11", "2024-12-11"),
    ("They met on December 11.", "December 11", "2024-12-11"),
    ("They met on December 20.", "December 20", "2023-12-20"),
    ("They will meet on December 20.", "December 20", "2024-12-20"),
    ("The talks will be held on January 5.", "January 5", "2025-01-05"),
    ("They left last July.", "last July", "2024-07"),
    ("They left in November.", "November", "2024-11"),
    ("They left last week.", "last week", "2024-12-02/2024-12-08"),
    ("They left last year.", "last year", "2023"),
    ("It grew over the past year.", "the past year", "2023/2024"),
    ("They left last month.", "last month", "2024-11"),
    ("They left yesterday.", "yesterday", "2024-12-13"),
    ("They left two years ago.", "two years ago", "2022"),
    ("It grew for the past three years.", "the past three years", "2021/2024"),
]


@pytest.mark.parametrize(("text", "quote", "value"), RELATIVE)
def test_relative_words_rest_on_the_publication_date(
    model: SpacyModel, text: str, quote: str, value: str
) -> None:
    [found] = times(model, text, published="2024-12-14")
    assert (found.quote, found.value, found.anchor) == (quote, value, "published:2024-12-14")


@pytest.mark.parametrize(("text", "quote", "_value"), RELATIVE)
def test_nothing_is_guessed_without_an_anchor(
    model: SpacyModel, text: str, quote: str, _value: str
) -> None:
    [found] = times(model, text)
    assert (found.quote, found.value, found.anchor) == (quote, None, None)


def test_the_dateline_comes_before_the_publication_date(model: SpacyModel) -> None:
    [found] = times(
        model, "They met on Wednesday.", published="2024-09-17", dateline="September 15"
    )
    assert (found.value, found.anchor) == ("2024-09-11", "dateline:September 15")


def test_a_dateline_without_a_year_anchors_nothing(model: SpacyModel) -> None:
    [found] = times(model, "They met on Wednesday.", dateline="September 15")
    assert found.value is None


def test_a_month_of_publication_anchors_days_but_no_weekdays(model: SpacyModel) -> None:
    day, weekday = times(model, "They met on December 2. They left on Monday.", published="2024-12")
    assert (day.value, weekday.value) == ("2024-12-02", None)


def test_a_weekday_that_contradicts_its_date_is_not_forced(model: SpacyModel) -> None:
    [found] = times(model, "They met on Friday, December 9.", published="2024-12-14")
    assert found.value is None


@pytest.mark.parametrize(
    "text",
    [
        "They may march to Orsk.",
        "A force of 2000 fighters came.",
        "Call 2019 for help with 2020 forms, or more than 1950 fighters.",
        "The price was $2015.",
        "A 27-year-old man, 12 years old, came.",
        "A quarter of the fighters left.",
        "Good evening from Velm.",
    ],
)
def test_what_is_no_time(model: SpacyModel, text: str) -> None:
    assert times(model, text, published="2024-12-14") == []


WORDS = st.sampled_from(
    (
        "since until between and from to in on last next May March 5 2019 , 31 December "
        "Monday week the past three years ago 9/11 after ) - will met 2020-01-02 "
        "99.99.2019 30 February same day earlier later quarter third first half a.m. "
        "10:35 noon every daily nights of century 1990s year-ago late end now Christmas "
        "9999 next decades spoken two thousand nineteen ninety fiscal "
    ).split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join))
def test_times_are_sound_on_anything(model: SpacyModel, text: str) -> None:
    end = 0
    for found in times(model, text, published="2024-12-14"):
        assert found.span.cut(text) == found.quote
        assert found.span.start >= end
        end = found.span.end
        assert found.value is None or is_edtf(found.value)
        assert Span(0, len(text)).contains(found.span)


@pytest.mark.parametrize(
    ("dateline", "day"), [("March 2", "2031-03-01"), ("February 3", "2031-02-02")]
)
def test_a_month_of_publication_gives_the_dateline_its_year(
    model: SpacyModel, dateline: str, day: str
) -> None:
    [found] = times(model, "They met yesterday.", published="2031-02", dateline=dateline)
    assert found.value == day

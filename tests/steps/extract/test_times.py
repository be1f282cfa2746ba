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
from sayso.steps.extract.times import find_times
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
    ],
)
def test_what_is_no_time(model: SpacyModel, text: str) -> None:
    assert times(model, text, published="2024-12-14") == []


WORDS = st.sampled_from(
    "since until between and from to in on last next May March 5 2019 , 31 December Monday week the"
    " past three years ago 9/11 after ) - will met 2020-01-02 99.99.2019 30 February".split()
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

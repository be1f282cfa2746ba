"""Words and letters of time expressions; that finding them stays linear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most

from sayso.steps.extract.time_grammar import expressions
from sayso.steps.extract.time_words import time_words


def found(text: str) -> list[tuple[str, str]]:
    words, letters = time_words(text, 0, len(text))
    return [
        (kind, text[words[first].start : words[last - 1].end])
        for kind, first, last in expressions(letters)
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Wednesday, December 11, 2030", "day"),
        ("the 5th of May", "day"),
        ("next year's first quarter", "quarter"),
        ("the year-ago period", "samequarter"),
        ("Tuesday nights", "weekly"),
        ("late yesterday", "deictic"),
        ("two and a half years ago", "ago"),
        ("the past few weeks", "span"),
        ("earlier this month", "within"),
        ("every two weeks", "set"),
        ("the mid-1990s", "decade"),
        ("10:35 a.m. GMT", "clock"),
    ],
)
def test_a_phrase_is_one_expression_of_its_kind(text: str, kind: str) -> None:
    assert found(f"It was {text}.") == [(kind, text)]


@pytest.mark.parametrize("text", ["$1998", "1998%", "v1998", "27-year-old", "12 years old"])
def test_what_is_no_expression(text: str) -> None:
    assert found(f"the {text}") == []


@pytest.mark.parametrize(
    "unit", ["one ", "1-", "the last ", "May 5-", "1.1.", "a few of ", "Monday, ", "2020-01-01T10:"]
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    assert_grows_by_at_most(8 * 4, lambda: found(unit * 2_000), lambda: found(unit * 16_000))


@given(st.text(alphabet="0123456789-/:., aTMondyJunvstho’'½", max_size=60))
def test_words_cut_the_text_in_order(text: str) -> None:
    words, letters = time_words(text, 0, len(text))
    assert len(words) == len(letters)
    end = 0
    for word in words:
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        end = word.end

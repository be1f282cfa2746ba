"""How long and how often, as ISO 8601 has it."""

from __future__ import annotations

import pytest

from sayso.steps.extract.durations import length_of
from sayso.steps.extract.time_grammar import Phrase
from sayso.steps.extract.time_words import time_words


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("three years", "P3Y"),
        ("16-hour", "PT16H"),
        ("a week", "P1W"),
        ("a three-year", "P3Y"),
        ("the past twenty-four months", "P24M"),
        ("a hundred years", "P100Y"),
        ("two decades", "P20Y"),
        ("2 1/2 years", "P2Y6M"),
        ("two and a half hours", "PT2H30M"),
        ("half an hour", "PT30M"),
        ("half a year", "P6M"),
        ("a couple of days", "P2D"),
        ("a few days", "PXD"),
        ("months", "PXM"),
        ("2.5 years", "PXY"),
    ],
)
def test_lengths(text: str, iso: str) -> None:
    length = length_of(Phrase(*time_words(text, 0, len(text))))
    assert length is not None
    assert length.iso == iso


def test_without_a_unit_there_is_no_length() -> None:
    assert length_of(Phrase(*time_words("three", 0, 5))) is None

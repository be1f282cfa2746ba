"""Words around a number that are left out of what is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.wordy_numbers import wordy_spans

PIECES = st.sampled_from(
    "40 1,200 twelve between and from to of in the region total at most least up as few many but "
    "no more than close or , - rose give take men people million dozens 1999".split()
)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("in the region of 40 men left", ["in the region of "]),
        ("some in excess of 40 men", ["some in excess of "]),
        ("as few as 20 and as many as 40 men", ["as few as 20 and as many as "]),
        ("between 20 and 40 men", ["between 20 and "]),
        ("a recorded total of 40 men", ["a recorded total of "]),
        ("a figure close to 40", ["a figure close to "]),
        ("fatal to up to 40 men", ["up to "]),
        ("40, give or take a few, men", [", give or take a few,"]),
        ("no more and no fewer than 40 men", ["no more and no fewer than "]),
    ],
)
def test_what_leads_a_parser_astray_is_left_out(text: str, left_out: list[str]) -> None:
    assert [span.cut(text) for span in wordy_spans(text)] == left_out


@pytest.mark.parametrize(
    "text",
    [
        "at least 40 men",
        "about 40 men",
        "up to 40 men",
        "20 to 40 men",
        "the number exceeds 40",
        "the toll passed 40",
        "rose from 20 to 40 men",
        "the force grew quickly from 20 to 40 men",
        "estimated at 40 men",
        "fell below 40 men",
        "2 to 3 million men",
        "two hundred and forty men",
        "between 1990 and 2000",
        "the order of the day, and 40 men",
        "the total was 40",
    ],
)
def test_what_a_sentence_needs_stays(text: str) -> None:
    assert wordy_spans(text) == []


@given(st.lists(PIECES, max_size=14).map(" ".join))
def test_a_number_always_stays(text: str) -> None:
    end = 0
    for span in wordy_spans(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end
    kept = "".join(
        c for i, c in enumerate(text) if not any(s.start <= i < s.end for s in wordy_spans(text))
    )
    if any(character.isdigit() for character in text):
        assert any(character.isdigit() for character in kept)


def test_a_long_text_takes_linear_time() -> None:
    assert len(wordy_spans("in excess of 20 men, " * 5000)) == 5000

"""Words that a person typed are found where the text has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records.spans import Span
from sayso.values.wordings import nearest, places_of

TEXT = "“We won’t\nleave  Velm,” said Orlo – once. We won't leave Velm. (We did.)"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We won't leave Velm", ["We won’t\nleave  Velm", "We won't leave Velm"]),
        ("We won‘t  leave\tVelm,", ["We won’t\nleave  Velm,"]),
        ('"We won\'t leave Velm,"', ["We won’t\nleave  Velm,"]),
        ("Orlo - once", ["Orlo – once"]),
        ("(We did.)", ["(We did.)"]),
        ("we won't", []),
        ("We won.t", []),
        ("", []),
        ("“”", []),
        ("  ", []),
    ],
)
def test_signs_and_white_space_do_not_matter(words: str, found: list[str]) -> None:
    assert [span.cut(TEXT) for span in places_of(words, TEXT)] == found


@given(st.text(max_size=60), st.data())
def test_what_was_cut_from_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    if len(words.split()) and words.strip()[0] not in '"“„«»':
        assert places_of(words, text)


def test_the_nearest_place_is_taken() -> None:
    places = [Span(0, 5), Span(20, 25), Span(30, 35)]
    assert nearest(places, Span(22, 40)) == Span(20, 25)
    assert nearest(places, Span(6, 8)) == Span(0, 5)
    assert nearest(places, Span(36, 40)) == Span(30, 35)

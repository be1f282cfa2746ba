from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.reviews.figures import (
    Precision,
    agreements,
    precision_of,
    stated,
    wilson,
)


def test_wilson_gives_the_published_intervals() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    for right, of, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share_and_stays_a_share(right: int, of: int) -> None:
    right = min(right, of)
    low, high = wilson(right, of)
    assert 0 <= low <= right / of + 1e-12
    assert right / of - 1e-12 <= high <= 1


def test_a_figure_is_said_with_its_interval_and_found_again() -> None:
    said = str(Precision(182, 200))
    assert said == "precision 0.91, 0.86–0.94, of 200 looked at"
    assert stated(f"By a random sample: {said}.") == (said, 200)
    assert stated("precision 1") is None


def test_the_sample_counts_as_far_as_it_was_looked_at_without_a_gap() -> None:
    found = {
        "a": {"ines": "confirm"},
        "b": {"ines": "reject", "omar": "confirm"},
        "d": {"ines": "confirm"},
    }
    assert precision_of("abcd", found) == Precision(2, 2)
    assert precision_of("abcd", found, most=1) == Precision(1, 1)
    assert precision_of("cabd", found) is None
    assert Precision(1, 4).wrong == 3


def test_what_was_corrected_was_wrong_though_another_confirms_it_so() -> None:
    assert precision_of("b", {"b": {"omar": "confirm", "ines": "correct"}}) == Precision(0, 1)
    assert precision_of("b", {"b": {"ines": "correct", "omar": "confirm"}}) == Precision(0, 1)


def test_kappa_of_the_textbook() -> None:
    """Fleiss, Levin and Paik: 20 both yes, 15 both no, 5 and 10 apart give 0.40."""
    pairs = (
        [("confirm", "confirm")] * 20
        + [("confirm", "reject")] * 5
        + [("reject", "confirm")] * 10
        + [("reject", "reject")] * 15
    )
    decided = {str(n): {"ines": one, "omar": other} for n, (one, other) in enumerate(pairs)}
    (pair,) = agreements(decided)
    assert (pair.one, pair.other, pair.both) == ("ines", "omar", 50)
    assert pair.agreed == pytest.approx(0.7)
    assert pair.kappa == pytest.approx(0.4)
    assert len(pair.differing) == 15


def test_kappa_is_not_told_where_chance_has_no_room() -> None:
    (pair,) = agreements({"a": {"ines": "confirm", "omar": "confirm"}})
    assert (pair.agreed, pair.kappa, pair.differing) == (1.0, None, ())
    assert agreements({"a": {"ines": "confirm"}}) == []

from __future__ import annotations

import pytest
from evals.reliability import Judged, expected_error, reliability
from hypothesis import given
from hypothesis import strategies as st

JUDGED = st.lists(st.builds(Judged, st.floats(0, 1), st.booleans()))


def test_a_confidence_that_keeps_its_word_has_no_error() -> None:
    judged = [Judged(0.8, number % 5 != 0) for number in range(100)]
    assert expected_error(judged) == pytest.approx(0.0)
    (only,) = reliability(judged)
    assert (only.low, only.high, only.count) == (0.8, 0.9, 100)
    assert only.right == pytest.approx(0.8)


def test_boasting_and_shyness_count_the_same() -> None:
    assert expected_error([Judged(1.0, False)]) == 1.0
    assert expected_error([Judged(0.0, True)]) == 1.0
    half = [Judged(0.95, True), Judged(0.95, False), Judged(0.05, False), Judged(0.05, False)]
    assert expected_error(half) == pytest.approx((2 * 0.45 + 2 * 0.05) / 4)


def test_nothing_judged_is_no_error() -> None:
    assert reliability([]) == []
    assert expected_error([]) == 0.0


@given(JUDGED)
def test_every_prediction_is_in_one_bin_and_the_error_is_a_share(judged: list[Judged]) -> None:
    bins = reliability(judged)
    assert sum(b.count for b in bins) == len(judged)
    assert all(b.low - 1e-9 <= b.confidence <= b.high + 1e-9 for b in bins)
    assert 0.0 <= expected_error(judged) <= 1.0

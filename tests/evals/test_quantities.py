"""The scorer of quantities."""

from __future__ import annotations

from evals.quantity_scores import f1s


def test_a_perfect_reading_is_one() -> None:
    assert f1s([([(5.0, "metre")], [(5.0, "metre")])]) == {"value": 1, "unit": 1, "both": 1}


def test_each_error_lowers_its_figure() -> None:
    assert f1s([([(5.0, "metre")], [(6.0, "metre")])]) == {"value": 0, "unit": 1, "both": 0}
    assert f1s([([(5.0, "metre")], [(5.0, "mile")])]) == {"value": 1, "unit": 0, "both": 0}
    assert f1s([([], [(5.0, "mile")])])["both"] == 0

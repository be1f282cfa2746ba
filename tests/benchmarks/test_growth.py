from __future__ import annotations

import math

import pytest
from benchmarks.scaling import LIMIT, growth

SIZES = [20_000, 40_000, 80_000, 160_000]


@pytest.mark.parametrize("power", [1.0, 1.5, 2.0])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    times = [(size / 10_000) ** power for size in SIZES]
    assert growth(SIZES, times) == pytest.approx(power)


def test_n_log_n_is_below_the_limit_and_n_squared_above() -> None:
    fine = growth(SIZES, [size * math.log(size) / 1e5 for size in SIZES])
    steep = growth(SIZES, [size**2 / 1e9 for size in SIZES])
    assert fine is not None
    assert steep is not None
    assert fine < LIMIT < steep


def test_times_too_short_to_measure_say_nothing() -> None:
    assert growth(SIZES, [0.01, 0.02, 0.04, 0.2]) is None

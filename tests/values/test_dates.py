"""EDTF: what a value covers, and that nothing gains precision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.dates import format_interval, format_month, is_edtf, parse_edtf, shift


@pytest.mark.parametrize(
    ("value", "earliest", "latest", "precision"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31), "month"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
        ("2019-12-18", date(2019, 12, 18), date(2019, 12, 18), "day"),
        ("2019-12-18~", date(2019, 12, 18), date(2019, 12, 18), "day"),
        ("2019-21", date(2019, 3, 1), date(2019, 5, 31), "season"),
        ("2019-24", date(2019, 12, 1), date(2020, 2, 29), "season"),
        ("2019-33", date(2019, 1, 1), date(2019, 3, 31), "quarter"),
        ("2019-36", date(2019, 10, 1), date(2019, 12, 31), "quarter"),
        ("2019-41", date(2019, 7, 1), date(2019, 12, 31), "half"),
        ("201X", date(2010, 1, 1), date(2019, 12, 31), "decade"),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31), "century"),
        ("2019-XX", date(2019, 1, 1), date(2019, 12, 31), "year"),
        ("2022/2023", date(2022, 1, 1), date(2023, 12, 31), "interval"),
        ("2021-08-15/..", date(2021, 8, 15), None, "interval"),
        ("../2019", None, date(2019, 12, 31), "interval"),
    ],
)
def test_what_a_value_covers(
    value: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    period = parse_edtf(value)
    assert (period.earliest, period.latest, period.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "19",
        "2019-13",
        "2019-00",
        "2019-02-30",
        "2019-XX-01",
        "201X-05",
        "/",
        "../..",
        "2020/2019",
    ],
)
def test_what_is_no_value(value: str) -> None:
    assert not is_edtf(value)


def test_overlap_and_containment() -> None:
    year, month, later = (parse_edtf(v) for v in ("2019", "2019-12", "2020/.."))
    assert year.overlaps(month)
    assert month.overlaps(year)
    assert not year.overlaps(later)
    assert year.contains(month)
    assert not month.contains(year)
    assert later.contains(parse_edtf("2031-05-01"))


@given(st.text(alphabet="0123456789X-/.?~%", max_size=24))
def test_anything_is_read_or_refused(value: str) -> None:
    if is_edtf(value):
        period = parse_edtf(value)
        assert period.earliest is not None or period.latest is not None
        assert period.overlaps(period)


@given(st.dates(), st.dates())
def test_two_days_make_an_interval(one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = parse_edtf(format_interval(first.isoformat(), last.isoformat()))
    assert (period.earliest, period.latest) == (first, last)


@given(st.dates(), st.integers(-3000, 3000), st.sampled_from(["day", "week", "month", "year"]))
def test_shifts_go_the_right_way(day: date, count: int, unit: str) -> None:
    moved = shift(day, count, unit)  # type: ignore[arg-type]
    if moved is not None:
        assert (moved > day) - (moved < day) == (count > 0) - (count < 0)


def test_months_run_over_the_year() -> None:
    assert format_month(2019, 0) == "2018-12"
    assert format_month(2019, 13) == "2020-01"
    assert shift(date(2020, 1, 31), 1, "month") == date(2020, 2, 29)
    assert shift(date(9999, 12, 31), 1, "day") is None

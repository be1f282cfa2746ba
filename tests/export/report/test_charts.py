from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.report import Limits, ReportView
from sayso.export.report.amounts import Scale, in_words
from sayso.export.report.charts import charts, measure_class
from sayso.export.report.index import Index

bounds = st.integers(0, 10**20)


@pytest.mark.parametrize(
    ("low", "high", "approximate", "words"),
    [
        (2500, 4000, False, "2,500 to 4,000"),
        (21, None, False, "at least 21"),
        (None, 300, False, "at most 300"),
        (6000, 6000, True, "about 6,000"),
        (24, None, True, "about 24 or more"),
        (None, 24, True, "about 24 or fewer"),
        (0, 0, False, "0"),
        (None, None, True, "no number"),
    ],
)
def test_bounds_in_words(low: int | None, high: int | None, approximate: bool, words: str) -> None:
    assert in_words(low, high, approximate=approximate) == words


@given(st.lists(bounds, min_size=1, max_size=8))
def test_a_scale_holds_its_values_in_their_order(values: list[int]) -> None:
    scale = Scale.over(values)
    places = [scale.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(3 <= place <= 97 for place in places)
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= 8
    assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})


@given(st.none() | bounds, st.none() | bounds, st.booleans())
def test_a_bar_stays_in_the_drawing(low: int | None, high: int | None, approximate: bool) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    scale = Scale.over([value for value in (low, high) if value is not None])
    bar = scale.bar(low, high, approximate=approximate)
    assert 0 <= bar.start <= bar.end <= 100
    assert (bar.shape == "from") == (high is None and low is not None)
    assert (bar.shape == "to") == (low is None and high is not None)


def test_a_wide_range_is_drawn_on_a_logarithmic_scale() -> None:
    assert Scale.over([20, 6000]).logarithmic
    assert not Scale.over([2000, 6000]).logarithmic
    assert not Scale.over([0, 6000]).logarithmic


def test_words_for_fighters_share_a_chart_and_losses_do_not() -> None:
    assert measure_class("Militants") == measure_class("fighters") == "strength"
    assert measure_class("killed") == "killed"
    assert measure_class(None) == "number"


def test_subjects_that_are_not_known_share_a_chart(view: ReportView) -> None:
    claims = tuple(
        msgspec.structs.replace(claim, id=f"{n}{claim.id}", subject=subject)
        for n, claim in enumerate(view.claims)
        for subject in (None, msgspec.structs.replace(claim.subject, entity=None))
        if claim.measure == "killed" and claim.subject is not None
    )
    (chart,), _ = charts(Index(replace(view, claims=claims), Limits()))
    assert (chart.subject.name, len(chart.rows)) == ("No group named", 2)


def test_estimates_are_gathered_by_subject_and_measure(view: ReportView) -> None:
    found, left = charts(Index(view, Limits()))
    assert left == 0
    assert [(chart.subject.name, chart.measure, len(chart.rows)) for chart in found] == [
        ("Karsk Front", "strength", 4),
        ("Karsk Front", "killed", 1),
    ]
    rows = found[0].rows
    assert {row.who.name if row.who else None for row in rows} == {None, "Oren Vasch", "Mila Grey"}
    assert {row.bar.shape for row in rows} == {"point", "range", "from"}
    assert [row.place for row in rows][-1] == "Upper Doss valley"


def test_a_bar_that_is_open_above_has_room_to_fade(view: ReportView) -> None:
    claims = tuple(msgspec.structs.replace(claim, low=4000, high=None) for claim in view.claims[:1])
    (chart,), _ = charts(Index(replace(view, claims=claims), Limits()))
    assert chart.rows[0].bar.width > 20

"""Disputes over time: each claim where its time and its count put it, and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.export.drawings.calendar_scale import Calendar
from sayso.export.drawings.over_time import OverTime, over_time
from sayso.export.rows import Lookup
from sayso.records.findings import Claim, Holder, Statement, Words
from sayso.records.matches import About, Dispute, Position
from sayso.records.spans import Span
from sayso.values.dates import Period

_SPAN = Span(0, 4)


def _statement(id: str, holder: str) -> Statement:
    return Statement(
        id=id,
        document="doc",
        kind="indirect",
        holder=Holder(None, _SPAN, holder, "name"),
        cue=None,
        content=(Words(_SPAN, "text"),),
        exact=(),
        via=(),
        setting=None,
        said=None,
        confidence=0.9,
        made_by="m",
    )


def _claim(id: str, low: int | None, high: int | None) -> Claim:
    counted = low is not None or high is not None
    return Claim(
        id=id,
        statement="s-" + id,
        document="doc",
        span=_SPAN,
        quote="text",
        kind="estimate" if counted else "status",
        polarity="positive",
        modality="actual",
        hedges=(),
        time=None,
        place=None,
        confidence=0.9,
        made_by="m",
        low=low,
        high=high,
    )


def _drawn(answers: list[tuple[str, list[tuple[int | None, int | None, str | None]]]]) -> Any:
    claims, positions = {}, []
    for place, (value, told) in enumerate(answers):
        ids = [f"{place}-{n}" for n in range(len(told))]
        claims |= {id: _claim(id, low, high) for id, (low, high, _) in zip(ids, told, strict=True)}
        lows = [low for low, _, _ in told if low is not None]
        positions.append(
            Position(
                value,
                tuple(ids),
                (),
                1,
                low=min(lows, default=None),
                high=max((high for _, high, _ in told if high is not None), default=None),
                when=tuple(when for _, _, when in told),
            )
        )
    dispute = Dispute("d", About("estimate"), "How many?", tuple(positions), "differ", (), "m")
    nothing = dict.fromkeys(("outlet", "published", "title", "uri"))
    lookup = Lookup(lambda id: None, lambda id: nothing, lambda id: _statement(id, f"Who {id}"))
    return over_time(dispute, claims.get, lookup)


def test_what_is_sure_is_a_dot_and_what_is_unsure_covers_all_that_it_may_mean() -> None:
    drawn: OverTime = _drawn(
        [
            ("300", [(300, 300, "2031-03-03")]),
            ("700 to 900", [(700, 900, "2031-03-14")]),
            ("450", [(450, 450, "2031-02")]),
            ("100 to 200", [(100, 200, "2031-01")]),
        ]
    )
    shapes = {mark.told.words: mark.shape for mark in drawn.marks}
    assert shapes == {"300": "dot", "700 to 900": "up", "450": "across", "100 to 200": "box"}
    by = {mark.told.words: mark for mark in drawn.marks}
    assert by["100 to 200"].x1 <= by["450"].x0 < by["450"].x1 < by["300"].x0 < by["700 to 900"].x0
    assert by["700 to 900"].y0 < by["700 to 900"].y1 < by["450"].y0 < by["300"].y0
    assert [mark.number for mark in drawn.marks] == [1, 2, 3, 4]
    assert all(mark.told.holder.startswith("Who") for mark in drawn.marks)


def test_what_has_no_date_is_given_none() -> None:
    drawn = _drawn([("3", [(3, 3, None), (3, 3, "2031-03")]), ("4", [(4, 4, "never")])])
    assert drawn.undated is not None
    for mark in drawn.marks:
        assert (mark.x0 > drawn.right) == (mark.told.when != "2031-03")
    assert _drawn([("3", [(3, 3, None)]), ("4", [(4, 4, None)])]) is None
    assert _drawn([("3", [(3, 3, "2031")])]) is None, "one claim is no chart"


def test_open_ends_reach_the_edge() -> None:
    drawn = _drawn([("at least 5", [(5, None, "2031-03")]), ("9", [(9, 9, "../2031-02")])])
    first, second = sorted(drawn.marks, key=lambda m: m.told.low)
    assert first.open
    assert first.y0 == 14
    assert second.open
    assert second.x0 == drawn.left


def test_yes_and_no_stand_on_lines_of_their_own() -> None:
    days = ["2031-03-01"] * 5 + ["2031-04-01"]
    drawn = _drawn(
        [
            ("active", [(None, None, day) for day in days]),
            ("not active", [(None, None, "2031-03-20")]),
        ]
    )
    assert [line.value for line in drawn.lines] == ["active", "not active"]
    yes = [m for m in drawn.marks if m.told.answer == 0]
    no = [m for m in drawn.marks if m.told.answer == 1]
    assert max(m.y0 for m in yes) < min(m.y0 for m in no)
    same = [m.y0 for m in yes if m.told.when == "2031-03-01"]
    assert len(set(same)) == len(same), "they do not cover one another"


_days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
_times = st.none() | _days.map(date.isoformat) | _days.map(lambda d: d.isoformat()[:7])
_counts = st.none() | st.integers(0, 10**18)


@given(st.lists(st.tuples(_counts, _counts, _times), min_size=1, max_size=90))
def test_everything_lies_on_the_drawing(told: list[Any]) -> None:
    told = [
        (*sorted((a, b)), t) if a is not None and b is not None else (a, b, t) for a, b, t in told
    ]
    drawn = _drawn([("x", told[::2]), ("y", told[1::2])])
    if drawn is None:
        counted = [one for one in told if one[:2] != (None, None)]
        drawable = counted or told  # among numbers, a claim without one has no place
        assert len(drawable) < 2 or all(when is None for _, _, when in drawable)
        return
    assert len(drawn.marks) + drawn.left_out == len(told)
    for mark in drawn.marks:
        assert 0 <= mark.x0 <= mark.x1 <= 100
        assert 0 <= mark.y0 <= mark.y1 <= drawn.height


@given(_days, st.integers(0, 3_000_000))
def test_a_scale_of_days_names_a_few_of_its_days(first: date, more: int) -> None:
    last = min(first.toordinal() + more, date.max.toordinal())
    calendar = Calendar.over([Period(first, date.fromordinal(last), "interval")])
    assert calendar is not None
    ticks = calendar.ticks()
    assert 1 <= len(ticks) <= 6
    assert all(0 <= x <= 1 for x, _ in ticks)
    assert ticks == sorted(ticks)
    assert len({label for _, label in ticks}) == len(ticks)
    assert calendar.end(calendar.last) == 1
    assert calendar.start(calendar.first) == 0
    assert timedelta(days=calendar.days - 1) == calendar.last - calendar.first

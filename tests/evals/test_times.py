"""The scorer of times: what matches, and how our record is written as TIMEX3."""

from __future__ import annotations

import pytest
from evals.timebank import Expression, read
from evals.times import Counts, count, to_expressions

from sayso.records.findings import Time, TimeKind, TimeReference
from sayso.records.spans import Span

GOLD = [Expression(0, 6, "1998-02-13"), Expression(10, 14, "1998")]


def figures(found: list[Expression]) -> dict[str, float]:
    counts = Counts()
    count(counts, GOLD, found)
    return counts.figures()


def test_a_perfect_prediction_gives_one() -> None:
    assert set(figures(GOLD).values()) == {1.0}


def test_each_kind_of_error_lowers_its_figure() -> None:
    wider = figures([Expression(0, 6, "1998-02-13"), Expression(8, 14, "1998")])
    assert (wider["span_f1"], wider["value_f1"], wider["strict_f1"]) == (1.0, 1.0, 0.5)
    wrong = figures([Expression(0, 6, "1998-02-20"), Expression(10, 14, "1998")])
    assert (wrong["span_f1"], wrong["value_f1"]) == (1.0, 0.5)
    missed = figures(GOLD[:1])
    assert (missed["span_recall"], missed["span_precision"]) == (0.5, 1.0)
    surplus = figures([*GOLD, Expression(20, 22, "1999"), Expression(30, 32, "1999")])
    assert (surplus["span_recall"], surplus["span_precision"]) == (1.0, 0.5)


def test_one_prediction_matches_once() -> None:
    assert figures([Expression(0, 14, "1998")])["span_recall"] == 0.5


def time(
    value: str | None,
    quote: str = "then",
    *,
    kind: TimeKind = "date",
    duration: str | None = None,
    every: str | None = None,
    clock: str | None = None,
    reference: TimeReference | None = None,
) -> Time:
    return Time(
        Span(5, 5 + len(quote)),
        quote,
        value,
        None,
        kind=kind,
        duration=duration,
        every=every,
        clock=clock,
        reference=reference,
    )


@pytest.mark.parametrize(
    ("record", "value"),
    [
        (time("1998-02-13"), "1998-02-13"),
        (time("1998-35"), "1998-Q3"),
        (time("1998-22"), "1998-SU"),
        (time("1998-41"), "1998-H2"),
        (time("199X"), "199"),
        (time("19XX"), "19"),
        (time("1998-02-02/1998-02-08"), "1998-W06"),
        (time("1998-02-07/1998-02-08"), "1998-W06-WE"),
        (time("1998-02-13~"), "1998-W07"),
        (time("1998/.."), "1998"),
        (time("1995/1998", kind="duration", duration="P3Y"), "P3Y"),
        (time("1998-02-13", kind="time", clock="T22:00"), "1998-02-13T22:00"),
        (time(None, kind="set", every="P1D"), "P1D"),
        (time(None, reference="past"), "PAST_REF"),
        (time(None), None),
    ],
)
def test_records_become_timex3(record: Time, value: str | None) -> None:
    [expression] = to_expressions(record)
    assert expression.value == value


def test_a_preposition_is_left_out_and_a_range_is_two() -> None:
    [since] = to_expressions(time("1998/..", "since 1998"))
    assert (since.start, since.end) == (11, 15)
    first, last = to_expressions(time("1997/1998", "between 1997 and 1998"))
    assert (first.start, first.end, first.value) == (13, 17, "1997")
    assert (last.start, last.end, last.value) == (22, 26, "1998")


def test_timeml_is_read_with_its_day_and_its_places() -> None:
    article = read(
        '<TimeML><DCT>On <TIMEX3 value="2031-05-06T10:00">May 6</TIMEX3></DCT><TEXT>\nThey '
        '<EVENT>met</EVENT> on <TIMEX3 value="2031-05-05" type="DATE">Monday</TIMEX3>.</TEXT>'
        "</TimeML>",
        "a",
    )
    [found] = article.times
    assert article.written == "2031-05-06"
    assert article.text[found.start : found.end] == "Monday"
    assert article.document().published.value == "2031-05-06"

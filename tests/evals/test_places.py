"""The scorer of places: each kind of error lowers its figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evals.geoparsing import Article, Point, half_of, trimmed
from evals.places import Found, Score
from evals.plain_documents import plain_document

from sayso.records.spans import Span
from sayso.steps.link.gazetteer import Spot

TEXT = "Velm and Orsk lie on the Lenn."
HERE = Spot(1, 1, "city", 10.0, 10.0, 3.0, ())
GOLD = {Span(0, 4): Point(10.0, 10.0), Span(9, 13): Point(10.0, 10.1), Span(25, 29): None}
ARTICLE = Article("lgl", plain_document(TEXT), 0, GOLD)


def figures(found: dict[Span, Found]) -> dict[str, float]:
    score = Score()
    score.take(ARTICLE, found)
    return score.figures()


def test_a_perfect_answer() -> None:
    got = figures({span: Found(HERE) for span in GOLD})
    assert (got["precision"], got["recall"], got["f1"], got["within_161_km"]) == (1, 1, 1, 1)
    assert got["median_km"] == pytest.approx(5.48, abs=0.05)


def test_missed_added_and_far_off() -> None:
    far = replace(HERE, latitude=60.0)
    got = figures({Span(0, 4): Found(HERE), Span(9, 13): Found(far), Span(5, 8): Found(None)})
    assert got["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert got["recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert got["within_161_km"] == 0.5


def test_what_has_no_place_is_not_counted_as_far() -> None:
    score = Score()
    score.take(ARTICLE, {Span(0, 4): Found(None)})
    assert (score.unresolved, score.distances) == (1, [])


def test_spans_and_halves() -> None:
    assert trimmed("the Lenn's", Span(0, 10)) == Span(4, 8)
    assert {half_of(str(number)) for number in range(20)} == {0, 1}

"""Quantities: value, unit, kind and bounds of every number; what is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from evals.plain_documents import plain_document
from hypothesis import given
from hypothesis import strategies as st

from sayso.learned.spacy_model import SpacyModel
from sayso.steps.extract.quantities import Quantity, find_quantities
from sayso.values.decimals import figure_at
from sayso.values.numerals import lexemes


def _found(model: SpacyModel, text: str) -> list[Quantity]:
    document = plain_document(text)
    parses = model.parse(document.text, document.zones).parses
    return [one for parse in parses for one in find_quantities(document.text, parse)]


@pytest.mark.parametrize(
    ("text", "kind", "unit", "low", "high"),
    [
        ("The bridge is 300 to 400 metres long.", "distance", "metre", 300, 400),
        ("A fine of 10 million roubles was imposed.", "money", "rouble", 10**7, 10**7),
        ("The town paid $1.5 million.", "money", "dollar", 1_500_000, 1_500_000),
        (
            "It costs 13 dollars and 45 cents.",
            "money",
            "dollar",
            Fraction("13.45"),
            Fraction("13.45"),
        ),
        ("About 40 percent of the fields were burnt.", "percent", "percentage", 40, 40),
        ("The girl is five years old.", "age", "year of age", 5, 5),
        ("The temperature fell to -20 degrees Celsius.", "temperature", "celsius", -20, -20),
        ("More than 35 lakh tonnes were sold.", "weight", "metric ton", 3_500_000, None),
        ("Six ministers met in Velm.", "count", "minister", 6, 6),
    ],
)
def test_one_quantity(
    model: SpacyModel, text: str, kind: str, unit: str, low: Fraction, high: Fraction | None
) -> None:
    [one] = _found(model, text)
    assert (one.kind, one.unit, one.low, one.high) == (kind, unit, low, high)
    assert one.number.cut(text) in one.span.cut(text)


@pytest.mark.parametrize(
    "text", ["They met on May 8, 1945.", "Call at 10:30.", "The 40th session opened in 2014."]
)
def test_dates_and_times_are_none(model: SpacyModel, text: str) -> None:
    assert _found(model, text) == []


@given(st.text(alphabet="0123456789.,/½ a-third million", max_size=40))
def test_figures_never_fail_and_go_forward(text: str) -> None:
    words = lexemes(text)
    for index in range(len(words)):
        figure = figure_at(words, index)
        assert figure is None or index < figure.last <= len(words)

"""Borders of two states, and parts of a state by direction."""

from __future__ import annotations

import pytest
from evals.plain_documents import plain_document

from sayso.learned.spacy_model import SpacyModel
from sayso.steps.extract.borders import border_point, borders_in, part_point


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Guards watch the Tajik-Afghan border.", ["Tajik-Afghan border"]),
        (
            "They crossed the border between Pakistan and Iran.",
            ["border between Pakistan and Iran"],
        ),
        ("They crossed the border.", []),
        ("They crossed the border between the river and Iran.", []),
        ("The Afghan-Afghan border is a slip.", []),
    ],
)
def test_borders(model: SpacyModel, text: str, quotes: list[str]) -> None:
    document = plain_document(text)
    [parse] = model.parse(text, document.zones).parses
    found = list(borders_in(text, parse))
    assert [place.quote for place in found] == quotes
    assert all(place.span.cut(text) == place.quote for place in found)
    assert all(place.precision == "region" for place in found)


def test_a_border_has_a_point_on_neither_side_first() -> None:
    assert border_point("AF", "TJ") == border_point("TJ", "AF")
    assert border_point("AF", "US") is None
    assert border_point("AF", "ZZ") is None


def test_parts() -> None:
    east, west = part_point("AF", "eastern"), part_point("AF", "western")
    north_east = part_point("AF", "north-eastern")
    assert east is not None
    assert west is not None
    assert north_east is not None
    assert west[1] < east[1]
    assert north_east[0] > east[0]
    assert part_point("AF", "central") is None
    assert part_point("ZZ", "eastern") is None

"""Places: names used as locations, with the words that make them regions."""

from __future__ import annotations

import pytest
from tests.steps.extract.scenery import document, entities_of, places_of

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Entity
from sayso.records.findings import Mention, Place
from sayso.records.spans import Span


def places(model: SpacyModel, text: str) -> list[Place]:
    report = document(text)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    found = places_of(analysis, entities_of(text))
    for place in found:
        assert place.span.cut(text) == place.quote
    return found


@pytest.mark.parametrize(
    ("text", "quote", "precision"),
    [
        ("They live in Tarvia.", "Tarvia", "country"),
        ("They live in eastern Tarvia.", "eastern Tarvia", "region"),
        ("They live in north-eastern Tarvia.", "north-eastern Tarvia", "region"),
        ("They live in Velm province.", "Velm province", "province"),
        ("They live near Velm.", "Velm", None),
    ],
)
def test_a_location(model: SpacyModel, text: str, quote: str, precision: str | None) -> None:
    [place] = places(model, text)
    assert (place.quote, place.precision, place.latitude) == (quote, precision, None)


def test_two_places_under_one_preposition(model: SpacyModel) -> None:
    assert [place.quote for place in places(model, "They live in Velm and Orsk.")] == [
        "Velm",
        "Orsk",
    ]


@pytest.mark.parametrize("text", ["Tarvia said no.", "Tarvia and Ostrenia signed it."])
def test_a_government_is_no_place(model: SpacyModel, text: str) -> None:
    assert places(model, text) == []


def test_coordinates_come_from_the_entity_alone(model: SpacyModel) -> None:
    text = "They live in Velm."
    report = document(text)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    known = {"latitude": "12.5", "longitude": "not known"}
    entity = Entity("v", "place", "Velm", (), known, None, (), "test")
    mention = Mention("m", "doc", Span(13, 17), "Velm", "v", "name", "test")
    [place] = places_of(analysis, DocumentEntities([entity], [mention]))
    assert (place.latitude, place.longitude) == (12.5, None)

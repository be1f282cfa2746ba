"""Countries told by their ministers."""

from __future__ import annotations

import pytest
from evals.plain_documents import plain_document

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.settings import ExtractSettings, Settings
from sayso.steps.extract.names_countries import is_adjective_of


@pytest.fixture(scope="module")
def reader(model: SpacyModel) -> Reader:
    return Reader(Settings(extract=ExtractSettings(attribution="rules")), model=model)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The Brenorian foreign minister said Brenoria would stay out.", {"Brenoria"}),
        ("Brenorian Foreign Minister Ilya Marn praised Brenor and Ulkava.", {"Brenor", "Ulkava"}),
        ("Brenorian cheese is sold all over Brenoria.", set()),
        ("The Brenorian foreign minister spoke to Mara Brenor.", set()),
    ],
)
def test_a_name_whose_adjective_has_a_minister_is_a_state(
    reader: Reader, text: str, states: set[str]
) -> None:
    reading = reader.read_document(plain_document(text))
    found = {entity.name for entity in reading.entities if entity.kind == "state"}
    assert found == states


def test_a_minister_holds_an_office_of_that_state(reader: Reader) -> None:
    text = "Brenorian Foreign Minister Ilya Marn denied arming the Karsk Front. Brenoria is calm."
    reading = reader.read_document(plain_document(text))
    state = next(entity for entity in reading.entities if entity.name == "Brenoria")
    marn = next(entity for entity in reading.entities if entity.name == "Ilya Marn")
    assert state.id in {role.organisation for role in marn.roles}


@pytest.mark.parametrize(
    ("adjective", "name", "fits"),
    [
        ("Brenorian", "Brenoria", True),
        ("Brenorian", "Brenor", True),
        ("Brenorish", "Brenor", True),
        ("Brenorian", "Orsk", False),
        ("Ian", "", False),
        ("Brenoria", "Brenoria", False),
    ],
)
def test_adjectives_are_made_of_names(adjective: str, name: str, fits: bool) -> None:
    assert is_adjective_of(adjective, name) is fits

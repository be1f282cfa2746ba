"""Whether a clause speaks of the past or of what is to come."""

from __future__ import annotations

import pytest
from tests.steps.extract.scenery import document

from sayso.learned.spacy_model import SpacyModel
from sayso.steps.extract.tenses import Tense, Tenses


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("They met in Velm on Friday.", "past"),
        ("The bridge was bombed on Friday.", "past"),
        ("They will meet in Velm on Friday.", "future"),
        ("The talks are scheduled for Friday.", "future"),
        ("They agreed to meet on Friday.", "future"),
        ("They criticised Friday's meeting.", None),
        ("They extended the truce until Friday.", None),
    ],
)
def test_the_verb_tells(model: SpacyModel, text: str, tense: Tense | None) -> None:
    [parse] = model.parse(text, document(text).zones).parses
    assert Tenses(parse).at(text.index("Friday")) == tense

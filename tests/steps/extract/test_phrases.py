"""Phrases that stand for people, bodies and places."""

from __future__ import annotations

import itertools

import pytest
from tests.steps.extract.scenery import document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.steps.extract.names import find_names
from sayso.steps.extract.phrases import Phrase, find_phrases
from sayso.steps.link.actors import Actors


def _phrases(model: SpacyModel, text: str) -> list[tuple[str, str]]:
    return [(phrase.span.cut(text), phrase.kind) for phrase in _found(model, text)]


def _found(model: SpacyModel, text: str) -> list[Phrase]:
    report = document(text)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    actors = Actors.load([], builtin=True)
    return find_phrases(analysis, find_names(analysis, actors), actors)


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        (
            "Foreign Minister Ilya Marn arrived in Lisbon on Monday.",
            "Foreign Minister Ilya Marn",
            "person",
        ),
        (
            "They met the Portuguese government on Monday.",
            "the Portuguese government",
            "organisation",
        ),
        ("Rain fell in northern Portugal.", "northern Portugal", "place"),
    ],
)
def test_a_phrase_holds_more_than_its_name(
    model: SpacyModel, text: str, phrase: str, kind: str
) -> None:
    assert (phrase, kind) in _phrases(model, text)


def test_phrases_do_not_overlap_and_are_in_order(model: SpacyModel) -> None:
    text = (
        "The Portuguese government sent Foreign Minister Ilya Marn to the city of Orsk.\n"
        "Members of the Ember Brigade and the leader of the Karsk Front waited in northern Tarvia."
    )
    spans = [phrase.span for phrase in _found(model, text)]
    assert spans
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))


@pytest.mark.parametrize("text", [" ", "?", "((((((", "A " * 300, "\u200b"])
def test_odd_texts_do_no_harm(model: SpacyModel, text: str) -> None:
    _found(model, text)

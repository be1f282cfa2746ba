"""Whom phrases stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.steps.extract.scenery import document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import EntityKind
from sayso.steps.extract.names import find_names
from sayso.steps.extract.phrases import Phrase, PhraseKind
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.steps.link.phrases import Phrased, link_phrases

Link = Callable[[str, str, PhraseKind], tuple[DocumentEntities, Phrased]]


@pytest.fixture
def link(model: SpacyModel) -> Link:
    def linked(text: str, words: str, kind: PhraseKind) -> tuple[DocumentEntities, Phrased]:
        report = document(text)
        analysis = Analysis(report, model.parse(text, report.zones).parses)
        actors = Actors.load([], builtin=True)
        named = link_entities(analysis, find_names(analysis, actors), actors, made_by="test")
        parse = analysis.parses[0]
        start = text.index(words)
        first = parse.starts.index(start)
        last = parse.ends.index(start + len(words)) + 1
        phrase = Phrase(parse.span(first, last), kind, 0, first, last)
        return named, link_phrases(analysis, named, [phrase], made_by="test")

    return linked


def _named(named: DocumentEntities, words: str) -> str:
    return next(mention.entity for mention in named.mentions if mention.quote == words)


def test_a_title_before_a_name_is_one_more_mention(link: Link) -> None:
    named, phrased = link(
        "Foreign Minister John Marn arrived.", "Foreign Minister John Marn", "person"
    )
    [mention] = phrased.mentions
    assert mention.entity == _named(named, "John Marn")
    assert (mention.form, phrased.entities) == ("name", ())


def test_a_phrase_that_is_just_a_name_adds_nothing(link: Link) -> None:
    assert link("John Marn arrived in Lisbon.", "John Marn", "person")[1] == Phrased((), ())


@pytest.mark.parametrize(
    ("words", "kind", "entity_kind", "form"),
    [
        ("the Portuguese government", "organisation", "organisation", "nominal"),
        ("Portuguese officials", "organisation", "people", "nominal"),
        ("northern Portugal", "place", "place", "name"),
    ],
)
def test_a_description_is_an_entity_of_the_document(
    link: Link, words: str, kind: PhraseKind, entity_kind: EntityKind, form: str
) -> None:
    text = f"They spoke of {words} on Monday."
    _, phrased = link(text, words, kind)
    [mention], [entity] = phrased.mentions, phrased.entities
    assert mention.span.cut(text) == mention.quote == words
    assert (mention.entity, mention.form) == (entity.id, form)
    assert (entity.kind, entity.name) == (entity_kind, words.removeprefix("the "))


def test_a_side_of_a_place_is_part_of_it(link: Link) -> None:
    named, phrased = link("Rain fell in northern Portugal.", "northern Portugal", "place")
    assert phrased.entities[0].part_of == _named(named, "Portugal")


def test_what_only_says_that_it_is_a_city_is_the_city(link: Link) -> None:
    named, phrased = link("Rain fell in the city of Lisbon.", "the city of Lisbon", "place")
    assert phrased.mentions[0].entity == _named(named, "Lisbon")
    assert phrased.entities == ()

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.analyses import Analysis, DraftStatement
from sayso.records.documents import RawDocument
from sayso.records.spans import Span
from sayso.settings import Settings
from sayso.steps.extract.names import find_names
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.steps.link.holders import resolve_holders

Means = Callable[..., str | None]
"""Whom the last of some holders means, by name."""
OPENING = "Oren Vasch, who runs the port of Velm, spoke on Monday.\n"


@pytest.fixture(scope="module")
def means(model: SpacyModel) -> Means:
    reader = Reader(Settings(), model=model)
    actors = Actors.load((), builtin=True)

    def last(text: str, *holders: str, quoted: str | None = None) -> str | None:
        """`holders` stand in the text in this order; the last says `quoted`, in its own words."""
        raw = RawDocument("report.txt", text.encode(), "text/plain", "2031-03-14T00:00:00Z")
        analysis, _ = reader.analyse(raw)
        named = link_entities(analysis, find_names(analysis, actors), actors, made_by="m")
        drafts: list[DraftStatement] = []
        for words in holders:
            after = drafts[-1].holder.end if drafts and drafts[-1].holder else 0
            drafts.append(_draft(analysis, _find(analysis, words, after)))
        if quoted is not None:
            said = (_find(analysis, quoted, 0),)
            drafts[-1] = replace(drafts[-1], content=said, exact=said)
        resolved = resolve_holders(analysis, named, drafts, made_by="m")
        names = {entity.id: entity.name for entity in resolved.entities}
        names |= {id: entity.name for id, entity in named.entities.items()}
        holder = resolved.statements[-1].holder
        return names[holder.entity] if holder and holder.entity else None

    return last


def _find(analysis: Analysis, words: str, start: int) -> Span:
    found = re.compile(rf"\b{re.escape(words)}\b").search(analysis.text, start)
    assert found is not None
    return Span(*found.span())


def _draft(analysis: Analysis, holder: Span) -> DraftStatement:
    zone = next(i for i, p in enumerate(analysis.parses) if p.zone.span.contains(holder))
    parse = analysis.parses[zone]
    first, last = parse.tokens_in(holder)
    inside = range(first, last)
    head = next(i for i in inside if parse.heads[i] not in inside or parse.heads[i] == i)
    return DraftStatement(
        zone, "indirect", (), (), 1.0, holder=holder, holder_head=parse.starts[head]
    )


def test_an_abbreviated_title_ends_no_sentence(means: Means) -> None:
    text = OPENING + (
        "Mr. Vasch argued there was little point in answering the threats of Mr. Brandt now."
        " “We must not overreact,” he told reporters."
    )
    assert means(text, "Mr. Vasch", "he") == "Oren Vasch"


def test_a_pronoun_is_nobody_named_in_what_is_said(means: Means) -> None:
    quoted = "My best adviser, Emil Brandt, brings me the charts"
    text = f"{OPENING}“{quoted},” he said."
    assert means(text, "he", quoted=quoted) == "Oren Vasch"


def test_whoever_stands_out_comes_before_the_nearest(means: Means) -> None:
    text = OPENING + (
        "Vasch said the harbour was full. Campaigning against Emil Brandt last year, he barely"
        " spoke of it."
    )
    assert means(text, "Vasch", "he") == "Oren Vasch"


def test_pronouns_tell_what_a_name_does_not(means: Means) -> None:
    text = (
        "Oren Vasch rose early on Monday and walked to the port of Velm.\n"
        "Quill Tarbet said that she would not sign the treaty. Tarbet told her party that she had"
        " read it. Tarbet laughed. Tarbet went home. But he said that it was late."
    )
    assert means(text, "Quill Tarbet", "he") == "Oren Vasch"


def test_who_is_the_name_it_follows(means: Means) -> None:
    text = "Oren Vasch spoke on Monday. The letter went to Sela Marn, who said that it was late."
    assert means(text, "who") == "Sela Marn"


def test_who_after_no_name_is_nobody(means: Means) -> None:
    text = "Oren Vasch spoke on Monday. The letter drew fire from some who said it was late."
    assert means(text, "who") is None


def test_a_subject_described_by_its_office_stands_out(means: Means) -> None:
    text = (
        "President Oren Vasch met the press. Emil Brandt, an adviser, spoke first."
        " The president looked tense beside Mr. Brandt. He said that rain would come."
    )
    assert means(text, "He") == "Oren Vasch"


def test_they_after_holders_who_are_nobody_is_nobody_from_before(means: Means) -> None:
    text = (
        "The Karsk Front held the bridge. Twenty-seven towns upstream sued over it."
        " They said that the bridge was theirs."
    )
    front = means("The Karsk Front held the bridge. They said it was theirs.", "They")
    assert front is not None
    assert means(text, "Twenty-seven towns upstream", "They") != front


@pytest.mark.parametrize("noun", ["campaign", "administration"])
def test_a_name_before_the_head_only_says_whose_it_is(means: Means, noun: str) -> None:
    text = OPENING + f"The Vasch {noun} said it had spent nothing."
    assert means(text, f"The Vasch {noun}") == f"Vasch {noun}"


def test_one_of_somebodys_people_is_not_that_somebody(means: Means) -> None:
    text = OPENING + "The coast, as one of Mr. Vasch's climate advisers pointed out, is wet."
    assert means(text, "one of Mr. Vasch's climate advisers") != "Oren Vasch"


def test_it_may_be_the_place_that_spoke(means: Means) -> None:
    text = (
        "The city of Lisbon sued over the pictures. The city sent a letter. It says they are"
        " stolen."
    )
    assert means(text, "The city of Lisbon", "The city", "It") == "Lisbon"


def test_the_agency_may_have_another_word_in_its_name(means: Means) -> None:
    text = "The Velm Commission on Fisheries took the call. The agency said it would answer."
    found = means(text, "The agency")
    assert found is not None
    assert "Commission on Fisheries" in found


def test_a_compound_picks_among_bodies(means: Means) -> None:
    text = (
        "The Court of Appeals heard the case on Monday. The Supreme Court had sent it back."
        " Later the appeals court said it would rule in May."
    )
    found = means(text, "the appeals court")
    assert found is not None
    assert "Appeals" in found


def test_a_network_is_not_a_newspaper(means: Means) -> None:
    text = (
        "CNN sent a team to Velm. The New York Times wrote of it on Monday. The network said the"
        " team was safe."
    )
    assert means(text, "The network") == "CNN"


def test_a_source_is_not_whoever_spoke_last(means: Means) -> None:
    text = OPENING + "Vasch said the road was open. It was shut, the source said."
    assert means(text, "Vasch", "the source") != "Oren Vasch"

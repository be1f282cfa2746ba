"""Attacks: their doers with how surely, their means, and texts in capitals."""

from __future__ import annotations

import pytest
from tests.steps.extract.scenery import claims_in, document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim
from sayso.steps.extract.attacks import find_attacks


def attacks(model: SpacyModel, text: str) -> list[Claim]:
    report = document(text, published="2031-03-14")
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    found = claims_in(analysis, [])
    for claim in found.claims:
        for answer in claim.responsibility:
            assert answer.span.cut(text) == answer.quote
        if claim.means is not None:
            assert claim.means.span.cut(text) == claim.means.quote
    return [c for c in found.claims if c.plover is not None and c.plover.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Karsk Front gunmen killed four policemen in Velm on Monday.", "reported"),
        ("The Karsk Front claimed it killed four policemen in Velm on Monday.", "claimed"),
        ("The Karsk Front allegedly killed four policemen in Velm on Monday.", "accused"),
        (
            "Police accused the Karsk Front, which killed four policemen in Velm on Monday.",
            "accused_by_authorities",
        ),
        ("The Karsk Front may have killed four policemen in Velm on Monday.", "possible"),
        ("The Karsk Front did not kill the four policemen in Velm on Monday.", "denied"),
    ],
)
def test_how_surely_somebody_did_it(model: SpacyModel, text: str, how: str) -> None:
    answers = [answer for claim in attacks(model, text) for answer in claim.responsibility]
    # "it" is resolved in a later step.
    assert [(answer.quote, answer.how) for answer in answers] == [
        ("it" if how == "claimed" else "Karsk Front", how)
    ]


def test_a_meeting_has_no_one_to_answer_for_it(model: SpacyModel) -> None:
    text = "Ilya Marn met Dara Voss in Velm on Monday."
    report = document(text)
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses))
    assert all(claim.means is None and claim.responsibility == () for claim in found.claims)


def test_a_bombing_has_its_type_and_its_means(model: SpacyModel) -> None:
    text = (
        "A car bomb exploded outside the embassy in Velm on Monday, killing three policemen.\n"
        "The Karsk Front claimed responsibility for the bombing."
    )
    report = document(text)
    found = find_attacks(model.parse(text, report.zones).parses)
    assert "bombing" in {incident.type for incident in found}
    weapons = {part.phrase.words for incident in found for part in incident.of("weapon")}
    assert weapons == {"car bomb"}


def test_news_of_no_attack_has_none(model: SpacyModel) -> None:
    text = "The river panel has a new library in Velm. Its roof is made of copper."
    report = document(text)
    assert find_attacks(model.parse(text, report.zones).parses) == []


def test_an_event_keeps_what_its_claims_say(model: SpacyModel) -> None:
    text = "Karsk Front gunmen killed four policemen in Velm on Monday."
    report = document(text)
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses))
    [event] = [event for event in found.events if event.plover.type == "ASSAULT"]
    assert [answer.how for answer in event.responsibility] == ["reported"]

"""Events that a verb tells by its object or complement, one type after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.steps.extract.scenery import claims_in, document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim

Tell = Callable[[str], list[Claim]]


@pytest.fixture
def told(model: SpacyModel) -> Tell:
    def find(text: str) -> list[Claim]:
        report = document(text, published="2031-03-14")
        found = claims_in(Analysis(report, model.parse(text, report.zones).parses))
        return [claim for claim in found.claims if claim.kind == "event"]

    return find


def types(claims: list[Claim]) -> list[str]:
    return [claim.plover.type for claim in claims if claim.plover is not None]


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Tarvia agreed to share the river with Ostrenia.", "AGREE"),
        ("Ostrenia is ready to send observers to Velm.", "AGREE"),
        ("Tarvia said it would reopen the road to Orsk.", "AGREE"),
        ("Tarvia and Ostrenia signed a water treaty on Monday.", "SUPPORT"),
        ("Ilya Marn praised the government of Ostrenia.", "SUPPORT"),
        ("The ministers held talks with the Karsk Front in Velm.", "CONSULT"),
        ("The ministry has shared intelligence with Ostrenia.", "COOPERATE"),
        ("Tarvia sent 300 tons of food to Ostrenia.", "AID"),
        ("The government lifted the curfew in Orsk.", "CONCEDE"),
        ("Tarvia lifted the blockade of Velm.", "RETREAT"),
        ("The army withdrew its troops from Lenn.", "RETREAT"),
        ("Rebels released 12 prisoners in Orsk.", "RETREAT"),
        ("The council demanded that the rebels leave the town.", "REQUEST"),
        ("Tarvia said that Ostrenia must open the dam.", "REQUEST"),
        ("Dara Voss denounced the raid.", "ACCUSE"),
        ("The court opened an investigation into the flood.", "ACCUSE"),
        ("Ostrenia rejected a proposal for a ceasefire.", "REJECT"),
        ("The Karsk Front refused to disarm.", "REJECT"),
        ("Ostrenia said it would not accept the plan.", "REJECT"),
        ("Tarvia threatened to close the border.", "THREATEN"),
        ("The unions said they would boycott the vote.", "THREATEN"),
        ("Ostrenia suspended aid to Tarvia.", "SANCTION"),
        ("Tarvia broke off relations with Ostrenia.", "SANCTION"),
        ("Miners went on strike in Orsk.", "PROTEST"),
        ("Residents blocked the road to Velm.", "PROTEST"),
        ("Ostrenia deployed two battalions along the river.", "MOBILIZE"),
        ("The government imposed a curfew in Orsk.", "COERCE"),
        ("Soldiers burned houses in Lenn.", "COERCE"),
        ("Gunmen took twelve villagers into custody.", "COERCE"),
        ("Rebels overran the town of Lenn.", "ASSAULT"),
        ("Soldiers violated the truce.", "ASSAULT"),
    ],
)
def test_what_a_verb_does_with_its_object(told: Tell, text: str, type: str) -> None:
    assert types(told(text)) == [type]


@pytest.mark.parametrize(
    "text",
    [
        "The tool allows users to print maps.",
        "Who asked for tea?",
        "The library was opened to readers of all ages.",
        "We offer good soup.",
        "The team beat its rivals.",
        "A storm cut the power lines.",
        "The company charged a fee.",
    ],
)
def test_what_is_nothing_public(told: Tell, text: str) -> None:
    assert types(told(text)) == []


def test_what_is_refused_is_no_event_beside_the_refusal(told: Tell) -> None:
    assert types(told("Ostrenia refused to send food to Tarvia.")) == ["REJECT"]


def test_a_vowed_attack_is_told_as_a_future_one(told: Tell) -> None:
    [claim] = told("The Karsk Front vowed to attack the soldiers in Orsk.")
    assert claim.plover is not None
    assert (claim.plover.type, claim.modality) == ("ASSAULT", "future")


def test_a_verb_gives_way_to_the_noun_that_tells_more(told: Tell) -> None:
    [claim] = told("Tarvia hosted a summit on water in Velm on Monday.")
    assert claim.quote.startswith("Tarvia hosted a summit")
    assert claim.time is not None
    assert claim.time.value == "2031-03-10"


def test_who_and_whom(told: Tell) -> None:
    [claim] = told("Ostrenia has suspended aid to the Karsk Front.")
    assert [actor.entity for actor in claim.actors] == ["Ostrenia"]
    assert [target.entity for target in claim.targets] == ["Karsk Front"]


def test_whom_an_arrest_befalls_whatever_they_are_called(told: Tell) -> None:
    [claim] = told("Police captured a courier and several smugglers in Lenn.")
    assert claim.plover is not None
    assert claim.plover.mode == "arrest"
    assert claim.targets[0].quote == "courier"
    assert claim.targets[1].quote.endswith("smugglers")


def test_the_only_time_of_a_sentence_is_its_verbs(told: Tell) -> None:
    [claim] = told("Soldiers captured two smugglers during a search of the mill in Lenn yesterday.")
    assert claim.time is not None
    assert claim.time.value == "2031-03-13"


def test_a_purpose_is_not_yet_done(told: Tell) -> None:
    [claim] = told("The army began an operation to capture the rebels.")
    assert claim.modality == "future"

"""Who is said to answer for an attack, and what befell people in more words than one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.growth import assert_takes_at_most
from tests.steps.extract.scenery import claims_in, document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim

Find = Callable[[str, str], list[Claim]]
LEAD = "The Karsk Front and the Ember Brigade are armed groups in the province of Orsk. "


@pytest.fixture
def claims(model: SpacyModel) -> Find:
    def find(text: str, kind: str) -> list[Claim]:
        report = document(LEAD + text)
        analysis = Analysis(report, model.parse(LEAD + text, report.zones).parses)
        return [claim for claim in claims_in(analysis).claims if claim.kind == kind]

    return find


def _answers(claims: list[Claim]) -> set[tuple[str, bool]]:
    return {
        (answer.quote, answer.how != "denied")
        for claim in claims
        if claim.modality == "actual"
        for answer in claim.responsibility
    }


@pytest.mark.parametrize(
    ("text", "doer", "done"),
    [
        ("The bombing in Velm was the handiwork of the Ember Brigade.", "Ember Brigade", True),
        ("The army pinned the attack in Velm on the Ember Brigade.", "Ember Brigade", True),
        ("Police blamed the Karsk Front for the attack in Velm.", "Karsk Front", True),
        ("The bombing in Velm was ordered by the Ember Brigade.", "Ember Brigade", True),
        ("The Karsk Front played no part in the attack in Velm.", "Karsk Front", False),
        ("The Karsk Front had nothing to do with the attack in Velm.", "Karsk Front", False),
        ("Ilya Marn cleared the Karsk Front of the attack in Velm.", "Karsk Front", False),
        ("Ilya Marn held the Karsk Front responsible for the attack in Velm.", "Karsk Front", True),
        ("Behind the attack in Velm stood the Karsk Front.", "Karsk Front", True),
        ("It was not the Karsk Front that carried out the attack in Velm.", "Karsk Front", False),
    ],
)
def test_who_answers_for_an_attack(claims: Find, text: str, doer: str, done: bool) -> None:
    assert _answers(claims(text, "event")) == {(doer, done)}


@pytest.mark.parametrize(
    "text",
    [
        "The Karsk Front condemned the attack in Velm.",
        "Nobody knows who carried out the attack in Velm.",
        "The mayor asked whether the Karsk Front was behind the attack in Velm.",
        "If the Karsk Front was behind the attack in Velm, it will say so.",
        "The Karsk Front promised to find those behind the attack in Velm.",
        "The Karsk Front was behind it.",
    ],
)
def test_nobody_answers_where_nobody_is_said_to(claims: Find, text: str) -> None:
    assert not _answers(claims(text, "event"))


def test_it_is_the_attack_told_of_before(claims: Find) -> None:
    told = claims("A bomb went off in Velm on Monday. The Karsk Front was behind it.", "event")
    assert _answers(told) == {("Karsk Front", True)}
    assert len({claim.event for claim in told}) == 1


@pytest.mark.parametrize(
    ("text", "measure", "bounds"),
    [
        ("Twelve people lost their lives in Velm.", "killed", (12, 12)),
        ("The attack in Velm claimed 12 lives.", "killed", (12, 12)),
        ("The attack in Velm cost the lives of 12 people.", "killed", (12, 12)),
        ("At least 30 people suffered injuries in Velm.", "wounded", (30, None)),
        ("Police in Velm took nine people into custody.", "detained", (9, 9)),
        ("Nine people were held after the raids in Velm.", "detained", (9, 9)),
        ("The number of those arrested in Velm stands at nine.", "detained", (9, 9)),
    ],
)
def test_what_befell_them(
    claims: Find, text: str, measure: str, bounds: tuple[int, int | None]
) -> None:
    (claim,) = claims(text, "estimate")
    assert (claim.measure, (claim.low, claim.high)) == (measure, bounds)


@pytest.mark.parametrize(
    "text",
    [
        "Twelve people lost their luggage in Velm.",
        "The flood in Velm claimed 12 houses.",
        "Nine people were held up on the road to Velm.",
        "Nine people were held responsible for the mess in Velm.",
        "The school in Velm holds 300 people.",
        "Nine people took custody of the keys in Velm.",
    ],
)
def test_what_befell_nobody(claims: Find, text: str) -> None:
    assert not claims(text, "estimate")


def test_where_a_figure_is_told_in_its_own_phrase(claims: Find) -> None:
    (claim,) = claims("The number of dead in Velm has risen to 14.", "estimate")
    assert claim.place is not None
    assert claim.place.quote == "Velm"


def test_a_long_chain_of_denials_takes_no_long(claims: Find) -> None:
    text = "The Karsk Front denied " + "that it denied " * 200 + "the attack in Velm."
    assert_takes_at_most(20, lambda: claims(text, "event"))

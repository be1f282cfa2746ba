"""Relations between actors, and the state they are in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.steps.extract.scenery import claims_in, document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim

Find = Callable[[str, str], list[Claim]]


@pytest.fixture
def claims(model: SpacyModel) -> Find:
    def find(text: str, kind: str) -> list[Claim]:
        report = document(text)
        analysis = Analysis(report, model.parse(text, report.zones).parses)
        return [claim for claim in claims_in(analysis).claims if claim.kind == kind]

    return find


@pytest.mark.parametrize(
    ("text", "subject", "relation", "object"),
    [
        ("Tarvia is still a safe haven for the Karsk Front.", "Tarvia", "harbours", "Karsk Front"),
        ("Tarvia provides space for the Karsk Front.", "Tarvia", "harbours", "Karsk Front"),
        ("Tarvia harbours the Karsk Front.", "Tarvia", "harbours", "Karsk Front"),
        ("Tarvia supports the Karsk Front.", "Tarvia", "supports", "Karsk Front"),
        ("Tarvia provides weapons to the Karsk Front.", "Tarvia", "supports", "Karsk Front"),
        (
            "The Karsk Front is fighting the Ember Brigade.",
            "Karsk Front",
            "fights",
            "Ember Brigade",
        ),
        (
            "Tarvia is leading the fight against the Karsk Front.",
            "Tarvia",
            "fights",
            "Karsk Front",
        ),
        ("The Karsk Front is led by Ilya Marn.", "Karsk Front", "led_by", "Ilya Marn"),
        ("Ilya Marn leads the Karsk Front.", "Karsk Front", "led_by", "Ilya Marn"),
        ("Ilya Marn is the leader of the Karsk Front.", "Karsk Front", "led_by", "Ilya Marn"),
        (
            "The Karsk Front is part of the Ember Brigade.",
            "Karsk Front",
            "part_of",
            "Ember Brigade",
        ),
        (
            "The Karsk Front pledged allegiance to the Ember Brigade.",
            "Karsk Front",
            "part_of",
            "Ember Brigade",
        ),
        (
            "The Karsk Front is an offshoot of the Ember Brigade.",
            "Karsk Front",
            "successor_of",
            "Ember Brigade",
        ),
        (
            "The Karsk Front cooperates with the Ember Brigade.",
            "Karsk Front",
            "cooperates_with",
            "Ember Brigade",
        ),
    ],
)
def test_one_relation(claims: Find, text: str, subject: str, relation: str, object: str) -> None:
    [claim] = claims(text, "relation")
    assert claim.subject is not None
    assert claim.object is not None
    assert (claim.subject.entity, claim.relation, claim.object.entity) == (
        subject,
        relation,
        object,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia supports the plan.",
        "Ilya Marn leads a choir.",
        "The Karsk Front is part of the problem.",
        "Tarvia provides space for a new school.",
    ],
)
def test_what_is_no_relation(claims: Find, text: str) -> None:
    assert claims(text, "relation") == []


@pytest.mark.parametrize(
    ("text", "predicate", "polarity"),
    [
        ("The Karsk Front is still active in Tarvia.", "active", "positive"),
        ("The Karsk Front is not active in Tarvia.", "active", "negative"),
        ("The Karsk Front operates in Tarvia.", "active", "positive"),
        ("The Karsk Front has been defeated.", "defeated", "positive"),
        ("The Karsk Front is growing.", "growing", "positive"),
        ("The number of Karsk Front fighters is on the rise.", "growing", "positive"),
        ("The Karsk Front poses no threat to Ostrenia.", "threatening", "negative"),
        ("The Karsk Front controls Tarvia.", "in_control", "positive"),
        ("The presence of armed groups in Tarvia is known.", "present", "positive"),
    ],
)
def test_one_state(claims: Find, text: str, predicate: str, polarity: str) -> None:
    [claim] = claims(text, "status")
    assert (claim.predicate, claim.polarity) == (predicate, polarity)


def test_a_state_has_its_place(claims: Find) -> None:
    [claim] = claims("The presence of armed groups in Tarvia is known.", "status")
    assert claim.place is not None
    assert claim.place.entity == "Tarvia"


def test_in_the_presence_of_is_no_state(claims: Find) -> None:
    assert claims("They met in the presence of armed groups.", "status") == []


@pytest.mark.parametrize(
    ("text", "subject", "relation", "object", "polarity"),
    [
        (
            "The Karsk Front, an ally of the Ember Brigade, did not come.",
            "Karsk Front",
            "allied_with",
            "Ember Brigade",
            "positive",
        ),
        (
            "Karsk Front leader Ilya Marn may resign.",
            "Karsk Front",
            "led_by",
            "Ilya Marn",
            "positive",
        ),
        ("Tarvia cut off aid to the Karsk Front.", "Tarvia", "supports", "Karsk Front", "negative"),
        ("Tarvia is not arming the Karsk Front.", "Tarvia", "supports", "Karsk Front", "negative"),
        (
            "The Karsk Front, a former branch of the Ember Brigade, left.",
            "Karsk Front",
            "part_of",
            "Ember Brigade",
            "negative",
        ),
        (
            "Ostrenia accused Tarvia of sheltering the Karsk Front.",
            "Tarvia",
            "harbours",
            "Karsk Front",
            "positive",
        ),
        (
            "Weapons were supplied to the Karsk Front by Tarvia.",
            "Tarvia",
            "supports",
            "Karsk Front",
            "positive",
        ),
        (
            "The Karsk Front, formerly known as the Ember Brigade, left.",
            "Karsk Front",
            "successor_of",
            "Ember Brigade",
            "positive",
        ),
    ],
)
def test_how_a_relation_is_put(
    claims: Find, text: str, subject: str, relation: str, object: str, polarity: str
) -> None:
    [claim] = claims(text, "relation")
    assert claim.subject is not None
    assert claim.object is not None
    ends = (claim.subject.entity, claim.object.entity)
    assert (claim.relation, ends, claim.polarity) == (relation, (subject, object), polarity)
    assert claim.modality == "actual"


def test_joined_ends_give_a_claim_each(claims: Find) -> None:
    found = claims("The Karsk Front recruits fighters from Tarvia and Ostrenia.", "relation")
    assert {claim.object.entity for claim in found if claim.object} == {"Tarvia", "Ostrenia"}


@pytest.mark.parametrize(
    "text",
    [
        "Tarvia supports the fight against the Karsk Front.",
        "Tarvia's spy chief, Ilya Marn, resigned.",
        "The head of the Karsk Front's choir met Dara Voss.",
        "The Karsk Front and the Ember Brigade fought fires.",
        "The Karsk Front split the money from the Ember Brigade.",
    ],
)
def test_what_only_looks_like_a_relation(claims: Find, text: str) -> None:
    assert claims(text, "relation") == []

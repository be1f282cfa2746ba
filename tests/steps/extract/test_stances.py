"""Who supports whom, where a group is, who answers for an attack: plain sentences, half of them
denials, read from bare text to the sides of disputes."""

from __future__ import annotations

import pytest
from evals.plain_documents import plain_document
from tests.growth import assert_grows_by_at_most

from sayso.pipeline import Reader
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.happenings import behind
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.states import says

LEAD = (
    "Tarvia and Ostrenia exchanged words over the Karsk Front (KF) and the Ember Brigade, two armed"
    " groups, on Sunday, when Tarvian Foreign Minister Dara Voss met Ostrenian Interior Minister"
    " Oleg Hahn in Velm, a town in the province of Orsk.\n\n"
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings(extract=ExtractSettings(attribution="rules")))


def sides(reader: Reader, text: str) -> list[DisputeClaim]:
    found = sides_of_reading(reader.read_document(plain_document(LEAD + text)))
    return [side for side in found if side.claim.span.start >= len(LEAD)]


def supports(reader: Reader, text: str) -> set[bool]:
    """Whether Tarvia is said to support the Front."""
    return {
        side.polarity == "positive"
        for side in sides(reader, text)
        if side.claim.relation == "supports"
        and side.claim.modality == "actual"
        and side.subject is not None
        and side.object is not None
        and (side.subject.name, side.object.name) == ("Tarvia", "Karsk Front")
    }


def present(reader: Reader, text: str) -> set[bool]:
    """Whether the Front is said to be in Orsk."""
    return {
        said
        for side in sides(reader, text)
        if side.claim.kind == "status" and side.subject is not None
        if side.subject.name == "Karsk Front" and side.scope.name == "Orsk"
        if (said := says(side, "active")) is not None
    }


def answers(reader: Reader, text: str) -> set[bool]:
    """Whether the Front is said to have done it."""
    return {
        done
        for side in sides(reader, text)
        for party, done in behind(side)
        if party.name == "Karsk Front"
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Karsk Front is Tarvia's proxy.",
        "Behind the Karsk Front stands Tarvia.",
        "The main backer of the Karsk Front is Tarvia.",
        "Money from Tarvia keeps the Karsk Front afloat.",
        "Tarvian weapons have been delivered to the Karsk Front.",
        "The Karsk Front depends on Tarvia for weapons.",
        "The Karsk Front's weapons are supplied by Tarvia.",
        "Oleg Hahn spoke of deliveries of rifles by Tarvia to the Karsk Front.",
        "The Karsk Front, which Tarvia has armed, has left the town.",
        "It is Tarvia that arms the Karsk Front.",
        "Tarvia met the Karsk Front and armed it.",
        "Tarvia's support for the Karsk Front did not stop the army.",
        "Nobody doubts that Tarvia supports the Karsk Front.",
        "Tarvia keeps arming the Karsk Front.",
        "The Karsk Front receives a steady stream of weapons from Tarvia.",
    ],
)
def test_who_supports_a_group(reader: Reader, text: str) -> None:
    assert supports(reader, text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "At no time has Tarvia supported the Karsk Front.",
        "In no way does Tarvia support the Karsk Front.",
        "It is not Tarvia that arms the Karsk Front.",
        "Tarvia neither arms nor finances the Karsk Front.",
        "Tarvia has no part in arming the Karsk Front.",
        "Tarvia is far from supporting the Karsk Front.",
        "Tarvia is anything but a backer of the Karsk Front.",
        "Tarvia has no ties with the Karsk Front and does not fund it.",
        "There is no Tarvian support for the Karsk Front.",
        "Reports of Tarvian support for the Karsk Front are baseless.",
        "There is no basis for the claim that Tarvia has armed the Karsk Front.",
        "It would be wrong to say that Tarvia has armed the Karsk Front.",
        "Tarvia's support for the Karsk Front is a thing of the past.",
        "Dara Voss said: “We do not arm the Karsk Front.”",
        "Dara Voss dismissed as baseless claims that Tarvia has armed the Karsk Front.",
    ],
)
def test_who_does_not_support_a_group(reader: Reader, text: str) -> None:
    assert supports(reader, text) == {False}


@pytest.mark.parametrize(
    "text",
    [
        "Oleg Hahn called on Tarvia to end its support for the Karsk Front.",
        "There is no evidence that Tarvia has armed the Karsk Front.",
        "Tarvian arms dealers met the Karsk Front.",
        "Payments by Tarvia to the farmers and the Karsk Front's letters made news.",
        "Others supply weapons to the Karsk Front.",
        "Tarvia has no intention of supporting the Karsk Front.",
    ],
)
def test_what_says_nothing_of_support(reader: Reader, text: str) -> None:
    assert supports(reader, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "It is in Orsk that the Karsk Front is most active.",
        "Orsk is one of the provinces where the Karsk Front is active.",
        "The Karsk Front's activities extend to Orsk.",
        "Orsk lies within the Karsk Front's zone of operations.",
        "Orsk houses cells of the Karsk Front.",
        "KF camps exist in Orsk.",
        "The Karsk Front collects taxes from farmers in Orsk.",
        "Much of Orsk is held by the Karsk Front.",
        "Orsk is teeming with Karsk Front fighters.",
        "The Karsk Front has resurfaced in Orsk.",
        "Asked whether the Karsk Front is present in Orsk, Oleg Hahn said that it was.",
        "It is no secret that the Karsk Front is active in Orsk.",
        "Reports that the Karsk Front has left Orsk are false.",
        "The Karsk Front is active in Lenn and Orsk.",
    ],
)
def test_where_a_group_is(reader: Reader, text: str) -> None:
    assert present(reader, text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "Nowhere in Orsk is the Karsk Front active.",
        "The Karsk Front is nowhere to be found in Orsk.",
        "Orsk is not among the provinces in which the Karsk Front operates.",
        "The army found no trace of the Karsk Front in Orsk.",
        "Nobody in Orsk belongs to the Karsk Front.",
        "The Karsk Front keeps away from Orsk.",
        "The Karsk Front has withdrawn its men from Orsk.",
        "The army drove the Karsk Front out of Orsk.",
        "The Karsk Front's presence in Orsk is over.",
        "Talk of fighters of the Karsk Front in Orsk is nonsense.",
        "Oleg Hahn called reports that the Karsk Front is active in Orsk untrue.",
        "Oleg Hahn described reports of a presence of the Karsk Front in Orsk as false.",
        "Rumours that the Karsk Front is active in Orsk turned out to be false.",
        "Since the withdrawal of the Karsk Front from Orsk, schools have opened.",
        "Asked whether the Karsk Front is present in Orsk, Oleg Hahn said that it was not.",
    ],
)
def test_where_a_group_is_not(reader: Reader, text: str) -> None:
    assert present(reader, text) == {False}


@pytest.mark.parametrize(
    "text",
    [
        "Traces of the Karsk Front were found in Orsk.",
        "The Karsk Front has pulled 200 men out of Orsk.",
        "There were reports of fighters of the Karsk Front in Orsk.",
        "The Karsk Front remains outside Orsk.",
        "Camps of the Karsk Front were destroyed in Orsk.",
        "Orsk is not a stronghold of the Karsk Front.",
        "The Karsk Front does not control Orsk.",
        "The Karsk Front was once active in Orsk.",
        "The Karsk Front threatened to move into Orsk.",
        "The Karsk Front is not known to be active in Orsk.",
        "Asked whether the Karsk Front is present in Orsk, Oleg Hahn declined to say.",
    ],
)
def test_what_says_nothing_of_where_a_group_is(reader: Reader, text: str) -> None:
    assert present(reader, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Oleg Hahn put the blame for the attack in Velm on the Karsk Front.",
        "Oleg Hahn pointed the finger at the Karsk Front for the attack in Velm.",
        "Oleg Hahn called the attack in Velm the work of the Karsk Front.",
        "The order for the attack in Velm came from the Karsk Front.",
        "The attack in Velm was staged at the behest of the Karsk Front.",
        "Those responsible for the attack in Velm are members of the Karsk Front.",
        "The gunmen who carried out the attack in Velm were from the Karsk Front.",
        "The trail from the attack in Velm leads to the Karsk Front.",
        "Nobody but the Karsk Front carried out the attack in Velm.",
        "The Karsk Front, not smugglers, carried out the attack in Velm.",
        "There is no doubt that the Karsk Front was behind the attack in Velm.",
        "It is not a coincidence that the Karsk Front carried out the attack in Velm.",
        "It is no surprise that the Karsk Front carried out the attack in Velm.",
        "Who was behind the attack in Velm? “The Karsk Front,” Oleg Hahn said.",
        "“We believe the Karsk Front carried out the attack in Velm,” Oleg Hahn said.",
    ],
)
def test_who_answers_for_an_attack(reader: Reader, text: str) -> None:
    assert answers(reader, text) == {True}


@pytest.mark.parametrize(
    "text",
    [
        "The Karsk Front neither planned nor staged the attack in Velm.",
        "The Karsk Front is falsely accused of the attack in Velm.",
        "Oleg Hahn said it was wrong to blame the Karsk Front for the attack in Velm.",
        "The attack in Velm was wrongly attributed to the Karsk Front.",
        "Others than the Karsk Front carried out the attack in Velm.",
        "It was not the Karsk Front but a gang that carried out the attack in Velm.",
        "Smugglers rather than the Karsk Front carried out the attack in Velm.",
        "The Karsk Front is innocent of the attack in Velm.",
        "The Karsk Front could not have carried out the attack in Velm.",
        "“It was not us,” the Karsk Front said of the attack in Velm.",
        "Oleg Hahn ruled out any involvement of the Karsk Front in the attack in Velm.",
        "Reports that the Karsk Front was behind the attack in Velm are wrong.",
    ],
)
def test_who_does_not_answer_for_an_attack(reader: Reader, text: str) -> None:
    assert answers(reader, text) == {False}


@pytest.mark.parametrize(
    "text",
    [
        "The Karsk Front has not claimed responsibility for the attack in Velm.",
        "The Karsk Front has yet to claim responsibility for the attack in Velm.",
        "It cannot be ruled out that the Karsk Front carried out the attack in Velm.",
        "Oleg Hahn cannot be certain that the Karsk Front carried out the attack in Velm.",
        "The Karsk Front laid the blame for the attack in Velm on smugglers.",
        "The Karsk Front called the attack in Velm the work of smugglers.",
        "Who is the enemy? “The Karsk Front,” Oleg Hahn said.",
        "“It was not us,” Oleg Hahn said of the attack in Velm.",
    ],
)
def test_what_says_nothing_of_who_did_it(reader: Reader, text: str) -> None:
    assert answers(reader, text) == set()


def test_not_x_but_y_is_not_both(reader: Reader) -> None:
    text = "Not the Karsk Front but the Ember Brigade carried out the attack in Velm."
    assert {(p.name, done) for s in sides(reader, text) for p, done in behind(s)} == {
        ("Karsk Front", False)
    }


def test_a_denial_is_the_word_of_who_calls_it_false(reader: Reader) -> None:
    text = "Oleg Hahn called reports that the Karsk Front is active in Orsk untrue."
    [side] = [side for side in sides(reader, text) if side.claim.kind == "status"]
    assert side.holder is not None
    assert side.holder.name == "Oleg Hahn"
    assert side.statement is not None
    assert side.statement.cue is not None
    assert side.statement.cue.act == "denies"


def test_a_reply_is_the_word_of_who_gives_it(reader: Reader) -> None:
    text = "Asked whether the Karsk Front is present in Orsk, Oleg Hahn said that it was."
    [side] = [side for side in sides(reader, text) if side.claim.kind == "status"]
    assert side.holder is not None
    assert side.holder.name == "Oleg Hahn"


def test_endless_denials_take_near_linear_time(reader: Reader) -> None:
    sentence = "There is no truth in reports that Ostrenia arms the Karsk Front in Orsk and Lenn. "
    assert_grows_by_at_most(
        8, lambda: sides(reader, sentence * 20), lambda: sides(reader, sentence * 80)
    )

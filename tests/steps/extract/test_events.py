"""Events: meetings and attacks with when and where, who and whom, and which tellings are one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.steps.extract.scenery import claims_in, document, statement

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim
from sayso.steps.extract.claims import Claims


@pytest.fixture
def told(model: SpacyModel) -> Callable[[str], Claims]:
    def find(text: str) -> Claims:
        report = document(text, published="2031-03-14")
        return claims_in(Analysis(report, model.parse(text, report.zones).parses))

    return find


Tell = Callable[[str], Claims]


def events(found: Claims) -> list[Claim]:
    return [claim for claim in found.claims if claim.kind == "event"]


@pytest.mark.parametrize(
    ("text", "type", "mode", "place", "time"),
    [
        (
            "The third meeting of the river panel took place on March 3 in Orsk.",
            "CONSULT",
            None,
            "Orsk",
            "2031-03-03",
        ),
        ("On March 4, conferences were held in Velm.", "CONSULT", None, "Velm", "2031-03-04"),
        ("The summit in Lenn kicked off on Monday.", "CONSULT", None, "Lenn", "2031-03-10"),
        ("Ilya Marn met with Dara Voss in Velm on Monday.", "CONSULT", None, "Velm", "2031-03-10"),
        ("Gunmen attacked the Karsk Front in Lenn.", "ASSAULT", None, "Lenn", None),
        (
            "Dara Voss was killed in a suicide bombing in Orsk.",
            "ASSAULT",
            "suicide-attack",
            "Orsk",
            None,
        ),
        ("A car bombing in Velm shook the town.", "ASSAULT", "explosives", "Velm", None),
        ("Police arrested Dara Voss in Orsk.", "COERCE", "arrest", "Orsk", None),
    ],
)
def test_type_place_and_time(
    told: Tell, text: str, type: str, mode: str | None, place: str, time: str | None
) -> None:
    [claim] = events(told(text))
    assert claim.plover is not None
    assert (claim.plover.type, claim.plover.mode) == (type, mode)
    assert claim.place is not None
    assert claim.place.quote == place
    assert (claim.time.value if claim.time else None) == time


def test_who_attacked_whom(told: Tell) -> None:
    [claim] = events(told("The Karsk Front killed Dara Voss in Orsk."))
    assert [actor.entity for actor in claim.actors] == ["Karsk Front"]
    assert [target.entity for target in claim.targets] == ["Dara Voss"]
    assert claim.outcome is not None
    assert claim.outcome.quote == "killed"


def test_who_was_at_the_meeting(told: Tell) -> None:
    [claim] = events(told("Ilya Marn and Dara Voss attended the meeting in Velm."))
    assert [actor.entity for actor in claim.actors] == ["Ilya Marn", "Dara Voss"]


def test_who_claims_responsibility_is_the_actor(model: SpacyModel) -> None:
    text = "The Karsk Front claimed responsibility for an attack on Dara Voss on March 2."
    report = document(text, published="2031-03-14")
    said = statement(
        text,
        "an attack on Dara Voss",
        cue="claimed responsibility for",
        act="claims_responsibility",
        holder="Karsk Front",
    )
    found = claims_in(Analysis(report, model.parse(text, report.zones).parses), [said])
    [claim] = events(found)
    assert claim.statement == said.id
    assert [actor.entity for actor in claim.actors] == ["Karsk Front"]
    assert claim.time is not None
    assert claim.time.value == "2031-03-02"


@pytest.mark.parametrize(
    "text",
    [
        # the same target
        "The Karsk Front attacked Dara Voss. Dara Voss was killed in a bombing.",
        # the same town
        "The summit in Lenn ended. Their meeting in Lenn took place on Monday.",
        # "this"
        "The summit in Lenn ended. This summit took place on Monday.",
        # the same name
        "The meeting of the Dray Water Panel took place in Velm."
        " At the meeting of the Dray Water Panel in Velm, nobody spoke.",
    ],
)
def test_one_happening_told_twice_is_one_event(told: Tell, text: str) -> None:
    found = told(text)
    first, second = events(found)
    assert first.event == second.event
    [event] = found.events
    assert set(event.claims) == {first.id, second.id}


@pytest.mark.parametrize(
    "text",
    [
        "The summit in Lenn ended. The summit in Orsk began.",
        "A bombing in Lenn on Monday hit a bus. A bombing in Lenn on Tuesday hit a truck.",
        "The meeting in Lenn ended. The attack in Lenn did not.",
    ],
)
def test_what_contradicts_stays_apart(told: Tell, text: str) -> None:
    found = told(text)
    assert len(found.events) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The meeting room is cold.",
        "The doctors spoke of a heart attack.",
        "Attack is a word.",
        "Ilya Marn attacked the plan in a speech.",
        "The teachers' hunger strike was long.",
    ],
)
def test_what_is_no_event(told: Tell, text: str) -> None:
    assert events(told(text)) == []


def test_every_event_is_named_by_its_claims(told: Tell) -> None:
    found = told("The summit in Lenn ended. A bombing in Orsk killed 12 people.")
    ids = {event.id for event in found.events}
    assert {claim.event for claim in events(found)} == ids
    assert {id for event in found.events for id in event.claims} == {
        claim.id for claim in events(found)
    }

"""Yes against no: states of groups and what joins two actors."""

from __future__ import annotations

import pytest
from tests.steps.match.disputes.drafting import (
    BRIGADE,
    FRONT,
    LENN,
    OSTRENIA,
    VOSS,
    count,
    side,
    state,
)
from tests.steps.match.disputes.test_counts import only, values

from sayso.steps.match.disputes.sides import Party, Scope
from sayso.steps.match.disputes.topic_disputes import disputes, needs_signs
from sayso.steps.match.disputes.topics import Topic, topics
from sayso.steps.match.disputes.whole import disputes_among


def no(document: str = "b", **more: object):  # type: ignore[no-untyped-def]
    return state(document, **({"polarity": "negative", "holder": VOSS} | more))  # type: ignore[arg-type]


def test_a_denial_stands_against_an_assertion() -> None:
    found = only([state("a"), no()])
    assert found.question == "Is the Karsk Front active in Tarvia?"
    assert (found.verdict, values(found)) == ("conflict", ["active", "not active"])
    assert "denies" in found.reasons[0]


@pytest.mark.parametrize("predicate", ["inactive", "defeated"])
def test_opposite_words_answer_the_same_question(predicate: str) -> None:
    assert only([state("a", "present"), state("b", predicate, holder=VOSS)]).verdict == "conflict"


def test_a_denial_of_another_year_is_change() -> None:
    assert only([state("a"), no(published="2036")]).verdict == "changed_over_time"


def test_a_denial_without_a_date_still_denies_and_the_reason_says_it_has_none() -> None:
    found = only([state("a"), no(published=None)])
    assert found.verdict == "conflict"
    assert "not both dates" in found.reasons[0]


@pytest.mark.parametrize("modality", ["possible", "conditional", "future", "demanded"])
def test_what_may_be_contradicts_nothing(modality: str) -> None:
    assert disputes_among([state("a", modality=modality), no()]) == []


def test_a_group_that_is_active_in_a_province_is_active_in_the_country() -> None:
    assert only([state("a", scope=LENN), no()]).verdict == "conflict"


def test_not_in_a_province_does_not_deny_the_country() -> None:
    assert disputes_among([state("a"), no(scope=LENN)]) == []


def test_a_count_and_an_attack_answer_a_denial() -> None:
    attack = side("c", kind="event", event="e", holder=None)
    found = only([count(900, "a"), attack, no()])
    assert [len(position.claims) for position in found.positions] == [2, 1]
    assert any("count them there" in reason for reason in found.reasons)
    assert any("attacks there" in reason for reason in found.reasons)


def test_no_more_than_so_many_is_no_sign_that_anybody_is_there() -> None:
    none = side("a", high=900)
    assert disputes_among([none, no()]) == []


def test_signs_alone_are_no_answer() -> None:
    attack = side("c", kind="event", event="e", holder=None)
    assert [d.about.kind for d in disputes_among([count(900, "a"), attack, state("d")])] == []


def test_signs_are_looked_up_only_where_somebody_denies() -> None:
    topic = Topic("status", ("front",), "active")
    assert not needs_signs(topic, [state("a")])
    assert needs_signs(topic, [state("a"), no()])
    assert Topic("status", ("front",), "active", "sign") in topics(count(900))
    assert disputes(topic, [state("a"), no(), count(900, "c")])


def test_armed_groups_as_such_may_be_denied() -> None:
    groups = Party("~armed groups", "terrorist groups", "armed_group")
    denial = no(subject=groups, predicate="present")
    found = only([side("a", subject=groups, measure="groups", low=20), denial])
    assert found.question == "Are there terrorist groups in Tarvia?"
    assert found.about.subject is None


def test_a_threat_is_not_placed_at_home() -> None:
    meant = Scope("tarvia", "Tarvia", basis="meant")
    denied = no(predicate="threatening", scope=Scope())
    assert only([state("a", "threatening", scope=meant), denied]).about.place is None


def relation(document: str, relation: str = "harbours", **more: object):  # type: ignore[no-untyped-def]
    parts = {"kind": "relation", "subject": OSTRENIA, "object": FRONT, "scope": Scope()}
    return side(document, relation=relation, **(parts | more))  # type: ignore[arg-type]


def test_a_relation_is_said_and_denied() -> None:
    found = only([relation("a"), relation("b", polarity="negative", holder=VOSS)])
    assert found.question == "Does Ostrenia harbour the Karsk Front?"
    assert values(found)[1] == "Ostrenia does not harbour the Karsk Front"


def test_who_fights_whom_may_be_told_either_way_round() -> None:
    swapped = relation("b", "fights", subject=FRONT, object=BRIGADE, polarity="negative")
    assert only([relation("a", "fights", subject=BRIGADE, object=FRONT), swapped])
    one_way = relation("b", "supports", subject=FRONT, object=OSTRENIA, polarity="negative")
    assert disputes_among([relation("a", "supports"), one_way]) == []

"""The scorer of attacks: a perfect find scores 1, and each kind of error lowers it."""

from __future__ import annotations

from evals.attacks import Fills, Tally, gold_of

BOMBING = {
    "incident_type": "bombing",
    "PerpInd": [],
    "PerpOrg": [[["karsk front", 0], ["kf", 5]]],
    "Target": [[["the old bridge", 0]]],
    "Victim": [],
    "Weapon": [],
}


def f1(gold: list[Fills], found: list[Fills]) -> float:
    tally = Tally()
    tally.add(gold, found)
    return tally.figures()[2]


def test_a_perfect_find_scores_one_in_any_order() -> None:
    bombing = gold_of(BOMBING)
    arson = gold_of({**BOMBING, "incident_type": "arson", "PerpOrg": []})
    assert f1([bombing, arson], [arson, bombing]) == 1


def test_each_kind_of_error_lowers_it() -> None:
    gold = gold_of(BOMBING)
    assert 0 < f1([gold], [{**gold, "organisation": []}]) < 1
    assert 0 < f1([gold], [{**gold, "victim": [frozenset({"a priest"})]}]) < 1
    assert 0 < f1([gold], [{**gold, "type": [frozenset({"arson"})]}]) < 1
    assert f1([gold], []) == f1([], [gold]) == 0


def test_one_entity_is_right_once() -> None:
    gold = gold_of(BOMBING)
    twice = {**gold, "organisation": [frozenset({"karsk front"}), frozenset({"kf"})]}
    assert f1([gold], [twice]) < 1

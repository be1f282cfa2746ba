"""The scorer of press releases."""

from __future__ import annotations

from evals.isaf import FIELDS, Release, as_set, scores

GOLD = dict.fromkeys(FIELDS, 0) | {"target_group": ["hig;taliban"], "province": ["logar"]}


def test_all_right() -> None:
    assert set(scores([Release("a", GOLD, dict(GOLD), GOLD["start_date"])]).values()) == {1.0}


def test_a_wrong_field_costs_its_part_of_the_mean() -> None:
    found = scores([Release("a", GOLD, GOLD | {"min_killed": 3})])
    assert found["min_killed"] == 0
    assert found["mean"] == 1 - 1 / len(FIELDS)


def test_lists_are_sets() -> None:
    assert as_set(["hig;taliban"]) == as_set(["taliban", "hig"])
    assert Release("a", GOLD, GOLD | {"target_group": ["taliban", "hig"]}).right("target_group")
    assert not Release("a", GOLD, GOLD | {"target_group": ["taliban"]}).right("target_group")

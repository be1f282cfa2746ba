"""The scorer of event types: a perfect reading gives 1, each kind of error lowers a figure."""

from __future__ import annotations

import pytest
from evals.event_types import QUADS, is_seen, scores

from sayso.lexicons import load

AID, REJECT = frozenset({"AID"}), frozenset({"REJECT"})


def test_all_right() -> None:
    assert scores([(AID, AID), (REJECT, REJECT)]) == {"precision": 1, "recall": 1, "f1": 1}


def test_one_too_many_costs_precision() -> None:
    found = scores([(AID, AID | REJECT)], "_x")
    assert (found["precision_x"], found["recall_x"]) == (0.5, 1)


def test_one_missed_costs_recall() -> None:
    found = scores([(AID, AID), (REJECT, frozenset())])
    assert (found["precision"], found["recall"]) == (1, 0.5)
    assert found["f1"] == pytest.approx(2 / 3)


def test_nothing_at_all() -> None:
    assert scores([])["f1"] == 0


def test_every_type_is_of_one_class() -> None:
    every = [type for types in QUADS.values() for type in types]
    assert sorted(every) == sorted(load("plover_ontology.toml")["type"])


def test_both_halves_are_there() -> None:
    assert {is_seen(f"sentence {n}") for n in range(20)} == {True, False}

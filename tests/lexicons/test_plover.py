"""The words of events keep to the ontology that is shipped beside them."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.lexicons import load

ENTRIES = [
    *load("plover.toml")["noun"],
    *load("plover.toml")["verb"],
    *load("plover_acts.toml")["act"],
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry)[:60])
def test_types_and_modes_are_of_the_ontology(entry: dict[str, Any]) -> None:
    known = load("plover_ontology.toml")["type"]
    assert entry["type"] in known
    assert entry.get("mode") is None or entry["mode"] in known[entry["type"]]["modes"]


def test_means_are_modes_of_attacks() -> None:
    modes = set(load("plover_ontology.toml")["type"]["ASSAULT"]["modes"])
    assert set(load("plover.toml")["means"].values()) <= modes


def test_every_class_is_there_and_used() -> None:
    acts = load("plover_acts.toml")
    keys = ("object", "not_object", "by", "by_not", "clause", "not_clause")
    named = {
        word[1:]
        for entry in acts["act"]
        for key in keys
        for word in entry.get(key, ())
        if word.startswith("@")
    }
    by_code = {"things", "officials", "friendly", "hostile", "tolerate", "fighters", "people"}
    assert named | by_code == set(acts["class"]) | named
    assert named <= set(acts["class"])
    assert set(acts["class"]) <= named | by_code

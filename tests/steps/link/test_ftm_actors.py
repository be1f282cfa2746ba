from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import ActorsError
from sayso.steps.link.actors import Actor, Actors, KnownAlias
from sayso.steps.link.ftm_actors import (
    LONGEST_LINE,
    MOST_NAMES,
    FtmActors,
    actors_json,
    is_ftm,
    load_ftm,
)

KNOWN = Actors(
    [
        Actor("tarvia", "state", "Tarvia", "invented"),
        Actor(
            "karsk-front",
            "armed_group",
            "Karsk Front",
            "invented",
            aliases=("Front of Karsk",),
            identifiers={"un_sanctions": "QDe.900"},
        ),
        Actor(
            "karsk-velm", "armed_group", "Karsk Front in Velm", "invented", part_of="karsk-front"
        ),
    ]
)


def _entity(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": id, "schema": schema, "caption": "x", "properties": properties, "datasets": ["d"]}


def _load(tmp_path: Path, *entries: object, known: Actors | None = None) -> FtmActors:
    file = tmp_path / "list.ftm.json"
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    file.write_text("\n".join(lines), encoding="utf-8")
    return load_ftm(file, known)


OFFICER = _entity(
    "Q901",
    "Person",
    name=["Ilya Marn"],
    alias=["Илья Марн", "Marn"],
    position=["Minister of Tarvia"],
    birthDate=["1960-01-01"],
    passportNumber=["A-1"],
    address=["1 Long Street, Orsk"],
    topics=["role.pep"],
)


def test_a_public_person_is_read_and_only_what_is_public_is_kept(tmp_path: Path) -> None:
    found = _load(tmp_path, OFFICER)
    (actor,) = found.actors
    assert (actor.key, actor.kind, actor.name) == ("ftm:Q901", "person", "Ilya Marn")
    assert actor.aliases == ("Илья Марн",)
    assert actor.identifiers == {"wikidata": "Q901"}
    assert found.positions == {"ftm:Q901": ("Minister of Tarvia",)}
    kept = actors_json(found).decode()
    assert not any(word in kept for word in ("1960", "A-1", "Long Street"))


@pytest.mark.parametrize("topics", [[], ["role.rca"], ["reg.action"]])
def test_a_person_without_public_office_is_set_aside(tmp_path: Path, topics: list[str]) -> None:
    found = _load(tmp_path, _entity("x", "Person", name=["Olga Velm"], topics=topics), OFFICER)
    assert [actor.name for actor in found.actors] == ["Ilya Marn"]
    assert found.problems[0].line == 1
    assert "public" in found.problems[0].reason


def test_bodies_their_kinds_names_and_parents(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        _entity("a", "PublicBody", name=["Tarvian Council"], abbreviation=["TCX", "TC"]),
        _entity("b", "Organization", name=["Velm Brigade"], topics=["crime.terror"], parent=["a"]),
        _entity("c", "Company", name=["Orsk Mines"], weakAlias=["Mines", "The Old Mines"]),
        _entity("own", "Ownership", owner=["a"], asset=["c"]),
        _entity("s", "Vessel", name=["Gull"]),
    )
    by_key = {actor.key: actor for actor in found.actors}
    assert by_key["ftm:a"].aliases == (KnownAlias("TCX", case="exact"),)
    assert (by_key["ftm:b"].kind, by_key["ftm:b"].part_of) == ("armed_group", "ftm:a")
    assert (by_key["ftm:c"].part_of, by_key["ftm:c"].aliases) == ("ftm:a", ("The Old Mines",))
    assert (found.passed_over, found.set_aside) == (1, 0)


def test_a_name_in_latin_letters_is_shown(tmp_path: Path) -> None:
    entry = _entity("a", "Person", name=["Илья Марн"], alias=["Ilya Marn"], topics=["role.pep"])
    (actor,) = _load(tmp_path, entry).actors
    assert (actor.name, actor.aliases) == ("Ilya Marn", ("Илья Марн",))


def test_parents_in_a_ring_are_cut(tmp_path: Path) -> None:
    ring = [
        _entity(str(n), "Company", name=[f"Orsk Works {n}"], parent=[str((n + 1) % 3)])
        for n in range(3)
    ]
    found = _load(tmp_path, *ring)
    _reload(tmp_path, found, builtin=False)
    assert sum(actor.part_of is not None for actor in found.actors) == 2


def test_an_entry_that_is_known_adds_names_and_ids_only(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        _entity("n1", "Organization", name=["Karskfront"], unscId=["QDe.900"]),
        _entity("n2", "Organization", name=["Front of Karsk"], leiCode=["L1"]),
        _entity("n3", "Organization", name=["Karsk Front in Velm"], unscId=["QDe.901"]),
        known=KNOWN,
    )
    assert found.known == {"karsk-front", "karsk-velm"}
    entries = {entry["key"]: entry for entry in json.loads(actors_json(found))["actor"]}
    assert set(entries["karsk-front"]) == {"key", "aliases", "identifiers"}
    assert entries["karsk-front"]["aliases"] == ["Karskfront"]
    assert entries["karsk-velm"] == {
        "key": "karsk-velm",
        "identifiers": {"un_sanctions": "QDe.901"},
    }


def test_an_id_that_two_known_actors_share_tells_nothing(tmp_path: Path) -> None:
    known = Actors(
        Actor(key, "armed_group", name, "invented", identifiers={"un_sanctions": "Q"})
        for key, name in (("a", "Karsk Front"), ("b", "Velm Front"))
    )
    entry = _entity("n", "Organization", name=["Orsk Front"], unscId=["Q"])
    assert _load(tmp_path, entry, known=known).actors[0].key == "ftm:n"


def _reload(tmp_path: Path, found: FtmActors, *, builtin: bool) -> Actors:
    file = tmp_path / "kept.json"
    file.write_bytes(actors_json(found))
    return Actors.load([file], builtin=builtin)


def test_what_is_kept_is_a_file_of_known_actors(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        OFFICER,
        _entity("a", "PublicBody", name=["Tarvian Council"], abbreviation=["TCX"]),
    )
    actors = _reload(tmp_path, found, builtin=True)
    assert [actors.get(key) for key in ("ftm:Q901", "ftm:a")] == list(found.actors)
    assert actors_json(found) == actors_json(found)


def test_bad_entries_are_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        "{not json",
        "[" * 5_000,
        json.dumps(["a list"]),
        {"schema": "Person"},
        {"schema": "Organization", "properties": {"name": ["Orsk"]}},
        _entity("e", "Organization", name=["..."]),
        _entity("f", "Organization", name=[None, 7, {"a": 1}]),
        _entity("g", "Organization", name="Velm Guild"),
        OFFICER,
    )
    assert [actor.name for actor in found.actors] == ["Ilya Marn", "Velm Guild"]
    assert [problem.line for problem in found.problems] == [1, 2, 3, 4, 5, 6, 7]
    assert found.set_aside == 7


def test_hostile_sizes_are_bounded(tmp_path: Path) -> None:
    many = [f"Orsk Works {n}" for n in range(5_000)]
    found = _load(
        tmp_path,
        json.dumps(_entity("a", "Company", name=["x" * (LONGEST_LINE + 10)])),
        _entity("b", "Company", name=many),
        _entity("c", "Company", name=["y" * 1_000, "Velm Works"]),
        OFFICER,
    )
    by_key = {actor.key: actor for actor in found.actors}
    assert len(by_key["ftm:b"].aliases) < MOST_NAMES
    assert by_key["ftm:c"].name == "Velm Works"
    assert found.problems[0].line == 1
    assert len(found.actors) == 3


def test_one_list_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text("\ufeff " + json.dumps([OFFICER, 7]), encoding="utf-8")
    found = load_ftm(file)
    assert len(found.actors) == 1
    assert found.problems[0].line == 2
    assert is_ftm(file)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ActorsError, match="cannot be read"):
        load_ftm(tmp_path / "none.json")
    broken = tmp_path / "broken.json"
    broken.write_text("[{}, ", encoding="utf-8")
    with pytest.raises(ActorsError, match="broken"):
        load_ftm(broken)


def test_own_files_do_not_look_like_ftm(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text('{"actor": [{"key": "a"}]}', encoding="utf-8")
    assert not is_ftm(file)


def test_entities_that_share_one_key_are_one(tmp_path: Path) -> None:
    found = _load(
        tmp_path,
        OFFICER,
        {**OFFICER, "properties": {**OFFICER["properties"], "name": ["Ilia Marn"]}},
    )
    (actor,) = found.actors
    assert actor.name == "Ilya Marn"
    assert "Ilia Marn" in actor.aliases

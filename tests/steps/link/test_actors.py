from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import ActorsError
from sayso.steps.link.actors import Actors, KnownAlias
from sayso.values.names import atoms

TARVIA = """
[[actor]]
key = "tarvia"
kind = "state"
name = "Tarvia"
adjectives = ["Tarvian"]
people = ["Tarvians"]
source = "invented"

[[actor]]
key = "karsk-front"
kind = "armed_group"
name = "Karsk Front"
aliases = ["KF-9", { name = "KF", case = "exact", context = ["fighters"] }]
part_of = "tarvia"
source = "invented"
"""


def _load(tmp_path: Path, *texts: str, builtin: bool = False, suffix: str = "toml") -> Actors:
    files = []
    for number, text in enumerate(texts):
        file = tmp_path / f"{number}.{suffix}"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return Actors.load(files, builtin=builtin)


def test_every_built_in_entry_has_a_source_and_known_parents() -> None:
    actors = Actors.load([], builtin=True)
    assert len(actors) > 800
    assert all(actor.source.strip() for actor in actors)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ISIS-K", "islamic-state-khorasan"),
        ("Islamic State", "islamic-state"),
        ("Pakistani Taliban", "ttp"),
        ("Taliban", "taliban"),
        ("Kun.uz", "kun-uz"),
        ("CSTO", "csto"),
        ("Nimroz province", "af-nimroz"),
    ],
)
def test_names_of_the_region(name: str, key: str) -> None:
    found = Actors.load([], builtin=True).names.get(atoms(name))
    assert {actor.key for actor, _ in found} == {key}


def test_the_groups_that_must_stay_apart_share_no_name() -> None:
    actors = Actors.load([], builtin=True)
    for one, other in (("taliban", "ttp"), ("islamic-state", "islamic-state-khorasan")):
        names = [
            {atoms(alias.name) for alias in actor.names}
            for key in (one, other)
            if (actor := actors.get(key)) is not None
        ]
        assert len(names) == 2
        assert not names[0] & names[1]


def test_a_users_file_adds_and_changes(tmp_path: Path) -> None:
    change = """
    [[actor]]
    key = "karsk-front"
    name = "Front of Karsk"
    aliases = ["The Karskis"]
    without = ["KF-9"]
    """
    actors = _load(tmp_path, TARVIA, change)
    actor = actors.get("karsk-front")
    assert actor is not None
    assert actor.name == "Front of Karsk"
    assert [alias.name for alias in actor.names] == ["Front of Karsk", "KF", "The Karskis"]
    assert actor.names[1] == KnownAlias("KF", "exact", ("fighters",))
    assert actor.part_of == "tarvia"


def test_replace_forgets_what_was_known(tmp_path: Path) -> None:
    change = '[[actor]]\nkey="karsk-front"\nkind="armed_group"\nname="X"\nsource="s"\nreplace=true'
    actor = _load(tmp_path, TARVIA, change).get("karsk-front")
    assert actor is not None
    assert (actor.aliases, actor.part_of) == ((), None)


def test_json_is_read_too(tmp_path: Path) -> None:
    text = '[{"key": "velm", "kind": "place", "name": "Velm", "source": "invented"}]'
    assert _load(tmp_path, text, suffix="json").get("velm") is not None


def test_people_and_adjectives_of_a_state(tmp_path: Path) -> None:
    actors = _load(tmp_path, TARVIA)
    state = actors.by_adjective("Tarvian")
    assert state is not None
    assert state.key == "tarvia"
    assert [actor.kind for actor, _ in actors.names.get(("tarvians",))] == ["people"]
    assert actors.by_adjective("Ostravian") is None


def test_the_fingerprint_is_that_of_the_data(tmp_path: Path) -> None:
    one = _load(tmp_path, TARVIA).fingerprint
    first, second = TARVIA.split("\n\n")
    assert _load(tmp_path, first, second).fingerprint == one
    assert _load(tmp_path, TARVIA.replace("KF-9", "KF-8")).fingerprint != one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[actor]", "line 1"),
        (TARVIA + '[[actor]]\nkey = "x"\n', "entry 3 (line 17)"),
        (TARVIA + '[[actor]]\nkey = "x"\nkind = "planet"\n', "entry 3"),
        (TARVIA.replace("KF-9", "--"), "without letters"),
        (TARVIA.replace('part_of = "tarvia"', 'part_of = "nowhere"'), "'nowhere'"),
        (TARVIA.replace('part_of = "tarvia"', 'part_of = "karsk-front"'), "back to itself"),
        ('actors = "x"', "expected a list"),
        ('[[actor]]\nkey = "x"\nalias = ["y"]', "unknown field"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ActorsError) as refused:
        _load(tmp_path, text)
    assert "0.toml" in str(refused.value)
    assert expected in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ActorsError, match=r"none\.toml"):
        Actors.load([tmp_path / "none.toml"], builtin=False)

from __future__ import annotations

from sayso.records.entities import Alias, Entity, Role
from sayso.records.judgements import Judgement
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.entities import entity_id
from sayso.steps.match.actors.joining import Judged
from sayso.steps.match.actors.matching import judged_pairs, known_ids, match_actors

ACTORS = Actors(
    [
        Actor("karsk", "armed_group", "Karsk Front", "invented", aliases=("Front of Karsk",)),
        Actor("karsk-velm", "armed_group", "Karsk Front in Velm", "invented", part_of="karsk"),
    ]
)
KARSK, VELM = (entity_id(("actor", key)) for key in ("karsk", "karsk-velm"))


def _entity(id: str, name: str, *roles: Role, part_of: str | None = None) -> Entity:
    kind = "person" if roles or id.startswith("p") else "armed_group"
    return Entity(id, kind, name, (Alias(name, ()),), {}, part_of, roles, "m")  # type: ignore[arg-type]


def _judgement(id: str, on: str, decision: str, other: str, at: str, **more: str) -> Judgement:
    return Judgement(id, on, decision, {"other": other}, "Ada", at, **more)  # type: ignore[arg-type]


ENTITIES = [
    _entity(KARSK, "Karsk Front"),
    _entity(VELM, "Karsk Front in Velm", part_of=KARSK),
    _entity("g1", "Karsk-Front"),
    _entity("g2", "Karsk Front of Velm"),
    _entity("p1", "Ilya Marn", Role("secretary", "g9", "m1")),
    _entity("p2", "Ilia Marn", Role("adviser", "g8", "m2")),
    _entity("g9", "Velm Council"),
    _entity("g8", "Orsk Institute"),
    _entity("p3", "the rebel commander"),
]
NAMED = {entity.id for entity in ENTITIES} - {"p3"}


def test_entities_of_a_ledger_become_actors() -> None:
    joined = match_actors(
        ENTITIES,
        known=known_ids(ACTORS),
        judgements={},
        made_by="m",
        named=NAMED,
        dates={"m1": "2011-02-03", "m2": "2019-05-06"},
        documents={"p2": 7},
    )
    assert joined.standing == {
        KARSK: KARSK,
        "g1": KARSK,
        VELM: VELM,
        "g2": VELM,
        "p1": "p2",
        "p2": "p2",
    }
    assert joined == match_actors(
        reversed(ENTITIES),
        known=known_ids(ACTORS),
        judgements={},
        made_by="m",
        named=NAMED,
        dates={"m1": "2011-02-03", "m2": "2019-05-06"},
        documents={"p2": 7},
    )


def test_offices_of_one_time_keep_two_apart() -> None:
    joined = match_actors(
        ENTITIES,
        known={},
        judgements={},
        made_by="m",
        named=NAMED,
        dates={"m1": "2019-02-03", "m2": "2019-05-06"},
    )
    assert "p1" not in joined.standing


def test_a_person_may_join_what_only_a_description_names() -> None:
    judged = {("p1", "p3"): Judged("same", "Ada")}
    joined = match_actors(ENTITIES, known={}, judgements=judged, made_by="m", named=NAMED)
    assert joined.standing["p3"] == joined.standing["p1"]


def test_the_latest_judgement_that_holds() -> None:
    found = judged_pairs(
        [
            _judgement("3", "b", "different", "a", "2024-01-03", because="cousins"),
            _judgement("1", "a", "same", "b", "2024-01-01"),
            _judgement("2", "a", "same", "c", "2024-01-01"),
            _judgement("4", "a", "different", "c", "2024-01-02", withdrawn="2024-01-03"),
            _judgement("5", "a", "confirm", "d", "2024-01-02"),
            _judgement("6", "a", "same", "a", "2024-01-02"),
        ]
    )
    assert found == {
        ("a", "b"): Judged("different", "Ada", "cousins"),
        ("a", "c"): Judged("same", "Ada"),
    }

from __future__ import annotations

from evals.holder_peers import last_speaker, nearest_person
from evals.holders import Answer, Record, is_one_of, plain, read_records, shares

from sayso.records.analyses import DocumentEntities
from sayso.records.entities import Alias, Entity, EntityKind
from sayso.records.findings import Mention
from sayso.records.spans import Span


def entity(name: str, *aliases: str, kind: EntityKind = "person") -> Entity:
    return Entity(
        name, kind, name, tuple(Alias(alias, ()) for alias in aliases), {}, None, (), "made"
    )


def record(kind: str, names: list[str] | None) -> Record:
    return Record("0" * 64, "seed", "velm.txt", 0, 3, kind, names)


def test_a_name_is_compared_without_article_and_case() -> None:
    assert plain("The  Karsk Times") == plain("KARSK times")
    assert plain("The") == "the"


def test_a_full_name_or_a_lone_surname_will_do() -> None:
    names = ["Jane Rowe", "Rowe"]
    assert is_one_of(entity("Rowe"), names)
    assert is_one_of(entity("J. Rowe", "Jane Rowe"), names)
    assert not is_one_of(entity("Peter Rowe", "Rowe"), names)


def test_a_name_cut_short_at_its_beginning_will_do() -> None:
    names = ["North and South Velm Union"]
    assert is_one_of(entity("South Velm Union"), names)
    assert not is_one_of(entity("Union"), names)


def test_nobody_named_may_be_taken_where_nobody_is_meant() -> None:
    assert Answer(record("nobody", None), "they", None, False).right
    assert Answer(record("nobody", None), "some farmers", entity("farmers"), False).right
    assert not Answer(record("nobody", None), "they", entity("Jane Rowe"), True).right
    assert not Answer(record("pronoun", ["Jane Rowe"]), "she", None, False).right


def test_shares_are_given_by_kind() -> None:
    given = [
        Answer(record("pronoun", ["Jane Rowe"]), "she", entity("Jane Rowe"), True),
        Answer(record("pronoun", ["Jane Rowe"]), "she", None, False),
        Answer(record("nobody", None), "some", None, False),
    ]
    assert shares(given) == {"accuracy": 2 / 3, "pronoun": 0.5, "nobody": 1.0}


def test_the_simple_rules_differ_in_whom_they_take() -> None:
    # Jane Rowe said ... Peter Dorn ... she said
    people = [entity("Jane Rowe"), entity("Peter Dorn")]
    mentions = [
        Mention("1", "d", Span(0, 9), "Jane Rowe", "Jane Rowe", "name", "made"),
        Mention("2", "d", Span(20, 30), "Peter Dorn", "Peter Dorn", "name", "made"),
    ]
    named = DocumentEntities(people, mentions)
    holders = [(Span(0, 9), Span(0, 9)), (Span(40, 43), Span(40, 43))]
    assert last_speaker(named, holders)[Span(40, 43)] == "Jane Rowe"
    assert nearest_person(named, holders)[Span(40, 43)] == "Peter Dorn"


def test_the_records_hold_no_text_and_no_holder_twice() -> None:
    records = read_records()
    assert len(records) >= 150
    assert len({(r.file, r.start, r.end) for r in records}) == len(records)
    assert all(r.names is None or r.kind != "nobody" for r in records)
    assert max(len(name) for r in records for name in r.names or ()) < 70

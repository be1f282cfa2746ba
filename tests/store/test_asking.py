from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes import REPORTS, readings

import sayso
from sayso.errors import NoSuchRecord, SettingsError


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sayso.Ledger]:
    with sayso.open(tmp_path / "region.sayso") as opened:
        for reading in readings():
            opened._file.add(reading, "recipe")
        yield opened


def said(table: sayso.Table[sayso.Statement]) -> list[str]:
    return [" ".join(words.quote for words in s.content) for s in table]


ALL = [
    "We have 300 fighters in Velm",
    "They attacked Durno",
    "There are no 300 fighters near Velm",
    "The Front of Orlo Venn has 45 members",
    "PARTLY true",
    "So",
]


def test_all_in_the_order_of_paths_and_places(ledger: sayso.Ledger) -> None:
    table = ledger.statements()
    assert said(table) == ALL
    assert len(table) == 6
    assert table.note is None


def test_a_name_never_stands_for_a_longer_one(ledger: sayso.Ledger) -> None:
    table = ledger.statements(holder="karsk FRONT")
    assert said(table) == ["So"]
    assert table.note is None
    assert said(ledger.statements(holder="the Karsk Front Youth")) == [ALL[3]]


def test_a_part_of_names_stands_for_all_of_them_and_says_so(ledger: sayso.Ledger) -> None:
    table = ledger.statements(holder="Karsk")
    assert said(table) == [ALL[3], "So"]
    assert table.note is not None
    assert "karsk front, karsk front youth" in table.note
    nobody = ledger.statements(holder="Nobody At All")
    assert len(nobody) == 0
    assert nobody.note is not None
    assert said(ledger.statements(holder="")) == []


def test_every_name_of_an_entity_finds_it(ledger: sayso.Ledger) -> None:
    assert said(ledger.statements(holder="ORLO VENN")) == [ALL[0], ALL[4]]


def test_about_looks_inside_what_is_said(ledger: sayso.Ledger) -> None:
    assert said(ledger.statements(about="Velm")) == [ALL[0], ALL[2]]
    assert said(ledger.statements(about="Orlo Venn")) == [ALL[3]]


def test_dates_compare_as_far_as_they_are_known(ledger: sayso.Ledger) -> None:
    first, second = ALL[:2], ALL[2:4]
    assert said(ledger.statements(since="2019-12-18", until="2019-12")) == first
    assert said(ledger.statements(since="2019-12-19")) == second
    assert said(ledger.statements(since="2020-01-31")) == second, "may be as late as that"
    assert said(ledger.statements(until="2020-01-01")) == first + second
    assert said(ledger.statements(since="1000")) == first + second, "without a date: left out"
    with pytest.raises(SettingsError, match="2019-12-18"):
        ledger.statements(since="last week")


def test_words_and_phrases(ledger: sayso.Ledger) -> None:
    assert said(ledger.statements(search="velm FIGHTERS")) == [ALL[0], ALL[2]]
    assert said(ledger.statements(search='"no 300"')) == [ALL[2]]
    assert said(ledger.statements(search='fighters AND NOT "')) == []
    assert len(ledger.documents(search="calm")) == 1
    with pytest.raises(SettingsError):
        ledger.statements(search=' "" ')


def test_filters_work_together(ledger: sayso.Ledger) -> None:
    table = ledger.statements(
        holder="Mira Sol", about="Velm", kind="direct", act="asserts", outlet="eastern post"
    )
    assert said(table) == [ALL[2]]
    assert said(ledger.statements(kind="indirect")) == []
    assert said(ledger.statements(outlet="Post")) == ALL[2:4], "part of an outlet's name"


def test_claims(ledger: sayso.Ledger) -> None:
    assert [c.low for c in ledger.claims(kind="estimate")] == [300, 300, 45]
    assert [c.quote for c in ledger.claims(place="durno")] == ["attacked Durno"]
    assert [c.low for c in ledger.claims(holder="Mira Sol", kind="estimate")] == [300]
    assert [c.quote for c in ledger.claims(about="Durno")] == ["attacked Durno"]
    assert len(ledger.claims(search="members")) == 1


def test_entities_are_the_sum_of_their_documents(ledger: sayso.Ledger) -> None:
    (orlo,) = ledger.entities(name="Orlo Venn")
    assert orlo.name == "Orlo Venn"
    assert {alias.name for alias in orlo.aliases} == {"Orlo Venn", "ORLO VENN"}
    assert sum(len(alias.mentions) for alias in orlo.aliases) == 3
    assert [role.role for role in orlo.roles] == ["the spokesman"]
    assert len(ledger.entities(kind="state")) == 0


def test_documents_have_their_text(ledger: sayso.Ledger) -> None:
    assert [d.text for d in ledger.documents()] == list(REPORTS.values())
    assert [d.uri for d in ledger.documents(since="2020")] == ["reports/second.txt"]


def test_every_record_is_found_by_its_id_and_a_part_of_it(ledger: sayso.Ledger) -> None:
    for record in ledger.records():
        assert ledger.record(record.id) == record
        assert ledger.record(record.id[:12]) == record


def test_ids_that_name_nothing_or_too_much(ledger: sayso.Ledger) -> None:
    with pytest.raises(NoSuchRecord, match="no record"):
        ledger.record("ffffffffffff")
    with pytest.raises(NoSuchRecord, match="at least 6"):
        ledger.record("ab")
    for wild in ("%%%%%%%", "'; DROP TABLE", "\U0010ffff" * 6, "zzzzzz\x00"):
        with pytest.raises(NoSuchRecord):
            ledger.record(wild)


def test_tables_become_data_frames(ledger: sayso.Ledger) -> None:
    pytest.importorskip("pyarrow")
    frame = ledger.statements().to_pandas()
    assert list(frame["holder"])[:2] == ["Orlo Venn", "Mira Sol"]
    empty = ledger.statements(kind="indirect").to_arrow()
    assert empty.num_rows == 0
    assert empty.schema == ledger.statements().to_arrow().schema
    for table in (ledger.claims(), ledger.documents(), ledger.entities(), ledger.problems()):
        assert table.to_arrow().num_rows == len(table)
        assert tuple(table.to_arrow().column_names) == table.columns


def test_the_sure_ones_alone_and_first(ledger: sayso.Ledger) -> None:
    every = [statement.confidence for statement in ledger.statements()]
    ordered = [statement.confidence for statement in ledger.statements(order="confidence")]
    assert ordered == sorted(every, reverse=True)
    least = sorted(set(every))[-1]
    sure = list(ledger.statements(confidence=least))
    assert len(sure) == every.count(least) < len(every) or set(every) == {least}
    claims = [claim.confidence for claim in ledger.claims(confidence=0.0, order="confidence")]
    assert claims == sorted((c.confidence for c in ledger.claims()), reverse=True)
    assert not list(ledger.claims(confidence=1.1))

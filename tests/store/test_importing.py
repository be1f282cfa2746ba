from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes import FakeReader, raw, readings

from sayso.errors import ImportRefused
from sayso.records.provenance import Problem
from sayso.settings import Settings
from sayso.store.ledger_file import LedgerFile
from sayso.store.wire import to_json

NAMES = st.sampled_from(
    ["Orlo Venn", "ORLO VENN", "Mira Sol", "Karsk Front", "Velm", "Łódka", "李"]
)
SAYINGS = st.sampled_from(
    [
        "We have 300 fighters",
        "They attacked Durno",
        "no = 12 members",
        "caf\u00e9 \U0001f600 5 members",
    ]
)
STATEMENT = st.builds(lambda said, name: f'"{said}," said {name}. ', SAYINGS, NAMES)
TEXT = st.builds(
    lambda title, date, parts, end: f"{title}\ndate: {date}\n{''.join(parts)}{end}",
    st.sampled_from(["Velm", "A title", "PARTLY"]),
    st.sampled_from(["2019", "2020-01", "2019-12-18"]),
    st.lists(STATEMENT, max_size=4),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


def export(file: LedgerFile) -> list[bytes]:
    return [to_json(record).encode() + b"\n" for record in file.everything()]


def fill(path: Path) -> list[bytes]:
    file = LedgerFile(str(path))
    for reading in readings():
        file.add(reading, "recipe")
    file.set_aside(Problem.of("z.txt", "acquire", "empty", "nothing in it", advice="fill it"))
    lines = export(file)
    file.close()
    return lines


def load(path: Path, lines: list[bytes]) -> list[bytes]:
    file = LedgerFile(str(path))
    try:
        file.load(lines)
        assert file.check() == []
        return export(file)
    finally:
        file.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TEXT, max_size=4), seed=st.integers(0, 1000))
def test_an_export_read_in_again_is_the_same_ledger(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("ledgers")
    reader = FakeReader(Settings())
    one = LedgerFile(str(folder / "one.sayso"))
    for number, text in enumerate(texts):
        one.add(reader.read(raw(text, f"{number}.txt")), "recipe")
    lines = export(one)
    one.close()
    random.Random(seed).shuffle(lines)  # the order of lines means nothing between documents
    by_place = sorted(lines, key=place)
    two = load(folder / "two.sayso", by_place)
    assert load(folder / "three.sayso", two) == two
    assert sorted(two) == sorted(lines)


def place(line: bytes) -> tuple[str, int]:
    """Findings of a document keep their order; all else may come in any."""
    record = json.loads(line)
    return record.get("document") or "", (record.get("span") or [0])[0]


def test_reading_in_twice_changes_nothing(tmp_path: Path) -> None:
    lines = fill(tmp_path / "one.sayso")
    assert load(tmp_path / "two.sayso", lines) == lines
    assert load(tmp_path / "two.sayso", lines) == lines


def test_reading_the_reports_after_an_import_changes_nothing(tmp_path: Path) -> None:
    lines = fill(tmp_path / "one.sayso")
    load(tmp_path / "two.sayso", lines)
    file = LedgerFile(str(tmp_path / "two.sayso"))
    for reading in readings():
        file.add(reading, "recipe")
    assert export(file) == lines
    assert file.check() == []
    file.close()


Change = Callable[[list[dict[str, Any]]], int]


def first(records: list[dict[str, Any]], kind: str) -> int:
    return next(i for i, record in enumerate(records) if record["type"] == kind)


def shift_a_span(records: list[dict[str, Any]]) -> int:
    at = first(records, "mention")
    records[at]["span"] = [records[at]["span"][0] + 1, records[at]["span"][1] + 1]
    return at


def end_after_the_text(records: list[dict[str, Any]]) -> int:
    at = first(records, "claim")
    length = records[at]["span"][1] - records[at]["span"][0]
    records[at]["span"] = [10**9, 10**9 + length]
    return at


def negative_span(records: list[dict[str, Any]]) -> int:
    at = first(records, "mention")
    records[at]["span"] = [-5, 3]
    return at


def name_no_entity(records: list[dict[str, Any]]) -> int:
    at = first(records, "statement")
    records[at]["holder"]["entity"] = "0" * 24
    return at


def name_no_statement(records: list[dict[str, Any]]) -> int:
    at = first(records, "claim")
    records[at]["statement"] = "0" * 24
    return at


def name_no_document(records: list[dict[str, Any]]) -> int:
    at = first(records, "mention")
    records[at]["document"] = "0" * 24
    return at


def name_no_claim(records: list[dict[str, Any]]) -> int:
    at = first(records, "event")
    records[at]["claims"] = ["0" * 24]
    return at


def name_no_mention(records: list[dict[str, Any]]) -> int:
    at = first(records, "entity")
    records[at]["aliases"][0]["mentions"] = ["0" * 24]
    return at


def leave_out_a_stamp(records: list[dict[str, Any]]) -> int:
    used = records[first(records, "statement")]["made_by"]
    del records[next(i for i, record in enumerate(records) if record["id"] == used)]
    return first(records, "statement")


def say_it_twice(records: list[dict[str, Any]]) -> int:
    records.append(dict(records[first(records, "mention")]))
    return len(records) - 1


def unknown_type(records: list[dict[str, Any]]) -> int:
    records.append({"type": "rumour", "id": "0" * 24})
    return len(records) - 1


def unknown_field(records: list[dict[str, Any]]) -> int:
    at = first(records, "mention")
    records[at]["mood"] = "bad"
    return at


def wrong_kind_of_value(records: list[dict[str, Any]]) -> int:
    at = first(records, "statement")
    records[at]["confidence"] = "high"
    return at


def entity_for_nobody(records: list[dict[str, Any]]) -> int:
    stray = dict(records[first(records, "entity")], id="f" * 24, aliases=[], roles=[])
    records.append(stray)
    return len(records) - 1


@pytest.mark.parametrize(
    "change",
    [
        shift_a_span,
        end_after_the_text,
        negative_span,
        name_no_entity,
        name_no_statement,
        name_no_document,
        name_no_claim,
        name_no_mention,
        leave_out_a_stamp,
        say_it_twice,
        unknown_type,
        unknown_field,
        wrong_kind_of_value,
        entity_for_nobody,
    ],
)
def test_a_changed_export_is_refused_with_its_line(tmp_path: Path, change: Change) -> None:
    records = [json.loads(line) for line in fill(tmp_path / "one.sayso")]
    at = change(records)
    file = LedgerFile(str(tmp_path / "two.sayso"))
    with pytest.raises(ImportRefused, match=f"line {at + 1}:") as refused:
        file.load(json.dumps(record).encode() for record in records)
    assert refused.value.line == at + 1
    assert export(file) == [], "nothing was written"
    assert file.db.execute("SELECT count(*) FROM entity_readings").get == 0
    file.close()


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"type":"entity"}',
        b"[" * 100_000,
        b'{"type":"entity","id":"' + b"x" * 100,
        b'{"type":"mention","id":"\\ud800"}',
    ],
)
def test_lines_that_are_no_records(tmp_path: Path, line: bytes) -> None:
    lines = fill(tmp_path / "one.sayso")
    file = LedgerFile(str(tmp_path / "two.sayso"))
    with pytest.raises(ImportRefused, match="line 4:"):
        file.load([*lines[:3], line + b"\n", *lines[3:]])
    assert export(file) == []
    file.close()


def test_an_event_that_two_documents_tell_of(tmp_path: Path) -> None:
    lines = fill(tmp_path / "one.sayso")
    records = [json.loads(line) for line in lines]
    event = records[first(records, "event")]
    claims = [r for r in records if r["type"] == "claim"]
    other = next(c for c in claims if c["document"] != claims[0]["document"])
    event["claims"] = [*event["claims"], other["id"]]
    changed = [json.dumps(record).encode() for record in records]
    exported = load(tmp_path / "two.sayso", changed)
    assert [json.loads(line) for line in exported] == records
    assert load(tmp_path / "three.sayso", exported) == exported

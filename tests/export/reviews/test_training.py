from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes import FakeReader, raw

import sayso
from sayso.export.reviews.training import examples, label_studio, prodigy
from sayso.settings import Settings

TEXT = """Title 🚩
outlet: Velm Courier

"It has 900 fighters," said Oren Vasch.

"No," said Marn.
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sayso.Ledger]:
    with sayso.open(tmp_path / "region.sayso") as opened:
        opened._file.add(FakeReader(Settings()).read(raw(TEXT)), "recipe")
        yield opened


def lines(ledger: sayso.Ledger) -> list[dict[str, object]]:
    found = examples(ledger, ledger.standings())
    return [json.loads(line) for line in prodigy(found)]


def test_nothing_reviewed_is_nothing_to_train_on(ledger: sayso.Ledger) -> None:
    assert lines(ledger) == []
    assert json.loads(b"".join(label_studio([]))) == []


def test_spans_cut_the_paragraph_that_is_written(ledger: sayso.Ledger) -> None:
    one, two = (s.id for s in ledger.statements())
    ledger.judge(one, "confirm", by="ines")
    ledger.judge(two, "reject", by="ines")
    first, second = lines(ledger)
    text = str(first["text"])
    cut = {s["label"]: text[s["start"] : s["end"]] for s in first["spans"]}  # type: ignore[attr-defined]
    assert cut == {"CONTENT": "It has 900 fighters", "CUE": "said", "SOURCE": "Oren Vasch"}
    assert (first["answer"], second["answer"]) == ("accept", "reject")
    assert first["meta"]["id"] == one  # type: ignore[index]


def test_corrections_and_added_statements_are_taught(ledger: sayso.Ledger) -> None:
    one, _ = (s for s in ledger.statements())
    start = one.content[0].span.start
    ledger.judge(one.id, "correct", by="ines", value={"start": start, "end": start + 6})
    at = TEXT.index("fighters")
    value: dict[str, str | int | None] = {"start": at, "end": at + 8, "act": "asserts"}
    ledger.judge(one.document, "correct", by="ines", value=value)
    corrected, added = lines(ledger)
    for line, expected in ((corrected, "It has"), (added, "fighters")):
        text = str(line["text"])
        (content,) = [s for s in line["spans"] if s["label"] == "CONTENT"]  # type: ignore[attr-defined]
        assert text[content["start"] : content["end"]] == expected


def test_label_studio_gets_tasks_with_the_same_spans(ledger: sayso.Ledger) -> None:
    one, _ = (s.id for s in ledger.statements())
    ledger.judge(one, "confirm", by="ines")
    found = list(examples(ledger, ledger.standings()))
    (task,) = json.loads(b"".join(label_studio(found * 1)))
    assert len(json.loads(b"".join(label_studio(found * 3)))) == 3
    text = task["data"]["text"]
    labelled = [r["value"] for r in task["annotations"][0]["result"] if r["type"] == "labels"]
    assert all(text[v["start"] : v["end"]] == v["text"] for v in labelled)
    assert {v["labels"][0] for v in labelled} == {"SOURCE", "CUE", "CONTENT"}

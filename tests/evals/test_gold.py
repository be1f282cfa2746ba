from __future__ import annotations

from typing import Any

import pytest
from evals.gold import Names, occurrences, plain
from evals.gold_reports import Report, compare
from evals.plain_documents import plain_document
from msgspec.structs import replace

from sayso.records.documents import Dateline, Document, Zone
from sayso.records.entities import Alias, Entity
from sayso.records.findings import Claim, Cue, EntityRef, Holder, Statement, StatementKind, Words
from sayso.records.readings import Reading
from sayso.records.spans import Span

TITLE = "Karsk Front nears Velm"
BODY = "VELM: The Front (KF) holds 40 villages, Ana Dorn said. “We hold them,” KF fighters said."
NOTICE = "Shared by velm.example"
TEXT = f"{TITLE}\n{BODY}\n{NOTICE}"
HOLDS = "The Front (KF) holds 40 villages"
GOLD: dict[str, Any] = {
    "doc": "velm",
    "title": TITLE,
    "dateline": "VELM",
    "statements": [
        {"holder": "Ana Dorn", "kind": "indirect", "content": [HOLDS]},
        {"holder": "The Karsk Front", "kind": "direct", "content": ["We hold them,"]},
    ],
    "estimates": [
        {"subject": "KF", "measure": "villages", "low": 40, "high": 40, "holder": "Ana Dorn"}
    ],
    "zones": {"notice": [NOTICE]},
    "aliases": [["Karsk Front", "KF"]],
}


def at(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


def statement(id: str, holder: str | None, content: str, kind: StatementKind) -> Statement:
    return Statement(
        id=id,
        document="d",
        kind=kind,
        holder=Holder(holder, at("Ana Dorn"), "Ana Dorn", "name"),
        cue=Cue(at("said"), "said", "asserts"),
        content=(Words(at(content), content),),
        exact=(),
        via=(),
        setting=None,
        said=None,
        confidence=1.0,
        made_by="test",
    )


def claim(low: int | None, high: int | None) -> Claim:
    return Claim(
        id=f"c{low}",
        statement="s1",
        document="d",
        span=at(HOLDS),
        quote=HOLDS,
        kind="estimate",
        polarity="positive",
        modality="actual",
        hedges=(),
        time=None,
        place=None,
        confidence=1.0,
        made_by="test",
        subject=EntityRef("front", at("The Front"), "The Front"),
        measure="villages",
        low=low,
        high=high,
    )


def document() -> Document:
    return replace(
        plain_document(TEXT),
        id="d",
        uri="velm.txt",
        title=TITLE,
        dateline=Dateline(at("VELM:"), "VELM:", place="VELM"),
        zones=(Zone("title", at(TITLE)), Zone("body", at(BODY)), Zone("notice", at(NOTICE))),
    )


@pytest.fixture
def reading() -> Reading:
    front = Entity("front", "armed_group", "Karsk Front", (Alias("KF", ()),), {}, None, (), "t")
    return Reading(
        document=document(),
        entities=(front, Entity("ana", "person", "Ana Dorn", (), {}, None, (), "t")),
        mentions=(),
        statements=(
            statement("s1", "ana", HOLDS, "indirect"),
            statement("s2", "front", "We hold them,", "direct"),
        ),
        claims=(claim(40, 40),),
        events=(),
        made_by=(),
    )


def figures(reading: Reading) -> dict[str, float]:
    return compare(GOLD, reading).figures()


def test_a_perfect_reading_is_right_everywhere(reading: Reading) -> None:
    found = figures(reading)
    assert found.pop("wrong_statements_most") == found.pop("estimates_surplus_most") == 0
    assert set(found.values()) == {1.0}


def test_swapped_holders_are_found_but_not_right(reading: Reading) -> None:
    first, second = reading.statements
    swapped = (
        replace(first, holder=second.holder),
        replace(second, holder=first.holder),
    )
    found = figures(replace(reading, statements=swapped))
    assert found["statements_found"] == 1.0
    assert found["statements_right"] == found["statement_holders"] == 0.0


def test_an_unresolved_holder_is_not_right_even_if_its_words_are(reading: Reading) -> None:
    first, second = reading.statements
    nobody = replace(first, holder=Holder(None, at("Ana Dorn"), "Ana Dorn", "name"))
    assert figures(replace(reading, statements=(nobody, second)))["statements_right"] == 0.5


def test_a_wrong_kind_is_not_right(reading: Reading) -> None:
    first, second = reading.statements
    found = figures(replace(reading, statements=(first, replace(second, kind="mixed"))))
    assert found["statements_right"] == found["statement_kinds"] == 0.5


def test_statements_without_gold_are_wrong_and_counted(reading: Reading) -> None:
    extra = statement("s3", "ana", NOTICE, "indirect")
    found = figures(replace(reading, statements=(*reading.statements, extra)))
    assert found["wrong_statements_most"] == 1
    assert found["statements_right"] == 1.0


def test_missed_statements_are_neither_found_nor_right(reading: Reading) -> None:
    found = figures(replace(reading, statements=reading.statements[:1]))
    assert found["statements_found"] == found["statements_right"] == 0.5


def test_an_open_bound_is_another_bound(reading: Reading) -> None:
    found = figures(replace(reading, claims=(claim(40, None),)))
    assert found["estimate_bounds"] == 0.0
    assert found["estimates_surplus_most"] == 1


def test_an_estimates_fields_are_told_apart(reading: Reading) -> None:
    off = replace(claim(40, 40), measure="towns", statement=None)
    found = figures(replace(reading, claims=(off,)))
    assert found["estimate_bounds"] == found["estimate_subject"] == 1.0
    assert found["estimate_measure"] == found["estimate_holder"] == 0.0


def test_document_fields_zones_and_aliases(reading: Reading) -> None:
    front, ana = reading.entities
    bad = replace(
        reading,
        document=replace(
            reading.document, title=None, zones=(Zone("body", Span(0, len(TEXT))),), byline="Piet"
        ),
        entities=(replace(front, aliases=()), ana),
    )
    found = figures(bad)
    assert found["document_fields"] == 0.5  # dateline and origin stay right
    assert found["zones"] == found["aliases"] == 0.0


def test_figures_of_several_reports_keep_the_worst_number_of_wrong(reading: Reading) -> None:
    extra = (*reading.statements, statement("s3", "ana", NOTICE, "indirect"))
    reports = [compare(GOLD, reading), compare(GOLD, replace(reading, statements=extra))]
    together = Report.together(reports).figures()
    assert together["wrong_statements_most"] == 1
    assert together["statements_found"] == 1.0


def test_names_are_compared_plainly() -> None:
    assert plain("The  Karsk-Front") == plain("karsk front") == "karsk front"
    assert plain("The") == "the"
    names = Names([Entity("e", "state", "Tarvia", (Alias("the Republic", ()),), {}, None, (), "t")])
    assert names.of("e") == {"tarvia", "republic"}
    assert names.of("nobody") == names.of(None) == set()


def test_a_content_is_found_by_its_words() -> None:
    text = "He said:\u201cWe  hold\nVelm!\u201d We hold Velm"
    spans = list(occurrences(text, "we hold velm,"))
    assert [" ".join(span.cut(text).split()) for span in spans] == ["We hold Velm", "We hold Velm"]

"""Findings as people corrected them: found, shown, counted so, and untouched under it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.fakes import REPORTS, FakeReader, raw

import sayso
from sayso.errors import JudgementRefused
from sayso.export.csv import csv_lines
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Judgement, Standing
from sayso.records.readings import Reading
from sayso.settings import Settings
from sayso.store.connection import APPLICATION_ID
from sayso.store.migrations import MIGRATIONS, migrate
from sayso.store.standing import decisions, states
from sayso.store.wire import to_json
from sayso.store.writer import write_reading
from sayso.values.corrections import added_id

URI = "reports/first.txt"
TEXT = REPORTS[URI]
Value = dict[str, str | int | None]


def _readings() -> list[Reading]:
    reader = FakeReader(Settings())
    return [reader.read(raw(text, uri)) for uri, text in REPORTS.items()]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sayso.Ledger]:
    with sayso.open(tmp_path / "velm.sayso") as opened:
        for reading in _readings():
            opened._file.add(reading, "recipe")
        yield opened


def said(ledger: sayso.Ledger, words: str, **wanted: Any) -> Statement:
    """The statement with these words, as it stands."""
    (found,) = [s for s in ledger.statements(**wanted) if words in s.content[0].quote]
    return found


def row_of(ledger: sayso.Ledger, id: str) -> dict[str, Any]:
    tables = (ledger.statements(), ledger.claims())
    (row,) = [row for table in tables for row in table.rows() if row["id"] == id]
    return row


def at(words: str, text: str = TEXT) -> Value:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def snapshot(ledger: sayso.Ledger) -> dict[str, Any]:
    """All that lists, filters and searches show, without row numbers."""
    db = ledger._file.db
    found: dict[str, Any] = {}
    for table, skipped in (
        ("statements", {"number", "document"}),
        ("claims", {"number", "document"}),
    ):
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[1] not in skipped]
        rows = db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id").fetchall()
        found[table] = rows
        about, column = f"{table[:-1]}_about", table[:-1]
        found[about] = db.execute(
            f"SELECT t.id, a.entity FROM {about} AS a JOIN {table} AS t ON t.number = a.{column}"
            " ORDER BY 1, 2"
        ).fetchall()
        found[f"{table} in order"] = [r.id for r in getattr(ledger, table)()]
        for word in ("fighters", "Velm", "Durno", "true"):
            found[f"{table} {word}"] = [r.id for r in getattr(ledger, table)(search=word)]
    found["standings"] = ledger.standings()
    found["decisions"] = decisions(db)
    return found


def test_corrected_words_are_found_and_the_old_ones_are_not(ledger: sayso.Ledger) -> None:
    one = said(ledger, "300 fighters in Velm")
    made = ledger.judge(one.id, "correct", by="ines", value=at("We have 300"))
    assert [s.id for s in ledger.statements(search='"We have 300"')] == [one.id]
    assert list(ledger.statements(search='"fighters in Velm"')) == []
    stands = said(ledger, "We have 300")
    assert stands.content[0].quote == "We have 300" == stands.exact[0].quote
    assert ledger.record(one.id) == one, "what was found stays"
    assert row_of(ledger, one.id)["reviewed"] == f"corrected by ines on {made.at[:10]}"
    ledger.withdraw(made.id, by="ines")
    assert list(ledger.statements(search='"fighters in Velm"')) == [one]
    assert row_of(ledger, one.id)["reviewed"] is None


def test_a_corrected_holder_holds_the_statement_and_its_claims(ledger: sayso.Ledger) -> None:
    one = said(ledger, "300 fighters in Velm")
    other = next(e for e in ledger.entities() if e.name == "Mira Sol")
    ledger.judge(one.id, "correct", by="ines", value={"holder": other.id})
    held = {s.id for s in ledger.statements(holder="Mira Sol", search="fighters")}
    assert one.id in held
    assert "300 fighters" in {c.quote for c in ledger.claims(holder="Mira Sol", kind="estimate")}
    stands = said(ledger, "300 fighters in Velm")
    assert stands.holder is not None
    assert stands.holder.span.cut(TEXT) == stands.holder.quote == "Mira Sol"
    rows = [row for row in ledger.claims(kind="estimate").rows() if row["quote"] == "300 fighters"]
    assert "Mira Sol" in {row["holder"] for row in rows}
    assert any("its statement corrected by ines" in str(row["reviewed"]) for row in rows)


def test_a_holder_whom_the_document_does_not_name(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    youth = next(e for e in ledger.entities() if e.name == "Karsk Front Youth")
    ledger.judge(one.id, "correct", by="ines", value={"holder": youth.id})
    assert one.id in {s.id for s in ledger.statements(holder="Karsk Front Youth")}
    assert [c.quote for c in ledger.claims(holder="Karsk Front Youth", kind="event")] == [
        "attacked Durno"
    ]
    stands = said(ledger, "attacked Durno")
    assert stands.holder is not None
    assert (stands.holder.entity, stands.holder.quote, len(stands.holder.span)) == (youth.id, "", 0)
    assert row_of(ledger, one.id)["holder"] == "Karsk Front Youth"
    assert ledger.check() == []


def test_a_holder_in_the_persons_own_words(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    ledger.judge(one.id, "correct", by="ines", value={"holder_name": "The mayor of Sorn"})
    assert [s.id for s in ledger.statements(holder="mayor of sorn")] == [one.id]
    assert row_of(ledger, one.id)["holder"] == "The mayor of Sorn"
    ledger.judge(one.id, "correct", by="ines", value={"holder_name": "Karsk Front"})
    stands = said(ledger, "attacked Durno")
    assert stands.holder is not None
    assert stands.holder.span.cut(TEXT) == "Karsk Front", "words of the text, where it has them"


def test_kind_act_and_the_holders_words(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    start = TEXT.index("Karsk Front")
    value: Value = {"kind": "indirect", "act": "denies", "holder_start": start}
    value |= {"holder_end": start + len("Karsk Front")}
    ledger.judge(one.id, "correct", by="ines", value=value)
    (found,) = ledger.statements(kind="indirect", act="denies")
    assert (found.id, found.exact) == (one.id, ())
    assert found.holder is not None
    assert found.holder.quote == "Karsk Front"
    assert [s.id for s in ledger.statements(holder="Karsk Front", act="denies")] == [one.id]


@pytest.mark.parametrize(
    "value",
    [
        {"start": 5, "end": 5},
        {"start": 0, "end": 10_000},
        {"start": 3},
        {"kind": "shouted"},
        {"act": "sings"},
        {"holder": "no such id"},
        {"low": 5},
        {"start": "x", "end": "y"},
    ],
)
def test_a_correction_that_means_nothing_is_refused(ledger: sayso.Ledger, value: Value) -> None:
    before = snapshot(ledger)
    with pytest.raises((JudgementRefused, sayso.errors.NoSuchRecord)):
        ledger.judge(said(ledger, "Durno").id, "correct", by="ines", value=value)
    assert snapshot(ledger) == before


def test_an_estimate_is_corrected(ledger: sayso.Ledger) -> None:
    (one,) = (c for c in ledger.claims(kind="estimate") if c.quote == "45 members")
    ledger.judge(one.id, "correct", by="ines", value={"low": 450, "high": None})
    (stands,) = (c for c in ledger.claims(kind="estimate") if c.quote == "45 members")
    assert (stands.low, stands.high) == (450, None)
    assert row_of(ledger, one.id)["what"] == "at least 450 members"
    assert ledger.record(one.id) == one


def test_what_somebody_added_is_among_the_statements(ledger: sayso.Ledger) -> None:
    before = [s.id for s in ledger.statements()]
    document = said(ledger, "attacked Durno").document
    value = {**at("Calm in Velm"), "act": "asserts", "holder_name": "Orlo Venn"}
    made = ledger.judge(document, "correct", by="ines", value=value)
    added = said(ledger, "Calm in Velm", search="calm")
    assert added.id == added_id(made.id)
    assert [s.id for s in ledger.statements()] == [added.id, *before]
    assert row_of(ledger, added.id)["reviewed"] == f"added by ines on {made.at[:10]}"
    assert row_of(ledger, added.id)["holder"] == "Orlo Venn"
    assert added.id not in {r.id for r in ledger.findings(document)}, "none of the machine's"
    (held,) = ledger.standings()
    assert (held.decision, held.finding) == ("add", added)
    # Others judge it as they judge any other.
    ledger.judge(added.id, "confirm", by="omar")
    assert row_of(ledger, added.id)["reviewed"].startswith("added by ines")
    other = ledger.judge(added.id, "correct", by="omar", value=at("Calm"))
    assert said(ledger, "Calm").content[0].quote == "Calm"
    ledger.withdraw(other.id, by="omar")
    no = ledger.judge(added.id, "reject", by="omar")
    assert (
        row_of(ledger, added.id)["reviewed"] == f"rejected by omar on {no.at[:10]}; otherwise: ines"
    )
    ledger.withdraw(made.id, by="ines")
    assert [s.id for s in ledger.statements()] == before


def test_a_claim_in_the_reports_voice_goes_to_the_statement_that_was_missed(
    tmp_path: Path,
) -> None:
    (reading,) = [r for r in _readings() if r.document.uri == URI]
    alone = next(c for c in reading.claims if c.quote == "300 fighters")
    own = tuple(replace(c, statement=None) if c.id == alone.id else c for c in reading.claims)
    with sayso.open(tmp_path / "one.sayso") as ledger:
        ledger._file.add(replace(reading, claims=own), "recipe")
        assert row_of(ledger, alone.id)["holder"] is None
        value = {**at("We have 300 fighters"), "holder_name": "Mira Sol"}
        made = ledger.judge(reading.document.id, "correct", by="ines", value=value)
        assert row_of(ledger, alone.id)["holder"] == "Mira Sol"
        ledger.withdraw(made.id, by="ines")
        assert row_of(ledger, alone.id)["holder"] is None
        assert ledger.check() == []


def test_two_people_who_differ_are_both_named(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    ledger.judge(one.id, "correct", by="ines", value=at("They attacked"))
    ledger.judge(one.id, "confirm", by="omar")
    held = ledger.standing(one.id)
    assert held is not None
    assert (held.decision, held.by, held.differing) == ("correct", "ines", ())
    assert held.people == {"ines": "correct", "omar": "confirm"}
    ledger.judge(one.id, "reject", by="omar")
    held = ledger.standing(one.id)
    assert held is not None
    assert (held.decision, held.by, held.differing) == ("reject", "omar", ("ines",))
    assert decisions(ledger._file.db) == {one.id: {"ines": "correct", "omar": "reject"}}
    assert states(ledger._file.db, [one.id, "another"]) == {one.id: "reject"}


def test_who_confirms_their_own_correction_confirms_it_as_corrected(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    ledger.judge(one.id, "correct", by="ines", value=at("They attacked"))
    ledger.judge(one.id, "confirm", by="ines")
    assert said(ledger, "They attacked").content[0].quote == "They attacked"
    ledger.judge(one.id, "reject", by="ines")
    ledger.judge(one.id, "confirm", by="ines")
    assert said(ledger, "They attacked") == one


def test_read_again_with_another_id_the_correction_goes_with_its_characters(
    ledger: sayso.Ledger,
) -> None:
    one = said(ledger, "300 fighters in Velm")
    ledger.judge(one.id, "correct", by="ines", value=at("We have 300"))
    (reading,) = [r for r in _readings() if r.document.uri == URI]
    again = tuple(replace(s, id="f" * 24) if s.id == one.id else s for s in reading.statements)
    claims = tuple(
        replace(c, statement="f" * 24) if c.statement == one.id else c for c in reading.claims
    )
    ledger._file.add(replace(reading, statements=again, claims=claims), "another")
    (found,) = ledger.statements(search='"We have 300"')
    assert found.id == "f" * 24
    assert row_of(ledger, found.id)["reviewed"].startswith("corrected by ines")
    ledger._file.add(reading, "recipe")
    assert [s.id for s in ledger.statements(search='"We have 300"')] == [one.id]


def test_every_way_out_says_who_corrected(ledger: sayso.Ledger) -> None:
    one = said(ledger, "attacked Durno")
    made = ledger.judge(one.id, "correct", by="=ines", value=at("They attacked"))
    words = f"corrected by =ines on {made.at[:10]}"
    table = ledger.statements()
    lines = "".join(csv_lines(table.columns, table.rows()))
    assert words in lines
    assert words in {line["row"]["reviewed"] for line in table.with_rows()}
    out = io.BytesIO()
    ledger.export(out)
    assert to_json(ledger.standings()[0]).encode() in out.getvalue()
    assert to_json(one).encode() in out.getvalue(), "the machine's finding is exported too"


def test_a_ledger_of_an_earlier_version_follows_its_judgements(tmp_path: Path) -> None:
    path = tmp_path / "old.sayso"
    db = apsw.Connection(str(path))
    db.pragma("application_id", APPLICATION_ID)
    with db:
        migrate(db, MIGRATIONS[:4])
        for reading in _readings():
            write_reading(db, reading, "recipe")
        one = next(s for r in _readings() for s in r.statements if "Durno" in s.content[0].quote)
        place, value = one.content[0].span, at("They attacked")
        missed = {**at("Calm in Velm"), "act": "asserts"}
        made = [
            Judgement("a" * 24, one.id, "correct", value, "ines", "2031-01-01T00:00:00Z"),
            Judgement("b" * 24, one.document, "correct", missed, "ines", "2031-01-02T00:00:00Z"),
        ]
        for j, where in zip(
            made, ((one.document, place.start, place.end), (None,) * 3), strict=True
        ):
            db.execute(
                "INSERT INTO judgements (id, judged, decision, person, document, start, ends,"
                " record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (j.id, j.on, j.decision, j.by, *where, to_json(j)),
            )
    db.close()
    with sayso.open(path) as ledger:
        assert said(ledger, "They attacked").content[0].quote == "They attacked"
        assert said(ledger, "Calm in Velm").id == added_id("b" * 24)
        assert ledger.check() == []


_PEOPLE = ("ines", "omar")
_CHANGES: tuple[Value, ...] = (
    at("We have 300"),
    at("attacked Durno"),
    at("Velm", TEXT),
    {"holder_name": "Mira Sol"},
    {"holder_name": "Nobody at all"},
    {"kind": "indirect", "act": "warns"},
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("judge"),
            st.integers(0, 5),
            st.sampled_from(["confirm", "reject", "correct"]),
            st.sampled_from(_PEOPLE),
            st.integers(0, len(_CHANGES) - 1),
        ),
        st.tuples(st.just("add"), st.integers(0, 2), st.sampled_from(_PEOPLE)),
        st.tuples(st.just("withdraw"), st.integers(0, 9), st.sampled_from(_PEOPLE)),
        st.tuples(st.just("read again"), st.integers(0, 2)),
    ),
    max_size=9,
)


def _take(ledger: sayso.Ledger, step: tuple[Any, ...], readings: list[Reading]) -> None:
    kind, number, *rest = step
    if kind == "judge":
        statements = sorted(s.id for s in ledger.statements())
        decision, by, change = rest
        value = _CHANGES[change] if decision == "correct" else {}
        statement = ledger.record(statements[number % len(statements)])
        assert isinstance(statement, Statement)
        document = ledger.record(statement.document)
        assert isinstance(document, Document)
        length = len(document.text)
        if int(value.get("end") or 0) <= length:
            ledger.judge(statement.id, decision, by=by, value=value)
    elif kind == "add":
        value = {**_CHANGES[number], "act": "asserts"}
        ledger.judge(readings[0].document.id, "correct", by=rest[0], value=value)
    elif kind == "withdraw":
        log = [j for j in ledger.judgements() if j.withdrawn is None]
        if log:
            ledger.withdraw(log[number % len(log)].id, by=rest[0])
    else:
        reading = readings[number]
        ledger._file.add(replace(reading, claims=(), events=()), "less")
        ledger._file.add(reading, "recipe")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=_STEPS)
def test_what_stands_is_a_function_of_the_log_and_the_findings(
    steps: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("standing")
    readings = _readings()
    with sayso.open(folder / "one.sayso") as ledger:
        for reading in readings:
            ledger._file.add(reading, "recipe")
        bare = snapshot(ledger)
        for step in steps:
            _take(ledger, step, readings)
        assert ledger.check() == []
        stands = snapshot(ledger)
        out = io.BytesIO()
        ledger.export(out)
        with sayso.open(folder / "other.sayso") as other:
            other.load(out.getvalue().splitlines())
            assert snapshot(other) == stands, "an export brings it all back"
        for record in (*ledger.statements(), *ledger.claims()):
            assert isinstance(record, Statement | Claim)
            found = ledger.record(record.id)
            held = ledger.standing(record.id)
            changed = isinstance(held, Standing) and held.decision in ("correct", "add")
            assert changed or record == found or isinstance(record, Claim)
        for judgement in ledger.judgements(withdrawn=False):
            ledger.withdraw(judgement.id, by="ines")
        assert snapshot(ledger) == bare, "what is taken back leaves nothing"

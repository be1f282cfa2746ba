"""Matching: only what is new is looked at, and the result is that of looking at everything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import msgspec
import pytest
from tests.fakes import RIVER

import sayso
from sayso.errors import JudgementRefused, NoSuchRecord
from sayso.records.entities import Entity
from sayso.records.matches import Copies, Dispute, Joining, Story
from sayso.settings import ExtractSettings, Settings

RULES = Settings(extract=ExtractSettings(attribution="rules"))
_LEAD = "VELM, March {day} (TNA) - Fighting went on in the Upper Doss valley on Monday."
REPORTS = {
    "a-herald.txt": f"""Karsk Front has 900 fighters, minister says

By the Sarn Herald

{_LEAD.format(day=14)}

Interior Minister Oren Vasch said on Tuesday that the Karsk Front has about 900 fighters in Tarvia.
"The Karsk Front is active in Tarvia," Vasch said.

{RIVER}""",
    "b-courier.txt": f"""The Front in numbers

By the Velm Courier

{_LEAD.format(day=15)}

Deputy Sela Marn said the Karsk Front has between 2,000 and 3,500 fighters in Tarvia.
The Karsk Front denied that it is active in Tarvia.
""",
    "c-copy.txt": f"""Ferry closed at Low Mill

By a correspondent of the Isel Post

{RIVER}
The post office in Isel stays open.
""",
    "d-other.txt": """Teachers meet in Port Isel

Teachers of the coast met in Port Isel on Friday to speak of the school year, their union said.
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def read_ledger(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "read.sayso"
    with sayso.open(path) as ledger:
        ledger.read(folder, workers=0, settings=RULES)
    return path


@pytest.fixture
def ledger(read_ledger: Path, tmp_path: Path) -> Iterator[sayso.Ledger]:
    """All four reports, read and not yet matched."""
    path = tmp_path / "own.sayso"
    shutil.copy(read_ledger, path)
    with sayso.open(path) as opened:
        yield opened


def found(ledger: sayso.Ledger) -> list[object]:
    """All that is known across documents, as records."""
    kinds = Joining | Copies | Story | Dispute
    return [record for record in ledger.records() if isinstance(record, kinds)]


def test_what_is_claimed_about_one_thing_is_laid_side_by_side(ledger: sayso.Ledger) -> None:
    ledger.match()
    by_question = {dispute.question: dispute for dispute in ledger.disputes()}
    strength = next(d for q, d in by_question.items() if "How many fighters" in q)
    assert sorted(p.value for p in strength.positions) == ["2,000 to 3,500", "about 900"]
    activity = next(d for q, d in by_question.items() if "active" in q)
    assert activity.verdict == "conflict"
    assert {h.name for p in activity.positions for h in p.holders} >= {"Oren Vasch", "Karsk Front"}


def test_every_id_of_a_dispute_is_in_the_ledger(ledger: sayso.Ledger) -> None:
    ledger.match()
    ids = {record.id for record in ledger.records()}
    disputes = list(ledger.disputes())
    assert disputes
    for dispute in disputes:
        about = {dispute.about.subject, dispute.about.object, dispute.about.place} - {None}
        assert about <= ids
        for position in dispute.positions:
            assert set(position.claims) <= ids
            assert 0 < position.independent_sources <= len(position.claims)
            assert {id for origin in position.origins for id in origin.documents} <= ids


def test_a_copy_is_found_and_the_others_are_none(ledger: sayso.Ledger) -> None:
    ledger.match()
    (copies,) = ledger.copies()
    uris = {ledger.record(copy.document).uri.rsplit("/", 1)[-1] for copy in copies.documents}  # type: ignore[union-attr]
    assert uris == {"a-herald.txt", "c-copy.txt"}


def test_nothing_new_means_nothing_done(ledger: sayso.Ledger) -> None:
    assert ledger.match().documents == len(REPORTS)
    before = found(ledger)
    again = ledger.match()
    assert (again.documents, again.topics) == (0, 0)
    assert found(ledger) == before


def test_one_by_one_gives_what_all_at_once_gives(
    ledger: sayso.Ledger, folder: Path, tmp_path: Path
) -> None:
    ledger.match()
    with sayso.open(tmp_path / "slow.sayso") as slow:
        for name in sorted(REPORTS, reverse=True):
            slow.read(folder / name, workers=0, settings=RULES)
            slow.match()
        assert found(slow) == found(ledger)


def test_what_an_earlier_version_kept_of_copies_is_made_again(
    read_ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "earlier.sayso"
    shutil.copy(read_ledger, path)
    with sayso.open(path) as ledger:
        ledger.match()
        before = found(ledger)
    # Version 3 had no prints of the head, and here took everything for boilerplate.
    db = apsw.Connection(str(path))
    for number, record in list(
        db.execute("SELECT document, record FROM extracts WHERE step = 'copies'")
    ):
        kept = msgspec.msgpack.decode(record)
        del kept["head"]
        db.execute(
            "UPDATE extracts SET record = ? WHERE document = ? AND step = 'copies'",
            (msgspec.msgpack.encode(kept), number),
        )
    db.execute(
        "INSERT INTO common_keys SELECT DISTINCT step, key FROM extract_keys WHERE step = 'copies'"
    )
    db.execute("UPDATE matched SET recipe = 'earlier'")
    db.close()
    with sayso.open(path) as ledger:
        assert ledger.match().documents == len(REPORTS)
        assert found(ledger) == before
        assert len(list(ledger.copies())) == 1


def test_a_stop_half_way_loses_nothing(ledger: sayso.Ledger, read_ledger: Path) -> None:
    for stage in ("documents", "copies", "actors", "stories", "disputes"):

        def stop(now: str, done: int, total: int, stage: str = stage) -> None:
            if now == stage:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ledger.match(progress=stop)
    ledger.match()
    with sayso.open(read_ledger.with_name("whole.sayso")) as whole:
        ledger.export(read_ledger.with_suffix(".jsonl"))
        whole.load(read_ledger.with_suffix(".jsonl"))
        whole.match()
        assert found(whole) == found(ledger)


def test_an_export_comes_back_the_same(ledger: sayso.Ledger, tmp_path: Path) -> None:
    ledger.match()
    one = ledger.find("Oren Vasch")
    ledger.judge(one, "grade", by="reader", value={"source": "B"})
    ledger.export(tmp_path / "one.jsonl")
    with sayso.open(tmp_path / "again.sayso") as again:
        again.load(tmp_path / "one.jsonl")
        again.match()
        again.export(tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_a_person_joins_and_parts_and_it_survives_reading_again(
    ledger: sayso.Ledger, folder: Path
) -> None:
    ledger.match()
    one, other = ledger.find("Oren Vasch"), ledger.find("Sela Marn")
    judgement = ledger.judge(one, "same", by="reader", because="a test", value={"other": other})
    ledger.match()
    assert joined(ledger, one, other)
    assert any("a test" in line for line in ledger.why(one))
    path = folder / "a-herald.txt"
    path.write_text(path.read_text("utf-8") + "\nThe mayor of Velm was not there.\n", "utf-8")
    ledger.read(folder, workers=0, settings=RULES)
    ledger.match()
    assert joined(ledger, one, other)
    ledger.withdraw(judgement.id, by="reader")
    ledger.match()
    assert not joined(ledger, one, other)
    assert [j.withdrawn is None for j in ledger.judgements()] == [False]


def joined(ledger: sayso.Ledger, one: str, other: str) -> bool:
    records = [ledger.record(id) for id in (one, other)]
    standing = {(r.same_as or r.id) for r in records if isinstance(r, Entity)}
    return len(standing) == 1


def test_names_of_one_actor_are_asked_for_together(ledger: sayso.Ledger) -> None:
    one, other = ledger.find("Oren Vasch"), ledger.find("Sela Marn")
    alone = {s.id for s in ledger.statements(holder="Oren Vasch")}
    both = alone | {s.id for s in ledger.statements(holder="Sela Marn")}
    assert alone < both
    ledger.judge(one, "same", by="reader", value={"other": other})
    ledger.match()
    assert {s.id for s in ledger.statements(holder="Oren Vasch")} == both


def test_judgements_are_never_changed_or_deleted(ledger: sayso.Ledger) -> None:
    made = ledger.judge(ledger.find("Oren Vasch"), "grade", by="reader", value={"source": "b"})
    assert made.value == {"source": "B"}
    db = ledger._file.db
    for sql in ("UPDATE judgements SET person = 'other'", "DELETE FROM judgements"):
        with pytest.raises(apsw.ConstraintError):
            db.execute(sql)
    ledger.withdraw(made.id, by="reader")
    for sql in ("UPDATE withdrawals SET at = ''", "DELETE FROM withdrawals"):
        with pytest.raises(apsw.ConstraintError):
            db.execute(sql)


@pytest.mark.parametrize(
    ("decision", "value"),
    [
        ("grade", {"source": "G"}),
        ("grade", {"information": 7}),
        ("grade", {}),
        ("same", {}),
        ("correct", {}),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    ledger: sayso.Ledger, decision: str, value: dict[str, str | int | None]
) -> None:
    with pytest.raises(JudgementRefused):
        ledger.judge(ledger.find("Oren Vasch"), decision, by="reader", value=value)  # type: ignore[arg-type]
    with pytest.raises(NoSuchRecord):
        ledger.judge("000000", "confirm", by="reader")

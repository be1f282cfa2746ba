"""Readings that no reader made keep the rules of those that one did."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic_readings import fill, readings

from sayso.ledger import Ledger
from sayso.store.rules import check_reading
from sayso.store.wire import digest_of


def test_the_same_seed_gives_the_same_readings() -> None:
    one, two = (list(map(digest_of, readings(60, seed=4))) for _ in range(2))
    assert one == two
    assert list(map(digest_of, readings(5, seed=5))) != one[:5]


def test_a_shorter_run_is_the_beginning_of_a_longer_one() -> None:
    assert list(map(digest_of, readings(10))) == list(map(digest_of, readings(50)))[:10]


def test_every_reading_keeps_the_rules() -> None:
    for reading in readings(200, seed=9):
        check_reading(reading)
        assert len(reading.statements) == 10
        assert {claim.kind for claim in reading.claims} == {"estimate", "event"}


def test_documents_differ_and_some_are_nearly_one_text() -> None:
    made = list(readings(300, seed=2))
    assert len({reading.document.id for reading in made}) == 300
    bodies = [reading.document.text.split("\n\n", 2)[2] for reading in made]
    assert 20 < 300 - len(set(bodies)) < 120


def test_a_filled_ledger_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "big.sayso"
    assert fill(str(path), 120) > 0
    with Ledger(path, create=False) as ledger:
        assert ledger.check() == []
        assert len(ledger.documents()) == 120
        assert len(ledger.statements()) == 1200

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fakes import FakeReader, raw

import sayso
from sayso.export.briefs.brief import Brief
from sayso.export.briefs.composing import compose
from sayso.records.matches import About, Dispute, Origin, Position, PositionHolder
from sayso.settings import Settings
from sayso.store.disputes import replace_disputes

TEXTS = {
    "front.txt": (
        "The Front grows 🚩\noutlet: Velm Courier\ndate: 2031-03-14\n\n"
        '"The Front has 900 fighters in Doss," said the minister Oren Vasch.\n\n'
        '"We did not attack Ustrel [on Monday], * and *never* will," said Karsk Front.\n'
    ),
    "herald.txt": (
        "Numbers\noutlet: Sarn Herald\ndate: 2031-03-16\n\n"
        '"It has 3500 fighters in Doss," said Sela Marn.\n'
    ),
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[sayso.Ledger]:
    """Two small reports and a dispute about their numbers."""
    with sayso.open(tmp_path / "region.sayso") as opened:
        for uri, text in TEXTS.items():
            opened._file.add(FakeReader(Settings()).read(raw(text, uri)), "recipe")
        low, high = (claim for claim in opened.claims(kind="estimate"))
        holders = ["Oren Vasch", "Sela Marn"]
        positions = tuple(
            Position(
                f"{claim.low:,}",
                (claim.id,),
                (PositionHolder(None, name),),
                1,
                (Origin(name, (claim.id,), (claim.document,), ()),),
                claim.low,
                claim.high,
            )
            for claim, name in zip((low, high), holders, strict=True)
        )
        dispute = Dispute(
            "d" * 24, About("estimate"), "How many fighters?", positions, "conflict", (), "m"
        )
        with opened._file.writing():
            replace_disputes(opened._file.db, "topic", [dispute])
        yield opened


@pytest.fixture
def ids(ledger: sayso.Ledger) -> list[str]:
    """All statements, claims and disputes."""
    return [
        r.id for table in (ledger.statements(), ledger.claims(), ledger.disputes()) for r in table
    ]


@pytest.fixture
def brief(ledger: sayso.Ledger, ids: list[str]) -> Brief:
    return compose(ledger, ids, title="Strength of the Front", made="Made by a test.")

"""Journeys of a ledger: found by the words of one statement, and all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import sayso
from sayso.engines.matching.journeys import all_journeys, journeys_of
from sayso.ledger import Ledger
from sayso.records.findings import Statement
from sayso.settings import ExtractSettings, Settings
from sayso.store.wordings import with_phrases

REPORTS = {
    "2031-03-14-herald.txt": """Captain speaks of boats

By the Sarn Herald

VELM, March 14, 2031 (TNA) - The ferry was closed on Monday.

"There could be some forty boats hidden in the reeds below Low Mill," Captain Oren Vasch said.
""",
    "2031-03-16-courier.txt": """Forty boats

By the Velm Courier

VELM, March 16, 2031 (TNA) - Fishermen stayed at home.

"There are some forty boats hidden in the reeds below Low Mill," Captain Oren Vasch said.
""",
    "2031-03-18-post.txt": """Teachers meet in Port Isel

PORT ISEL, March 18, 2031 (TNA) - Teachers of the coast met to speak of the school year.

There are some forty boats hidden in the reeds below Low Mill. The post office stays open.
""",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    rules = Settings(extract=ExtractSettings(attribution="rules"))
    with sayso.open(folder / "l.sayso") as opened:
        opened.read(folder, workers=0, settings=rules)
        opened.match()
        yield opened


def said(ledger: Ledger) -> Statement:
    return next(s for s in ledger.statements() if "could be" in s.content[0].quote)


def test_the_words_of_a_statement_are_followed(ledger: Ledger) -> None:
    with ledger._file.reading() as db:
        (journey,) = journeys_of(db, said(ledger))
    assert len(journey.appearances) == 3
    kinds = [{change.kind for change in a.changes} for a in journey.appearances]
    assert kinds[0] == set()
    assert "hedge_dropped" in kinds[1]
    assert "attribution_dropped" in kinds[2]


def test_all_journeys_hold_that_of_one_statement(ledger: Ledger) -> None:
    with ledger._file.reading() as db:
        assert all_journeys(db) == journeys_of(db, said(ledger))


def test_phrases_are_looked_up_as_words(ledger: Ledger) -> None:
    with ledger._file.reading() as db:
        assert len(with_phrases(db, ["FORTY boats, hidden", "not there at all"], most=9)) == 3
        assert with_phrases(db, ['a "quoted" OR thing', "*"], most=9) == []
        assert with_phrases(db, [], most=9) == []

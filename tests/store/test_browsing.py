"""Pages of findings: whatever way SQLite is asked, the same findings in the same order."""

from __future__ import annotations

from typing import Literal

import pytest
from benchmarks.synthetic_readings import readings

from sayso.store import browsing, queries
from sayso.store.filters import Filter, select_claims, select_statements
from sayso.store.ledger_file import LedgerFile

Table = Literal["statements", "claims"]
FILTERS = (
    Filter(),
    Filter(search="fighters"),
    Filter(search="fighters road"),
    Filter(search="nobody"),
    Filter(search="no such words at all"),
    Filter(kind="direct", search="fighters"),
    Filter(kind="indirect"),
    Filter(kind="indirect", act="asserts", search="harve*"),
    Filter(confidence=0.99, search="fighters"),
    Filter(confidence=0.1),
    Filter(since="2032", until="2032-09", search="the"),
    Filter(since="2050"),
    Filter(about="HERE"),
    Filter(holder="WHO", search="fighters"),
    Filter(holder="nobody of this name"),
    Filter(kind="estimate", search="fighters", place="HERE"),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> LedgerFile:
    file = LedgerFile(str(tmp_path_factory.mktemp("browsing") / "many.sayso"))
    for reading in readings(40):
        file.add(reading, "synthetic")
    return file


def _named(file: LedgerFile, wanted: Filter) -> Filter:
    """The filter with names of this ledger in place of WHO and HERE."""
    who = file.db.execute(
        "SELECT e.name FROM statements AS s JOIN entity_readings AS e ON e.entity = s.holder"
        " LIMIT 1"
    ).get
    here = file.db.execute(
        "SELECT e.name FROM claims AS c JOIN entity_readings AS e ON e.entity = c.where_entity"
        " LIMIT 1"
    ).get
    names = {"WHO": who, "HERE": here}
    given = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return Filter(**{name: names.get(value, value) for name, value in given.items()})


@pytest.mark.parametrize("table", ["statements", "claims"])
@pytest.mark.parametrize(
    ("steps", "many", "few"),
    [(150_000, 3_000_000, 3_000), (1, 1, 3_000), (1, 3_000_000, 1), (1, 1, 1)],
    ids=["as it is", "among few", "from the end", "by index"],
)
def test_every_way_finds_the_same(
    filled: LedgerFile,
    monkeypatch: pytest.MonkeyPatch,
    table: Table,
    steps: int,
    many: int,
    few: int,
) -> None:
    monkeypatch.setattr(browsing, "_STEPS", steps)
    monkeypatch.setattr(browsing, "_MANY_STEPS", many)
    monkeypatch.setattr(browsing, "_FEW", few)
    select = select_statements if table == "statements" else select_claims
    numbers = {
        str(id): int(number) for id, number in filled.db.execute(f"SELECT id, number FROM {table}")
    }
    found_any = 0
    for wanted in (_named(filled, one) for one in FILTERS):
        plain = [numbers[r.id] for r in queries.findings(filled.db, select(filled.db, wanted))]
        paged: list[int] = []
        after = None
        while True:
            page = browsing.page(filled.db, table, wanted, after=after, most=23)
            paged += [numbers[record.id] for record in page.records]
            after = page.after
            if after is None:
                break
        assert paged == sorted(plain, reverse=True), wanted
        found_any += bool(paged)
    assert found_any > 6


def test_a_search_that_was_cut_short_leaves_the_connection_usable(filled: LedgerFile) -> None:
    assert browsing._within(filled.db, 1, ("SELECT count(*) FROM statements", ())) is None
    assert filled.db.execute("SELECT count(*) FROM statements").get == 400

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import apsw
import pytest
from msgspec.structs import replace
from tests.fakes import REPORTS, FakeReader, raw, readings

from sayso.records.provenance import MadeBy, Problem
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings
from sayso.store.ledger_file import LedgerFile
from sayso.store.wire import to_json


@pytest.fixture
def file(tmp_path: Path) -> Iterator[LedgerFile]:
    opened = LedgerFile(str(tmp_path / "region.sayso"))
    yield opened
    opened.close()


def export(file: LedgerFile) -> list[str]:
    return [to_json(record) for record in file.everything()]


def read(text: str, uri: str = "a.txt", settings: Settings | None = None) -> Reading:
    return FakeReader(settings or Settings()).read(raw(text, uri))


def rows(file: LedgerFile) -> dict[str, int]:
    names = [
        str(name)
        for (name,) in file.db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%'"
            " AND name NOT LIKE 'sqlite_%' AND name <> 'writers'"
        )
    ]
    return {name: int(file.db.execute(f"SELECT count(*) FROM {name}").get) for name in names}


def test_the_same_again_adds_nothing(file: LedgerFile) -> None:
    for reading in readings():
        assert file.add(reading, "recipe") == "added"
    before, counts = export(file), rows(file)
    for reading in readings():
        assert file.add(reading, "recipe") == "unchanged"
        later = replace(reading, document=replace(reading.document, retrieved="2030-01-01T00:00Z"))
        assert file.add(later, "another recipe with the same result") == "unchanged"
    assert export(file) == before
    assert rows(file) == counts


def test_order_does_not_matter(tmp_path: Path) -> None:
    exports = []
    for number, order in enumerate(permutations(readings())):
        file = LedgerFile(str(tmp_path / f"{number}.sayso"))
        for reading in order:
            file.add(reading, "recipe")
        exports.append(export(file))
        file.close()
    assert len(exports) == 6
    assert all(one == exports[0] for one in exports)


def test_other_settings_replace_all_findings(file: LedgerFile, tmp_path: Path) -> None:
    settings = Settings(extract=ExtractSettings(model="en-md"))
    texts = list(REPORTS.items())
    for uri, text in texts:
        file.add(read(text, uri), "first")
    for uri, text in texts:
        assert file.add(read(text, uri, settings), "second") == "replaced"
    fresh = LedgerFile(str(tmp_path / "fresh.sayso"))
    for uri, text in texts:
        fresh.add(read(text, uri, settings), "second")
    assert export(file) == export(fresh)
    assert rows(file) == rows(fresh)
    assert file.check() == []
    fresh.close()


def test_same_bytes_under_two_paths_are_one_document(tmp_path: Path) -> None:
    text = REPORTS["reports/first.txt"]
    exports = []
    for paths in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        file = LedgerFile(str(tmp_path / f"{paths[0]}.sayso"))
        for path in paths:
            file.add(read(text, path), "recipe")
        assert rows(file)["documents"] == 1
        seen = [uri for (uri,) in file.db.execute("SELECT uri FROM sightings ORDER BY uri")]
        assert seen == ["a.txt", "b.txt"]
        exports.append(export(file))
        assert file.check() == []
        file.close()
    assert exports[0] == exports[1]
    assert '"uri":"a.txt"' in "".join(exports[0])


def test_what_need_not_be_read(file: LedgerFile) -> None:
    reading = read("Title\n", "b.txt")
    sha256 = reading.document.sha256
    assert not file.is_read("b.txt", sha256, "text/plain", "recipe")
    file.add(reading, "recipe")
    assert file.is_read("b.txt", sha256, "text/plain", "recipe")
    assert not file.is_read("b.txt", sha256, "text/plain", "newer recipe")
    assert not file.is_read("b.txt", sha256, "text/html", "recipe")
    assert not file.is_read("a.txt", sha256, "text/plain", "recipe"), "the first path counts"
    assert file.is_read("c.txt", sha256, "text/plain", "recipe")
    assert rows(file)["sightings"] == 2


def test_a_problem_goes_when_its_file_is_read(file: LedgerFile) -> None:
    file.set_aside(Problem.of("a.txt", "read", "deadline", "too slow"))
    file.set_aside(Problem.of("a.txt", "read", "memory", "too large"))
    file.set_aside(Problem.of("b.txt", "read", "empty", "nothing in it"))
    assert rows(file)["problems"] == 2, "the later reason takes the place of the earlier"
    file.add(read("Title\n", "a.txt"), "recipe")
    assert [line for line in export(file) if '"type":"problem"' in line] == [
        to_json(Problem.of("b.txt", "read", "empty", "nothing in it"))
    ]


def test_a_problem_goes_when_its_file_turns_out_to_be_known(file: LedgerFile) -> None:
    reading = read("Title\n", "a.txt")
    file.add(reading, "recipe")
    file.set_aside(Problem.of("b.txt", "acquire", "unreadable", "no permission"))
    assert file.is_read("b.txt", reading.document.sha256, "text/plain", "recipe")
    assert rows(file)["problems"] == 0


def test_problems_of_a_part_follow_their_document(file: LedgerFile) -> None:
    file.add(read("PARTLY\n"), "recipe")
    assert rows(file)["problems"] == 1
    file.add(replace(read("PARTLY\n"), problems=()), "other")
    assert rows(file)["problems"] == 0


def test_a_reading_that_fails_half_way_leaves_nothing(file: LedgerFile) -> None:
    file.add(read(REPORTS["reports/first.txt"]), "recipe")
    before, counts = export(file), rows(file)
    broken = read(REPORTS["reports/second.txt"], "b.txt")
    mention = replace(broken.mentions[-1], entity="no such entity")
    broken = replace(broken, mentions=(*broken.mentions[:-1], mention))
    with pytest.raises(apsw.ConstraintError):
        file.add(broken, "recipe")
    assert export(file) == before
    assert rows(file) == counts


def test_an_entity_that_nothing_refers_to_is_not_kept(file: LedgerFile) -> None:
    reading = read("Velm\n")
    stray = replace(reading.entities[0], id="stray", aliases=())
    file.add(replace(reading, entities=(*reading.entities, stray)), "recipe")
    assert rows(file)["entity_readings"] == 1


def test_stamps_without_users_go(file: LedgerFile) -> None:
    reading = read("Velm\n")
    extra = MadeBy.of("gone", "1", Settings().extract)
    file.add(replace(reading, made_by=(*reading.made_by, extra)), "first")
    assert rows(file)["made_by"] == 5
    file.add(reading, "second")
    assert rows(file)["made_by"] == 4

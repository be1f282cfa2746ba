from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from tests.fakes import FakeReader, raw, readings

from sayso.errors import LedgerError
from sayso.settings import Settings
from sayso.store.ledger_file import LedgerFile
from sayso.store.wire import to_json


@pytest.fixture
def file(tmp_path: Path) -> Iterator[LedgerFile]:
    opened = LedgerFile(str(tmp_path / "region.sayso"))
    for reading in readings():
        opened.add(reading, "recipe")
    assert opened.check() == []
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE texts SET text = 'x' || text WHERE number = 1", "does not cut its quote"),
        (
            "DROP TRIGGER statements_changed;"
            " UPDATE statements SET content = 'altered' WHERE number = 2",
            "statements_search",
        ),
        ("UPDATE texts SET title = 'altered' WHERE number = 1", "texts_search"),
        (
            "DROP TRIGGER claims_changed; UPDATE claims SET quote = 'altered' WHERE number = 1",
            "claims_search",
        ),
        ("DELETE FROM entity_readings", "refers to a row"),
        ("DELETE FROM texts WHERE number = 1", "has no text"),
        (
            'UPDATE mentions SET record = replace(record, \'"quote":"\', \'"quote":"~\')'
            " WHERE number = 1",
            "does not cut its quote",
        ),
    ],
)
def test_each_kind_of_damage_is_found(file: LedgerFile, damage: str, found: str) -> None:
    file.db.pragma("foreign_keys", False)
    file.db.execute(damage)
    assert any(found in fault for fault in file.check())


def test_a_missing_row_of_the_index_is_found(file: LedgerFile) -> None:
    file.db.execute(
        "INSERT INTO statements_search (statements_search, rowid, content)"
        " SELECT 'delete', number, content FROM statements WHERE number = 1"
    )
    assert file.check() == ["the full-text index statements_search does not match its rows"]


def test_a_backup_is_the_same_ledger_in_one_file(file: LedgerFile, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "copy.sayso"
    target.parent.mkdir()
    file.backup(str(target))
    assert os.listdir(target.parent) == ["copy.sayso"]
    copy = LedgerFile(str(target), create=False)
    assert copy.check() == []
    assert [to_json(r) for r in copy.everything()] == [to_json(r) for r in file.everything()]
    assert copy.db.execute("SELECT count(*) FROM writers").get == 0
    copy.close()


def test_a_backup_replaces_an_earlier_one_but_nothing_in_use(
    file: LedgerFile, tmp_path: Path
) -> None:
    target = str(tmp_path / "copy.sayso")
    file.backup(target)
    file.backup(target)
    with pytest.raises(LedgerError, match="itself"):
        file.backup(file.path)
    used = LedgerFile(target)
    used.add(readings()[0], "another")
    with pytest.raises(LedgerError, match="in use"):
        file.backup(target)
    used.close()


def test_a_backup_while_another_process_writes_is_whole(tmp_path: Path) -> None:
    path = str(tmp_path / "region.sayso")
    LedgerFile(path).close()
    script = """
        import sys
        from tests.fakes import FakeReader, raw
        from sayso.settings import Settings
        from sayso.store.ledger_file import LedgerFile
        file = LedgerFile(sys.argv[1])
        reader = FakeReader(Settings())
        for number in range(100_000):
            text = f'Velm\\n"We have {number} fighters," said Bo'
            file.add(reader.read(raw(text, str(number))), "recipe")
            if number == 20:
                print("writing", flush=True)
        """
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), path],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == b"writing\n"
        file = LedgerFile(path)
        sizes = []
        for number in range(5):
            target = str(tmp_path / f"copy{number}.sayso")
            file.backup(target)
            copy = LedgerFile(target)
            assert copy.check() == []
            sizes.append(copy.db.execute("SELECT count(*) FROM documents").get)
            copy.close()
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[-1], "the other process went on writing"
        file.close()
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()


def test_text_with_every_odd_character_is_kept(tmp_path: Path) -> None:
    text = "T\n\x00 \u202e \ufeff \U0010ffff \r\n\t'\";--" + "".join(map(chr, range(1, 0x250)))
    file = LedgerFile(str(tmp_path / "odd.sayso"))
    file.add(FakeReader(Settings()).read(raw(text)), "recipe")
    assert file.check() == []
    (document,) = [r for r in file.everything() if hasattr(r, "text")]
    assert document.text == text
    file.close()


def test_defences_against_strangers_files_hold(file: LedgerFile) -> None:
    with pytest.raises(apsw.SQLError, match="may not be modified"):
        file.db.execute("UPDATE texts_search_data SET block = x'00'")

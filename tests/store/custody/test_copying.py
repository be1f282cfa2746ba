"""A backup holds custody, and can be gone on with."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec
from click.testing import CliRunner
from tests.fakes import FakeReader, raw
from tests.store.custody.test_custody import page

import sayso
from sayso.cli.keeping import backup
from sayso.cli.verifying import verify_command
from sayso.settings import Settings
from sayso.store.custody import Custody, copy_custody, folder_of, verify
from sayso.store.custody.log import HEAD, LOG
from sayso.store.ledger_file import LedgerFile


def fill(path: Path, numbers: range) -> None:
    reader = FakeReader(Settings())
    file = LedgerFile(str(path))
    with Custody(path, segment_bytes=1500) as custody:
        for number in numbers:
            kept = page(number)
            custody.put(kept)
            file.add(reader.read(raw(kept.content, kept.uri)), None)
    file.close()


def test_a_backup_is_verified_restored_and_gone_on_with(tmp_path: Path) -> None:
    ledger, copy = tmp_path / "v.sayso", tmp_path / "copies" / "v.sayso"
    copy.parent.mkdir()
    fill(ledger, range(4))
    for more in (range(4, 6), range(6, 7)):  # the second goes in place of the first
        done = CliRunner().invoke(backup, [str(ledger), "-o", str(copy)], standalone_mode=False)
        assert done.exception is None
        checked = CliRunner().invoke(verify_command, [str(copy)], standalone_mode=False)
        assert checked.return_value == 0, checked.output
        whole = (folder_of(ledger) / LOG).read_bytes()
        assert (folder_of(copy) / LOG).read_bytes() == whole
        fill(ledger, more)
    ledger.unlink()
    for file in folder_of(ledger).iterdir():
        file.unlink()
    folder_of(ledger).rmdir()
    CliRunner().invoke(backup, [str(copy), "-o", str(ledger)], standalone_mode=False)
    assert verify(ledger) == []
    fill(ledger, range(20, 23))
    assert verify(ledger) == []
    with sayso.open(ledger, create=False) as opened:
        assert len(list(opened.documents())) == 9
    names = sorted(path.name for path in copy.parent.iterdir())
    assert names == ["v.sayso", "v.sayso.custody"]


def test_what_a_stopped_run_left_is_not_copied(tmp_path: Path) -> None:
    ledger, copy = tmp_path / "v.sayso", tmp_path / "c.sayso"
    fill(ledger, range(3))
    folder = folder_of(ledger)
    log = (folder / LOG).read_bytes()
    head = msgspec.json.decode((folder / HEAD).read_bytes())
    for end in (log + b'{"seq":9', log):
        (folder / LOG).write_bytes(end)
        (folder / HEAD).write_bytes(msgspec.json.encode({**head, "announced": "0" * 64}))
        with (folder / head["segment"]).open("ab") as segment:
            segment.write(b"half a record")
        (folder / "00099.warc.gz").write_bytes(b"a segment of which nothing is confirmed")
        LedgerFile(str(ledger)).backup(str(copy), lambda: copy_custody(ledger, copy))
        assert verify(copy) == []
        assert (folder_of(copy) / LOG).read_bytes() == log


def test_a_copy_of_what_was_altered_does_not_hide_it(tmp_path: Path) -> None:
    ledger, copy = tmp_path / "v.sayso", tmp_path / "c.sayso"
    fill(ledger, range(3))
    log = folder_of(ledger) / LOG
    whole = log.read_bytes()
    for altered in (
        whole.replace(b"velm.example/1", b"velm.example/7"),
        whole[: whole.rindex(b"{")],
        whole + whole.splitlines(keepends=True)[-1],
    ):
        log.write_bytes(altered)
        with sayso.open(ledger, create=False) as opened:
            opened.backup(copy)
            assert opened.verify()
        assert verify(copy)


def test_a_ledger_without_custody_takes_away_that_of_an_older_copy(tmp_path: Path) -> None:
    ledger, bare, copy = (tmp_path / f"{name}.sayso" for name in ("v", "bare", "c"))
    fill(ledger, range(1))
    LedgerFile(str(bare)).close()
    for one in (ledger, bare):
        with sayso.open(one, create=False) as opened:
            opened.backup(copy)
        assert verify(copy) == []
    assert not folder_of(copy).exists()


_WRITER = """
    import sys
    from pathlib import Path
    from tests.store.custody.test_copying import fill
    print("ready", flush=True)
    for number in range(100_000):
        fill(Path(sys.argv[1]), range(3 * number, 3 * number + 3))
"""


def test_copied_while_another_writes(tmp_path: Path) -> None:
    ledger = tmp_path / "v.sayso"
    fill(ledger, range(1))
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_WRITER), str(ledger)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    sizes = set()
    try:
        for turn in range(6):
            copy = tmp_path / f"c{turn}.sayso"
            with sayso.open(ledger, create=False) as opened:
                opened.backup(copy)
            assert verify(copy) == []
            sizes.add((folder_of(copy) / LOG).stat().st_size)
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert len(sizes) > 1

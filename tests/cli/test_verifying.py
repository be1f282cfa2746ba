"""`sayso verify`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.fakes import raw

from sayso.cli.verifying import verify_command
from sayso.store.custody import Custody, folder_of
from sayso.store.ledger_file import LedgerFile


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "v.sayso"
    LedgerFile(str(path)).close()
    with Custody(path) as custody:
        custody.received(raw("Velm", "velm.txt"))
    return path


def test_a_whole_ledger_gives_the_hash_to_note_down(ledger: Path) -> None:
    result = CliRunner().invoke(verify_command, [str(ledger)], standalone_mode=False)
    assert result.return_value == 0
    noted = result.output.split()[-1]
    known = ["--known", noted]
    again = CliRunner().invoke(verify_command, [str(ledger), *known], standalone_mode=False)
    assert again.return_value == 0
    other = ["--known", "0" * 64]
    result = CliRunner().invoke(verify_command, [str(ledger), *other], standalone_mode=False)
    assert result.return_value == 1


def test_what_was_altered_is_named(ledger: Path) -> None:
    log = folder_of(ledger) / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"velm.txt", b"osk_.txt"))
    result = CliRunner().invoke(verify_command, [str(ledger)], standalone_mode=False)
    assert result.return_value == 1
    assert "log line 2 was altered" in result.output

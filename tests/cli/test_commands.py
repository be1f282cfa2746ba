from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner, Result
from tests.fakes import REPORTS, FakeReader, raw, readings

import sayso
from sayso.cli.main import cli
from sayso.records.provenance import Problem
from sayso.settings import Settings


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SAYSO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = str(tmp_path / "region.sayso")
    with sayso.open(path) as opened:
        for reading in readings():
            opened._file.add(reading, "recipe")
        opened._file.set_aside(
            Problem.of("bad\x1b[2J.txt", "acquire", "empty", "nothing [in] it", advice="fill it")
        )
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_help_shows_examples_for_every_command() -> None:
    assert "sayso read reports/ --ledger region.sayso" in run("--help").stdout
    for name in cli.commands:
        result = run(name, "--help")
        assert result.exit_code == 0
        assert f"\n  sayso {name}" in result.stdout, "an example"


def test_statements_as_a_table(ledger: str) -> None:
    result = run("statements", ledger, "--holder", "Karsk Front")
    assert result.exit_code == 0
    assert "Karsk Front" in result.stdout
    assert "Youth" not in result.stdout
    assert "Traceback" not in result.stderr
    whole = run("statements", ledger)
    assert "Orlo Venn (the" in whole.stdout
    assert all(len(line) <= 100 for line in whole.stdout.splitlines())


def test_statements_as_json_lines_and_csv(ledger: str) -> None:
    records = json.loads(run("statements", ledger, "--format", "json").stdout)
    assert [r["type"] for r in records] == ["statement"] * 6
    assert records[0]["row"]["holder"] == "Orlo Venn"
    assert records[0]["content"][0]["quote"] == "We have 300 fighters in Velm"
    lines = run("statements", ledger, "--format", "jsonl", "--limit", "2").stdout.splitlines()
    assert [json.loads(line) for line in lines] == records[:2]
    rows = list(csv.DictReader(io.StringIO(run("statements", ledger, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [r["id"] for r in records]
    assert json.loads(run("statements", ledger, "--holder", "X", "--format", "json").stdout) == []


def test_claims_by_kind(ledger: str) -> None:
    result = run("claims", ledger, "--kind", "estimate")
    assert "300 fighters" in result.stdout
    assert "45 members" in result.stdout
    assert "assault" not in result.stdout
    assert "300 fighters" in run("claims", ledger, "--since", "2020", "--kind", "estimate").stdout


def test_a_note_goes_to_standard_error(ledger: str) -> None:
    result = run("statements", ledger, "--holder", "Karsk", "--format", "json")
    assert "taken instead: karsk front, karsk front youth" in result.stderr
    json.loads(result.stdout)
    assert "Nothing found." in run("statements", ledger, "--kind", "mixed").stderr


def test_entities(ledger: str) -> None:
    assert "ORLO VENN" in run("entities", ledger, "--name", "Orlo Venn").stdout


def test_problems_are_shown_harmlessly(ledger: str) -> None:
    result = run("problems", ledger)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "bad<U+001B>[2J.txt" in result.stdout
    assert "nothing [in] it" in result.stdout
    assert "text_lost" in result.stdout
    assert run("problems", ledger, "--exit-code").exit_code == 3


def test_no_problems_is_fine(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.sayso")
    sayso.open(path).close()
    result = run("problems", path, "--exit-code")
    assert (result.exit_code, result.stderr) == (0, "Nothing found.\n")


def test_show_marks_the_spans(ledger: str) -> None:
    with sayso.open(ledger) as opened:
        ids = {record.__struct_config__.tag: record.id for record in opened.records()}
        statement = next(iter(opened.statements()))
    shown = run("show", ledger, statement.id[:8]).stdout
    assert '"[exact: We have 300 fighters in Velm]," [cue: said] [role: the spokesman]' in shown
    assert "[holder: Orlo Venn]" in shown
    assert "marked: content, exact, cue, role, holder" in shown
    for kind, id in ids.items():
        result = run("show", ledger, id)
        assert result.exit_code == 0, result.stderr
        assert f"type: {kind}" in result.stdout
        assert json.loads(run("show", ledger, id, "--json").stdout)["id"] == id


def test_show_in_colours(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    with sayso.open(ledger) as opened:
        statement = next(iter(opened.statements()))
    shown = run("show", ledger, statement.id).stdout
    assert "\x1b[1;36mOrlo Venn\x1b[0m" in shown
    assert "\x1b[1;33msaid\x1b[0m" in shown


def test_hostile_text_cannot_reach_the_terminal(tmp_path: Path) -> None:
    text = '[red]Title[/red]\x1b]0;owned\x07\n"Wipe \x1b[2J\u202e it [/x]," said Orlo Venn.\n'
    path = str(tmp_path / "hostile.sayso")
    with sayso.open(path) as opened:
        opened._file.add(FakeReader(Settings()).read(raw(text, "x\u202etxt")), "recipe")
        id = next(iter(opened.statements())).id
        document = next(iter(opened.documents())).id
    for arguments in (("statements", path), ("show", path, id), ("show", path, document)):
        result = run(*arguments)
        assert result.exit_code == 0, result.stderr
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output)
        assert "[/x]" in result.stdout


def test_export_and_import(ledger: str, tmp_path: Path) -> None:
    out, copy = str(tmp_path / "out.jsonl"), str(tmp_path / "copy.sayso")
    assert run("export", ledger, "--format", "jsonl", "-o", out).exit_code == 0
    assert run("import", copy, out).exit_code == 0
    assert run("export", copy).stdout.encode() == Path(out).read_bytes()
    as_json = json.loads(run("export", ledger, "--format", "json").stdout)
    assert len(as_json) == len(Path(out).read_bytes().splitlines())
    Path(out).write_text('{"type":"entity"}\n')
    refused = run("import", copy, out)
    assert refused.exit_code == 1
    assert "sayso: line 1:" in refused.stderr


def test_report_backup_check_doctor(ledger: str, tmp_path: Path) -> None:
    page = tmp_path / "region.html"
    assert run("report", ledger, "-o", str(page)).exit_code == 0
    assert "Orlo Venn" in page.read_text(encoding="utf-8")
    copy = str(tmp_path / "copy.sayso")
    assert run("backup", ledger, "-o", copy).exit_code == 0
    assert run("check", copy).stderr == f"{copy}: whole\n"
    doctor = run("doctor")
    assert doctor.exit_code == 0
    assert "language model en-sm" in doctor.stdout


def test_check_fails_for_a_fault(ledger: str) -> None:
    with sayso.open(ledger) as opened:
        opened._file.db.execute("UPDATE texts SET text = 'x' || text")
    result = run("check", ledger)
    assert result.exit_code == 1
    assert "does not cut its quote" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("statements", "nowhere.sayso"), 1, "sayso: nowhere.sayso: there is no such ledger"),
        (("statements", "LEDGER", "--since", "soon"), 1, "sayso: since: 'soon' is not a date"),
        (("show", "LEDGER", "ffffffffff"), 1, "no record with this id"),
        (("show", "LEDGER"), 2, "Missing argument"),
        (("claims", "LEDGER", "--kind", "rumour"), 2, "'rumour' is not one of"),
        (("read", "nowhere/", "--ledger", "x"), 2, "does not exist"),
        (("read", "."), 2, "--ledger"),
        (("gossip",), 2, "No such command"),
        (("export", "LEDGER", "-o", "/nowhere/at/all.jsonl"), 1, "No such file or directory"),
        (("backup", "LEDGER", "-o", "LEDGER"), 1, "is the ledger itself"),
    ],
)
def test_errors_are_one_line_and_a_status(
    ledger: str, arguments: tuple[str, ...], status: int, words: str
) -> None:
    result = run(*(ledger if a == "LEDGER" else a for a in arguments))
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.output
    if status == 1:
        assert result.stderr.count("\n") == 1


def test_debugging_shows_where(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_DEBUG", "1")
    assert "Traceback" in run("show", ledger, "ffffffffff").stderr


def test_options_come_from_the_environment(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_STATEMENTS_FORMAT", "json")
    assert len(json.loads(run("statements", ledger).stdout)) == 6


SCRIPT = """
import sayso.engines.loading as loading, sayso.ledger as ledger, sys
ledger.Ledger.__init__.__kwdefaults__["reader"] = "tests.fakes:FakeReader"
from sayso.cli.main import main
main()
"""


def command(*arguments: str, pause: str = "0", **extra: str) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, with the fake reader."""
    path = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "FAKE_PAUSE": pause, **extra},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for uri, text in REPORTS.items():
        (reports / Path(uri).name).write_text(text)
    return reports


@pytest.mark.parametrize("workers", ["0", "2"])
def test_read_says_what_it_did(folder: Path, tmp_path: Path, workers: str) -> None:
    ledger = str(tmp_path / "region.sayso")
    arguments = ("read", str(folder), "--ledger", ledger, "--workers", workers)
    first = command(*arguments)
    out, err = first.communicate()
    assert first.returncode == 3, "a part of one report was lost"
    assert b"read in part: " in err
    assert b"3 documents read, 1 read in part; 6 statements, 4 claims" in err
    assert b"sayso problems" in err
    assert out == b""
    again = command(*arguments)
    assert b"0 documents read, 3 known already" in again.communicate()[1]
    assert again.returncode == 0


def test_read_sets_aside_and_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "third.txt").write_text("REFUSE")
    (folder / "empty.txt").touch()
    process = command("read", str(folder), "--ledger", str(tmp_path / "r.sayso"))
    _, err = process.communicate()
    assert process.returncode == 3
    assert b"2 documents read, 2 set aside" in err
    assert b"third.txt: binary: this is not text" in err


@pytest.mark.parametrize("workers", ["0", "2"])
def test_ctrl_c_keeps_what_is_done(tmp_path: Path, workers: str) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(400):
        (reports / f"{number:03}.txt").write_text(f'Velm {number}\n"No," said Mira Sol.\n')
    ledger = tmp_path / "region.sayso"
    process = command(
        "read", str(reports), "--ledger", str(ledger), "--workers", workers, pause="0.02"
    )
    until = time.monotonic() + 20
    while time.monotonic() < until and not documents_in(ledger):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert b"Run the same command again to go on" in err
    assert b"Traceback" not in err
    with sayso.open(ledger) as opened:
        assert opened.check() == []
        assert 0 < len(opened.documents()) < 400


def documents_in(path: Path) -> int:
    if not path.exists() or not path.stat().st_size:
        return 0
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(db.execute("SELECT count(*) FROM documents").get)
    except apsw.Error:  # it is only just being made
        return 0
    finally:
        db.close()


@pytest.mark.parametrize(
    "arguments", [("export",), ("statements",), ("statements", "--format=csv")]
)
def test_a_closed_pipe_ends_quietly(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = str(tmp_path / "region.sayso")
    words = "much is said of the weather in Velm and in Durno " * 3
    text = "Velm\n" + "\n".join(f'"{words}," said Mira Sol.' for _ in range(800))
    with sayso.open(path) as opened:
        opened._file.add(FakeReader(Settings()).read(raw(text)), "recipe")
    process = command(arguments[0], path, *arguments[1:])
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"sayso, version {sayso.__version__}\n"

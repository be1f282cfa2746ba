"""What people ask and decide across documents, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sayso
from sayso.cli.main import cli

REPORTS = {
    "a.txt": "Karsk Front counted\n\nBy the Sarn Herald\n\n"
    "Interior Minister Oren Vasch said on Tuesday that the Karsk Front has about 900 fighters"
    ' in Tarvia.\n\nVasch said: "The men of the Front are cold, hungry and could leave the hills'
    ' of Velm before the winter road opens in the spring."\n\n'
    "Vasch accused the Dawn Brigades of burning the mill at Ustrel.\n",
    "b.txt": "The Front in numbers\n\nBy the Velm Courier\n\n"
    "Deputy Sela Marn said the Karsk Front has between 2,000 and 3,500 fighters in Tarvia.\n\n"
    'Oren Vasch said: "The men of the Front are cold, hungry and leave the hills'
    ' of Velm before the winter road opens in the spring."\n',
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("across")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    result = run(
        *("read", str(folder / "in"), "--ledger", str(folder / "region.sayso")),
        *("--attribution", "rules", "--workers", "0"),
    )
    assert result.exit_code == 0, result.stderr
    assert "2 documents matched" in result.stderr
    return folder


@pytest.fixture
def ledger(read_once: Path, tmp_path: Path) -> str:
    path = tmp_path / "region.sayso"
    with sayso.open(read_once / "region.sayso") as opened:
        opened.backup(path)
    return str(path)


def test_disputes_are_laid_out_as_a_person_would(ledger: str) -> None:
    shown = run("disputes", ledger).stdout
    assert "How many fighters" in shown
    assert "about 900" in shown
    assert "2,000 to 3,500" in shown
    assert "Oren Vasch" in shown
    about = run("disputes", ledger, "--about", "Nobody Here", "--format", "json")
    assert json.loads(about.stdout) == []


def test_words_are_followed_and_the_hedge_that_was_dropped_is_named(ledger: str) -> None:
    shown = run("journeys", ledger).stdout
    assert "hedge dropped" in shown
    lines = run("journeys", ledger, "--format", "jsonl").stdout.splitlines()
    journey = json.loads(lines[0])
    texts = {}
    with sayso.open(ledger) as opened:
        for appearance in journey["appearances"]:
            record = opened.record(appearance["document"])
            texts[appearance["document"]] = record.text  # type: ignore[union-attr]
        for appearance in journey["appearances"]:
            for part in appearance["words"]:
                start, end = part["span"]
                assert texts[appearance["document"]][start:end] == part["quote"]


def test_who_is_accused_and_has_no_answer_is_named(ledger: str) -> None:
    shown = run("silent", ledger).stdout
    assert "Dawn Brigades: accused once, is not heard at all" in shown


def test_people_join_part_grade_and_take_back(ledger: str) -> None:
    joined = run("join", ledger, "Oren Vasch", "Sela Marn", "--by", "reader", "--because", "test")
    assert joined.exit_code == 0, joined.stderr
    assert "one actor" in run("why", ledger, "Oren Vasch").stdout
    assert "test" in run("why", ledger, "Oren Vasch").stdout
    log = run("judgements", ledger).stdout
    assert "reader: same" in log
    id = json.loads(run("judgements", ledger, "--format", "jsonl").stdout.splitlines()[0])["id"]
    assert run("undo", ledger, id, "--by", "reader").exit_code == 0
    assert "stands alone" in run("why", ledger, "Oren Vasch").stdout
    assert "withdrawn" in run("judgements", ledger).stdout
    graded = run("grade", ledger, "Oren Vasch", "--source", "b", "--by", "reader")
    assert graded.exit_code == 0
    assert "source B" in run("judgements", ledger, "--on", "Oren Vasch").stdout
    refused = run("grade", ledger, "Oren Vasch", "--by", "reader")
    assert refused.exit_code == 1
    assert "A to F" in refused.stderr


def test_an_unknown_name_is_an_error_that_says_so(ledger: str) -> None:
    for command in (["why"], ["grade", "--source", "A"], ["judge"]):
        arguments = [command[0], ledger, "Nobody Here", *command[1:]]
        if command[0] == "judge":
            arguments.append("confirm")
        result = run(*arguments)
        assert result.exit_code == 1
        assert "Nobody Here" in result.stderr


def test_a_public_list_of_actors_serves_as_it_is(ledger: str, read_once: Path) -> None:
    entries = [
        {
            "id": "list-1",
            "schema": "Organization",
            "properties": {"name": ["Karsk Front"], "alias": ["Hill Army of Karsk"]},
        },
        {"id": "list-2", "schema": "Organization"},
        "no entry",
    ]
    file = read_once / "list.ftm.json"
    file.write_text("\n".join(map(json.dumps, entries)) + "\n", encoding="utf-8")
    loaded = run("actors", "load", str(file), "--ledger", ledger)
    assert loaded.exit_code == 3, loaded.stderr
    assert "1 actors" in loaded.stderr
    assert "set aside" in loaded.stderr
    kept = run("actors", "list", "--ledger", ledger).stdout
    assert "list.ftm.json" in kept
    read = run(
        *("read", str(read_once / "in"), "--ledger", ledger),
        *("--attribution", "rules", "--workers", "0"),
    )
    assert "2 documents read" in read.stderr, "with a list, what was read without it is read again"
    with sayso.open(ledger) as opened:
        (front,) = opened.entities(name="Karsk Front")
        assert front.kind in ("organisation", "armed_group")
    dropped = run("actors", "drop", "list.ftm.json", "--ledger", ledger)
    assert dropped.exit_code == 0, dropped.stderr
    assert "list.ftm.json" not in run("actors", "list", "--ledger", ledger).stdout


def test_matching_again_changes_nothing(ledger: str) -> None:
    before = run("disputes", ledger, "--format", "jsonl").stdout
    assert run("match", ledger, "--quiet").exit_code == 0
    assert run("disputes", ledger, "--format", "jsonl").stdout == before

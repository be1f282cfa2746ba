from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.fakes import readings

import sayso
from sayso.cli.main import cli
from sayso.store.sampling import sample


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = str(tmp_path / "region.sayso")
    with sayso.open(path) as opened:
        for reading in readings():
            opened._file.add(reading, "recipe")
    return path


@pytest.fixture
def ids(ledger: str) -> list[str]:
    with sayso.open(ledger) as opened:
        return [s.id for s in opened.statements()]


def run(*arguments: str, **more: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), **more)  # type: ignore[arg-type]


def test_a_brief_is_written_checked_and_turned_into_other_forms(
    ledger: str, ids: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "a.md"
    made = run("brief", ledger, *ids, "-o", str(out), "--title", "Doss")
    assert f"{len(ids)} citations, {len(ids)} of them not reviewed" in made.output
    assert out.read_text().startswith("# Doss\n")
    good = run("check-brief", str(out), "--ledger", ledger)
    assert good.exit_code == 0
    assert "every sentence is carried" in good.output
    page = tmp_path / "a.html"
    run("brief", ledger, "--from", str(out), "-o", str(page))
    assert run("check-brief", str(page), "--ledger", ledger).exit_code == 0
    out.write_text(out.read_text().replace(" [^1]", "", 1))
    bad = run("check-brief", str(out), "--ledger", ledger)
    assert bad.exit_code == 1
    assert "sentence 1: carries no citation" in bad.output
    refused = run("brief", ledger, "--from", str(out), "-o", str(tmp_path / "b.html"))
    assert refused.exit_code == 1
    assert not (tmp_path / "b.html").exists()


def test_ids_come_from_standard_input(ledger: str, ids: list[str], tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    run("brief", ledger, "-", "-o", str(out), input="\n".join(ids))
    assert out.read_text().count("\n[^") == len(ids)
    nothing = run("brief", ledger, "-", "-o", str(out), input="")
    assert (nothing.exit_code, "no ids came in" in nothing.output) == (1, True)
    unknown = run("brief", ledger, "f" * 24, "-o", str(out))
    assert (unknown.exit_code, "no record" in unknown.output) == (1, True)
    assert run("brief", ledger, "-o", str(out)).exit_code == 2


def test_the_error_rate_is_told_printed_and_proved(
    ledger: str, ids: list[str], tmp_path: Path
) -> None:
    assert "Nobody has looked" in run("review", ledger).output
    with sayso.open(ledger) as opened:
        with opened.reading() as db:
            order = list(sample(db))
        assert sorted(order) == sorted(ids)
        opened.judge(order[0], "confirm", by="ines")
        opened.judge(order[0], "reject", by="omar")
        opened.judge(order[0], "confirm", by="omar")
    told = run("review", ledger).output
    assert "precision 1.00, 0.21–1.00, of 1 looked at" in told
    assert "ines and omar: 1 judged by both, 100% alike, kappa not defined" in told
    out = tmp_path / "a.md"
    run("brief", ledger, order[0], "-o", str(out))
    assert "precision 1.00, 0.21–1.00, of 1 looked at" in out.read_text()
    assert run("check-brief", str(out), "--ledger", ledger).exit_code == 0
    with sayso.open(ledger) as opened:  # a figure of fewer stays true
        opened.judge(order[1], "correct", by="ines", value={"act": "denies"})
    assert run("check-brief", str(out), "--ledger", ledger).exit_code == 0
    out.write_text(out.read_text().replace("of 1 looked", "of 2 looked"))
    assert run("check-brief", str(out), "--ledger", ledger).exit_code == 1


def test_reviewed_statements_leave_as_training_data(ledger: str, ids: list[str]) -> None:
    with sayso.open(ledger) as opened:
        opened.judge(ids[0], "confirm", by="ines")
    lines = run("review", ledger, "--training", "prodigy").output.splitlines()
    assert [json.loads(line)["answer"] for line in lines] == ["accept"]
    assert len(json.loads(run("review", ledger, "--training", "label-studio").output)) == 1

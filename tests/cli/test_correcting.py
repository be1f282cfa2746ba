"""`sayso correct`: a finding is set right, shown so, and taken back."""

from __future__ import annotations

import json

import pytest
from tests.cli.test_across import ledger, read_once, run

import sayso

__all__ = ["ledger", "read_once"]


def statement(ledger: str) -> str:
    with sayso.open(ledger) as opened:
        return next(s.id for s in opened.statements(holder="Sela Marn"))


def estimate(ledger: str) -> str:
    with sayso.open(ledger) as opened:
        return next(c.id for c in opened.claims(kind="estimate", holder="Oren Vasch"))


def undone(ledger: str) -> None:
    line = run("judgements", ledger, "--format", "jsonl").stdout.splitlines()[-1]
    assert run("undo", ledger, json.loads(line)["id"], "--by", "ines").exit_code == 0


def test_a_statement_is_set_right_shown_so_and_taken_back(ledger: str) -> None:
    id = statement(ledger)
    before = run("show", ledger, id).stdout
    done = run(
        *("correct", ledger, id[:8], "holder", "Oren Vasch", "act", "denies"),
        *("quote", "2,000 and 3,500 fighters", "--by", "ines", "--because", "misread"),
    )
    assert done.exit_code == 0, done.stderr
    assert "It stands as: Oren Vasch denies: 2,000 and 3,500 fighters" in done.stderr
    assert "sayso undo" in done.stderr
    shown = run("show", ledger, id).stdout
    assert "corrected by ines" in shown
    assert "because: misread" in shown
    assert "act: denies" in shown.split("it stands as:")[1]
    listed = run("statements", ledger, "--holder", "Oren Vasch", "--act", "denies").stdout
    assert "corrected by ines" in listed
    undone(ledger)
    assert run("show", ledger, id).stdout == before


def test_an_estimate_is_set_right_and_the_dispute_follows(ledger: str) -> None:
    done = run("correct", ledger, estimate(ledger), "low", "1,900", "high", "open", "--by", "ines")
    assert done.exit_code == 0, done.stderr
    assert "estimate: at least 1,900 fighters, Karsk Front" in done.stderr
    assert "at least 1,900" in run("disputes", ledger).stdout
    undone(ledger)
    assert "at least 1,900" not in run("disputes", ledger).stdout


def test_a_missed_statement_is_added(ledger: str) -> None:
    with sayso.open(ledger) as opened:
        document = next(d.id for d in opened.documents() if d.title == "The Front in numbers")
    done = run(
        *("correct", ledger, document, "quote", "The Front in numbers"),
        *("holder_name", "the desk", "act", "asserts", "--by", "ines"),
    )
    assert done.exit_code == 0, done.stderr
    assert "It stands as: the desk asserts: The Front in numbers" in done.stderr
    added = done.stderr.split()[-1]
    assert "added by: ines" in run("show", ledger, added).stdout


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("act",), 2, "give a value after each field"),
        (("act", "denies", "act", "warns"), 2, "given twice"),
        (("tone", "angry"), 1, "what can: act, end, holder"),
        (("act", "sings"), 1, "act is one of asserts"),
        (("quote", "no such words"), 1, "does not say “no such words”"),
        (("start", "five", "end", "9"), 1, "start: give a whole number, not five"),
        (("holder", "Nobody Here"), 1, "Nobody Here; in words of your own: holder_name"),
    ],
)
def test_mistakes_are_told_in_a_line(
    ledger: str, words: tuple[str, ...], status: int, why: str
) -> None:
    done = run("correct", ledger, statement(ledger), *words)
    assert done.exit_code == status
    assert why in done.stderr
    assert run("judgements", ledger).stdout == ""


def test_an_open_bound_is_said_in_a_word(ledger: str) -> None:
    done = run("correct", ledger, estimate(ledger), "low", "many")
    assert "low: give a whole number, or 'open', not many" in done.stderr


def test_unknown_ids_and_names_that_are_no_finding(ledger: str) -> None:
    unknown = run("correct", ledger, "0123456789", "act", "denies")
    assert (unknown.exit_code, "0123456789" in unknown.stderr) == (1, True)
    actor = run("correct", ledger, "Oren Vasch", "act", "denies")
    assert actor.exit_code == 1
    assert "statements and claims are corrected" in actor.stderr

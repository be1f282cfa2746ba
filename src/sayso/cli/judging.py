"""`sayso why`, `join`, `part`, `grade`, `judge`, `undo` and `judgements`: people decide."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import click

import sayso
from sayso.cli.console import console, note, write_bytes
from sayso.cli.plain import one_line
from sayso.export.json import json_lines
from sayso.records.entities import Entity
from sayso.records.judgements import Judgement

_F = TypeVar("_F", bound=Callable[..., Any])
ledger_argument = click.argument("ledger", type=click.Path())


def signed(command: _F) -> _F:
    """Who decides, and why."""
    for option in (
        click.option("--because", metavar="TEXT", help="Why, in your words."),
        click.option(
            "--by",
            metavar="NAME",
            default=getpass.getuser,
            help="Who decides. Default: the user of this machine.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@ledger_argument
@click.argument("id")
def why(ledger: str, id: str) -> None:
    """Say why names were joined to one actor, or why a dispute, a story or a copy was found.

    ID is an id (its first six characters will do) or an actor's name.

    \b
    sayso why region.sayso "Karsk Front"
    sayso why region.sayso 3f2a91c0
    """
    out = console()
    with sayso.open(ledger, create=False) as opened:
        for line in opened.why(id):
            out.print(line)


@click.command()
@ledger_argument
@click.argument("one")
@click.argument("other")
@signed
def join(ledger: str, one: str, other: str, by: str, because: str | None) -> None:
    """Say that two entities are one actor. It holds until it is undone, also after reading again.

    ONE and OTHER are ids or names.

    \b
    sayso join region.sayso "Abdul Haq" Abdulhaq --because "same office in both reports"
    """
    _pair(ledger, one, other, "same", by, because)


@click.command()
@ledger_argument
@click.argument("one")
@click.argument("other")
@signed
def part(ledger: str, one: str, other: str, by: str, because: str | None) -> None:
    """Say that two entities are two actors: they are never joined until this is undone.

    \b
    sayso part region.sayso 3f2a91c0 8655e30b --because "namesakes: a mayor and a general"
    """
    _pair(ledger, one, other, "different", by, because)


@click.command()
@ledger_argument
@click.argument("id")
@click.option(
    "--source",
    type=click.Choice(list("ABCDEF"), case_sensitive=False),
    help="How reliable the source is.",
)
@click.option("--information", type=click.IntRange(1, 6), help="How credible it is.")
@signed
def grade(
    ledger: str,
    id: str,
    source: str | None,
    information: int | None,
    by: str,
    because: str | None,
) -> None:
    """Grade a source or a claim in the Admiralty scheme. Nothing is graded by sayso itself.

    A source (an entity: a speaker, an outlet) is A completely reliable, B usually, C fairly, D not
    usually, E unreliable, F cannot be judged. Information (a statement, a claim, a dispute) is 1
    confirmed, 2 probably true, 3 possibly, 4 doubtful, 5 improbable, 6 cannot be judged.

    \b
    sayso grade region.sayso "Velm Courier" --source B --because "corrects its errors"
    sayso grade region.sayso 7405f3b0 --information 3
    """
    value: dict[str, str | int | None] = {"source": source, "information": information}
    with sayso.open(ledger, create=False) as opened:
        made = opened.judge(opened.find(id), "grade", by=by, because=because, value=value)
    say_noted(made)


@click.command()
@ledger_argument
@click.argument("id")
@click.argument("decision", type=click.Choice(["confirm", "reject"]))
@signed
def judge(ledger: str, id: str, decision: Any, by: str, because: str | None) -> None:
    """Confirm or reject a finding: a statement, a claim, a dispute.

    \b
    sayso judge region.sayso 7405f3b0 reject --because "the report says the opposite"
    """
    with sayso.open(ledger, create=False) as opened:
        made = opened.judge(opened.find(id), decision, by=by, because=because)
    say_noted(made)


@click.command()
@ledger_argument
@click.argument("judgement")
@click.option("--by", metavar="NAME", default=getpass.getuser, help="Who takes it back.")
def undo(ledger: str, judgement: str, by: str) -> None:
    """Take a judgement back. It stays in the log as withdrawn.

    \b
    sayso undo region.sayso 51439202
    """
    with sayso.open(ledger, create=False) as opened:
        made = opened.withdraw(judgement, by=by)
        if made.decision in ("same", "different"):
            opened.match()
    note(f"Withdrawn: {made.decision} {made.on[:8]} of {made.at}")


@click.command()
@ledger_argument
@click.option("--on", metavar="ID", help="About this record only.")
@click.option(
    "--format",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="jsonl: one record a line.",
)
def judgements(ledger: str, on: str | None, format: str) -> None:
    """List what people decided: who, when, what and why; also what was taken back.

    \b
    sayso judgements region.sayso
    """
    with sayso.open(ledger, create=False) as opened:
        found = opened.judgements(opened.find(on) if on else None)
        if format == "jsonl":
            write_bytes(json_lines(found))
            return
        out = console()
        for one in found:
            value = ", ".join(f"{k} {v}" for k, v in one.value.items())
            line = f"{one.at[:16]}  {one.by}: {one.decision} {one.on[:8]} {value}".rstrip()
            if one.because:
                line += f" ({one.because})"
            if one.withdrawn:
                line += f"  [withdrawn {one.withdrawn[:16]}]"
            out.print(one_line(f"{line}  {one.id[:8]}", 400))


def _pair(ledger: str, one: str, other: str, decision: Any, by: str, because: str | None) -> None:
    with sayso.open(ledger, create=False) as opened:
        left, right = opened.find(one), opened.find(other)
        made = opened.judge(left, decision, by=by, because=because, value={"other": right})
        opened.match()
        actors = [
            record.same_as or record.id
            for id in (left, right)
            if isinstance(record := opened.record(id), Entity)
        ]
        bars = opened.bars(left, right) if len(set(actors)) > 1 else []
    say_noted(made)
    if decision == "same" and len(set(actors)) > 1:
        note("They stay two.")
        for line in bars:
            note(f"- {line}")


def say_noted(made: Judgement) -> None:
    note(f"Noted: {made.decision} {made.on[:8]} by {made.by}; 'sayso undo' with {made.id[:8]}.")

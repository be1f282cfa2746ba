"""`sayso statements`, `claims`, `entities` and `problems`: questions answered with a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, TypeVar, get_args

import click

import sayso
from sayso.cli.console import Column, note, show_table, write_bytes
from sayso.export.csv import csv_lines
from sayso.export.json import as_array, json_objects
from sayso.export.rows import Row, Value
from sayso.records.entities import EntityKind
from sayso.records.findings import Act, ClaimKind, StatementKind

_F = TypeVar("_F", bound=Callable[..., Any])
_LIMIT = 500
"""Rows of a table on a terminal unless asked for more."""
_ID = 8
"""Digits of an id that are shown; enough to name a record in all but the largest ledgers."""

_ledger = click.argument("ledger", type=click.Path())


def output(command: _F) -> _F:
    """The options of every command that prints a table."""
    formats = click.Choice(["table", "json", "jsonl", "csv"])
    for option in (
        click.option(
            "--limit",
            type=click.IntRange(min=0),
            help=f"Rows to print; 0 prints all. Default: {_LIMIT} of a table on a terminal.",
        ),
        click.option(
            "--format",
            type=formats,
            default="table",
            show_default=True,
            help="json: one array; jsonl: one object a line; csv: safe to open in a spreadsheet.",
        ),
    ):
        command = option(command)
    return command


def _when_and_where(command: _F) -> _F:
    """The filters that statements and claims share."""
    for option in (
        click.option(
            "--order",
            type=click.Choice(["text", "confidence"]),
            default="text",
            show_default=True,
            help="confidence: the surest first.",
        ),
        click.option(
            "--confidence",
            type=click.FloatRange(0, 1),
            metavar="LEAST",
            help="At least this sure, 0 to 1: of those at 0.8, eight in ten are right.",
        ),
        click.option("--search", metavar="WORDS", help='All these words, or "an exact phrase".'),
        click.option("--outlet", metavar="NAME", help="Published by this outlet."),
        click.option(
            "--until", metavar="DATE", help="Said, else published, on this date or before."
        ),
        click.option(
            "--since",
            metavar="DATE",
            help="Said, else published, on this date or after: 2019, 2019-12 or 2019-12-18.",
        ),
        click.option("--about", metavar="NAME", help="What is said mentions this entity."),
        click.option(
            "--holder",
            metavar="NAME",
            help="Who says it. A name that is exactly this, else all that hold these words.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@_ledger
@_when_and_where
@click.option("--kind", type=click.Choice(get_args(StatementKind)), help="How it is quoted.")
@click.option("--act", type=click.Choice(get_args(Act)), help="What the speaker does.")
@output
def statements(ledger: str, format: str, limit: int | None, **wanted: Any) -> None:
    """Who said what.

    \b
    sayso statements region.sayso --holder "Karsk Front"
    sayso statements region.sayso --act denies --since 2019-12
    sayso statements region.sayso --search '"border guards"' --format csv > guards.csv
    """
    columns = (
        Column("holder", share=3, style="cyan"),
        Column("act", width=11, style="yellow"),
        Column("says", share=6),
        Column("source", share=3),
        Column("id", width=_ID, style="dim"),
    )
    with sayso.open(ledger, create=False) as opened:
        answer(opened.statements(**wanted), columns, _statement_cells, format, limit)


@click.command()
@_ledger
@_when_and_where
@click.option("--kind", type=click.Choice(get_args(ClaimKind)), help="What sort of claim.")
@click.option("--place", metavar="NAME", help="Where.")
@output
def claims(ledger: str, format: str, limit: int | None, **wanted: Any) -> None:
    """Estimates, events, states and relations, each with who says so.

    Where no holder is shown, the report says so in its own voice.

    \b
    sayso claims region.sayso --kind estimate
    sayso claims region.sayso --kind event --place Velm --format json
    """
    columns = [
        Column("kind", width=9, style="yellow"),
        Column("what", share=1),
        Column("about", share=1),
        Column("holder", share=1, style="cyan"),
        Column("place", width=11),
        Column("time", width=10),
        Column("source", share=1),
        Column("id", width=_ID, style="dim"),
    ]
    first = 1 if wanted["kind"] else 0  # the same word in every row says nothing
    with sayso.open(ledger, create=False) as opened:
        table = opened.claims(**wanted)
        answer(table, columns[first:], lambda row: _claim_cells(row)[first:], format, limit)


@click.command()
@_ledger
@click.option("--name", metavar="NAME", help="A name that is exactly this, else holds these words.")
@click.option("--kind", type=click.Choice(get_args(EntityKind)), help="What sort of entity.")
@output
def entities(ledger: str, format: str, limit: int | None, **wanted: Any) -> None:
    """Persons, groups, states, organisations, outlets and places, with their other names.

    \b
    sayso entities region.sayso --kind armed_group
    """
    columns = (
        Column("kind", width=12, style="yellow"),
        Column("name", share=4, style="cyan"),
        Column("also", share=5),
        Column("roles", share=4),
        Column("named", width=5),
        Column("id", width=_ID, style="dim"),
    )
    with sayso.open(ledger, create=False) as opened:
        answer(opened.entities(**wanted), columns, _entity_cells, format, limit)


@click.command()
@_ledger
@click.option("--exit-code", is_flag=True, help="End with status 3 if there is any.")
@output
def problems(ledger: str, format: str, limit: int | None, exit_code: bool) -> int:
    """What was not read, why, and what can be done.

    \b
    sayso problems region.sayso
    """
    columns = (
        Column("file", share=4),
        Column("reason", width=11, style="yellow"),
        Column("message", share=4),
        Column("what to do", share=4),
    )
    with sayso.open(ledger, create=False) as opened:
        table = opened.problems()
        answer(table, columns, _problem_cells, format, limit)
        return 3 if exit_code and len(table) else 0


def answer(
    table: sayso.Table[Any],
    columns: Sequence[Column],
    cells: Callable[[Row], Sequence[str]],
    format: str,
    limit: int | None,
) -> None:
    if limit is None and format == "table" and sys.stdout.isatty():
        limit = _LIMIT
    if table.note:
        note(table.note)
    rows = islice(table.rows(), limit or None)
    if format == "csv":
        write_bytes(line.encode() for line in csv_lines(table.columns, rows))
    elif format in ("json", "jsonl"):
        lines = json_objects(islice(table.with_rows(), limit or None))
        write_bytes(as_array(lines) if format == "json" else lines)
    else:
        shown = show_table(columns, map(cells, rows))
        total = len(table)
        if not total:
            note("Nothing found.")
        elif shown < total:
            note(f"{shown:,} of {total:,} shown; --limit 0 shows all.")


def _statement_cells(row: Row) -> tuple[str, ...]:
    holder = _text(row["holder"]) or "(not named)"
    if row["role"]:
        holder += f" ({_text(row['role'])})"
    if row["via"]:
        holder += f", via {_text(row['via'])}"
    act = _text(row["act"] or row["kind"]).replace("_", " ")
    says = f"{_text(row['content'])}{_reviewed(row)}"
    return holder, act, says, _source(row), _text(row["id"])[:_ID]


def _claim_cells(row: Row) -> tuple[str, ...]:
    return (
        _text(row["kind"]),
        f"{_text(row['what'])}{_reviewed(row)}",
        _text(row["about"]),
        _text(row["holder"]) or ("(not named)" if row["statement"] else ""),
        _text(row["place"]),
        _text(row["time"]),
        _source(row),
        _text(row["id"])[:_ID],
    )


def _entity_cells(row: Row) -> tuple[str, ...]:
    return (
        _text(row["kind"]).replace("_", " "),
        _text(row["name"]),
        _text(row["aliases"]),
        _text(row["roles"]),
        _text(row["mentions"]),
        _text(row["id"])[:_ID],
    )


def _problem_cells(row: Row) -> tuple[str, ...]:
    return tuple(_text(row[name]) for name in ("uri", "reason", "message", "advice"))


def _reviewed(row: Row) -> str:
    """Who decided what about it, behind its words."""
    return f" [{_text(row['reviewed'])}]" if row["reviewed"] else ""


def _source(row: Row) -> str:
    """The outlet, else the file's name, and the date of publication."""
    place = _text(row["outlet"]) or _text(row["uri"]).rsplit("/", 1)[-1]
    return f"{place} {_text(row['published'])}".strip()


def _text(value: Value) -> str:
    return "" if value is None else str(value)

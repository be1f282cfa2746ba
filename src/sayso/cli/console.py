"""What goes to the terminal: tables, notes and bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.cli.plain import one_line, visible

PIPED_WIDTH = 100
"""Columns of a table that goes to a file or another program; COLUMNS changes it."""
_PAGE = 200
"""Rows that are laid out at once."""


class Column(NamedTuple):
    """A column of a table: its share of the width, or a fixed number of characters."""

    title: str
    share: int = 0
    width: int = 0
    style: str = ""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # rich would end the process here; `main` knows better how


def console() -> Console:
    """Standard output, as wide as the terminal."""
    width = None
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        width = PIPED_WIDTH
    return _Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def notes() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def note(text: str) -> None:
    """One line on standard error, without colours or layout."""
    click.echo(visible(text), err=True)


def show_table(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> int:
    """Prints rows as they come and gives back how many; cells are cut to three lines."""
    out = console()
    widths = _widths(columns, out.width)
    page: list[Sequence[str]] = []
    shown = 0
    for row in rows:
        page.append(row)
        shown += 1
        if len(page) == _PAGE:
            _print(out, columns, widths, page, first=shown == _PAGE)
            page = []
    if page:
        _print(out, columns, widths, page, first=shown == len(page))
    return shown


def write_bytes(parts: Iterable[bytes]) -> None:
    """Sends bytes to standard output as they are."""
    stream = sys.stdout.buffer
    for part in parts:
        stream.write(part)
    stream.flush()


def _widths(columns: Sequence[Column], total: int) -> list[int]:
    fixed = sum(column.width for column in columns)
    shares = sum(column.share for column in columns)
    # rich draws a space and a border beside each column, and one at each edge
    free = max(total - fixed - 2 * len(columns) - 2, 4 * len(columns))
    return [column.width or free * column.share // shares for column in columns]


def _print(
    out: Console,
    columns: Sequence[Column],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
    *,
    first: bool,
) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_header=first, pad_edge=False, padding=(0, 1, 0, 0))
    if not first:
        table.box = None
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column.title, width=width, style=column.style or None, overflow="fold")
    for row in rows:
        cells = [
            Text(one_line(cell, 3 * width - 3)) for cell, width in zip(row, widths, strict=True)
        ]
        table.add_row(*cells)
    out.print(table)

"""`sayso report`, `export` and `import`: out of a ledger, and back in."""

from __future__ import annotations

from pathlib import Path

import click

import sayso
from sayso.cli.console import note, write_bytes
from sayso.export.files import whole_file
from sayso.export.json import as_array, json_lines

_ledger = click.argument("ledger", type=click.Path())


@click.command()
@_ledger
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="The page to write. Default: the ledger's name with .html, in the current folder.",
)
@click.option("--title", help="The page's title. Default: the ledger's name.")
def report(ledger: str, output: str | None, title: str | None) -> None:
    """Write one self-contained HTML page.

    Every document with its statements marked, the holders, the estimates drawn. The page loads
    nothing from anywhere and can be sent as it is.

    \b
    sayso report region.sayso -o region.html
    """
    target = output or f"{Path(ledger).stem}.html"
    with sayso.open(ledger, create=False) as opened:
        opened.report(target, title=title)
    note(f"Written: {target}")


@click.command()
@_ledger
@click.option(
    "--format",
    type=click.Choice(["jsonl", "json"]),
    default="jsonl",
    show_default=True,
    help="jsonl: one record a line, which 'sayso import' reads; json: one array.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="The file to write, whole or not at all. Default: standard output.",
)
def export(ledger: str, format: str, output: str | None) -> None:
    """Write every record of a ledger.

    The same reports, settings and version give the same bytes, apart from the times at which
    files were read. For spreadsheets see 'sayso statements --format csv' and the like.

    \b
    sayso export region.sayso --format jsonl -o region.jsonl
    sayso export region.sayso | grep '"type":"claim"'
    """
    with sayso.open(ledger, create=False) as opened:
        lines = json_lines(opened.records())
        if format == "json":
            lines = as_array(lines)
        if output is None:
            write_bytes(lines)
            return
        with whole_file(output) as stream:
            stream.writelines(lines)


@click.command("import")
@_ledger
@click.argument("jsonl", type=click.Path(exists=True, dir_okay=False))
def import_(ledger: str, jsonl: str) -> None:
    """Read an export in again.

    LEDGER is made if there is none. All of the file is taken in, or nothing and the line that is
    wrong is named.

    \b
    sayso import copy.sayso region.jsonl
    """
    with sayso.open(ledger) as opened:
        documents = opened.load(jsonl)
    note(f"{documents:,} documents taken in. Ledger: {ledger}")

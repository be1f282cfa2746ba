"""`sayso match`, `copies` and `stories`: what is found across documents."""

from __future__ import annotations

import sys
import time

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import sayso
from sayso.cli.answering import answer, output
from sayso.cli.console import Column, note, notes
from sayso.export.rows import Row
from sayso.settings import ExtractSettings, Settings

_STAGES = {
    "documents": "comparing",
    "copies": "copies",
    "actors": "actors",
    "stories": "stories",
    "disputes": "disputes",
}


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "--actors",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="A file of known actors, as given to 'sayso read'. May be given several times.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def match(ledger: str, actors: tuple[str, ...], quiet: bool) -> int:
    """Find what is one across documents, and where the accounts part.

    Which names are one actor, which pages one text, which reports one story, and what is claimed
    about one thing. 'sayso read' does it when it is done; this does it again after judgements, or
    after reading was stopped. Only what is new is looked at. Stop at any time with Ctrl-C; the same
    command goes on from there.

    \b
    sayso match region.sayso
    """
    settings = Settings(extract=ExtractSettings(actors=actors))
    with sayso.open(ledger, create=False) as opened:
        return run_match(opened, settings, ledger, quiet=quiet)


def run_match(opened: sayso.Ledger, settings: Settings, ledger: str, *, quiet: bool) -> int:
    """Matches with a bar on a terminal; gives the exit status."""
    start = time.monotonic()
    bar = None
    if not quiet and sys.stderr.isatty():
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=notes(),
            transient=True,
        )
    try:
        if bar is None:
            summary = opened.match(settings=settings)
        else:
            with bar:
                task = bar.add_task("matching", total=None)
                summary = opened.match(
                    settings=settings,
                    progress=lambda stage, done, total: bar.update(
                        task, description=_STAGES.get(stage, stage), completed=done, total=total
                    ),
                )
    except KeyboardInterrupt:
        note(f"sayso: stopped; 'sayso match {ledger}' goes on from there")
        return 130
    if summary.documents or summary.topics:
        found = len(opened.disputes())
        told = (
            f"{_count(summary.documents, 'document')} matched",
            f"{_count(len(opened.copies()), 'text')} with copies",
            _count(len(opened.stories()), "story"),
            _count(found, "dispute"),
        )
        seconds = time.monotonic() - start
        note(f"{'; '.join(told)}; {seconds:.1f} s. See 'sayso disputes {ledger}'.")
    return 0


@click.command()
@click.argument("ledger", type=click.Path())
@output
def copies(ledger: str, format: str, limit: int | None) -> None:
    """Documents that are one text: reprints, syndicated and lightly edited copies.

    \b
    sayso copies region.sayso
    """
    columns = (
        Column("documents", share=5),
        Column("first published as", share=3, style="cyan"),
        Column("why", share=4),
    )
    with sayso.open(ledger, create=False) as opened:
        answer(opened.copies(), columns, _copies_cells, format, limit)


@click.command()
@click.argument("ledger", type=click.Path())
@output
def stories(ledger: str, format: str, limit: int | None) -> None:
    """Documents that report the same happening.

    \b
    sayso stories region.sayso
    """
    columns = (Column("documents", share=5), Column("why", share=5))
    with sayso.open(ledger, create=False) as opened:
        answer(opened.stories(), columns, _story_cells, format, limit)


def _copies_cells(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("documents", "origin", "reasons"))


def _story_cells(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("documents", "reasons"))


def _count(number: int, noun: str) -> str:
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else several}"

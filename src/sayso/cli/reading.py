"""`sayso read`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import get_args

import click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

import sayso
from sayso.cli.console import note, notes
from sayso.cli.matching import run_match
from sayso.cli.plain import one_line
from sayso.settings import AttributionName, CleanSettings, ExtractSettings, ReadSettings, Settings

EXIT_SET_ASIDE = 3
_READ = ReadSettings()


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
@click.option(
    "--ledger",
    required=True,
    type=click.Path(dir_okay=False),
    envvar="SAYSO_LEDGER",
    show_envvar=True,
    help="The file to write to; made if there is none.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 256),
    default=_READ.workers,
    show_default=True,
    help="Reading processes; 0 reads in this one, without limits of time and memory.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(min=0, min_open=True),
    default=_READ.deadline_seconds,
    show_default=True,
    help="Seconds for each document; long ones get more.",
)
@click.option(
    "--memory-mb",
    type=click.IntRange(min=0),
    default=_READ.memory_mb,
    show_default=True,
    help="Address space of each reading process in MiB; 0 sets no limit.",
)
@click.option(
    "--attribution",
    type=click.Choice(get_args(AttributionName)),
    default=ExtractSettings().attribution,
    show_default=True,
    help="Who finds statements: the rules alone; or a trained tagger, fast or best, an extra:"
    " sayso[tagger]. best finds half as many again as the rules and takes about twice the time."
    " auto is best where the extra is installed, else the rules.",
)
@click.option(
    "--model",
    type=click.Choice(["en-sm", "en-md"]),
    default=ExtractSettings().model,
    show_default=True,
    help="The language model; en-md is an extra: sayso[md].",
)
@click.option(
    "--actors",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="A file of known actors, used with the built-in one. May be given several times.",
)
@click.option("--no-builtin-actors", is_flag=True, help="Leave out the built-in known actors.")
@click.option(
    "--keep-bytes",
    is_flag=True,
    help="Keep a copy of every input beside the ledger, and not only its hash.",
)
@click.option(
    "--match/--no-match",
    "matching",
    default=True,
    help="Whether to find copies, stories and disputes when all is read: see 'sayso match'.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no list of what is set aside.")
def read(
    paths: tuple[str, ...],
    ledger: str,
    workers: int,
    deadline: float,
    memory_mb: int,
    attribution: AttributionName,
    model: sayso.settings.ModelName,
    actors: tuple[str, ...],
    no_builtin_actors: bool,
    keep_bytes: bool,
    matching: bool,
    quiet: bool,
) -> int:
    """Read reports into a ledger.

    PATHS are files or folders of .txt, .html, .md, .pdf, .docx, .eml and .mhtml, and archives of
    pages (.warc, .warc.gz), which are read page by page. Each report is in the ledger, whole, as
    soon as it is read. Stop at any time with Ctrl-C; the same command goes on from there, and reads
    nothing twice. What cannot be read is set aside with its reason: see 'sayso problems'. Where
    each input came from, when, and its hash are written down beside the ledger: see 'sayso verify'.

    \b
    sayso read reports/ --ledger region.sayso
    sayso read one.html two.txt --ledger region.sayso --workers 4
    """
    settings = Settings(
        clean=CleanSettings(),
        extract=ExtractSettings(
            model=model,
            attribution=attribution,
            actors=actors,
            builtin_actors=not no_builtin_actors,
        ),
        read=ReadSettings(
            workers=workers,
            deadline_seconds=deadline,
            memory_mb=memory_mb,
            keep_bytes=keep_bytes,
        ),
    )
    start = time.monotonic()
    with sayso.open(ledger) as opened, _Watcher(quiet=quiet) as watcher:
        try:
            summary = opened.read(paths, settings=settings, progress=watcher.see)
        except KeyboardInterrupt:
            watcher.stop()
            note(
                f"sayso: stopped; {watcher.done} done and kept in {ledger}."
                " Run the same command again to go on."
            )
            return 130
        watcher.stop()
        _summarise(summary, ledger, time.monotonic() - start)
        if matching and run_match(opened, settings, ledger, quiet=quiet):
            return 130
    return EXIT_SET_ASIDE if summary.set_aside or summary.partial else 0


def _summarise(summary: sayso.ReadSummary, ledger: str, seconds: float) -> None:
    parts = [f"{_count(summary.read, 'document')} read"]
    if summary.unchanged:
        parts.append(f"{summary.unchanged:,} known already")
    if summary.set_aside:
        parts.append(f"{summary.set_aside:,} set aside")
    if summary.partial:
        parts.append(f"{summary.partial:,} read in part")
    found = f"{_count(summary.statements, 'statement')}, {_count(summary.claims, 'claim')}"
    note(f"{', '.join(parts)}; {found}; {seconds:.1f} s. Ledger: {Path(ledger)}")
    if summary.set_aside or summary.partial:
        note(f"'sayso problems {ledger}' lists what was not read, and why.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Watcher:
    """Draws the progress on a terminal; names what is set aside."""

    def __init__(self, *, quiet: bool) -> None:
        self.done = 0
        self._quiet = quiet
        self._bar: Progress | None = None
        if not quiet and sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("reading"),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeRemainingColumn(),
                TextColumn("{task.fields[file]}", markup=False),
                console=notes(),
                transient=True,
            )
            self._task = self._bar.add_task("reading", total=None, file="")

    def __enter__(self) -> _Watcher:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()

    def see(self, progress: sayso.Progress) -> None:
        self.done = progress.done
        if self._bar is not None:
            name = one_line(Path(progress.uri).name, 40)
            self._bar.update(self._task, completed=progress.done, total=progress.total, file=name)
        if self._quiet:
            return
        for problem in progress.problems:
            how = "read in part" if problem.document else "set aside"
            line = one_line(f"{how}: {problem.uri}: {problem.reason}: {problem.message}", 300)
            if self._bar is not None:
                self._bar.console.print(Text(line, style="yellow"))
            else:
                note(line)


class _Rate(ProgressColumn):
    """Documents a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "", style="progress.data.speed")

"""`sayso brief`, `check-brief` and `review`: what goes out, its proof, and what review found."""

from __future__ import annotations

import sys

import click

import sayso
from sayso.briefing import faults_of, made_line, precision
from sayso.cli.console import console, note, write_bytes
from sayso.errors import BriefRefused
from sayso.export.briefs.brief import Brief
from sayso.export.briefs.composing import compose, illustrate
from sayso.export.briefs.drawing import PICTURES, PictureKind, kinds_in
from sayso.export.briefs.files import read_brief, write_brief
from sayso.export.reviews import training
from sayso.export.reviews.figures import agreements

_UNSOUND = 1


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    help="The file to write; its ending tells the form.",
)
@click.option("--title", default="Brief", show_default=True, help="What stands at its head.")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False),
    help="Make the file from this brief instead of ids: it is checked first.",
)
@click.option(
    "--picture",
    "pictures",
    type=click.Choice(PICTURES),
    multiple=True,
    help="Draw it of the claims, or of each dispute, that the brief cites. May be repeated.",
)
def brief(
    ledger: str,
    ids: tuple[str, ...],
    output: str,
    title: str,
    source: str | None,
    pictures: tuple[PictureKind, ...],
) -> int:
    """Write findings as a brief in which each sentence carries its citation.

    ID is an id of a statement, claim or dispute (its first six characters will do); '-' reads ids
    from standard input, one a line. The ending of the output tells its form: .md, .html, .docx,
    .pdf. A finding that nobody reviewed is marked so. Markdown may be edited and turned into the
    other forms with --from; one that does not hold is not turned into anything.

    \b
    sayso brief region.sayso 7405f3b0 51439202 --title "Strength of the Front" -o front.md
    sayso brief region.sayso --from front.md -o front.pdf
    """
    if bool(ids) == (source is not None):
        raise click.UsageError("give ids, or a brief with --from")
    with sayso.open(ledger, create=False) as opened:
        if source is not None:
            made = read_brief(source)
            if _tell(made, opened, source):
                return _UNSOUND
            made = illustrate(made, opened, pictures or kinds_in(made))
        else:
            given = _given(ids)
            made = compose(opened, given, title=title, made=made_line(opened), pictures=pictures)
    write_brief(made, output)
    open_ones = sum("NOT REVIEWED" in one.label for one in made.citations)
    note(f"{output}: {len(made.citations)} citations, {open_ones} of them not reviewed")
    return 0


@click.command(name="check-brief")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--ledger", required=True, type=click.Path(), help="The ledger it was made from.")
def check_brief(file: str, ledger: str) -> int:
    """Open every citation of a brief and hold every sentence against what it cites.

    Tests document, hash, characters and text of each citation, and whether each sentence is carried
    by what it cites: its quotations, numbers, names and words, and whose word it is. Takes .md,
    .html and .docx; of a PDF, check what it was made from. Ends with status 1 if anything does not
    hold.

    \b
    sayso check-brief front.md --ledger region.sayso
    """
    made = read_brief(file)
    with sayso.open(ledger, create=False) as opened:
        if _tell(made, opened, file):
            return _UNSOUND
    click.echo(f"{file}: {len(made.citations)} citations hold, and every sentence is carried")
    return 0


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "--training",
    "form",
    type=click.Choice(["prodigy", "label-studio"]),
    help="Write the reviewed statements as training data instead.",
)
def review(ledger: str, form: str | None) -> None:
    """Say how good the ledger is by what people decided, and how far they agree.

    The precision is that of a random sample, which 'sayso serve' offers under Review; it counts as
    far as the sample was looked at without a gap. Agreement is given for each two people who judged
    the same findings, with Cohen's kappa.

    \b
    sayso review region.sayso
    sayso review region.sayso --training prodigy > reviewed.jsonl
    """
    with sayso.open(ledger, create=False) as opened:
        if form is not None:
            found = training.examples(opened, list(opened.standings()))
            write = training.prodigy if form == "prodigy" else training.label_studio
            write_bytes(write(found))
            return
        out = console()
        rate = precision(opened)
        out.print(f"{rate}" if rate else "Nobody has looked at the random sample yet.")
        for one in agreements(opened.decisions()):
            kappa = "not defined" if one.kappa is None else f"{one.kappa:.2f}"
            out.print(
                f"{one.one} and {one.other}: {one.both} judged by both, {one.agreed:.0%} alike,"
                f" kappa {kappa}"
            )
            for id in one.differing[:20]:
                out.print(f"  they differ on {id[:8]}")


def _given(ids: tuple[str, ...]) -> list[str]:
    if ids != ("-",):
        return list(ids)
    lines: list[str] = sys.stdin.read().split()
    if not lines:
        raise BriefRefused("no ids came in")
    return lines


def _tell(made: Brief, opened: sayso.Ledger, file: str) -> bool:
    """Says what is wrong with a brief; whether anything is."""
    faults = faults_of(made, opened)
    for fault in faults:
        note(f"{fault.where}: {fault.what}")
    if faults:
        note(f"{file}: {len(faults)} faults")
    return bool(faults)

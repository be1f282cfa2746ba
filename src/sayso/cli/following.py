"""`sayso journeys` and `silent`: how words travelled, and who has no answer."""

from __future__ import annotations

import click

import sayso
from sayso.cli.console import console, note, write_bytes
from sayso.cli.plain import one_line
from sayso.export.json import json_lines
from sayso.export.rows import Lookup
from sayso.records.matches import Appearance

_MOST = 600


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("statement", required=False)
@click.option(
    "--format",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="jsonl: one record a line.",
)
def journeys(ledger: str, statement: str | None, format: str) -> None:
    """Follow quoted words through the documents: where first seen, and what became of them.

    Shortened, reworded, a hedge or the attribution dropped, a negation turned. STATEMENT is the id
    of one; without it all journeys are shown, which reads all texts.

    \b
    sayso journeys region.sayso 7405f3b0
    sayso journeys region.sayso --format jsonl > journeys.jsonl
    """
    with sayso.open(ledger, create=False) as opened:
        chosen = opened.find(statement) if statement else None
        found = opened.journeys(chosen)
        if format == "jsonl":
            write_bytes(json_lines(found))
            return
        out, lookup = console(), opened.lookup()
        for journey in found:
            for appearance in journey.appearances:
                for line in _appearance(appearance, lookup):
                    out.print(line)
            out.print("")
    if not found:
        note("No words were found in more than one document.")


@click.command()
@click.argument("ledger", type=click.Path())
def silent(ledger: str) -> None:
    """Say who is accused of something and has no answer in this ledger.

    A denial, or a claim of responsibility, is an answer. That there is none here says nothing but
    that: it may have been given elsewhere.

    \b
    sayso silent region.sayso
    """
    out = console()
    with sayso.open(ledger, create=False) as opened:
        found = opened.silent()
        lookup = opened.lookup()
        for one in found:
            heard = "is heard on something else" if one.speaks else "is not heard at all"
            times = "once" if len(one.charges) == 1 else f"{len(one.charges)} times"
            out.print(f"{one.name}: accused {times}, {heard}")
            for charge in one.charges:
                source = lookup.document(charge.document)
                by = charge.by.name if charge.by is not None else "the report itself"
                where = source["outlet"] or source["uri"] or ""
                out.print(one_line(f"  {by}: {charge.words.quote} ({where})", _MOST))
    if not found:
        note("Nobody is accused without an answer.")


def _appearance(appearance: Appearance, lookup: Lookup) -> list[str]:
    source = lookup.document(appearance.document)
    place = appearance.outlet or str(source["uri"]).rsplit("/", 1)[-1]
    words = " … ".join(part.quote for part in appearance.words)
    who = appearance.holder or "the report itself"
    first = "first seen" if appearance.follows is None else "then"
    lines = [
        one_line(f"{first}: {appearance.published or 'no date'}, {place}, {who}: {words}", _MOST)
    ]
    lines += [
        one_line(f"    {change.kind.replace('_', ' ')}: {change.note}", _MOST)
        for change in appearance.changes
    ]
    return lines

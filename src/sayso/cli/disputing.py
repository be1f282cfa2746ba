"""`sayso disputes`: where the accounts part, laid out as questions with their answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol, get_args

import click
from rich.console import Console
from rich.text import Text

import sayso
from sayso.cli.console import console, note, write_bytes
from sayso.cli.plain import one_line, visible
from sayso.errors import NoSuchRecord
from sayso.export.csv import csv_lines
from sayso.export.disputes import (
    DISPUTE_COLUMNS,
    LaidOut,
    dispute_rows,
    in_order,
    lay_out,
    markdown,
)
from sayso.export.disputes.layout import Grades, voices
from sayso.export.json import as_array, json_lines
from sayso.export.rows import Lookup
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute, Verdict
from sayso.store.wire import Record

_STYLES = {"They contradict one another": "red", "They differ": "yellow"}
_INDENT = "   "
_REMEMBERED = 10_000


class Disputed(Protocol):
    """What the door asks of a ledger."""

    def disputes(self, *, about: str | None = None) -> Iterable[Dispute]:
        """The disputes of the ledger, or those about somebody or something."""
        ...

    def claim(self, id: str) -> Claim | None:
        """A claim by its id."""
        ...

    def lookup(self) -> Lookup:
        """How names, documents and statements are found."""
        ...

    def grades(self) -> Grades:
        """What people graded."""
        ...


@click.command()
@click.argument("ledger", type=click.Path())
@click.option("--about", metavar="NAME", help="Subject, object, place or holder.")
@click.option(
    "--verdict",
    type=click.Choice(get_args(Verdict)),
    multiple=True,
    help="Only these; may be given several times. Default: all.",
)
@click.option("--limit", type=click.IntRange(min=0), default=0, help="Disputes to print; 0: all.")
@click.option(
    "--format",
    type=click.Choice(["table", "json", "jsonl", "csv", "md"]),
    default="table",
    show_default=True,
    help="jsonl: the records; csv: a row an answer; md: question pages in Markdown.",
)
def disputes(
    ledger: str, about: str | None, verdict: Sequence[Verdict], limit: int, format: str
) -> None:
    """Where the accounts part: each question with every answer, who gives it, when, in which words,
    and how many independent sources stand behind it.

    The claims under a dispute never change: it is a view of them.

    \b
    sayso disputes region.sayso
    sayso disputes region.sayso --about "Karsk Front" --verdict conflict
    sayso disputes region.sayso --format md > questions.md
    """
    with sayso.open(ledger, create=False) as opened:
        answer(_Opened(opened), about, verdict, limit, format)


class _Opened:
    """A ledger as the door asks it; what was asked lately is remembered."""

    def __init__(self, ledger: sayso.Ledger) -> None:
        self.disputes = ledger.disputes
        self._ledger = ledger
        self._record = lru_cache(_REMEMBERED)(ledger.record)

    def claim(self, id: str) -> Claim | None:
        found = self._standing(id)
        return found if isinstance(found, Claim) else None

    def grades(self) -> Grades:
        found: dict[str, dict[str, str | int | None]] = {}
        for one in self._ledger.judgements(withdrawn=False):
            if one.decision == "grade":
                found.setdefault(one.on, {}).update(one.value)
        return found

    def lookup(self) -> Lookup:
        return Lookup(self._name, self._document, self._statement, self._ledger.standing)

    def _find(self, id: str) -> Record | None:
        try:
            return self._record(id)
        except NoSuchRecord:  # a person may have taken it away since the last match
            return None

    def _name(self, id: str) -> str | None:
        found = self._find(id)
        return found.name if isinstance(found, Entity) else None

    def _document(self, id: str) -> dict[str, str | None]:
        found = self._find(id)
        if not isinstance(found, Document):
            return {}
        published = found.published.value
        return {"uri": found.uri, "outlet": found.outlet, "published": published}

    def _statement(self, id: str) -> Statement | None:
        found = self._standing(id)
        return found if isinstance(found, Statement) else None

    def _standing(self, id: str) -> Record | None:
        held = self._ledger.standing(id)
        return (held.finding if held is not None else None) or self._find(id)


def answer(
    ledger: Disputed, about: str | None, verdicts: Sequence[Verdict], limit: int, format: str
) -> None:
    """Prints the disputes that are wanted."""
    found = in_order(
        dispute
        for dispute in ledger.disputes(about=about)
        if not verdicts or dispute.verdict in verdicts
    )
    wanted = list(islice(found, limit or None))
    if format == "csv":
        rows = (row for dispute in wanted for row in dispute_rows(dispute))
        write_bytes(line.encode() for line in csv_lines(list(DISPUTE_COLUMNS), rows))
    elif format in ("json", "jsonl"):
        lines = json_lines(wanted)
        write_bytes(as_array(lines) if format == "json" else lines)
    else:
        lookup = ledger.lookup()
        grades = ledger.grades()
        laid = (lay_out(dispute, ledger.claim, lookup, grades=grades) for dispute in wanted)
        if format == "md":
            pages = ("\n".join(map(visible, markdown(page))) + "\n\n" for page in laid)
            write_bytes(page.encode() for page in pages)
        else:
            out = console()
            for page in laid:
                _show(out, page)
    if not found:
        note("Nothing found.")
    elif len(wanted) < len(found):
        note(f"{len(wanted):,} of {len(found):,} shown; --limit 0 shows all.")


def _show(out: Console, page: LaidOut) -> None:
    out.print(Text(one_line(page.question), style="bold"), Text(page.id[:8], style="dim"))
    out.print(Text(f"{_INDENT}{page.verdict}.", style=_STYLES.get(page.verdict, "green")))
    for item in page.answers:
        dates = f", {item.dates}" if item.dates else ""
        head = Text(f"{_INDENT}▪ {one_line(item.value)}", style="cyan")
        head.append(f"  {voices(item.independent)}{dates}", style="dim")
        out.print(head)
        for quote in item.quotes:
            source = f"{quote.source} {quote.when or ''}".strip()
            who = one_line(quote.who) + (f" [graded {quote.grade}]" if quote.grade else "")
            told = f"“{one_line(quote.words, 200)}” – {who}, {one_line(source)}"
            line = Text(f"{_INDENT * 2}{told} ")
            out.print(line.append(quote.claim[:8], style="dim"))
        if item.left_out:
            out.print(Text(f"{_INDENT * 2}and {item.left_out:,} more", style="dim"))
    for reason in page.reasons:
        out.print(Text(f"{_INDENT}{one_line(reason)}", style="italic"))
    out.print()

"""`sayso correct`: people set a finding right."""

from __future__ import annotations

from collections.abc import Sequence

import click

import sayso
from sayso.cli.console import note
from sayso.cli.judging import ledger_argument, say_noted, signed
from sayso.cli.plain import one_line
from sayso.errors import JudgementRefused
from sayso.export.rows import claim_row, statement_row
from sayso.records.findings import Claim, Statement
from sayso.values.corrections import NUMBERS, added_id

_OPEN = "open"
_MOST = 400
"""Characters of a finding that are shown."""


@click.command()
@ledger_argument
@click.argument("id")
@click.argument("corrections", nargs=-1, required=True, metavar="FIELD VALUE [FIELD VALUE]...")
@signed
def correct(
    ledger: str, id: str, corrections: tuple[str, ...], by: str, because: str | None
) -> None:
    """Set a statement or a claim right, or add a statement that was missed.

    The finding stays as it was found; lists, searches, disputes and exports take it as corrected
    and say by whom. What was corrected before stays, unless it is corrected again. ID is the id
    of a statement or claim, or, to add a statement, of a document.

    \b
    sayso correct region.sayso 3f2a91c0 quote "We hold the town"      its words, from the text
    sayso correct region.sayso 3f2a91c0 holder "Mira Sol" act denies  who says it, what they do
    sayso correct region.sayso 3f2a91c0 holder_name "a shepherd"      no entity of the ledger
    sayso correct region.sayso 7405f3b0 low 200 high open             bounds of an estimate
    sayso correct region.sayso 8655e30b quote "Velm is quiet" holder "Mira Sol"   a document: adds

    \b
    Of a statement: quote, holder (an entity's name or id), holder_name, holder_quote (the
      words for the source), kind (direct, indirect, mixed), act (asserts, denies, ...).
    Of a claim: quote, polarity (positive, negative); of an estimate subject, low, high,
      measure; of a status or an assertion subject, predicate; of a relation subject, relation.
    start, end, holder_start and holder_end, in characters of the text, do for quote and
    holder_quote where the same words stand twice.

    'sayso show' prints both, found and corrected; 'sayso undo' takes a correction back; 'sayso
    judge' confirms or rejects the whole.
    """
    changes = _pairs(corrections)
    with sayso.open(ledger, create=False) as opened:
        made = opened.correct(opened.find(id), changes, by=by, because=because)
        say_noted(made)
        finding = made.on
        if opened.standing(finding) is None:
            finding = added_id(made.id)
        held = opened.standing(finding)
        record = (held.finding if held is not None else None) or opened.record(finding)
        assert isinstance(record, Statement | Claim)
        note(one_line(f"It stands as: {_told(opened, record)}  {finding[:8]}", _MOST))


def _pairs(words: Sequence[str]) -> dict[str, str | int | None]:
    if len(words) % 2:
        raise click.UsageError(f"{words[-1]}: give a value after each field")
    found: dict[str, str | int | None] = {}
    for field, value in zip(words[::2], words[1::2], strict=True):
        if field in found:
            raise click.UsageError(f"{field}: given twice")
        found[field] = _number(field, value) if field in NUMBERS else value
    return found


def _number(field: str, value: str) -> int | None:
    if field in ("low", "high") and value.casefold() == _OPEN:
        return None
    digits = value.replace(",", "").strip()
    if not digits.isascii() or not digits.isdecimal():
        more = f", or '{_OPEN}'" if field in ("low", "high") else ""
        raise JudgementRefused(f"correct: {field}: give a whole number{more}, not {value}")
    return int(digits)


def _told(ledger: sayso.Ledger, finding: Statement | Claim) -> str:
    """A finding in a line."""
    if isinstance(finding, Statement):
        row = statement_row(finding, ledger.lookup())
        act = str(row["act"] or row["kind"]).replace("_", " ")
        return f"{row['holder'] or '(not named)'} {act}: {row['content']}"
    row = claim_row(finding, ledger.lookup())
    about = f", {row['about']}" if row["about"] else ""
    return f"{row['kind']}: {row['what']}{about}: {row['quote']}"

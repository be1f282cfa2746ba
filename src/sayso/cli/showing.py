"""`sayso show`: one record with the text around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
import msgspec
from rich.console import Console
from rich.text import Text

import sayso
from sayso.cli.console import console, write_bytes
from sayso.cli.marking import Mark, legend, passage
from sayso.cli.plain import visible
from sayso.export.json import json_lines
from sayso.export.wording import reviewed, what
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Event, Mention, Place, Statement, Words
from sayso.records.judgements import Judgement
from sayso.records.provenance import MadeBy
from sayso.store.wire import Record

_MAX_EXAMPLES = 10
"""Mentions of an entity that are shown."""


@click.command()
@click.argument("ledger", type=click.Path())
@click.argument("id")
@click.option("--json", is_flag=True, help="The record alone, as in an export.")
def show(ledger: str, id: str, json: bool) -> None:
    """Show one record with its text around it, the spans marked.

    ID is the id of any record, or its first six characters or more.

    \b
    sayso show region.sayso 3f2a91c0
    """
    with sayso.open(ledger, create=False) as opened:
        record = opened.record(id)
        if json:
            write_bytes(json_lines([record]))
        else:
            _Page(opened, console()).show(record)


class _Page:
    def __init__(self, ledger: sayso.Ledger, out: Console) -> None:
        self.ledger = ledger
        self.out = out
        self.colours = out.color_system is not None

    def show(self, record: Record) -> None:
        self.fields({"type": str(record.__struct_config__.tag), "id": record.id})
        if isinstance(record, Statement):
            self.statement(record)
        elif isinstance(record, Claim):
            self.claim(record)
        elif isinstance(record, Mention):
            self.fields({"form": record.form, **self._entity("entity", record.entity)})
            self.text(record.document, [Mark("mention", record.span)])
        elif isinstance(record, Entity):
            self.entity(record)
        elif isinstance(record, Event):
            self.event(record)
        elif isinstance(record, Document):
            self.document(record)
        else:
            self.plain(record)

    def statement(self, statement: Statement) -> None:
        holder, cue, said = statement.holder, statement.cue, statement.said
        self.fields(
            {
                "kind": statement.kind,
                **self._entity("holder", holder.entity if holder else None),
                "act": cue.act if cue else None,
                "said": (said.value or said.quote) if said else None,
                "confidence": f"{statement.confidence:.2f}",
                **self._made_by(statement.made_by),
            }
        )
        self.text(statement.document, list(statement_marks(statement)))
        self.reviewed(statement)

    def claim(self, claim: Claim) -> None:
        time = claim.time
        self.fields(
            {
                "kind": claim.kind,
                "what": what(claim),
                "modality": claim.modality,
                "time": (time.value or time.quote) if time else None,
                "statement": claim.statement or "none: the report's own voice",
                "confidence": f"{claim.confidence:.2f}",
                **self._made_by(claim.made_by),
            }
        )
        marks: list[Mark] = []
        if claim.statement:
            said = self.ledger.record(claim.statement)
            if isinstance(said, Statement):
                marks = [m for m in statement_marks(said) if m.label in ("holder", "role", "cue")]
        self.text(claim.document, [*claim_marks(claim), *marks])
        self.reviewed(claim)

    def reviewed(self, finding: Statement | Claim) -> None:
        """What people decided about it, and how it stands after that."""
        held = self.ledger.standing(finding.id)
        if held is None:
            return
        self.fields({"reviewed": reviewed(held), "because": held.because})
        stands = held.finding
        if stands is None or stands == finding:
            return
        self.out.print(Text("it stands as:", style="dim"))
        if isinstance(stands, Statement):
            holder, cue = stands.holder, stands.cue
            self.fields(
                {
                    "kind": stands.kind,
                    **self._entity("holder", holder.entity if holder else None),
                    "holder in words": (holder.quote if holder else "") or held.holder_name,
                    "act": cue.act if cue else None,
                }
            )
            self.text(stands.document, list(statement_marks(stands)))
        else:
            self.fields({"what": what(stands)})
            self.text(stands.document, list(claim_marks(stands)))

    def entity(self, entity: Entity) -> None:
        roles = dict.fromkeys(role.role for role in entity.roles)
        self.fields(
            {
                "kind": entity.kind,
                "name": entity.name,
                "also": "; ".join(a.name for a in entity.aliases if a.name != entity.name),
                "roles": "; ".join(roles),
                **self._entity("part of", entity.part_of),
                **entity.identifiers,
                "named": f"{sum(len(alias.mentions) for alias in entity.aliases)} times",
                **self._made_by(entity.made_by),
            }
        )
        ids = [mention for alias in entity.aliases for mention in alias.mentions]
        for id in ids[:_MAX_EXAMPLES]:
            mention = self.ledger.record(id)
            if isinstance(mention, Mention):
                self.text(mention.document, [Mark("mention", mention.span)])
        if len(ids) > _MAX_EXAMPLES:
            self.out.print(Text(f"… and {len(ids) - _MAX_EXAMPLES} more"))

    def event(self, event: Event) -> None:
        self.fields(
            {"type of event": " ".join(filter(None, (event.plover.type, event.plover.mode)))}
        )
        for id in event.claims:
            claim = self.ledger.record(id)
            if isinstance(claim, Claim):
                self.fields({"claim": claim.id})
                self.text(claim.document, list(claim_marks(claim)))

    def document(self, document: Document) -> None:
        self._head(document)
        repairs = ", ".join(f"{name} {count}" for name, count in document.repairs.items())
        self.fields({"repairs": repairs, **self._made_by(document.made_by)})
        marks: list[Mark] = []
        for record in self.ledger.findings(document.id):
            if isinstance(record, Statement):
                marks.extend(statement_marks(record))
                self.fields({"statement": record.id})
        self._passage(document, marks, whole=True)

    def plain(self, record: Record) -> None:
        fields: dict[str, str | None] = {
            name: str(value)
            for name, value in msgspec.to_builtins(record).items()
            if name not in ("type", "id") and value not in (None, "")
        }
        self.fields(fields)

    def text(self, document_id: str, marks: list[Mark]) -> None:
        document = self.ledger.record(document_id)
        assert isinstance(document, Document)
        self._head(document)
        told = [mark for mark in marks if len(mark.span)]  # the text may have no words for it
        self._passage(document, told, whole=False)

    def fields(self, values: dict[str, str | None]) -> None:
        for name, value in values.items():
            if value:
                self.out.print(Text.assemble((f"{name}: ", "dim"), visible(value)))

    def _head(self, document: Document) -> None:
        source = ", ".join(filter(None, (document.outlet, document.published.value)))
        self.fields({"title": document.title, "source": source, "file": document.uri})

    def _passage(self, document: Document, marks: list[Mark], *, whole: bool) -> None:
        self.out.print()
        self.out.print(passage(document.text, marks, colours=self.colours, whole=whole))
        self.out.print()
        if marks:
            self.out.print(legend(marks))

    def _entity(self, label: str, id: str | None) -> dict[str, str | None]:
        if id is None:
            return {}
        entity = self.ledger.record(id)
        assert isinstance(entity, Entity)
        return {label: f"{entity.name} ({entity.kind.replace('_', ' ')}, {id})"}

    def _made_by(self, id: str) -> dict[str, str | None]:
        stamp = self.ledger.record(id)
        if isinstance(stamp, Judgement):
            return {"added by": f"{stamp.by} on {stamp.at[:10]}"}
        assert isinstance(stamp, MadeBy)
        return {"made by": f"{stamp.step} {stamp.version}"}


def statement_marks(statement: Statement) -> Iterator[Mark]:
    """Content first, what lies inside or beside it after it."""
    yield from _marks("content", statement.content)
    yield from _marks("exact", statement.exact)
    if statement.setting:
        yield Mark("setting", statement.setting.span)
    if statement.said:
        yield Mark("said", statement.said.span)
    yield from _marks("via", statement.via)
    if statement.cue:
        yield Mark("cue", statement.cue.span)
    if statement.holder:
        if statement.holder.role:
            yield Mark("role", statement.holder.role.span)
        yield Mark("holder", statement.holder.span)


def claim_marks(claim: Claim) -> Iterator[Mark]:
    """The claim first, its parts after it."""
    yield Mark("claim", claim.span)
    named = {
        "subject": claim.subject,
        "object": claim.object,
        "time": claim.time,
        "place": claim.place,
        "outcome": claim.outcome,
    }
    for label, part in named.items():
        if part is not None:
            yield Mark(label, part.span)
    yield from _marks("actor", claim.actors)
    yield from _marks("target", claim.targets)
    yield from _marks("hedge", claim.hedges)


def _marks(label: str, parts: Iterable[Words | EntityRef | Place]) -> Iterator[Mark]:
    for part in parts:
        yield Mark(label, part.span)

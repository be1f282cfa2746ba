"""The records of a view in their order on the page, and where on it each can be found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sayso.export.report.marks import ends
from sayso.export.report.view import Limits, ReportView
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.records.provenance import content_id

_SAFE_ID = re.compile(r"[0-9A-Za-z]{1,64}")


@dataclass(frozen=True, slots=True)
class Who:
    """Someone or something named: the entity where it is known, else the words that mean it."""

    name: str
    href: str | None = None
    quote: str | None = None
    """The words used at this place, where they differ from `name`."""
    role: str | None = None
    known: bool = True
    key: str = ""
    """What rows about the same one are gathered by."""


NOBODY = Who("holder not named", known=False, key="~nobody")


def anchor(prefix: str, id: str) -> str:
    """The page's own id for a record: `s-` and the record's id, made safe for an address."""
    return f"{prefix}-{id if _SAFE_ID.fullmatch(id) else content_id('anchor', ascii(id))}"


class Index:
    """A view put in order: documents by date, statements by place in their text."""

    def __init__(self, view: ReportView, limits: Limits) -> None:
        self.view = view
        self.limits = limits
        self.entities: dict[str, Entity] = {entity.id: entity for entity in view.entities}
        self.documents = sorted(view.documents, key=_document_order)
        self.document: dict[str, Document] = {item.id: item for item in self.documents}
        self.listed = self.documents[: limits.documents]
        self._listed_ids = {document.id for document in self.listed}
        self.standing = {held.on: held for held in view.standings}
        self.statements_of = _gather(view.statements)
        self.statement: dict[str, Statement] = {item.id: item for item in view.statements}
        self.number: dict[str, int] = {
            item.id: number
            for items in self.statements_of.values()
            for number, item in enumerate(items, 1)
        }
        self.claims_of: dict[str, list[Claim]] = defaultdict(list)
        self.own_claims_of: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(view.claims, key=_claim_order):
            owner, key = (
                (self.claims_of, claim.statement)
                if claim.statement in self.statement
                else (self.own_claims_of, claim.document)
            )
            owner[key or ""].append(claim)
        self.mentions: Counter[str] = Counter(mention.entity for mention in view.mentions)
        self._rank = {item.id: rank for rank, item in enumerate(self.documents)}
        ranked = sorted(view.entities, key=self._entity_order)
        self.entities_listed = ranked[: limits.entities]
        self._entity_ids = {entity.id for entity in self.entities_listed}

    def is_listed(self, document: str) -> bool:
        """Whether the document stands on this page."""
        return document in self._listed_ids

    def statement_href(self, statement: Statement) -> str | None:
        """The address of a statement's card; None where its document is not on the page."""
        if not self.is_listed(statement.document):
            return None
        return "#" + anchor("s", statement.id)

    def claim_href(self, claim: Claim) -> str | None:
        """The address of a claim's line; None where its document is not on the page."""
        return "#" + anchor("c", claim.id) if self.is_listed(claim.document) else None

    def document_href(self, id: str) -> str | None:
        """The address of a document; None where it is not on the page."""
        return "#" + anchor("d", id) if self.is_listed(id) else None

    def source(self, id: str) -> str:
        """A document in a few words: its outlet and date, else its title or file."""
        document = self.document.get(id)
        if document is None:
            return "a document that is not in this ledger"
        outlet = document.outlet or document.title or PurePosixPath(document.uri).name
        return f"{outlet}, {document.published.value}" if document.published.value else outlet

    def in_order(self, statements: Iterable[Statement]) -> list[Statement]:
        """Statements by document and place."""
        last = len(self._rank)
        return sorted(
            statements,
            key=lambda item: (
                self._rank.get(item.document, last),
                item.document,
                self.number[item.id],
            ),
        )

    def document_rank(self, id: str) -> int:
        """The place of a document in the page's order."""
        return self._rank.get(id, len(self._rank))

    def reference(self, reference: EntityRef | None) -> Who | None:
        """Whom the words of a reference mean."""
        if reference is None:
            return None
        return self._who(reference.entity, reference.quote, role=None)

    def holder(self, statement: Statement) -> Who:
        """Who says it."""
        holder = statement.holder
        if holder is None:
            return NOBODY
        role = holder.role.quote if holder.role is not None else None
        held = self.standing.get(statement.id)
        words = holder.quote or (held.holder_name if held is not None else None) or ""
        return self._who(holder.entity, words, role=role, within=statement.document)

    def _who(self, id: str | None, quote: str, *, role: str | None, within: str = "") -> Who:
        entity = self.entities.get(id) if id is not None else None
        if entity is None:
            # "he" or "an official" of two documents are two people: `within` keeps them apart.
            key = f"~{within} {' '.join(quote.casefold().split())}"
            return Who(quote or "no words", role=role, known=False, key=key)
        href = "#" + anchor("e", entity.id) if entity.id in self._entity_ids else None
        said = quote if quote.casefold() != entity.name.casefold() else None
        if role is not None and role in quote:
            role = None  # the words that name the holder say it already
        return Who(entity.name, href, said, role, key=entity.id)

    def _entity_order(self, entity: Entity) -> tuple[int, str, str]:
        return (-self.mentions[entity.id], entity.name.casefold(), entity.id)


def _gather(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    by_document: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.document].append(statement)
    for items in by_document.values():
        items.sort(key=lambda item: (*ends(item), item.id))
    return by_document


def _document_order(document: Document) -> tuple[bool, str, str, str]:
    value = document.published.value
    return (value is None, value or "", document.uri, document.id)


def _claim_order(claim: Claim) -> tuple[str, int, int, str]:
    return (claim.document, claim.span.start, claim.span.end, claim.id)

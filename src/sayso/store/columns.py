"""What filters ask for, as columns beside each finding: derived from the record, never edited."""

from __future__ import annotations

from sayso.records.analyses import DocumentEntities
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.store.folding import date_range, fold
from sayso.store.rules import entities_named

Columns = dict[str, str | None]


def statement_columns(statement: Statement, document: Document) -> Columns:
    """The columns of a statement that depend on it alone."""
    return {
        **origin_columns(statement, document),
        "kind": statement.kind,
        "act": statement.cue.act if statement.cue else None,
        "content": " … ".join(words.quote for words in statement.content),
    }


def claim_columns(claim: Claim, statement: Statement | None, document: Document) -> Columns:
    """The columns of a claim; `statement` is the one that it stands in."""
    place = claim.place
    return {
        **origin_columns(statement, document),
        "where_entity": place.entity if place else None,
        "where_words": fold(place.quote) if place else None,
        "kind": claim.kind,
        "quote": claim.quote,
    }


def origin_columns(statement: Statement | None, document: Document) -> Columns:
    """Holder, the holder's words where no entity is known, earliest and latest day."""
    holder = statement.holder if statement else None
    said = statement.said if statement else None
    earliest, latest = date_range(said.value if said else None)
    if earliest is None and latest is None:
        earliest, latest = date_range(document.published.value)
    unknown = holder is not None and holder.entity is None
    return {
        "holder": holder.entity if holder else None,
        "holder_words": fold(holder.quote) if holder and unknown else None,
        "earliest": earliest,
        "latest": latest,
    }


def about_statement(statement: Statement, entities: DocumentEntities) -> set[str]:
    """The entities that its content mentions."""
    return {m.entity for words in statement.content for m in entities.within(words.span)}


def about_claim(claim: Claim, entities: DocumentEntities) -> set[str]:
    """The entities that a claim names as subject, object, actor or target, or mentions."""
    about = {mention.entity for mention in entities.within(claim.span)}
    about.update(entities_named(claim))
    return about

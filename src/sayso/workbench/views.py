"""Records as lines of a list: what pages show and their JSON twins hold."""

from __future__ import annotations

from typing import Any

from sayso.export.rows import Lookup, claim_row, statement_row
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute

Line = dict[str, Any]


def document_line(document: Document) -> Line:
    """A document by what it says of itself."""
    return {
        "id": document.id,
        "title": document.title or document.uri.rsplit("/", 1)[-1],
        "outlet": document.outlet,
        "published": document.published.value,
        "uri": document.uri,
    }


def dispute_line(dispute: Dispute) -> Line:
    """A dispute as its question and its answers."""
    return {
        "id": dispute.id,
        "question": dispute.question,
        "verdict": dispute.verdict,
        "positions": [
            {
                "value": position.value,
                "holders": [holder.name for holder in position.holders],
                "independent_sources": position.independent_sources,
            }
            for position in dispute.positions
        ],
    }


def finding_line(record: Statement | Claim, lookup: Lookup, review: str | None) -> Line:
    """A statement or claim with its source and what people decided about it."""
    statement = isinstance(record, Statement)
    row = statement_row(record, lookup) if isinstance(record, Statement) else None
    if isinstance(record, Claim):
        row = claim_row(record, lookup)
    assert row is not None
    return {**row, "type": "statement" if statement else "claim", "review": review}


def next_address(request_query: dict[str, str], after: int | None) -> dict[str, str] | None:
    """The query of the next page; None where this is the last."""
    return None if after is None else {**request_query, "after": str(after)}

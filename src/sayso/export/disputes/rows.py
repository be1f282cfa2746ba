"""Disputes as rows, one an answer."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.export.rows import Columns, Lookup, Row
from sayso.records.matches import Dispute

DISPUTE_COLUMNS: Columns = {
    "id": str,
    "kind": str,
    "question": str,
    "verdict": str,
    "answer": str,
    "low": int,
    "high": int,
    "independent_sources": int,
    "holders": str,
    "since": str,
    "until": str,
    "claims": str,
    "subject": str,
    "predicate": str,
    "measure": str,
    "object": str,
    "place": str,
    "event": str,
    "document": str,
    "reasons": str,
}


def dispute_rows(dispute: Dispute, _: Lookup | None = None) -> Iterator[Row]:
    """One row for each answer; what belongs to the dispute stands in all of them."""
    about = dispute.about
    for position in dispute.positions:
        yield {
            "id": dispute.id,
            "kind": about.kind,
            "question": dispute.question,
            "verdict": dispute.verdict,
            "answer": position.value,
            "low": position.low,
            "high": position.high,
            "independent_sources": position.independent_sources,
            "holders": "; ".join(holder.name for holder in position.holders),
            "since": position.since,
            "until": position.until,
            "claims": " ".join(position.claims),
            "subject": about.subject_name,
            "predicate": about.predicate,
            "measure": about.measure,
            "object": about.object_name,
            "place": about.place_name,
            "event": about.event,
            "document": about.document,
            "reasons": "; ".join(dispute.reasons),
        }

"""The reading pane: a text with all its marks, its findings as cards, what people decided."""

from __future__ import annotations

from typing import Any

import sayso
from sayso.export.report.marks import Mark, claim_marks, cut, ends, statement_marks
from sayso.export.report.texts import Points, lay_out
from sayso.export.rows import Lookup, Row, claim_row, statement_row
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Judgement
from sayso.records.spans import Span
from sayso.store import browsing
from sayso.store.judging import standing_in
from sayso.workbench.views import document_line

_MARKED = 2_000
"""Findings of one document that are marked in its text; more are listed beside it."""


def pane(ledger: sayso.Ledger, document: Document) -> dict[str, Any]:
    """The view of one document."""
    records = list(ledger.findings(document.id))
    statements = [r for r in records if isinstance(r, Statement)]
    claims = [r for r in records if isinstance(r, Claim)]
    judged = _judged(ledger, document, statements, claims)
    numbers = {s.id: n for n, s in enumerate(statements, start=1)}
    lookup = ledger.lookup()
    cards = []
    for statement in statements:
        start, end = ends(statement)
        corrected = _corrected(document, judged.get(statement.id, []))
        cards.append(
            {
                **statement_row(statement, lookup),
                "number": numbers[statement.id],
                "from": start,
                "to": end,
                "contents": [
                    {"start": w.span.start, "end": w.span.end, "quote": w.quote}
                    for w in statement.content
                ],
                "claims": [_claim(c, lookup) for c in claims if c.statement == statement.id],
                "review": _review(judged.get(statement.id, [])),
                "corrected": corrected,
                **_stands(statement, corrected or {}),
            }
        )
    own = [
        {**_claim(c, lookup), "review": _review(judged.get(c.id, []))}
        for c in claims
        if c.statement is None
    ]
    marks = [
        mark for s in statements[:_MARKED] for mark in statement_marks(s, numbers[s.id])
    ] + claim_marks(claims[:_MARKED], numbers)
    added = _added(document, judged.get(document.id, []))
    marks += [Mark(Span(one["start"], one["end"]), "direct") for one in added]
    return {
        "document": {
            **document_line(document),
            "byline": document.byline,
            "origin": document.origin,
            "basis": document.published.basis,
            "language": document.language,
            "sha256": document.sha256,
            "text": document.text,
        },
        "statements": cards,
        "claims": own,
        "added": added,
        "entities": _entities(ledger, document),
        "_parts": lay_out(document, cut(len(document.text), marks), Points()),
    }


def _claim(claim: Claim, lookup: Lookup) -> Row:
    """A claim where it was found, with what it says as it stands."""
    held = lookup.standing(claim.id)
    stands = held.finding if held is not None and isinstance(held.finding, Claim) else claim
    says = claim_row(stands, lookup)
    return {**claim_row(claim, lookup), "what": says["what"], "about": says["about"]}


def _judged(
    ledger: sayso.Ledger, document: Document, statements: list[Statement], claims: list[Claim]
) -> dict[str, list[Judgement]]:
    """The judgements that hold, by the record they are about.

    A later reading may give a finding another id. A judgement goes with it where exactly one
    finding stands at the very characters that were judged.
    """
    at: dict[tuple[int, int], list[str]] = {}
    for statement in statements:
        span = statement.content[0].span
        at.setdefault((span.start, span.end), []).append(statement.id)
    for claim in claims:
        at.setdefault((claim.span.start, claim.span.end), []).append(claim.id)
    known = {document.id, *(s.id for s in statements), *(c.id for c in claims)}
    found: dict[str, list[Judgement]] = {}
    with ledger.reading() as db:
        for one, place in standing_in(db, document.id):
            heirs = at.get(place, []) if place is not None else []
            if one.on in known:
                found.setdefault(one.on, []).append(one)
            elif len(heirs) == 1:
                found.setdefault(heirs[0], []).append(one)
    return found


def _review(judgements: list[Judgement]) -> dict[str, Any] | None:
    """The last decision about a finding, and who differs from it."""
    deciding = [j for j in judgements if j.decision in ("confirm", "reject", "correct")]
    if not deciding:
        return None
    last = deciding[-1]
    by_person = {j.by: j.decision for j in deciding}
    return {
        "decision": last.decision,
        "by": last.by,
        "at": last.at,
        "because": last.because,
        "judgement": last.id,
        "differing": sorted(by for by, own in by_person.items() if own != last.decision),
    }


def _corrected(document: Document, judgements: list[Judgement]) -> dict[str, Any] | None:
    """What the last correction says: other characters of the content, another holder."""
    corrections = [j for j in judgements if j.decision == "correct"]
    if not corrections:
        return None
    value = dict(corrections[-1].value)
    start, end = value.get("start"), value.get("end")
    if isinstance(start, int) and isinstance(end, int):
        value["quote"] = document.text[start:end]
    if (source := _source_quote(document, value)) is not None:
        value["holder_quote"] = source
    return value


def _stands(statement: Statement, corrected: dict[str, Any]) -> dict[str, Any]:
    """Where words and source stand, and whose they are, as far as somebody corrected it."""
    words = statement.content
    found = (words[0].span.start, words[-1].span.end) if words else ends(statement)
    holder = statement.holder
    source = (holder.span.start, holder.span.end) if holder is not None else None
    if "quote" in corrected:
        found = (corrected["start"], corrected["end"])
    if "holder_quote" in corrected:
        source = (corrected["holder_start"], corrected["holder_end"])
    known = holder.entity if holder is not None else None
    return {"ends": found, "source": source, "stands_for": corrected.get("holder") or known}


def _added(document: Document, judgements: list[Judgement]) -> list[dict[str, Any]]:
    """Statements that people found and the machine missed."""
    found = []
    for one in judgements:
        start, end = one.value.get("start"), one.value.get("end")
        if one.decision != "correct" or not isinstance(start, int) or not isinstance(end, int):
            continue
        found.append(
            {
                **one.value,
                "start": start,
                "end": end,
                "quote": document.text[start:end],
                "holder_quote": _source_quote(document, one.value),
                "by": one.by,
                "at": one.at,
                "judgement": one.id,
            }
        )
    return found


def _source_quote(document: Document, value: dict[str, Any]) -> str | None:
    """The words for the source, where a correction says where they stand."""
    start, end = value.get("holder_start"), value.get("holder_end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    return document.text[start:end]


def _entities(ledger: sayso.Ledger, document: Document) -> list[dict[str, str]]:
    """The entities that the document names, for the choice of a holder."""
    with ledger.reading() as db:
        named = browsing.named_in(db, document.id)
    found = [
        {"id": one.id, "name": one.name, "kind": one.kind}
        for one in named
        if one.kind != "document"
    ]
    return sorted(found, key=lambda one: (one["name"], one["id"]))

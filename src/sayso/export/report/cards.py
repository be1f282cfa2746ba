"""What stands beside a document's text: a card for each statement, a line for each claim."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sayso.export.report.amounts import in_words
from sayso.export.report.charts import notes
from sayso.export.report.index import Index, Who, anchor
from sayso.export.report.marks import Mark, claim_marks, cut, ends, statement_marks
from sayso.export.report.texts import Part, Points, Ref, lay_out, stretch_bounds
from sayso.export.wording import reviewed
from sayso.records.documents import Document
from sayso.records.findings import Claim, EntityRef, Statement, Words
from sayso.records.spans import Span


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in one line."""

    anchor: str
    kind: str
    summary: str
    quote: str
    place: str | None
    notes: list[str]
    confidence: int
    negative: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A statement and its claims."""

    anchor: str
    number: int
    who: Who
    act: str | None
    cue: str | None
    kind: str
    content: list[list[tuple[str, bool]]]
    """For each stretch of content: pieces, and whether each is the speaker's own words."""
    via: list[Who]
    setting: str | None
    said: str | None
    confidence: int
    id: str
    back: str | None
    continues: int | None
    """The number of the statement whose attribution it shares."""
    claims: list[ClaimLine]
    reviewed: str | None
    """Who decided what about it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the report."""

    document: Document
    anchor: str
    heading: str
    parts: list[Part]
    cards: list[Card]
    own: list[ClaimLine]


def page(index: Index, document: Document) -> Page:
    """A document with its marked text, cards and the claims of its own voice."""
    statements = index.statements_of.get(document.id, [])
    own = index.own_claims_of.get(document.id, [])
    claims = [claim for item in statements for claim in index.claims_of.get(item.id, [])] + own
    marks: list[Mark] = claim_marks(claims, index.number)
    for statement in statements:
        marks += statement_marks(statement, index.number[statement.id])
    points = _points(index, document, statements, own)
    bounds = (start for start, _, _ in stretch_bounds(document))
    segments = cut(len(document.text), marks, (*bounds, *points.cuts))
    return Page(
        document=document,
        anchor=anchor("d", document.id),
        heading=document.title or document.uri,
        parts=lay_out(document, segments, points),
        cards=[_card(index, statement) for statement in statements],
        own=[claim_line(index, claim) for claim in own],
    )


def _points(
    index: Index, document: Document, statements: list[Statement], own: list[Claim]
) -> Points:
    targets: dict[int, list[str]] = defaultdict(list)
    refs: dict[int, list[Ref]] = defaultdict(list)
    length = len(document.text)
    if not length:
        return Points()
    for statement in statements:
        start, end = ends(statement)
        number = str(index.number[statement.id])
        targets[min(start, length - 1)].append(anchor("t", statement.id))
        href = "#" + anchor("s", statement.id)
        refs[_inside(end, length)].append(Ref(href, number, f"statement {number}"))
    for claim in own:
        refs[_inside(claim.span.end, length)].append(
            Ref("#" + anchor("c", claim.id), "◆", f"{claim.kind} in the report’s own voice")
        )
    return Points(dict(targets), dict(refs))


def _inside(end: int, length: int) -> int:
    return max(1, min(end, length))


def _card(index: Index, statement: Statement) -> Card:
    cue = statement.cue
    return Card(
        anchor=anchor("s", statement.id),
        number=index.number[statement.id],
        who=index.holder(statement),
        act=in_plain(cue.act) if cue is not None else None,
        cue=cue.quote if cue is not None else None,
        kind=statement.kind,
        content=pieces(statement),
        via=[who for who in map(index.reference, statement.via) if who is not None],
        setting=statement.setting.quote if statement.setting is not None else None,
        said=_time(statement),
        confidence=percent(statement.confidence),
        id=statement.id,
        back="#" + anchor("t", statement.id) if index.document[statement.document].text else None,
        continues=index.number.get(statement.continues or ""),
        claims=[claim_line(index, claim) for claim in index.claims_of.get(statement.id, [])],
        reviewed=reviewed(index.standing.get(statement.id)),
    )


def pieces(statement: Statement) -> list[list[tuple[str, bool]]]:
    """The content, each stretch cut where the speaker's own words begin and end."""
    exact = [words.span for words in statement.exact]
    return [_pieces(words, exact) for words in statement.content]


def _pieces(words: Words, exact: list[Span]) -> list[tuple[str, bool]]:
    start = words.span.start
    inside = [
        Mark(Span(max(span.start, start) - start, min(span.end, words.span.end) - start), "exact")
        for span in exact
        if span.overlaps(words.span)
    ]
    return [
        (words.quote[segment.start : segment.end], bool(segment.kinds))
        for segment in cut(len(words.quote), inside)
    ]


def _time(statement: Statement) -> str | None:
    if statement.said is None:
        return None
    value = statement.said.value
    return f"{statement.said.quote} ({value})" if value else statement.said.quote


def claim_line(index: Index, claim: Claim) -> ClaimLine:
    """A claim in one line."""
    return ClaimLine(
        anchor=anchor("c", claim.id),
        kind=claim.kind,
        summary=summary(index, claim),
        quote=claim.quote,
        place=claim.place.quote if claim.place is not None else None,
        notes=notes(claim),
        confidence=percent(claim.confidence),
        negative=claim.polarity == "negative",
    )


def summary(index: Index, claim: Claim) -> str:
    """What a claim asserts, in a few words."""
    subject = _name(index, claim.subject)
    if claim.kind == "estimate":
        amount = in_words(claim.low, claim.high, approximate=bool(claim.approximate))
        counted = " ".join(filter(None, (amount, claim.measure)))
        return f"{counted} · {subject}" if subject else counted
    if claim.kind == "relation":
        parts = (subject, in_plain(claim.relation or "relation"), _name(index, claim.object))
    elif claim.kind == "assertion":
        parts = (subject, in_plain(claim.predicate or "is said"), _name(index, claim.object))
    elif claim.kind == "status":
        parts = (subject, in_plain(claim.predicate or "status"), "")
    else:
        return _event(index, claim)
    return " → ".join(part for part in parts if part)


def _event(index: Index, claim: Claim) -> str:
    plover = claim.plover
    name = "event" if plover is None else in_plain(f"{plover.type} {plover.mode or ''}".strip())
    actors = ", ".join(_name(index, actor) for actor in claim.actors)
    targets = ", ".join(_name(index, target) for target in claim.targets)
    line = f"{name.casefold()}: {actors}" if actors else name.casefold()
    line = f"{line} → {targets}" if targets else line
    return f"{line} ({claim.outcome.quote})" if claim.outcome is not None else line


def _name(index: Index, reference: EntityRef | None) -> str:
    who = index.reference(reference)
    return who.name if who is not None else ""


def in_plain(word: str) -> str:
    """A word of the vocabulary as people write it: `claims_responsibility` with a space."""
    return word.replace("_", " ")


def percent(share: float) -> int:
    """A share of 0..1 in whole percent."""
    return round(min(max(share, 0.0), 1.0) * 100)

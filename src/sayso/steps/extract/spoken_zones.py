"""One zone with its quotations, while its statements are being made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.lexicons import load
from sayso.records.analyses import DraftStatement
from sayso.records.findings import StatementKind
from sayso.records.parses import Parse
from sayso.records.spans import Span, merged
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.quotations import Quotation, find_quotations, is_name
from sayso.steps.extract.settings_of_speech import find_addressee, find_setting
from sayso.steps.extract.subjects import noun_phrase


def confidences() -> Mapping[str, Mapping[str, float]]:
    """How sure a statement is, by the rule that found it and its kind (0..1)."""
    return load("confidence.toml")


@dataclass
class SpokenZone:
    """One parse with its quotations, while its statements are being made."""

    index: int
    parse: Parse
    text: str
    quotations: list[Quotation]
    """Outermost ones that are speech, in order."""
    names: list[Quotation]
    """Outermost quotations that hold a name or a term."""
    all: list[Quotation]
    """Outermost ones."""
    fragments: list[Quotation]
    """Outermost quotations that are not names: whose words they are depends on the content."""
    used: set[int]
    """Start positions of the quotations that are content already."""


def spoken_zone(index: int, parse: Parse, text: str) -> SpokenZone:
    outermost = [q for q in find_quotations(text, parse.zone.span) if q.level == 0]
    fragments = [q for q in outermost if not is_name(text, q)]
    speech = [q for q in fragments if _is_speech(parse, q)]
    names = [q for q in outermost if is_name(text, q)]
    return SpokenZone(index, parse, text, speech, names, outermost, fragments, set())


def _is_speech(parse: Parse, quotation: Quotation) -> bool:
    """Whether a quotation can stand for itself: a clause, or some length."""
    first, last = parse.tokens_in(quotation.inner)
    if last - first >= 8:
        return True
    finite = any(parse.tags[i] in ("VBD", "VBZ", "VBP", "MD", "VB") for i in range(first, last))
    return finite and last - first >= 3


def inside_speech(zone: SpokenZone, attribution: Attribution) -> bool:
    position = zone.parse.starts[attribution.verb]
    return any(q.inner.start <= position < q.inner.end for q in zone.quotations)


def whole_content(
    zone: SpokenZone, spans: list[Span], touching: list[Quotation]
) -> tuple[Span, ...]:
    """Content spans widened to whole quotations, their marks left out."""
    pieces: list[Span] = []
    for span in spans:
        whole = span
        for quotation in (*touching, *zone.names):
            if quotation.outer.overlaps(whole):
                whole = Span(
                    min(whole.start, quotation.outer.start), max(whole.end, quotation.outer.end)
                )
        pieces.append(whole)
    covered = [q for q in touching if not any(p.overlaps(q.outer) for p in pieces)]
    pieces.extend(quotation.outer for quotation in covered)
    cleaned = [_without_marks(zone, piece, touching) for piece in pieces]
    return merged([piece for piece in cleaned if piece is not None])


def _without_marks(zone: SpokenZone, piece: Span, touching: list[Quotation]) -> Span | None:
    """A piece of content without the marks at its ends, and without "that" before a quotation."""
    start, end = piece.start, piece.end
    for quotation in touching:
        lead = zone.text[start : quotation.outer.start].strip(" ,:—–-\n\t")
        tail = zone.text[quotation.outer.end : end].strip(" .,;:!?—–-\n\t")
        if quotation.outer.start >= start and lead.lower() in ("", "that"):
            start = quotation.inner.start
        if quotation.outer.end <= end and not tail:
            end = quotation.inner.end
    while start < end and zone.text[start].isspace():
        start += 1
    while end > start and zone.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None


def draft_from(
    zone: SpokenZone, attribution: Attribution, content: tuple[Span, ...]
) -> DraftStatement:
    parse = zone.parse
    exact = exact_words(zone, content)
    kind = kind_of(zone, content, exact)
    holder = attribution.holder
    return DraftStatement(
        zone=zone.index,
        kind=kind,
        content=content,
        exact=exact,
        confidence=confidences()[attribution.pattern][kind],
        pattern=attribution.pattern,
        holder=parse.span(*holder) if holder else None,
        holder_head=parse.starts[attribution.holder_head]
        if attribution.holder_head is not None
        else None,
        cue=parse.span(*attribution.cue),
        act=attribution.act,
        group=parse.span(*attribution.group),
        passed_on=phrase_at(parse, attribution.via),
        addressee=find_addressee(parse, attribution.verb),
        setting=find_setting(parse, attribution.verb),
    )


def phrase_at(parse: Parse, head: int | None) -> Span | None:
    """The noun phrase of a head token."""
    return None if head is None else parse.span(*noun_phrase(parse, head))


def exact_words(zone: SpokenZone, content: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of the content that stand in quotation marks."""
    exact: list[Span] = []
    for piece in content:
        for quotation in zone.fragments:
            if quotation.inner.overlaps(piece):
                start = max(piece.start, quotation.inner.start)
                end = min(piece.end, quotation.inner.end)
                exact.append(Span(start, end))
    return tuple(exact)


def kind_of(zone: SpokenZone, content: Sequence[Span], exact: Sequence[Span]) -> StatementKind:
    if not exact:
        return "indirect"
    outside = sum(len(piece) for piece in content) - sum(len(piece) for piece in exact)
    return "direct" if outside <= 0 else "mixed"


def opens_zone(zone: SpokenZone, quotation: Quotation) -> bool:
    return not zone.text[zone.parse.zone.span.start : quotation.outer.start].strip()

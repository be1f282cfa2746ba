"""Quotations that share an attribution: in one sentence, in one paragraph, over several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.records.analyses import DraftStatement
from sayso.records.spans import Span
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.quotations import Quotation
from sayso.steps.extract.spoken_zones import (
    SpokenZone,
    confidences,
    exact_words,
    kind_of,
    opens_zone,
)

_INHERITED = 0.5


def add_following(zone: SpokenZone, attribution: Attribution, drafts: list[DraftStatement]) -> None:
    """'"A," he said, "B."': the second quotation is content of the same statement."""
    draft = drafts[-1]
    high = zone.parse.ends[attribution.group[1] - 1]
    if draft.kind == "indirect" or max(piece.end for piece in draft.content) > high:
        return
    for quotation in zone.quotations:
        if quotation.outer.start < high or quotation.outer.start in zone.used:
            continue
        gap = zone.text[high : quotation.outer.start].strip(" \t\n")
        if gap in (",", "—", "–", "-", "--", ":", ""):
            zone.used.add(quotation.outer.start)
            content = (*draft.content, quotation.inner)
            exact = exact_words(zone, content)
            drafts[-1] = replace(
                draft, content=content, exact=exact, kind=kind_of(zone, content, exact)
            )
        return


def add_continuations(
    zone: SpokenZone,
    drafts: list[DraftStatement],
    first: int,
    previous: tuple[int, bool] | None,
) -> None:
    """Quotations without a cue of their own take the speaker of the one before."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.opened:
            continue
        if not _stands_alone(zone, quotation):
            continue
        leader = _leader(zone, drafts, first, quotation)
        confidence = confidences()["continued"]["direct"]
        if leader is None and previous is not None and opens_zone(zone, quotation):
            leader, confidence = previous[0], _INHERITED
        if leader is None:
            continue
        zone.used.add(quotation.outer.start)
        drafts.append(continuing(zone, quotation.inner, drafts, leader, confidence))


def continuing(
    zone: SpokenZone,
    content: Span,
    drafts: Sequence[DraftStatement],
    leader: int,
    confidence: float,
) -> DraftStatement:
    """A statement without a cue of its own, by the holder of draft `leader`."""
    lead = drafts[leader]
    exact = exact_words(zone, (content,))
    return DraftStatement(
        zone=zone.index,
        kind=kind_of(zone, (content,), exact),
        content=(content,),
        exact=exact,
        confidence=confidence,
        holder=lead.holder,
        holder_head=lead.holder_head,
        continues=leader if lead.continues is None else lead.continues,
    )


def _stands_alone(zone: SpokenZone, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence between sentences, not a part of the reporter's own."""
    before = zone.text[zone.parse.zone.span.start : quotation.outer.start].rstrip()
    after = zone.text[quotation.outer.end : zone.parse.zone.span.end].lstrip()
    starts = not before or before[-1] in '.!?:”"»'
    ends = not after or after[0].isupper() or after[0] in '“"«'
    complete = quotation.inner.cut(zone.text).rstrip()[-1:] in ".!?,…"
    return starts and ends and (complete or not after)


def _leader(
    zone: SpokenZone, drafts: list[DraftStatement], first: int, quotation: Quotation
) -> int | None:
    """The nearest statement before a quotation in its zone, a quoted one first."""
    before = [
        index
        for index in range(first, len(drafts))
        if drafts[index].outer is None
        and max(drafts[index].content[-1].end, _cue_end(drafts[index])) <= quotation.outer.start
    ]
    direct = [index for index in before if drafts[index].kind == "direct"]
    return max(direct or before, key=lambda index: drafts[index].content[0].start, default=None)


def _cue_end(draft: DraftStatement) -> int:
    return draft.cue.end if draft.cue else 0


def join_open_paragraph(zone: SpokenZone, drafts: list[DraftStatement], leader: int) -> None:
    """A paragraph that opens with a mark goes on with the one that was left open before it."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.opened:
            return
        if not opens_zone(zone, quotation):
            return
        zone.used.add(quotation.outer.start)
        lead = drafts[leader]
        content = (*lead.content, quotation.inner)
        drafts[leader] = replace(lead, content=content, exact=(*lead.exact, quotation.inner))
        return


def left_pending(zone: SpokenZone, drafts: list[DraftStatement], first: int) -> list[Span]:
    """The quotation that fills the zone, is left open and has no speaker yet."""
    if len(drafts) > first:
        return []
    return [
        q.inner
        for q in zone.quotations
        if not q.closed and q.outer.start not in zone.used and opens_zone(zone, q)
    ][-1:]


def prepend(drafts: list[DraftStatement], first: int, pending: list[Span]) -> None:
    """The paragraphs before belong to the quotation that this zone begins with."""
    for index in range(first, len(drafts)):
        draft = drafts[index]
        if draft.kind == "direct" and draft.cue is not None:
            drafts[index] = replace(
                draft, content=(*pending, *draft.content), exact=(*pending, *draft.exact)
            )
            return


def last_of(
    zone: SpokenZone,
    drafts: list[DraftStatement],
    first: int,
    previous: tuple[int, bool] | None,
) -> tuple[int, bool] | None:
    """The statement that the next paragraph may go on with, and whether it was left open."""
    open_end = any(
        not q.closed and q.outer.end == zone.parse.zone.span.end for q in zone.quotations
    )
    outer = [i for i in range(first, len(drafts)) if drafts[i].outer is None]
    if outer:
        return max(outer, key=lambda i: drafts[i].content[-1].end), open_end
    if previous is not None and previous[1] and zone.used:
        return previous[0], open_end
    return None

"""Statements of one document: attributions and quotations brought together.

    '"We hit them," Mohib said. "They ran."'   two direct statements, the second continuing
    'He called it "a disgrace" and left'       mixed: "a disgrace" are the exact words
    'He said they left'                        indirect

A quotation that nobody is said to have said gives no statement, unless it stands in a paragraph
(or right after one) whose speaker is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.records.analyses import Analysis, DraftStatement, TaggedAttribution
from sayso.records.spans import Span
from sayso.steps.extract.attributions import Attribution, find_attributions
from sayso.steps.extract.continued_speech import (
    add_continuations,
    add_following,
    join_open_paragraph,
    last_of,
    left_pending,
    prepend,
)
from sayso.steps.extract.cues import Cues, load_cues
from sayso.steps.extract.linked_sentences import add_linked_sentences
from sayso.steps.extract.nested_speech import add_nested, link_reported
from sayso.steps.extract.quoted_beside import lead_in, outranks, quotation_beside
from sayso.steps.extract.spoken_beside import find_spoken_beside
from sayso.steps.extract.spoken_zones import (
    SpokenZone,
    draft_from,
    inside_speech,
    spoken_zone,
    whole_content,
)
from sayso.steps.extract.tagged_statements import (
    add_tagged,
    keep_clear,
    without_passed_on,
    without_tagged,
)

_STATEMENT_ZONES = frozenset({"body"})
"""A headline repeats what its text says, and a caption what its picture shows."""


def find_statements(
    analysis: Analysis,
    tagged: Sequence[TaggedAttribution] | None = None,
    cues: Cues | None = None,
) -> list[DraftStatement]:
    """The statements of a document, in text order, their holders not yet resolved.

    With what a tagger found, its attributions come first and the rules add what is clear-cut and
    missing; without (None), the rules find all.
    """
    cues = cues or load_cues()
    by_zone: dict[int, list[TaggedAttribution]] = {}
    for one in tagged or ():
        by_zone.setdefault(one.parse, []).append(one)
    drafts: list[DraftStatement] = []
    pending: list[Span] = []  # paragraphs of a quotation whose speaker is named at its end
    previous: tuple[int, bool] | None = None  # last draft of the zone before; was it left open?
    for index, parse in enumerate(analysis.parses):
        if parse.zone.kind not in _STATEMENT_ZONES:
            continue
        zone = spoken_zone(index, parse, analysis.text)
        first = len(drafts)
        attributions = find_attributions(parse, cues)
        if tagged is not None:
            here = without_passed_on(by_zone.get(index, []), attributions)
            add_tagged(zone, here, attributions, cues, drafts)
            attributions = without_tagged(attributions, here)
        _outer_statements(zone, attributions, drafts)
        _plainly_spoken(zone, cues, drafts)
        if tagged is not None:
            keep_clear(zone, drafts, first)
        if previous is not None and previous[1]:
            join_open_paragraph(zone, drafts, previous[0])
        add_continuations(zone, drafts, first, previous)
        if pending:
            prepend(drafts, first, pending)
            pending = []
        add_nested(zone, attributions, drafts, first, weighty=tagged is not None)
        pending = left_pending(zone, drafts, first)
        previous = last_of(zone, drafts, first, previous)
    add_linked_sentences(analysis, drafts)
    link_reported(drafts)
    return _in_text_order(drafts)


def _outer_statements(
    zone: SpokenZone, attributions: Sequence[Attribution], drafts: list[DraftStatement]
) -> None:
    for attribution in attributions:
        if inside_speech(zone, attribution):
            continue
        draft = _draft(zone, attribution)
        if draft is not None:
            drafts.append(draft)
            add_following(zone, attribution, drafts)


def _holds_own_holder(
    zone: SpokenZone, attribution: Attribution, content: tuple[Span, ...]
) -> bool:
    """Whether the content holds the words for who says it: then the tree misled."""
    if attribution.holder_head is None or attribution.pattern == "according":
        return False
    position = zone.parse.starts[attribution.holder_head]
    return any(piece.start <= position < piece.end for piece in content)


def _plainly_spoken(zone: SpokenZone, cues: Cues, drafts: list[DraftStatement]) -> None:
    """Quotations that the tree left without a speaker, though the words beside them name one."""
    for quotation in zone.quotations:
        if quotation.outer.start in zone.used or not quotation.closed:
            continue
        attribution = find_spoken_beside(zone.parse, quotation, cues)
        if attribution is not None:
            zone.used.add(quotation.outer.start)
            spans = lead_in(zone, quotation, attribution)
            content = whole_content(zone, spans, [quotation])
            drafts.append(draft_from(zone, attribution, content))
            add_following(zone, attribution, drafts)


def _draft(zone: SpokenZone, attribution: Attribution) -> DraftStatement | None:
    """The statement that one attribution makes with the quotations around it."""
    parse = zone.parse
    spans = [parse.span(*tokens) for tokens in attribution.content if tokens[1] > tokens[0]]
    touching = [q for q in zone.quotations if any(q.outer.overlaps(s) for s in spans)]
    beside = quotation_beside(zone, attribution) if attribution.takes_quote else None
    if beside is not None and outranks(zone, beside, attribution, touching):
        spans, touching = lead_in(zone, beside, attribution), [beside]
    touching = [q for q in touching if q.outer.start not in zone.used]
    if not spans and not touching:
        return None
    content = whole_content(zone, spans, touching)
    if not content or _holds_own_holder(zone, attribution, content):
        return None
    for quotation in touching:
        zone.used.add(quotation.outer.start)
    return draft_from(zone, attribution, content)


def _in_text_order(drafts: list[DraftStatement]) -> list[DraftStatement]:
    """Drafts sorted by their content, with the indices that they hold of one another mended."""
    order = sorted(
        range(len(drafts)), key=lambda i: (drafts[i].content[0], drafts[i].outer is not None)
    )
    place = {old: new for new, old in enumerate(order)}
    return [
        replace(
            drafts[old],
            outer=place[o] if (o := drafts[old].outer) is not None else None,
            continues=place[c] if (c := drafts[old].continues) is not None else None,
        )
        for old in order
    ]

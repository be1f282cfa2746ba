"""Statements inside quoted speech ("the group claimed responsibility for ...," he said)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.records.analyses import DraftStatement
from sayso.records.parses import Parse
from sayso.records.spans import Span, merged
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.spoken_zones import SpokenZone, draft_from, inside_speech
from sayso.steps.extract.token_ranges import Tokens

_ALL = 0.8
"""Share of a content that a statement fills which is all that the content is about."""
_NESTED = 0.9
"""Factor for a statement inside another."""


_STRONG = frozenset({"clause", "tail", "phrase", "according", "parenthesis"})


_STRONG_ACTS = frozenset(
    {"denies", "claims_responsibility", "warns", "pledges", "accuses", "asserts"}
)


_REPORTING = frozenset(
    {
        "accuse", "allege", "announce", "assert", "claim", "confirm", "declare", "deny", "insist",
        "pledge", "promise", "report", "say", "state", "take", "tell", "threaten", "vow", "warn",
        "accept", "admit", "accord", "according",
    }
)  # fmt: skip


def add_nested(
    zone: SpokenZone,
    attributions: Sequence[Attribution],
    drafts: list[DraftStatement],
    first: int,
    *,
    weighty: bool,
) -> None:
    """Speech inside quoted speech ("the group claimed responsibility for ...," he said).

    Only clear cases: a speaker repeats many things that are no report of another's words. `weighty`
    leaves out plain assertions: beside the tagger, one in eight of them was marked by annotators.
    """
    for attribution in attributions:
        if not inside_speech(zone, attribution) or not _is_report(zone, attribution):
            continue
        if weighty and attribution.act == "asserts":
            continue
        parse = zone.parse
        position = parse.starts[attribution.verb]
        outer = next(
            (
                i
                for i in range(first, len(drafts))
                if any(p.start <= position < p.end for p in drafts[i].content)
            ),
            None,
        )
        spans = [parse.span(*tokens) for tokens in attribution.content]
        if outer is None or not spans:
            continue
        draft = draft_from(zone, attribution, merged(spans))
        drafts.append(
            replace(
                draft,
                kind="indirect",
                exact=(),
                outer=outer,
                confidence=draft.confidence * _NESTED * drafts[outer].confidence,
            )
        )


def is_reported(zone: SpokenZone, draft: DraftStatement, outer: Sequence[DraftStatement]) -> bool:
    """Whether a draft is all that one of the `outer` ones reports, without quotation marks.

    "The Courier reported that Vasch said the road was closed": a report of a report. What a speaker
    says of others in the course of his own words is none.
    """
    cue, head = draft.cue, draft.holder_head
    if cue is None or head is None or draft.holder is None:
        return False
    parse = zone.parse
    at, _ = parse.tokens_in(Span(head, head + 1))
    whole = merged([draft.holder, cue, *draft.content])
    length = max(piece.end for piece in whole) - min(piece.start for piece in whole)
    return (
        draft.pattern in _STRONG
        and draft.act in _STRONG_ACTS
        and _somebody_reports(parse, parse.tokens_in(cue), at)
        and any(
            piece.contains(cue) and length >= _ALL * len(piece)
            for one in outer
            if one.kind == "indirect"
            for piece in one.content
        )
    )


def _is_report(zone: SpokenZone, attribution: Attribution) -> bool:
    head, verb = attribution.holder_head, attribution.verb
    return (
        attribution.pattern in _STRONG
        and attribution.act in _STRONG_ACTS
        and head is not None
        and _somebody_reports(zone.parse, (verb, verb + 1), head)
    )


def _somebody_reports(parse: Parse, cue: Tokens, head: int) -> bool:
    """Whether the cue has a verb of reporting, and its holder is named or described."""
    return parse.pos[head] in ("PROPN", "NOUN") and any(
        parse.lemmas[i].lower() in _REPORTING for i in range(*cue)
    )


def link_reported(drafts: list[DraftStatement]) -> None:
    """Tell each statement that is reported inside another one's words which that is.

    "1tv reported [that Vasch said [that ...]]": the second stands inside the first.
    """
    by_zone: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        by_zone.setdefault(draft.zone, []).append(index)
    for inside in by_zone.values():
        for index, outer in _holding(drafts, inside):
            drafts[index] = replace(drafts[index], outer=outer)


def _holding(drafts: Sequence[DraftStatement], inside: Sequence[int]) -> list[tuple[int, int]]:
    """Each statement whose cue stands in another one's content, with the innermost such one.

    One pass over pieces and cues by position: what is open is a stack, the innermost on top.
    """
    events: list[tuple[int, int, int, int]] = []
    for index in inside:
        events += [(piece.start, 0, -piece.end, index) for piece in drafts[index].content]
        cue = drafts[index].cue
        if cue is not None and drafts[index].outer is None:
            events.append((cue.start, 1, cue.end, index))
    found: list[tuple[int, int]] = []
    open_pieces: list[tuple[int, int]] = []
    for _, is_cue, end, index in sorted(events):
        if not is_cue:
            open_pieces.append((-end, index))
            continue
        while open_pieces and open_pieces[-1][0] < end:
            open_pieces.pop()
        outer = next((other for _, other in reversed(open_pieces) if other != index), None)
        if outer is not None:
            found.append((index, outer))
    return found

"""Statements inside quoted speech ("the group claimed responsibility for ...," he said)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.records.analyses import DraftStatement
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.spoken_zones import SpokenZone, draft_from, inside_speech, merged

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
) -> None:
    """Speech inside quoted speech ("the group claimed responsibility for ...," he said).

    Only clear cases: a speaker repeats many things that are no report of another's words.
    """
    for attribution in attributions:
        if not inside_speech(zone, attribution) or not _is_report(zone, attribution):
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


def _is_report(zone: SpokenZone, attribution: Attribution) -> bool:
    parse = zone.parse
    head = attribution.holder_head
    return (
        attribution.pattern in _STRONG
        and attribution.act in _STRONG_ACTS
        and parse.lemmas[attribution.verb].lower() in _REPORTING
        and head is not None
        and parse.pos[head] in ("PROPN", "NOUN")
    )


def link_reported(drafts: list[DraftStatement]) -> None:
    """Tell each statement that is reported inside another one's words which that is.

    "1tv reported [that Vasch said [that ...]]": the second stands inside the first.
    """
    by_zone: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        by_zone.setdefault(draft.zone, []).append(index)
    for inside in by_zone.values():
        for index in inside:
            cue = drafts[index].cue
            if cue is None or drafts[index].outer is not None:
                continue
            holding = [
                other
                for other in inside
                if other != index and any(piece.contains(cue) for piece in drafts[other].content)
            ]
            if holding:
                outer = min(holding, key=lambda i: sum(len(p) for p in drafts[i].content))
                drafts[index] = replace(drafts[index], outer=outer)

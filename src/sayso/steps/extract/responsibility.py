"""By what means an attack was made and who answers for it, for one telling of it.

The rules' actors come first; phrases in which the trained weights see a doer or a weapon are added
where they stand in the telling's own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec.structs import replace

from sayso.records.findings import (
    Claim,
    EntityRef,
    Event,
    How,
    Responsibility,
    Statement,
    Words,
)
from sayso.records.parses import Parse
from sayso.steps.extract.attacks import Part, parts_of
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.sureness import sureness_in
from sayso.steps.extract.triggers import Happening

_DOERS = frozenset({"perpetrator", "organisation"})
_SURE = 0.5
"""The chance from which a phrase counts as doer or weapon beside the rules."""


class Answering:
    """Who answers for the attacks of one document. Reads its phrases only if it tells of any."""

    def __init__(self, parses: Sequence[Parse]) -> None:
        self._parses = parses

    @cached_property
    def _parts(self) -> dict[tuple[int, int], list[tuple[Part, int]]]:
        """By where a sentence begins and its zone, the parts in it with their head tokens."""
        found: dict[tuple[int, int], list[tuple[Part, int]]] = {}
        for part in parts_of(self._parses):
            if part.chance < _SURE:
                continue
            for mention in part.phrase.mentions:
                parse = self._parses[mention.parse]
                first, _ = parse.sentences[parse.sentence_of[mention.head]]
                key = (parse.zone.span.start, first)
                found.setdefault(key, []).append((part, mention.head))
        return found

    def _beside(self, scene: Scene, trigger: int) -> list[tuple[Part, int]]:
        first, _ = scene.parse.sentences[scene.parse.sentence_of[trigger]]
        return self._parts.get((scene.parse.zone.span.start, first), [])

    def means(self, scene: Scene, told: Happening) -> Words | None:
        """The weapon named in the telling's sentence, the one nearest to its word."""
        if told.plover.type != "ASSAULT":
            return None
        heads = [h for part, h in self._beside(scene, told.trigger) if part.role == "weapon"]
        if not heads:
            return None
        nearest = min(heads, key=lambda head: (abs(head - told.trigger), head))
        return scene.words(*scene.noun_phrase(nearest))

    def responsible(
        self, scene: Scene, told: Happening, statement: Statement | None, *, denied: bool
    ) -> tuple[Responsibility, ...]:
        """Who is said to have done it and how surely; nobody where nobody is named."""
        if told.plover.type != "ASSAULT":
            return ()
        found = {ref.span: ref for ref in told.actors}
        beside = [] if told.actors else self._beside(scene, told.trigger)
        for part, head in beside:
            if part.role in _DOERS:
                ref = scene.ref(head)
                found.setdefault(ref.span, ref)
        how = _how(scene, told.trigger, statement, denied=denied)
        return tuple(_answer(ref, how, statement) for ref in found.values())


def _answer(ref: EntityRef, how: How, statement: Statement | None) -> Responsibility:
    holder = statement.holder if statement is not None else None
    by = Words(holder.span, holder.quote) if holder is not None else None
    return Responsibility(ref.entity, ref.span, ref.quote, how, by)


def _how(scene: Scene, trigger: int, statement: Statement | None, *, denied: bool) -> How:
    if denied:
        return "denied"
    cue = statement.cue if statement is not None else None
    if cue is not None and cue.polarity == "positive":
        if cue.act == "claims_responsibility":
            return "claimed"
        if cue.act == "denies":
            return "denied"
    return sureness_in(scene.parse, trigger)


def with_answers(events: Sequence[Event], claims: Sequence[Claim]) -> tuple[Event, ...]:
    """The events with the means and responsibilities that their claims state."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.event is not None:
            told.setdefault(claim.event, []).append(claim)
    return tuple(_with_answers(event, told.get(event.id, [])) for event in events)


def _with_answers(event: Event, claims: Sequence[Claim]) -> Event:
    means = next((claim.means for claim in claims if claim.means is not None), None)
    said = {
        (answer.entity or answer.quote.lower(), answer.how, answer.by): answer
        for claim in reversed(claims)
        for answer in reversed(claim.responsibility)
    }
    answers = tuple(sorted(said.values(), key=lambda answer: (answer.span, answer.how)))
    return replace(event, means=means, responsibility=answers)

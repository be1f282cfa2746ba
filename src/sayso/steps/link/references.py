"""Claims whose subjects are put by a description or a pronoun, resolved where that is safe.

"The group has 800 fighters", "they attacked the mill": the entity is the one spoken of just before,
if there is one of the right kind within a sentence or two; otherwise the words stay without entity.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sayso.records.analyses import Analysis
from sayso.records.findings import Claim, EntityRef, Event, Form, Mention, Responsibility
from sayso.records.parses import Parse
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.link.antecedents import Antecedents

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "its", "their", "his", "her", "them", "him"})
_REACH = 400
"""How far back the entity must have been spoken of, in characters."""


@dataclass(frozen=True)
class Referred:
    """Claims and events with the references that could be resolved, and the mentions that adds."""

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...]


class _References:
    def __init__(self, analysis: Analysis, antecedents: Antecedents, made_by: str) -> None:
        self._analysis = analysis
        self._antecedents = antecedents
        self._made_by = made_by
        self.mentions: dict[str, Mention] = {}
        self._known: dict[Span, str | None] = {}

    def of(self, ref: EntityRef | None) -> EntityRef | None:
        """The same words with their entity, where the text before tells it."""
        if ref is None or ref.entity is not None:
            return ref
        if ref.span not in self._known:
            self._known[ref.span] = self._resolve(ref)
        entity = self._known[ref.span]
        return ref if entity is None else EntityRef(entity, ref.span, ref.quote)

    def all(self, refs: tuple[EntityRef, ...]) -> tuple[EntityRef, ...]:
        """`of` for each."""
        return tuple(found for ref in refs if (found := self.of(ref)) is not None)

    def answers(self, answers: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
        """The same for those who answer for an attack."""
        found: list[Responsibility] = []
        for answer in answers:
            ref = self.of(EntityRef(answer.entity, answer.span, answer.quote))
            entity = ref.entity if ref is not None else None
            found.append(msgspec.structs.replace(answer, entity=entity))
        return tuple(found)

    def _resolve(self, ref: EntityRef) -> str | None:
        parse = self._analysis.parse_at(ref.span.start)
        if parse is None:
            return None
        first, last = parse.tokens_in(ref.span)
        if first >= last:
            return None
        word = parse.words[first].lower()
        if word in _PRONOUNS and last - first == 1:
            entity = self._antecedents.of_pronoun(word, ref.span.start)
            return self._noted(ref, entity, "pronoun")
        span = _with_article(parse, first, ref.span)
        if span is None or self._antecedents.names_in(ref.span):
            return None
        head = parse.head_of(first, last)
        if parse.tags[head] in ("NNS", "NNPS"):  # "these groups" are more than one
            return None
        entity = self._antecedents.of_description(parse, head, span, definite=True)
        return self._noted(ref, entity, "nominal")

    def _noted(self, ref: EntityRef, entity: str | None, form: Form) -> str | None:
        if entity is not None and not self._antecedents.is_near(entity, ref.span.start, _REACH):
            return None
        if entity is not None:
            document = self._analysis.document.id
            id = content_id("mention", document, ref.span, form)
            self.mentions[id] = Mention(
                id, document, ref.span, ref.quote, entity, form, self._made_by
            )
        return entity


def resolve_references(
    analysis: Analysis,
    antecedents: Antecedents,
    claims: tuple[Claim, ...],
    events: tuple[Event, ...],
    *,
    made_by: str,
) -> Referred:
    """The claims and events, their descriptions and pronouns resolved where that is safe."""
    references = _References(analysis, antecedents, made_by)
    resolved = tuple(
        msgspec.structs.replace(
            claim,
            subject=references.of(claim.subject),
            object=references.of(claim.object),
            actors=references.all(claim.actors),
            targets=references.all(claim.targets),
            responsibility=references.answers(claim.responsibility),
        )
        for claim in claims
    )
    resolved = tuple(claim for claim in resolved if _can_be_compared(claim))
    happened = tuple(
        msgspec.structs.replace(
            event,
            actors=references.all(event.actors),
            targets=references.all(event.targets),
            responsibility=references.answers(event.responsibility),
        )
        for event in events
    )
    return Referred(resolved, happened, tuple(references.mentions.values()))


def _can_be_compared(claim: Claim) -> bool:
    """Whether it is known of whom a proposition is: nothing could be laid beside another one."""
    if claim.kind != "assertion":
        return True
    if claim.subject is None or claim.subject.entity is None:
        return False
    return claim.object is None or claim.object.entity is not None


def _with_article(parse: Parse, first: int, span: Span) -> Span | None:
    """The span with the definite article before or at its start; None where there is none."""
    if parse.words[first].lower() in _DEFINITE:
        return span
    if first > 0 and parse.words[first - 1].lower() in _DEFINITE:
        return Span(parse.starts[first - 1], span.end)
    return None

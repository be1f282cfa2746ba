"""The silent: who is accused of what by whom, and has no answer in the collection."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Mention, Statement, Words
from sayso.records.spans import Span
from sayso.steps.match.disputes.sides import Matched, Party
from sayso.values.names import fold

_KINDS = frozenset(("armed_group", "state", "organisation", "person", "place", "outlet"))
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which two words are compared: "attacking" and "attacked" are one."""
_LONGEST = 2000
_MOST_WORDS = 40
"""Characters and words of a charge or denial that are looked at."""
_BEFORE = 40
"""Characters of "the", "its neighbour" and the like that may stand before the accused."""
_ACCUSED = frozenset(("accused", "accused_by_authorities"))


@dataclass(frozen=True, slots=True)
class Charge:
    """An accusation, in the words of its document."""

    document: str
    statement: str | None
    claim: str | None
    accused: Party
    by: Party | None
    """None: the report's own voice."""
    words: Words
    """What they are accused of."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A denial, or a claim of responsibility: an answer to what one is accused of."""

    document: str
    statement: str
    by: tuple[str, ...]
    """Entities that it speaks for: the holder, the bodies of its roles, what it is part of."""
    words: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who is accused and has no answer."""

    accused: str
    """The entity that stands for the actor."""
    name: str
    charges: tuple[Charge, ...]
    speaks: bool
    """Whether they are heard in the collection at all, on something else."""


def charges_of(
    document: Document,
    entities: Iterable[Entity],
    mentions: Iterable[Mention],
    statements: Iterable[Statement],
    claims: Iterable[Claim],
) -> tuple[Charge, ...]:
    """The accusations of one document: statements that accuse somebody named, and attacks that
    somebody named is accused of. All records must be those of this document."""
    reading = _Hearing(document, entities, mentions, statements)
    found = [*reading.accusations(), *reading.blamed(claims)]
    return tuple(sorted(found, key=lambda charge: (charge.words.span, charge.accused.id)))


def replies_of(
    document: Document,
    entities: Iterable[Entity],
    mentions: Iterable[Mention],
    statements: Iterable[Statement],
) -> tuple[Reply, ...]:
    """The denials and claims of responsibility of one document."""
    return tuple(_Hearing(document, entities, mentions, statements).replies())


def speakers_of(entities: Iterable[Entity], statements: Iterable[Statement]) -> frozenset[str]:
    """Entities that one document lets speak, and the bodies that they speak for."""
    known = {entity.id: entity for entity in entities}
    holders = (statement.holder for statement in statements)
    return frozenset(
        id
        for holder in holders
        if holder is not None and holder.entity is not None
        for id in _speaks_for(known, holder.entity)
    )


def silent(
    charges: Iterable[Charge],
    replies: Iterable[Reply],
    *,
    speakers: Iterable[str] = (),
    matched: Matched | None = None,
) -> list[Unanswered]:
    """Those who are accused and answer nothing of it, by name.

    A denial answers a charge if it comes from the accused or from whoever speaks for them, and
    stands in the same document or takes up two of its words. `speakers` are the entities that are
    heard at all.
    """
    matched = matched or Matched()
    answered: dict[str, _Answered] = defaultdict(_Answered)
    for reply in replies:
        for id in {matched.actor(id) for id in reply.by}:
            answered[id].add(reply)
    heard = {matched.actor(id) for id in speakers}
    open_charges: dict[str, list[Charge]] = defaultdict(list)
    names: dict[str, str] = {}
    for charge in charges:
        accused = matched.actor(charge.accused.id)
        if charge.by is not None and matched.actor(charge.by.id) == accused:
            continue
        if accused not in answered or not answered[accused].answers(charge):
            open_charges[accused].append(charge)
            names.setdefault(accused, matched.name_of(charge.accused))
    return [
        Unanswered(
            accused,
            names[accused],
            tuple(sorted(found, key=lambda c: (c.document, c.words.span))),
            accused in heard,
        )
        for accused, found in sorted(
            open_charges.items(), key=lambda item: (names[item[0]], item[0])
        )
    ]


class _Answered:
    """What one actor denied or claimed: in which documents, and in which pairs of words."""

    def __init__(self) -> None:
        self._documents: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()

    def add(self, reply: Reply) -> None:
        self._documents.add(reply.document)
        self._pairs.update(combinations(_stems(reply.words), 2))

    def answers(self, charge: Charge) -> bool:
        if charge.document in self._documents:
            return True
        return any(pair in self._pairs for pair in combinations(_stems(charge.words.quote), 2))


def _stems(text: str) -> list[str]:
    """The first different words, in the order of the alphabet."""
    found = dict.fromkeys(word[:_STEM] for word in _WORD.findall(fold(text[:_LONGEST])))
    return sorted(list(found)[:_MOST_WORDS])


def _speaks_for(known: dict[str, Entity], id: str) -> tuple[str, ...]:
    entity = known.get(id)
    if entity is None:
        return (id,)
    bodies = [role.organisation for role in entity.roles if role.organisation is not None]
    if entity.part_of is not None:
        bodies.append(entity.part_of)
    return tuple(dict.fromkeys((id, *bodies)))


class _Hearing:
    def __init__(
        self,
        document: Document,
        entities: Iterable[Entity],
        mentions: Iterable[Mention],
        statements: Iterable[Statement],
    ) -> None:
        self._document = document
        self._entities = {entity.id: entity for entity in entities}
        self._mentions = sorted(
            (m for m in mentions if m.form != "nominal"), key=lambda m: (m.span, m.id)
        )
        self._starts = [mention.span.start for mention in self._mentions]
        self._statements = {statement.id: statement for statement in statements}

    def accusations(self) -> Iterator[Charge]:
        for statement in self._statements.values():
            cue = statement.cue
            if cue is None or cue.act != "accuses" or not statement.content:
                continue
            if cue.polarity != "positive" or cue.modality != "actual":
                continue
            content = statement.content[0]
            first = next(iter(self._named(content.span)), None)
            if first is None or first.span.start - content.span.start > _BEFORE:
                continue
            accused = self._party(first.entity)
            if accused is not None and accused.kind in _KINDS:
                yield Charge(
                    self._document.id,
                    statement.id,
                    None,
                    accused,
                    self._holder(statement),
                    self._after(content, first),
                )

    def blamed(self, claims: Iterable[Claim]) -> Iterator[Charge]:
        for claim in claims:
            if claim.modality != "actual":
                continue
            for answer in claim.responsibility:
                accused = self._party(answer.entity)
                if answer.how not in _ACCUSED or accused is None:
                    continue
                statement = self._statements.get(claim.statement or "")
                if statement is not None and statement.cue and statement.cue.act == "accuses":
                    continue  # the statement is the charge
                by = self._holder(statement) if statement is not None else None
                words = Words(claim.span, claim.quote)
                yield Charge(self._document.id, claim.statement, claim.id, accused, by, words)

    def replies(self) -> Iterator[Reply]:
        for statement in self._statements.values():
            cue, holder = statement.cue, statement.holder
            if cue is None or holder is None or holder.entity is None:
                continue
            if cue.act not in ("denies", "claims_responsibility") or cue.polarity != "positive":
                continue
            yield Reply(
                self._document.id,
                statement.id,
                _speaks_for(self._entities, holder.entity),
                " ".join(part.quote for part in statement.content),
            )

    def _named(self, span: Span) -> Sequence[Mention]:
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self._mentions[first:last]

    def _after(self, content: Words, accused: Mention) -> Words:
        """The content behind "of", else all of it."""
        tail = self._document.text[accused.span.end : content.span.end]
        at = re.match(r"\W*\b(?:of|for)\s+", tail)
        if at is None:
            return content
        start = accused.span.end + at.end()
        return Words(Span(start, content.span.end), self._document.text[start : content.span.end])

    def _holder(self, statement: Statement) -> Party | None:
        holder = statement.holder
        if holder is None:
            return None
        return self._party(holder.entity) or Party(f"~{fold(holder.quote)}", holder.quote)

    def _party(self, id: str | None) -> Party | None:
        entity = self._entities.get(id or "")
        return Party(entity.id, entity.name, entity.kind) if entity is not None else None

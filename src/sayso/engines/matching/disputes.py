"""Disputes: the topics that new documents touch are gathered and compared again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import product
from typing import get_type_hints

import apsw
import msgspec

from sayso.records.findings import Claim, Statement
from sayso.records.judgements import Standing
from sayso.records.matches import Dispute
from sayso.records.readings import Reading
from sayso.steps.match.copies.first_published import CopyFacts
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.rejected import left_out
from sayso.steps.match.disputes.sides import CopyOf, DisputeClaim, Matched
from sayso.steps.match.disputes.topic_disputes import disputes, needs_signs, stamp
from sayso.steps.match.disputes.topics import MUTUAL, Role, Topic, topics
from sayso.steps.match.origins.of_sides import origins_of_sides
from sayso.store import actors, copies, extracts, stories
from sayso.store import disputes as table

__all__ = ["DisputeFinder", "stamp"]


class DisputeFinder:
    """Keeps the sides of documents and makes the disputes of stale topics again."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._actor = lru_cache(50_000)(lambda id: actors.actor_of(db, id))
        self._fact = lru_cache(50_000)(self._fact_of)

    def add(self, number: int, reading: Reading) -> None:
        """Keeps the sides of a document; what they were and what they are is stale now."""
        self._fact.cache_clear()
        old = table.topics_in(self._db, number)
        made = table.topics_of_disputes(self._db, number)
        table.forget_sides(self._db, number)
        new: set[str] = set()
        for side in sides_of_reading(extracts.standing_reading(self._db, reading, number)):
            own = [(_packed(topic), topic.role) for topic in topics(side)]
            if own:
                table.keep_side(self._db, number, side.claim.id, _pack(side), own)
                new.update(topic for topic, _ in own)
        table.make_stale(self._db, made)
        table.make_stale(self._db, {self._across(topic) for topic in old | new})

    def moved(self, entities: Iterable[str], events: Iterable[str] = ()) -> None:
        """Marks what hangs on entities or events that are another actor or happening now."""
        self._actor.cache_clear()
        for id in (*entities, *events):
            for topic in table.topics_with(self._db, id):
                table.make_stale(self._db, {topic, self._across(topic)})

    def copied(self, numbers: Iterable[int]) -> None:
        """Marks what rests on documents whose copies are others now."""
        for number in numbers:
            topics_here = table.topics_in(self._db, number)
            table.make_stale(self._db, {self._across(topic) for topic in topics_here})

    def settle(self, packed: str) -> None:
        """Makes the disputes of a topic again."""
        topic = _unpack_topic(packed)
        if self._across(packed) != packed:  # its actor is part of another one now
            table.replace_disputes(self._db, packed, [])
            return
        raw = self._behind(topic)
        answers, rejected = self._sides(raw, "answer")
        found = self._compare(topic, raw, answers)
        if rejected:
            with_all = self._compare(topic, raw, [*answers, *(side for side, _ in rejected)])
            found = left_out(found, with_all, [(side.claim, held) for side, held in rejected])
        table.replace_disputes(self._db, packed, found)

    def _compare(
        self, topic: Topic, raw: Sequence[str], answers: Sequence[DisputeClaim]
    ) -> list[Dispute]:
        sides = [*answers]
        if len(sides) > 0 and needs_signs(topic, sides):
            sides += self._sides(raw, "sign")[0]
        if len(sides) < 2:
            return []
        matched = self._matched(sides)
        origins = origins_of_sides(matched, self._facts(sides), self._groups(sides))
        return list(disputes(topic, sides, matched=matched, origins=origins, made_by=stamp().id))

    def _facts(self, sides: Sequence[DisputeClaim]) -> dict[str, CopyFacts]:
        """What the documents of these sides say of where their texts come from."""
        return {id: self._fact(id) for id in {side.source.document for side in sides}}

    def _groups(self, sides: Sequence[DisputeClaim]) -> dict[str, list[str]]:
        """The groups of copies that the documents of these sides are in."""
        documents = {side.source.document for side in sides}
        return {id: [g.id for g in copies.groups_of(self._db, id)] for id in documents}

    def _fact_of(self, id: str) -> CopyFacts:
        number = extracts.numbers_of(self._db, [id]).get(id)
        if number is None:
            return CopyFacts(id)
        return CopyFacts.of(extracts.described(self._db, number))

    def _behind(self, topic: Topic) -> list[str]:
        """The topics of documents that are this one across them."""
        if topic.kind == "headline":
            return [_packed(topic)]
        of = stories.events_of if topic.kind == "event" else actors.members_of
        ends = [of(self._db, end) for end in topic.ends]
        raw = {_packed(topic._replace(ends=one)) for one in product(*ends)}
        if topic.kind == "relation" and topic.about in MUTUAL:
            raw |= {_packed(topic._replace(ends=one)) for one in product(*reversed(ends))}
        return sorted(raw)

    def _sides(
        self, packed: Iterable[str], role: Role
    ) -> tuple[list[DisputeClaim], list[tuple[DisputeClaim, Standing]]]:
        """The sides that count, and those that a person rejected."""
        sides, rejected = [], []
        for kept in table.sides_under(self._db, packed, role):
            side = _unpack(kept.record, kept.claim, kept.statement)
            if kept.rejected is None:
                sides.append(side)
            else:
                rejected.append((side, kept.rejected))
        return sides, rejected

    def _across(self, packed: str) -> str:
        """The topic by actors and happenings."""
        topic = _unpack_topic(packed)
        if topic.kind == "headline":
            return packed
        one: Callable[[str], str] = self._actor
        if topic.kind == "event":
            one = lambda id: stories.happening_of(self._db, id)  # noqa: E731
        matched = Matched(
            actors={id: one(id) for id in topic.ends}, events={id: one(id) for id in topic.ends}
        )
        return _packed(topic.across(matched))

    def _matched(self, sides: Sequence[DisputeClaim]) -> Matched:
        """What is known across documents about all that these sides name."""
        ids = {id for side in sides for id in _entities(side)}
        standing = {id: self._actor(id) for id in ids}
        names = {
            actor: name
            for actor in set(standing.values())
            if (name := actors.name_of(self._db, actor)) is not None
        }
        events = {side.event for side in sides if side.event is not None}
        documents = {side.source.document for side in sides}
        return Matched(
            actors={id: actor for id, actor in standing.items() if actor != id},
            names=names,
            copies={
                id: CopyOf(groups[0].id, groups[0].origin)
                for id in documents
                if (groups := copies.groups_of(self._db, id))
            },
            events={id: stories.happening_of(self._db, id) for id in events},
        )


_HINTS = get_type_hints(DisputeClaim)
_KEPT = [field.name for field in fields(DisputeClaim) if field.name not in ("claim", "statement")]
_Kept = msgspec.defstruct("_Kept", [(name, _HINTS[name]) for name in _KEPT], array_like=True)
"""A side without its claim and statement, which the ledger holds already."""
_kept = msgspec.msgpack.Decoder(_Kept)


def _pack(side: DisputeClaim) -> bytes:
    return msgspec.msgpack.encode(_Kept(*(getattr(side, name) for name in _KEPT)))


def _unpack(record: bytes, claim: Claim, statement: Statement | None) -> DisputeClaim:
    kept = _kept.decode(record)
    rest = {name: getattr(kept, name) for name in _KEPT}
    return DisputeClaim(claim=claim, statement=statement, **rest)


def _packed(topic: Topic) -> str:
    """The topic as one string, without its role."""
    return json.dumps([topic.kind, topic.about, *topic.ends], ensure_ascii=False)


def _unpack_topic(packed: str) -> Topic:
    kind, about, *ends = json.loads(packed)
    return Topic(kind, tuple(ends), about)


def _entities(side: DisputeClaim) -> Iterator[str]:
    """The ids of all entities that a side names."""
    scope = side.scope
    yield from (id for id in (scope.country, scope.part) if id is not None)
    parties = (side.subject, side.object, side.holder, side.denier)
    for party in (*parties, *side.answering, *side.speakers, *side.blamed, *side.cleared):
        if party is not None:
            yield party.id
            yield from party.above
            if party.home is not None:
                yield party.home

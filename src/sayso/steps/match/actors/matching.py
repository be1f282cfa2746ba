"""The whole way, from a ledger's entities to its actors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sayso.records.entities import Entity
from sayso.records.judgements import Judgement
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.entities import entity_id
from sayso.steps.match.actors.blocking import candidate_pairs
from sayso.steps.match.actors.comparing import compare
from sayso.steps.match.actors.joining import Joined, Judged, Pair, join
from sayso.steps.match.actors.profiles import profile


def match_actors(
    entities: Iterable[Entity],
    *,
    known: Mapping[str, Actor],
    judgements: Mapping[Pair, Judged],
    made_by: str,
    named: Collection[str] | None = None,
    dates: Mapping[str, str] | None = None,
    documents: Mapping[str, int] | None = None,
) -> Joined:
    """Which of a ledger's entities are one actor.

    `entities` are merged over their documents; `known` gives known actors by entity id
    (`known_ids`); `named` the ids of entities that a name stands for (None: all): those that only a
    description stands for live in their document and are not joined, unless a person did so.
    `dates` gives, by mention, the day of its document; `documents`, by entity, in how many it was
    seen. Time is near-linear in the entities.
    """
    entities = list(entities)
    names = {entity.id: entity.name for entity in entities}
    above = {entity.id: entity.part_of for entity in entities}
    judged = {id for pair in judgements for id in pair}
    profiles = [
        profile(
            entity,
            names=names,
            above=above,
            known=known.get(entity.id),
            dates=dates,
            documents=(documents or {}).get(entity.id, 1),
        )
        for entity in entities
        if named is None or entity.id in named or entity.id in judged
    ]
    telling = [one for one in profiles if named is None or one.id in named]
    found = (compare(left, right) for left, right in candidate_pairs(telling))
    return join(profiles, found, judgements, made_by=made_by)


def known_ids(actors: Actors) -> dict[str, Actor]:
    """The known actors by the ids that their entities have in every ledger."""
    return {entity_id(("actor", actor.key)): actor for actor in actors}


def judged_pairs(judgements: Iterable[Judgement]) -> dict[Pair, Judged]:
    """What people decided about pairs of entities, by the pair in order: the latest that holds.

    Judgements that were withdrawn, or that are about something else, are passed over; of two of one
    moment, the one of the greater id holds.
    """
    found: dict[Pair, Judged] = {}
    for judgement in sorted(judgements, key=lambda one: (one.at, one.id)):
        other = judgement.value.get("other")
        if judgement.withdrawn is not None or not isinstance(other, str) or other == judgement.on:
            continue
        pair = (judgement.on, other) if judgement.on < other else (other, judgement.on)
        if judgement.decision == "same":
            found[pair] = Judged("same", judgement.by, judgement.because)
        elif judgement.decision == "different":
            found[pair] = Judged("different", judgement.by, judgement.because)
    return found

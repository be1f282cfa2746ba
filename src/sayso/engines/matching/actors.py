"""Actors: the entities that new documents name are compared with those that share a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

import apsw
import msgspec

from sayso.records.entities import Entity
from sayso.records.findings import Claim
from sayso.records.matches import Joining
from sayso.records.provenance import MadeBy, content_id
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.entities import entity_id
from sayso.steps.match.actors.blocking import blocking_keys
from sayso.steps.match.actors.comparing import Comparison, compare
from sayso.steps.match.actors.joining import STEP, VERSION, Judged, Pair, join
from sayso.steps.match.actors.profiles import ActorProfile, profile
from sayso.store import actors as table
from sayso.store.asking import all_rows
from sayso.store.extracts import key_of
from sayso.store.wire import from_json
from sayso.values.names import atoms

HUB = 60
"""A key that more entities stand under says too little to be looked up."""
_MOST_RELATIONS = 20
"""Relations of an entity that are looked at."""
_ALL_PAIRS = 40
"""Entities that may be one, up to which each is compared with each: so those that differ from one
another are not joined by way of a third."""
_profiles = msgspec.msgpack.Decoder(ActorProfile)
_comparisons = msgspec.msgpack.Decoder(Comparison)


def stamp() -> MadeBy:
    """The stamp of this step."""
    return MadeBy.of(STEP, VERSION, {})


class ActorJoiner:
    """Joins entities to actors as documents come in."""

    def __init__(self, db: apsw.Connection, known: Actors) -> None:
        self._db = db
        self._known: dict[str, Actor] = {entity_id(("actor", a.key)): a for a in known}
        self.judged: Mapping[Pair, Judged] = {}
        """What people decided about pairs of entities."""
        self._parent = lru_cache(20_000)(lambda entity: table.parent_of(db, entity))
        self._name = lru_cache(20_000)(lambda entity: table.name_of(db, entity))
        self._keys = lru_cache(20_000)(lambda entity: table.keys_of(db, entity))
        self._is_hub = lru_cache(50_000)(lambda key: table.bearers(db, key) > HUB)
        self.touched: set[str] = set()
        """Entities whose profiles are to be made again."""

    def regroup(self) -> set[str]:
        """Compares all touched entities anew; gives back those that are another actor now."""
        fresh = [made for entity in sorted(self.touched) if (made := self._renewed(entity))]
        self._keys.cache_clear()
        self._is_hub.cache_clear()
        for made in fresh:
            self._compare(made)
        judged = (id for pair in self.judged for id in pair)
        around = [*self.touched, *judged, *self._crowded(fresh)]
        changed: set[str] = set()
        seen: set[str] = set()
        for entity in sorted(set(around)):
            if entity not in seen:
                together = self._around(entity)
                seen |= together
                changed |= self._join(together)
        self.touched.clear()
        return changed

    def _crowded(self, fresh: Iterable[ActorProfile]) -> Iterator[str]:
        """Who stands under a key that has become a hub just now: what was compared by it alone
        counts no longer, so that nothing hangs on who came first."""
        new = Counter(key for made in fresh for key in self._keys(made.id))
        for key, count in new.items():
            if self._is_hub(key) and table.bearers(self._db, key) - count <= HUB:
                yield from table.sharing(self._db, [key], most=HUB + count)[key]

    def _join(self, together: set[str]) -> set[str]:
        """Decides on entities that may be one; gives back those that are another actor now."""
        profiles = [own for id in sorted(together) if (own := self._kept(id)) is not None]
        ids = {own.id for own in profiles}
        compared = {
            (c.left, c.right): c
            for own in profiles
            for c in self._compared(own.id)
            if c.left in ids and c.right in ids
        }
        if len(profiles) <= _ALL_PAIRS:
            for one, other in combinations(profiles, 2):
                if (one.id, other.id) not in compared:
                    compared[one.id, other.id] = compare(one, other)
        joined = join(profiles, compared.values(), self.judged, made_by=stamp().id)
        joinings = (*joined.joinings, *self._open_questions(profiles, ids))
        return table.replace_actors(self._db, together, joined.standing, joinings, joined.links)

    def _open_questions(
        self, profiles: Iterable[ActorProfile], ids: Container[str]
    ) -> Iterator[Joining]:
        """What is not sure enough, or barred for good, about these entities and others."""
        for own in profiles:
            for c in self._compared(own.id):
                if c.left not in ids or c.right not in ids:
                    id = content_id("joining", c.left, c.right)
                    pair = (c.left, c.right)
                    yield Joining(id, pair, c.decision, c.score, c.reasons, stamp().id)

    def _renewed(self, entity: str) -> ActorProfile | None:
        """The profile of an entity where it is new or has changed, now kept; else None."""
        found = table.merged(self._db, entity)
        if found is None:
            table.forget_profile(self._db, entity)
            return None
        merged, count = found
        offices = [role.organisation for role in merged.roles if role.organisation]
        behind = [id for id in (merged.part_of, *offices) if id]
        above: dict[str, str | None] = {}
        for id in behind:
            while id is not None and id not in above:
                above[id] = id = self._parent(id)  # type: ignore[assignment]
        ids = {*behind, *(id for id in above.values() if id)}
        made = profile(
            merged,
            names={id: name for id in ids if (name := self._name(id)) is not None},
            above=above,
            known=self._known.get(entity),
            dates={
                role.mention: day
                for role in merged.roles
                if (day := table.day_of_mention(self._db, role.mention)) is not None
            },
            documents=count,
            beside=self._related(merged) if len(atoms(merged.name)) == 1 else (),
        )
        before = self._kept(entity)
        if before is not None and msgspec.structs.replace(before, documents=count) == made:
            if before != made:
                table.renew_profile(self._db, entity, msgspec.msgpack.encode(made))
            return None
        keys = [key_of(key) for key in blocking_keys(made)]
        table.keep_profile(self._db, entity, msgspec.msgpack.encode(made), keys)
        return made

    def _related(self, entity: Entity) -> list[str]:
        """The entities that the first relations told of an entity join it to. Only asked of bodies
        with a name of one word, which may be others' too."""
        if entity.kind not in ("organisation", "armed_group"):
            return []
        rows = all_rows(
            self._db,
            "SELECT c.record FROM claim_about AS a JOIN claims AS c ON c.number = a.claim"
            " WHERE a.entity = ? AND c.kind = 'relation' ORDER BY c.id LIMIT ?",
            (entity.id, _MOST_RELATIONS),
        )
        claims = [c for (line,) in rows if isinstance(c := from_json(line), Claim)]
        ends = [end.entity for c in claims for end in (c.subject, c.object) if end is not None]
        return sorted({id for id in ends if id is not None and id != entity.id})

    def _compare(self, made: ActorProfile) -> None:
        """Compares a profile with those that share a key, and keeps what is not plainly no."""
        keys = [key_of(key) for key in blocking_keys(made)]
        near = {
            id
            for ids in table.sharing(self._db, keys, most=HUB).values()
            if len(ids) <= HUB
            for id in ids
        }
        near.discard(made.id)
        for id in sorted(near):
            other = self._kept(id)
            if other is None:
                continue
            found = compare(made, other)
            if found.decision != "different" or found.binding:
                table.put_comparison(
                    self._db, found.left, found.right, msgspec.msgpack.encode(found)
                )

    def _around(self, entity: str) -> set[str]:
        """An entity, those that it may be one with, and those that these may be one with."""
        reached: set[str] = set()
        waiting = [entity]
        while waiting:
            entity = waiting.pop()
            if entity in reached:
                continue
            reached.add(entity)
            waiting += table.members_of(self._db, table.actor_of(self._db, entity))
            for found in self._compared(entity):
                if found.decision == "same":
                    waiting += (found.left, found.right)
            waiting += (id for pair in self.judged if entity in pair for id in pair)
        return reached

    def _compared(self, entity: str) -> list[Comparison]:
        """What was found about an entity and others that it shares a key with that is no hub."""
        return [
            _comparisons.decode(record)
            for one, other, record in table.comparisons_of(self._db, entity)
            if not all(map(self._is_hub, self._keys(one) & self._keys(other)))
        ]

    def _kept(self, entity: str) -> ActorProfile | None:
        record = table.profile_of(self._db, entity)
        return None if record is None else _profiles.decode(record)

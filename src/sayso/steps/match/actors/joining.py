"""From pairs to actors: which entities are one, who stands for them, and why.

People's judgements come first, then what the names say, the surest first; a part of a name or an
abbreviation last, and only where it fits nobody else. Nothing is joined across a bar: two known
actors, a part and its whole, two that a person called different, two that the comparison did.
The result does not depend on the order in which anything is given.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sayso.records.matches import Joining
from sayso.records.provenance import content_id
from sayso.steps.match.actors.comparing import Comparison
from sayso.steps.match.actors.profiles import ActorProfile

STEP = "actors"
VERSION = "1"

Pair = tuple[str, str]


class JoinSettings(NamedTuple):
    """How sure a joining has to be."""

    least: float = 0.8
    """`same` below this score is not acted on, 0..1."""


class Judged(NamedTuple):
    """What a person decided about two entities."""

    decision: Literal["same", "different"]
    by: str
    because: str | None = None


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """Entities that are one actor."""

    representative: str
    """The id that stands for all: a known actor, else the one seen in most documents."""
    members: tuple[str, ...]
    """All ids, sorted."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What was decided about all entities."""

    groups: tuple[ActorGroup, ...]
    """Only those of two and more, by representative."""
    standing: Mapping[str, str]
    """By entity id: the id that stands for its actor. Entities that are alone are left out."""
    joinings: tuple[Joining, ...]
    """What was said of each pair that is not plainly different, sorted by entities."""
    refused: tuple[tuple[Pair, str], ...] = ()
    """Judgements that could not be kept, with the reason: they contradict a bar or one another."""
    links: frozenset[Pair] = field(default_factory=frozenset)
    """Pairs whose joining made a group: `explain` goes along them."""


def join(
    profiles: Iterable[ActorProfile],
    comparisons: Iterable[Comparison],
    judgements: Mapping[Pair, Judged] | None = None,
    *,
    made_by: str,
    settings: JoinSettings | None = None,
) -> Joined:
    """Groups of entities that are one actor.

    `judgements` holds, by pair of ids (either order), what people decided and did not withdraw.
    A person's `same` wins over the comparison's `different`, a person's `different` over its
    `same`. Two known actors, and a part and its whole, stay two whatever is judged: that is set
    right in the file of known actors. Judgements on ids that no profile has are passed over, so
    they take hold again when the entity is back. Time is near-linear in pairs.
    """
    known = {profile.id: profile for profile in profiles}
    compared = {(c.left, c.right): c for c in comparisons if c.left in known and c.right in known}
    judged = {
        _pair(a, b): j for (a, b), j in (judgements or {}).items() if a in known and b in known
    }
    groups = _Groups(known, judged)
    refused = []
    for pair in sorted(pair for pair, j in judged.items() if j.decision == "same"):
        why = groups.barred(*pair)
        if why is None:
            groups.unite(pair)
        else:
            refused.append((pair, why))
    least = (settings or JoinSettings()).least
    for pair, comparison in compared.items():
        if comparison.decision == "different" and pair not in judged:
            groups.keep_apart(*pair)
    sure = [
        (-c.score, pair, c.weak)
        for pair, c in compared.items()
        if c.decision == "same" and c.score >= least and pair not in judged
    ]
    for _, pair, weak in sorted(sure):
        if not weak and groups.barred(*pair) is None:
            groups.unite(pair)
    _join_weak(groups, [pair for _, pair, weak in sorted(sure) if weak])
    made = groups.finished()
    return Joined(
        groups=tuple(sorted(made, key=lambda group: group.representative)),
        standing={member: group.representative for group in made for member in group.members},
        joinings=_joinings(compared, judged, made_by),
        refused=tuple(refused),
        links=frozenset(groups.links),
    )


def explain(joined: Joined, left: str, right: str) -> tuple[Joining, ...]:
    """The joinings by which two entities are one actor, from one to the other; empty if they
    are not."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in sorted(joined.links):
        beside[a].append(b)
        beside[b].append(a)
    came: dict[str, str] = {left: left}
    waiting = deque([left])
    while waiting and right not in came:
        here = waiting.popleft()
        for there in beside[here]:
            if there not in came:
                came[there] = here
                waiting.append(there)
    if right not in came or left == right:
        return ()
    by_pair = {joining.entities: joining for joining in joined.joinings}
    way = []
    while right != left:
        way.append(by_pair[_pair(right, came[right])])
        right = came[right]
    return tuple(reversed(way))


def _join_weak(groups: _Groups, pairs: list[Pair]) -> None:
    """Joins those that a part of a name or an abbreviation ties to one actor only."""
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        fits[left].add(groups.top(right))
        fits[right].add(groups.top(left))
    # Who fits whom is settled before anything is joined, so that the order makes no difference.
    lone = {id for id, tops in fits.items() if len(tops) == 1}
    for left, right in pairs:
        # The one with the name that says less must fit nobody else; the fuller one may be fitted by
        # several short ones.
        short = left if groups.says_less(left, right) else right
        if short in lone and groups.barred(left, right) is None:
            groups.unite((left, right))


class _Groups:
    """Sets of ids with what bars them from one another."""

    def __init__(self, profiles: Mapping[str, ActorProfile], judged: Mapping[Pair, Judged]) -> None:
        self._profiles = profiles
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._bars: defaultdict[str, set[str]] = defaultdict(set)
        self._actor: dict[str, str] = {p.id: p.known for p in profiles.values() if p.known}
        self.links: set[Pair] = set()
        self._told: set[Pair] = set()
        for pair, judgement in judged.items():
            if judgement.decision == "different":
                self.keep_apart(*pair)
                self._told.add(pair)
        for profile in profiles.values():
            for above in profile.above:
                if above in profiles:
                    self.keep_apart(profile.id, above)

    def top(self, id: str) -> str:
        """The first member of the group of an id."""
        root = id
        while (parent := self._parent.get(root)) is not None:
            root = parent
        while (parent := self._parent.get(id)) is not None and parent != root:
            self._parent[id] = root
            id = parent
        return root

    def keep_apart(self, left: str, right: str) -> None:
        """Bars two, and their groups, from being one; too late where they are one already."""
        one, two = self.top(left), self.top(right)
        if one != two:
            self._bars[one].add(two)
            self._bars[two].add(one)

    def barred(self, left: str, right: str) -> str | None:
        """Why the groups of two cannot be one; None where they can."""
        one, two = self.top(left), self.top(right)
        known = self._actor.get(one), self._actor.get(two)
        if known[0] is not None and known[1] is not None and known[0] != known[1]:
            return "they are two known actors"
        if two in self._bars[one]:
            return "they were kept apart: by a person, or as a part and its whole"
        return None

    def says_less(self, left: str, right: str) -> bool:
        """Whether the left one is told by a shorter name, or is not the known one."""
        one, two = self._profiles[left], self._profiles[right]
        return (one.known is not None, max(map(len, one.names)), left) < (
            two.known is not None,
            max(map(len, two.names)),
            right,
        )

    def unite(self, pair: Pair) -> None:
        """Makes the groups of two one; the smaller gives its bars to the bigger."""
        one, two = sorted(self.top(id) for id in pair)
        if one == two:
            return
        self.links.add(pair)
        for id in (one, two):
            self._members.setdefault(id, [id])
        weight = {id: len(self._members[id]) + len(self._bars[id]) for id in (one, two)}
        keep, drop = (one, two) if weight[one] >= weight[two] else (two, one)
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        for other in self._bars.pop(drop, set()):
            self._bars[other].discard(drop)
            self._bars[other].add(keep)
            self._bars[keep].add(other)
        if drop in self._actor:
            self._actor[keep] = self._actor.pop(drop)

    def finished(self) -> list[ActorGroup]:
        """The groups, each with who stands for it."""
        return [
            ActorGroup(min(members, key=self._rank), tuple(sorted(members)))
            for members in self._members.values()
        ]

    def _rank(self, id: str) -> tuple[bool, int, str]:
        profile = self._profiles[id]
        return profile.known is None, -profile.documents, id


def _joinings(
    compared: Mapping[Pair, Comparison], judged: Mapping[Pair, Judged], made_by: str
) -> tuple[Joining, ...]:
    """A record for each pair of which something was said: judged, the same, or unsure."""
    found = []
    for pair in sorted({*compared, *judged}):
        judgement, comparison = judged.get(pair), compared.get(pair)
        id = content_id("joining", *pair)
        if judgement is not None:
            reason = f"{judgement.by} decided so" + (
                f": {judgement.because}" if judgement.because else ""
            )
            beside = comparison.reasons if comparison is not None else ()
            found.append(Joining(id, pair, judgement.decision, 1.0, (reason, *beside), made_by))
        elif comparison is not None and (comparison.decision != "different" or comparison.binding):
            found.append(
                Joining(
                    id, pair, comparison.decision, comparison.score, comparison.reasons, made_by
                )
            )
    return tuple(found)


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)

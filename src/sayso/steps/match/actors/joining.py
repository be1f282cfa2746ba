"""From pairs to actors: which entities are one, who stands for them, and why.

People's judgements come first, then what the names say, the surest first; a part of a name or an
abbreviation last, and only where it fits nobody else. Nothing is joined across a bar: two known
actors, a part and its whole, two that a person called different, two that the comparison did.
The result does not depend on the order in which anything is given.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from sayso.records.matches import Joining
from sayso.records.provenance import content_id
from sayso.steps.match.actors.comparing import Comparison, compare
from sayso.steps.match.actors.profiles import ActorProfile

STEP = "actors"
VERSION = "4"

Pair = tuple[str, str]
_LOOKED_AT = 6
"""Members of a group that are compared with a newcomer."""


class JoinSettings(NamedTuple):
    """How sure a joining has to be."""

    least: float = 0.8
    """`same` below this score is not acted on, 0..1."""
    worth_a_look: float = 0.55
    """`unsure` below this score is not recorded: nobody would judge so many."""


_USUAL = JoinSettings()


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
    links: frozenset[Pair] = frozenset()
    """Pairs whose joining made a group: `explain` goes along them."""


def join(
    profiles: Iterable[ActorProfile],
    comparisons: Iterable[Comparison],
    judgements: Mapping[Pair, Judged] | None = None,
    *,
    made_by: str,
    settings: JoinSettings = _USUAL,
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
            groups.unite(pair, by_hand=True)
        else:
            refused.append((pair, why))
    sure = sorted(
        (-c.score, pair, c.weak)
        for pair, c in compared.items()
        if c.decision == "same" and c.score >= settings.least and pair not in judged
    )
    _keep_apart(groups, compared, judged, [pair for _, pair, _ in sure])
    check = _Checked(known, compared, judged, groups)
    for _, pair, weak in sure:
        if not weak and check.may_join(pair):
            groups.unite(pair)
    _join_weak(groups, check, [pair for _, pair, weak in sure if weak])
    made = groups.finished()
    return Joined(
        groups=tuple(sorted(made, key=lambda group: group.representative)),
        standing={member: group.representative for group in made for member in group.members},
        joinings=_joinings(compared, judged, made_by, settings.worth_a_look, groups),
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


def _keep_apart(
    groups: _Groups,
    compared: Mapping[Pair, Comparison],
    judged: Mapping[Pair, Judged],
    sure: Iterable[Pair],
) -> None:
    """Bars the pairs that the comparison calls different.

    Where a person said that two are one, their names may differ: whoever is the same as one of
    them is not barred from the other by its name.
    """
    fits = {(a, groups.top(b)) for a, b in sure} | {(b, groups.top(a)) for a, b in sure}
    for pair, comparison in compared.items():
        if comparison.decision != "different" or pair in judged:
            continue
        left, right = pair
        one, two = groups.top(left), groups.top(right)
        bridged = (left, two) in fits or (right, one) in fits
        if comparison.binding or not bridged:
            groups.keep_apart(left, right)


@dataclass(frozen=True)
class _Checked:
    """Looks at the pairs that a joining would bring together and nobody compared."""

    profiles: Mapping[str, ActorProfile]
    compared: Mapping[Pair, Comparison]
    judged: Mapping[Pair, Judged]
    groups: _Groups

    def may_join(self, pair: Pair) -> bool:
        """Whether nothing bars the groups of two from being one."""
        if self.groups.barred(*pair) is not None:
            return False
        for left, right in product(*(self.groups.some(id) for id in pair)):
            between = _pair(left, right)
            if left == right or between in self.compared or between in self.judged:
                continue
            found = compare(self.profiles[left], self.profiles[right])
            if found.decision == "different" and not self.groups.by_hand(left, right):
                self.groups.keep_apart(left, right)
                return False
        return True


def _join_weak(groups: _Groups, check: _Checked, pairs: list[Pair]) -> None:
    """Joins those that a part of a name or an abbreviation ties to one actor only."""
    fits: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        fits[groups.top(left)].add(groups.top(right))
        fits[groups.top(right)].add(groups.top(left))
    # Who fits whom is settled before anything is joined, so that the order makes no difference.
    top = {id: groups.top(id) for pair in pairs for id in pair}
    for left, right in pairs:
        # The one with the name that says less must fit nobody else; the fuller one may be fitted by
        # several short ones.
        short = left if groups.says_less(left, right) else right
        if len(fits[top[short]]) == 1 and check.may_join((left, right)):
            groups.unite((left, right))


class _Groups:
    """Sets of ids with what bars them from one another."""

    def __init__(self, profiles: Mapping[str, ActorProfile], judged: Mapping[Pair, Judged]) -> None:
        self._profiles = profiles
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._bars: defaultdict[str, set[str]] = defaultdict(set)
        self._actor: dict[str, str] = {p.id: p.known for p in profiles.values() if p.known}
        self._by_hand: set[str] = set()
        self.links: set[Pair] = set()
        for pair, judgement in judged.items():
            if judgement.decision == "different":
                self.keep_apart(*pair)
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

    def some(self, id: str) -> list[str]:
        """The first few members of the group of an id, by id."""
        return sorted(self._members.get(self.top(id), [id]))[:_LOOKED_AT]

    def by_hand(self, *ids: str) -> bool:
        """Whether a person made the group of one of them: its names may differ."""
        return any(self.top(id) in self._by_hand for id in ids)

    def unite(self, pair: Pair, *, by_hand: bool = False) -> None:
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
        if by_hand or drop in self._by_hand:
            self._by_hand.add(keep)
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
    compared: Mapping[Pair, Comparison],
    judged: Mapping[Pair, Judged],
    made_by: str,
    worth_a_look: float,
    groups: _Groups,
) -> tuple[Joining, ...]:
    """A record for each pair of which something was said: judged, the same, barred, or the surest
    of those between two actors that are worth a person's look."""
    found = []
    open_questions: dict[Pair, tuple[float, Pair]] = {}
    for pair, comparison in compared.items():
        between = _pair(groups.top(pair[0]), groups.top(pair[1]))
        if comparison.decision == "unsure" and between[0] != between[1]:
            asked = (-comparison.score, pair)
            open_questions[between] = min(open_questions.get(between, asked), asked)
    asked_of = {pair for _, pair in open_questions.values()}
    for pair in sorted({*compared, *judged}):
        judgement, found_out = judged.get(pair), compared.get(pair)
        id = content_id("joining", *pair)
        if judgement is not None:
            reason = f"{judgement.by} decided so" + (
                f": {judgement.because}" if judgement.because else ""
            )
            beside = found_out.reasons if found_out is not None else ()
            found.append(Joining(id, pair, judgement.decision, 1.0, (reason, *beside), made_by))
        elif found_out is not None and (
            found_out.decision == "same"
            or found_out.binding
            or (pair in asked_of and found_out.score >= worth_a_look)
        ):
            found.append(
                Joining(id, pair, found_out.decision, found_out.score, found_out.reasons, made_by)
            )
    return tuple(found)


def _pair(left: str, right: str) -> Pair:
    return (left, right) if left < right else (right, left)

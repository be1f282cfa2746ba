"""Which place of the gazetteer each toponym of a document means.

All mentions of one name mean one place, unless a container beside one says otherwise. Each place
of a name is weighed by what the document says (`evidence`): a container beside the name ("Paris,
Texas") or anywhere in the text, places that other names of the text may mean near it or in the
same province and country, the outlet's country, and how many people live there. The weights of
the evidence were fitted (`training/places.py`). Names weigh one another, so this is done in
rounds, each with what the round before thought likely.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from sayso.records.parses import Parse
from sayso.steps.extract.toponyms import Toponym
from sayso.steps.link.gazetteer import Spot, folded_name
from sayso.steps.link.geometry import RADIUS, vector

MOST_SPOTS = 25
"""Places of one name that are weighed: those of most people, and all that a container holds."""
_NEIGHBOURS = 24
"""Other names that count as neighbours of a name: keeps the time linear in the text."""
_LIKELY = 3
"""Places of a neighbour that count."""
_NEAR = 60.0
_AROUND = 300.0
"""Kilometres at which a neighbour's weight has fallen to a third."""
_WITHIN_REACH = math.cos(5 * _AROUND / RADIUS)
_SLIGHT = 0.02
"""Places less likely than this are no neighbours."""
_WIDE = frozenset(("country", "continent", "region"))
Weighed = tuple[float, float, float, float, int]
"""A place's unit vector, how likely it is, its index."""
EVIDENCE = (
    "people",
    "most people",
    "country",
    "province",
    "district",
    "city",
    "region",
    "point",
    "beside",
    "in a district named",
    "in a province named",
    "in a country named",
    "country shared",
    "province shared",
    "near",
    "around",
    "outlet's country",
    "capital",
    "seat of a province",
)


@dataclass(frozen=True)
class Location:
    """What a toponym means."""

    toponym: Toponym
    spot: Spot | None
    """None where the gazetteer has no such name."""
    probability: float
    """That it is this place and no other of the name, 0..1, as the weights have it."""


@dataclass
class Group:
    """All mentions of one name."""

    name: str
    mentions: list[Toponym] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    beside: set[int] = field(default_factory=set)
    """Indexes of places that stand beside one of the mentions as its container."""
    likely: list[float] = field(default_factory=list)
    """By place, how likely the last round thought it."""

    def top(self) -> list[tuple[Spot, float]]:
        """The likeliest places."""
        ranked = sorted(zip(self.spots, self.likely, strict=True), key=lambda pair: -pair[1])
        return ranked[:_LIKELY]


@dataclass(frozen=True)
class Setting:
    """What is known of the document besides its text."""

    country: int | None = None
    """Index of the outlet's country."""
    dateline: tuple[Spot, ...] = ()
    """The places that the dateline may name."""


def locate(
    toponyms: Sequence[Toponym], parses: Sequence[Parse], setting: Setting = Setting()
) -> list[Location]:
    """The place of each toponym, in their order."""
    groups = gathered(toponyms, parses)
    if setting.dateline:
        groups.insert(0, Group("^", spots=list(setting.dateline[:MOST_SPOTS])))
        groups[0].likely = _normal([spot.people for spot in groups[0].spots])
    for weights in _weights():
        weigh(groups, setting, weights)
    by_name = {group.name: group for group in groups}
    return [
        _location(toponym, by_name[_name(toponym)], parses, toponyms, i)
        for i, toponym in enumerate(toponyms)
    ]


def gathered(toponyms: Sequence[Toponym], parses: Sequence[Parse]) -> list[Group]:
    """The toponyms by name, each name with the places to be weighed."""
    groups: dict[str, Group] = {}
    for index, toponym in enumerate(toponyms):
        group = groups.setdefault(_name(toponym), Group(_name(toponym)))
        group.mentions.append(toponym)
        holder = _container(toponyms, parses, index)
        if holder is not None:
            group.beside.update(spot.index for spot in holder.spots)
    for group in groups.values():
        spots = group.mentions[0].spots
        group.spots = (
            list(spots[:MOST_SPOTS])
            + [spot for spot in spots[MOST_SPOTS:] if not group.beside.isdisjoint(spot.above)][
                :MOST_SPOTS
            ]
        )
        group.likely = _normal([spot.people for spot in group.spots])
    return list(groups.values())


def _name(toponym: Toponym) -> str:
    return ("~" if toponym.demonym else "") + folded_name(toponym.name)


def _container(toponyms: Sequence[Toponym], parses: Sequence[Parse], index: int) -> Toponym | None:
    """The toponym that stands behind this one as its container: "Paris, Texas"."""
    if index + 1 >= len(toponyms):
        return None
    here, behind = toponyms[index], toponyms[index + 1]
    if here.parse != behind.parse or not 0 < behind.first - here.last < 4:
        return None
    between = [w.casefold() for w in parses[here.parse].words[here.last : behind.first]]
    if between[0] not in (",", "(", "in", "'s", "’s", "of"):
        return None
    if not all(
        word in (",", "(", "in", "the", "'s", "’s", "of", "province", "district")
        for word in between
    ):
        return None
    inside = {spot.index for spot in behind.spots}
    return behind if any(not inside.isdisjoint(spot.above) for spot in here.spots) else None


def weigh(groups: list[Group], setting: Setting, weights: dict[str, float]) -> None:
    """One round: how likely each place of each name is."""
    scale = [weights[name] for name in EVIDENCE]
    results = [
        _normal([math.fsum(w * x for w, x in zip(scale, row, strict=True)) for row in rows])
        for rows in evidence(groups, setting)
    ]
    for group, likely in zip(groups, results, strict=True):
        group.likely = likely


def evidence(groups: list[Group], setting: Setting) -> Iterator[list[list[float]]]:
    """For each name, for each of its places, the values of `EVIDENCE`; zeros where a name has
    one place only."""
    around = _Around(groups)
    for position, group in enumerate(groups):
        if len(group.spots) < 2:
            yield [[0.0] * len(EVIDENCE) for _ in group.spots]
            continue
        neighbours = around.neighbours(position)
        yield [_row(group, rank, around, neighbours, setting) for rank in range(len(group.spots))]


class _Around:
    """What the whole document says: how much of it lies in each place."""

    def __init__(self, groups: list[Group]) -> None:
        self.mass: defaultdict[int, float] = defaultdict(float)
        self.named: defaultdict[int, float] = defaultdict(float)
        self._near: list[tuple[Weighed, ...]] = []
        """By name, its likeliest places; none of a demonym."""
        for group in groups:
            top = group.top()
            for spot, likely in top:
                self.named[spot.index] += likely
                for index in {*spot.above, spot.index}:
                    self.mass[index] += likely
            small = [pair for pair in top if pair[0].kind not in _WIDE and pair[1] > _SLIGHT]
            demonym = group.name.startswith("~")
            self._near.append(() if demonym else tuple((*_vector(s), p, s.index) for s, p in small))
        self._counted = [not group.name.startswith("~") for group in groups]

    def neighbours(self, position: int) -> _Neighbours:
        """The names that come before and behind a name in the text, itself left out."""
        low = max(0, min(position - _NEIGHBOURS // 2, len(self._near) - _NEIGHBOURS - 1))
        found = [
            i for i in range(low, min(len(self._near), low + _NEIGHBOURS + 1)) if i != position
        ]
        return _Neighbours(
            max(1, sum(self._counted[i] for i in found)),
            [weighed for i in found for weighed in self._near[i]],
        )


@dataclass(frozen=True)
class _Neighbours:
    """The names around a name."""

    count: int
    """Of the names, demonyms left out; at least 1."""
    places: list[Weighed]


def _row(
    group: Group, rank: int, around: _Around, neighbours: _Neighbours, setting: Setting
) -> list[float]:
    spot, own = group.spots[rank], group.likely[rank]
    levels = _levels(spot)
    named = {kind: min(1.0, around.named.get(index, 0.0)) for kind, index in levels.items()}
    shared = {
        kind: max(0.0, around.mass.get(index, 0.0) - own) / neighbours.count
        for kind, index in levels.items()
    }
    return [
        spot.people,
        float(rank == 0),
        *(float(spot.kind == kind) for kind in ("country", "province", "district", "city")),
        float(spot.kind in ("region", "continent")),
        float(spot.kind == "point"),
        float(not group.beside.isdisjoint(spot.above)),
        named.get("district", 0.0),
        named.get("province", 0.0),
        named.get("country", 0.0),
        shared.get("country", 0.0),
        shared.get("province", 0.0),
        *_closeness(spot, neighbours),
        float(setting.country is not None and spot.country == setting.country),
        float(spot.seat == 2),
        float(spot.seat == 1),
    ]


def _levels(spot: Spot) -> dict[str, int]:
    """By kind, the places that contain this one."""
    above = spot.above
    kinds = ("country", "province", "district")
    return dict(zip(kinds, reversed(above), strict=False))


def _closeness(spot: Spot, neighbours: _Neighbours) -> tuple[float, float]:
    """How many neighbours may lie beside a place, and how large a share of them lie around it."""
    if spot.kind in _WIDE:
        return 0.0, 0.0
    near = wide = 0.0
    x, y, z = _vector(spot)
    for other_x, other_y, other_z, likely, index in neighbours.places:
        cosine = x * other_x + y * other_y + z * other_z
        if cosine > _WITHIN_REACH and index != spot.index:
            far = RADIUS * math.acos(min(1.0, cosine))
            near += likely * math.exp(-far / _NEAR)
            wide += likely * math.exp(-far / _AROUND)
    return min(3.0, near), wide / neighbours.count


@lru_cache(maxsize=16384)
def _vector(spot: Spot) -> tuple[float, float, float]:
    return vector(spot.latitude, spot.longitude)


def _normal(scores: list[float]) -> list[float]:
    if not scores:
        return []
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = math.fsum(parts)
    return [part / total for part in parts]


def _location(
    toponym: Toponym,
    group: Group,
    parses: Sequence[Parse],
    toponyms: Sequence[Toponym],
    index: int,
) -> Location:
    ranked = sorted(range(len(group.spots)), key=lambda i: (-group.likely[i], i))
    holder = _container(toponyms, parses, index)
    if holder is not None:
        inside = {spot.index for spot in holder.spots}
        within = [i for i in ranked if not inside.isdisjoint(group.spots[i].above)]
        ranked = within or ranked
    if not ranked:
        return Location(toponym, None, 0.0)
    total = math.fsum(group.likely[i] for i in ranked) or 1.0
    return Location(toponym, group.spots[ranked[0]], round(group.likely[ranked[0]] / total, 4))


@cache
def _weights() -> list[dict[str, float]]:
    text = files(__package__).joinpath("place_weights.json").read_text("utf-8")
    rounds: list[dict[str, float]] = json.loads(text)["rounds"]
    return rounds

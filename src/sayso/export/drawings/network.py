"""Ties between actors, by whose word: which claims make a network, and where it is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sayso.records.findings import Claim, EntityRef

MOST = 40
"""Actors that are drawn: those with most ties."""
WIDTH, HEIGHT = 1000, 600
_ROUNDS = 150

Pair = tuple[str, str]


@dataclass(slots=True)
class Tie:
    """The claims that one actor stands in some relation to another."""

    claims: list[Claim] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    """What they say, and how often."""


@dataclass(frozen=True, slots=True)
class Network:
    """Actors, those with most ties first, and the ties between them."""

    weights: dict[str, int]
    """By actor, how many claims tie it."""
    ties: dict[Pair, Tie]
    left: int
    """Actors that are not drawn."""


def network_of(claims: Iterable[Claim], actor: Callable[[str], str]) -> Network:
    """The network of claims; `actor` tells the id that stands for an entity."""
    ties: dict[Pair, Tie] = {}
    for claim in claims:
        left, right = _sides(claim)
        for one in left:
            for other in right:
                if one.entity is None or other.entity is None:
                    continue
                a, b = actor(one.entity), actor(other.entity)
                if a != b:
                    tie = ties.setdefault((a, b), Tie())
                    tie.claims.append(claim)
                    tie.names[_named(claim)] += 1
    weights: Counter[str] = Counter()
    for pair, tie in ties.items():
        for id in pair:
            weights[id] += len(tie.claims)
    nodes = sorted(weights, key=lambda id: (-weights[id], id))[:MOST]
    kept = {pair: tie for pair, tie in ties.items() if set(pair) <= set(nodes)}
    return Network({id: weights[id] for id in nodes}, kept, len(weights) - len(nodes))


def layout(nodes: list[str], pairs: list[Pair]) -> list[tuple[float, float]]:
    """Where to draw each node so that ties are short and nodes apart: the same every time.

    Springs and repulsion by Fruchterman and Reingold (1991), from places on a circle.
    """
    count = len(nodes)
    if count == 0:
        return []
    number = {id: place for place, id in enumerate(nodes)}
    import numpy as np

    angle = 2 * np.pi * np.arange(count) / count
    at = np.stack([np.cos(angle), np.sin(angle)], axis=1) * 0.5
    ends = np.array([[number[a], number[b]] for a, b in pairs], dtype=int).reshape(-1, 2)
    wanted = 1.2 / np.sqrt(count)
    for turn in range(_ROUNDS):
        apart = at[:, None] - at[None]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        push = np.where(distance < 3 * wanted, wanted**2 / distance**2, 0)
        move = (apart * push[:, :, None]).sum(axis=1)
        along = at[ends[:, 0]] - at[ends[:, 1]]
        pull = along * (np.linalg.norm(along, axis=1, keepdims=True) / wanted)
        np.add.at(move, ends[:, 0], -pull)
        np.add.at(move, ends[:, 1], pull)
        move -= at * 0.6  # what is tied to nothing drawn does not drift away
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at += move / length * np.minimum(length, 0.1 * (1 - turn / _ROUNDS))
    low, high = at.min(axis=0), at.max(axis=0)
    share = (at - low) / np.maximum(high - low, 1e-9) if count > 1 else np.full((1, 2), 0.5)
    margin = np.array([150, 40])
    spots = margin + share * (np.array([WIDTH, HEIGHT]) - 2 * margin)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in spots]


def _sides(claim: Claim) -> tuple[tuple[EntityRef, ...], tuple[EntityRef, ...]]:
    if claim.kind == "relation" and claim.subject and claim.object:
        return (claim.subject,), (claim.object,)
    if claim.kind == "event":
        return claim.actors, claim.targets
    return (), ()


def _named(claim: Claim) -> str:
    words = claim.relation if claim.kind == "relation" else None
    if words is None:
        words = claim.plover.type.lower() if claim.plover else "event"
    words = words.replace("_", " ")
    return f"not: {words}" if claim.polarity == "negative" else words


def line(a: tuple[float, float], b: tuple[float, float], count: int) -> dict[str, float]:
    """A tie from edge to edge of its nodes, bent a little so that one and its answer do not hide
    each other: its two ends, the point that it bends to, and how thick it is."""
    (ax, ay), (bx, by) = a, b
    mx, my = (ax + bx) / 2 - (by - ay) * 0.12, (ay + by) / 2 + (bx - ax) * 0.12
    length = max(((bx - mx) ** 2 + (by - my) ** 2) ** 0.5, 1e-9)
    return {
        "ax": ax,
        "ay": ay,
        "mx": round(mx, 1),
        "my": round(my, 1),
        "bx": round(bx - (bx - mx) / length * 14, 1),
        "by": round(by - (by - my) / length * 14, 1),
        "width": round(min(1.5 + 0.6 * count, 6), 1),
    }

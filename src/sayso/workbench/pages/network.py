"""The network: which actors stand in which relation, by whose word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef
from sayso.store.actors import actor_of
from sayso.workbench.answers import answer
from sayso.workbench.choosing import KINDS, chosen, shared_query
from sayso.workbench.opening import ledger_of

_MOST = 40
"""Actors that are drawn: those with most ties."""
_WIDTH, _HEIGHT = 1000, 600
_ROUNDS = 150

Pair = tuple[str, str]


@dataclass(slots=True)
class _Tie:
    claims: list[Claim] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def show(request: Request) -> Response:
    """`/network`: the filters of claims; relations, and who did something to whom."""
    query = dict(request.query_params)
    with ledger_of(request) as ledger, ledger.reading() as db:
        found = chosen(ledger, query)
        stands: dict[str, str] = {}

        def stand(reference: EntityRef) -> str | None:
            if reference.entity is None:
                return None
            if reference.entity not in stands:
                stands[reference.entity] = actor_of(db, reference.entity)
            return stands[reference.entity]

        ties: dict[Pair, _Tie] = {}
        for claim in found.claims:
            left, right = _sides(claim)
            for one in left:
                for other in right:
                    a, b = stand(one), stand(other)
                    if a is not None and b is not None and a != b:
                        tie = ties.setdefault((a, b), _Tie())
                        tie.claims.append(claim)
                        tie.names[_named(claim)] += 1
        weights: Counter[str] = Counter()
        for pair, tie in ties.items():
            for id in pair:
                weights[id] += len(tie.claims)
        nodes = sorted(weights, key=lambda id: (-weights[id], id))[:_MOST]
        kept = {pair: tie for pair, tie in ties.items() if set(pair) <= set(nodes)}
        names = _names(ledger, nodes)
    places = dict(zip(nodes, layout(nodes, list(kept)), strict=True))
    view = {
        "actors": [{"id": id, "name": names[id], "ties": weights[id]} for id in nodes],
        "ties": [
            {
                "from": a,
                "from_name": names[a],
                "to": b,
                "to_name": names[b],
                "what": [name for name, _ in tie.names.most_common()],
                "claims": list(dict.fromkeys(claim.id for claim in tie.claims)),
                "documents": len({claim.document for claim in tie.claims}),
            }
            for (a, b), tie in sorted(kept.items(), key=lambda one: (-len(one[1].claims), one[0]))
        ],
        "actors_left": len(weights) - len(nodes),
        "left": found.left,
        "note": found.note,
        "_places": places,
        "_lines": [_line(places[a], places[b], len(tie.claims)) for (a, b), tie in kept.items()],
        "_width": _WIDTH,
        "_height": _HEIGHT,
        "_kinds": KINDS,
        "_shared": shared_query(query),
    }
    return answer(request, "network.html.j2", view)


def layout(nodes: list[str], pairs: list[Pair]) -> list[tuple[float, float]]:
    """Where to draw each node so that ties are short and nodes apart: the same every time.

    Springs and repulsion by Fruchterman and Reingold (1991), from places on a circle.
    """
    count = len(nodes)
    if count == 0:
        return []
    number = {id: place for place, id in enumerate(nodes)}
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
    spots = margin + share * (np.array([_WIDTH, _HEIGHT]) - 2 * margin)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in spots]


def _sides(claim: Claim) -> tuple[tuple[EntityRef, ...], tuple[EntityRef, ...]]:
    if claim.kind == "relation" and claim.subject and claim.object:
        return (claim.subject,), (claim.object,)
    if claim.kind == "event":
        return claim.actors, claim.targets
    return (), ()


def _names(ledger: sayso.Ledger, nodes: list[str]) -> dict[str, str]:
    """Names of actors; of namesakes with what they are beside it."""
    found = {id: ledger.name_of(id) or id for id in nodes}
    often = Counter(found.values())
    for id, name in found.items():
        record = ledger.record(id) if often[name] > 1 else None
        if isinstance(record, Entity):
            found[id] = f"{name} ({record.kind.replace('_', ' ')})"
    return found


def _named(claim: Claim) -> str:
    words = claim.relation if claim.kind == "relation" else None
    if words is None:
        words = claim.plover.type.lower() if claim.plover else "event"
    words = words.replace("_", " ")
    return f"not: {words}" if claim.polarity == "negative" else words


def _line(a: tuple[float, float], b: tuple[float, float], count: int) -> dict[str, float]:
    """A tie from edge to edge of its nodes, bent a little so that one and its answer do not hide
    each other."""
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

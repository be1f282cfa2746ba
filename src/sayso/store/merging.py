"""What several documents say of one entity or one event, as one record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sayso.records.entities import Alias, Entity
from sayso.records.findings import Event

_T = TypeVar("_T", bound=str)


def merge_entities(parts: Sequence[Entity]) -> Entity:
    """The sum of what each document says of one entity; the order of `parts` does not matter.

    Where documents differ (a name, a kind), what most of them say holds, and among equals what
    comes first in the alphabet. Aliases and roles are all kept.
    """
    first = parts[0]
    aliases: defaultdict[str, set[str]] = defaultdict(set)
    identifiers: defaultdict[str, list[str]] = defaultdict(list)
    for part in parts:
        for alias in part.aliases:
            aliases[alias.name].update(alias.mentions)
        for scheme, value in part.identifiers.items():
            identifiers[scheme].append(value)
    owners = [part.part_of for part in parts if part.part_of is not None]
    roles = {role for part in parts for role in part.roles}
    return Entity(
        id=first.id,
        kind=most_common(part.kind for part in parts),
        name=most_common(part.name for part in parts),
        aliases=tuple(Alias(name, tuple(sorted(aliases[name]))) for name in sorted(aliases)),
        identifiers={scheme: most_common(identifiers[scheme]) for scheme in sorted(identifiers)},
        part_of=most_common(owners) if owners else None,
        roles=tuple(sorted(roles, key=lambda r: (r.role, r.organisation or "", r.mention))),
        made_by=most_common(part.made_by for part in parts),
        **_point(parts),
    )


def _point(parts: Sequence[Entity]) -> dict[str, Any]:
    """Where most documents say that a place lies: its three fields stay together."""
    points = [
        (part.latitude, part.longitude, part.precision)
        for part in parts
        if part.latitude is not None and part.longitude is not None
    ]
    counts = Counter(points)
    if not counts:
        return {}
    best = min(counts, key=lambda point: (-counts[point], str(point)))
    return dict(zip(("latitude", "longitude", "precision"), best, strict=True))


def merge_events(parts: Sequence[Event]) -> Event:
    """One event from its rows, given in the order of documents; the first tells what it was."""
    first = parts[0]
    claims = dict.fromkeys(claim for part in parts for claim in part.claims)
    return Event(
        first.id, first.plover, first.time, first.place, first.actors, first.targets, tuple(claims)
    )


def most_common(values: Iterable[_T]) -> _T:
    """The value that stands most often; among equals the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))

"""What is known of one entity, as far as it tells whether another is the same actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from sayso.records.entities import Entity, EntityKind
from sayso.steps.link.actors import Actor
from sayso.steps.match.actors.likeness import fit_names, fits_beside
from sayso.steps.match.actors.names import is_short
from sayso.values.names import atoms, fold

MOST_NAMES = 16
"""Names of one actor that are compared; the rest is left out, the longest first kept."""
_MOST_OFFICES = 24
_BODIES = frozenset(("organisation", "armed_group", "outlet", "state"))


class Office(Struct, frozen=True):
    """A role of a person, and when reports give it to them."""

    role: str
    organisation: str | None = None
    """Id of the entity; None where no body is named."""
    organisation_name: str | None = None
    within: tuple[str, ...] = ()
    """Ids of all that the body is part of."""
    since: str | None = None
    """Date of the earliest report that gives it (EDTF); None where no report is dated."""
    until: str | None = None
    """Date of the latest one."""


class ActorProfile(Struct, frozen=True):
    """An entity, made ready to be compared. Small enough to be kept."""

    id: str
    kind: EntityKind
    name: str
    names: tuple[str, ...]
    """All names that can stand alone, its own first; of persons the full ones, if there are any.
    Empty where the entity is only described ("the rebel commander"): it is compared with nobody."""
    known: str | None = None
    """Key of the known actor that it is."""
    part_of: str | None = None
    part_of_name: str | None = None
    above: tuple[str, ...] = ()
    """Ids of all that it is part of: its parent, and theirs."""
    identifiers: dict[str, str] = {}
    offices: tuple[Office, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    documents: int = 1
    """In how many documents it was seen."""
    beside: tuple[str, ...] = ()
    """Ids of the entities that reports say it backs, fights, is part of and so on, sorted."""


def profile(
    entity: Entity,
    *,
    names: Mapping[str, str] | None = None,
    above: Mapping[str, str | None] | None = None,
    known: Actor | None = None,
    dates: Mapping[str, str] | None = None,
    documents: int | None = None,
    beside: Iterable[str] = (),
) -> ActorProfile:
    """The profile of an entity, merged over its documents.

    An entity without aliases was named nowhere: it is only described, or the parent of another.
    `names` and `above` give, by entity id, the names of entities and what each is part of; `known`
    is the known actor whose id it has; `dates` gives, by mention, the day (EDTF) of its document;
    `documents` says in how many it was seen; `beside` gives those that it is related to. What is
    not given is taken as not known.
    """
    names, dates = names or {}, dates or {}
    listed = [alias.name for alias in entity.aliases]
    if listed:
        listed.insert(0, entity.name)
    if entity.kind == "person":
        own = entity.name
        listed = [name for name in listed if fits_beside(fit_names(name, own, "person"), name, own)]
    if known is not None:
        listed += [known.name, *(alias.name for alias in known.names if not alias.context)]
    return ActorProfile(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        names=standing(listed, entity.kind),
        known=known.key if known is not None else None,
        part_of=entity.part_of,
        part_of_name=names.get(entity.part_of) if entity.part_of else None,
        above=chain(entity.part_of, above or {}),
        identifiers=entity.identifiers,
        offices=_offices(entity, names, above or {}, dates),
        latitude=entity.latitude,
        longitude=entity.longitude,
        documents=documents if documents is not None else 1,
        beside=tuple(sorted(set(beside))),
    )


def standing(names: list[str], kind: EntityKind) -> tuple[str, ...]:
    """The names that can stand for the actor alone, each once, the first kept first.

    A surname is left out where a fuller name is there, "the Front" where "Karsk Front" is.
    Abbreviations stay.
    """
    once = list(dict.fromkeys(name for name in names if atoms(name)))
    full = [name for name in once if len(atoms(name)) > 1]
    if kind == "person":
        kept = full or once
    elif kind in _BODIES:
        kept = [name for name in once if len(atoms(name)) > 1 or is_short(name)] or once
        if not full or once[0] not in kept:
            kept = [name for name in once if name == once[0] or name in kept]
    else:
        kept = once
    first = kept[0:1]
    rest = sorted(kept[1:], key=lambda name: (-len(name), name))
    return tuple((*first, *rest)[:MOST_NAMES])


def chain(parent: str | None, above: Mapping[str, str | None]) -> tuple[str, ...]:
    """An entity's parent and all above it, as far as `above` tells; sixteen at most."""
    found: list[str] = []
    while parent is not None and parent not in found and len(found) < 16:
        found.append(parent)
        parent = above.get(parent)
    return tuple(found)


def _offices(
    entity: Entity,
    names: Mapping[str, str],
    above: Mapping[str, str | None],
    dates: Mapping[str, str],
) -> tuple[Office, ...]:
    days: dict[tuple[str, str | None], list[str]] = {}
    for role in entity.roles:
        seen = days.setdefault((fold(role.role), role.organisation), [])
        if role.mention in dates:
            seen.append(dates[role.mention])
    offices = [
        Office(
            text,
            body,
            names.get(body) if body else None,
            chain(above.get(body), above) if body else (),
            min(seen) if seen else None,
            max(seen) if seen else None,
        )
        for (text, body), seen in days.items()
    ]
    offices.sort(key=lambda o: (o.role, o.organisation or "", o.since or ""))
    return tuple(offices[:_MOST_OFFICES])

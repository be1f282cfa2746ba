"""Who and what is spoken of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sayso.records.findings import PlacePrecision

EntityKind = Literal[
    "person",
    "armed_group",
    "state",
    "organisation",
    "outlet",
    "place",
    "document",
    "people",
]


class Alias(Struct, frozen=True):
    """A name that an entity goes by, and the mentions where it was seen."""

    name: str
    mentions: tuple[str, ...]


class Role(Struct, frozen=True):
    """An office or description: "Secretary" of "Security Council", seen in one mention."""

    role: str
    organisation: str | None
    """Id of an entity; None where it is not named or not known."""
    mention: str


class Entity(Struct, frozen=True, tag_field="type", tag="entity"):
    """A person, group, state, organisation, outlet, place, document or people."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[Alias, ...]
    identifiers: dict[str, str]
    """By scheme: `wikidata`, `geonames`."""
    part_of: str | None
    roles: tuple[Role, ...]
    made_by: str
    latitude: float | None = None
    """Of a place or state that was found in the gazetteer: degrees north; else None."""
    longitude: float | None = None
    """Degrees east."""
    precision: PlacePrecision | None = None
    """What the point stands for; of a country or province it is a point near the middle."""
    same_as: str | None = None
    """The entity that stands for the actor that this one is, where several are one actor; None
    where it stands for itself."""

"""The places among a document's entities, with their coordinates.

A known actor that is a state, province, town or region has one point, whatever the document. What
any other name means is weighed by the document (`locating`); names of places that were found by
nobody else are added. Entities of one place of the gazetteer are one entity, in all documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from msgspec.structs import replace

from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.documents import Document
from sayso.records.entities import Alias, Entity
from sayso.records.findings import Mention, PlacePrecision
from sayso.records.provenance import content_id
from sayso.steps.extract.toponyms import find_toponyms
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.entities import entity_id
from sayso.steps.link.gazetteer import Gazetteer, Spot, gazetteer
from sayso.steps.link.locating import Location, Setting, locate

_SURE = 0.5
"""Least probability of a name that only the recogniser of toponyms found."""
_CONTRADICTS = 0.7
"""Least probability of a place for which a mention is taken from the known actor of its name."""
_HOSTS = {"uk": "GB"}
"""Ends of host names that are no ISO 3166 code."""
_EVERYWHERE = frozenset("ai cc co fm io la me tv ws gg ly to".split())
"""Ends of host names that are used far from the country they belong to."""


def place_entities(
    analysis: Analysis,
    named: DocumentEntities,
    actors: Actors,
    *,
    made_by: str,
    places: Gazetteer | None = None,
) -> DocumentEntities:
    """The entities and mentions of `named`, with points for its places, and the places it lacks."""
    places = places or gazetteer()
    toponyms = find_toponyms(analysis, places, actors)
    found = locate(toponyms, analysis.parses, setting_of(analysis.document, places))
    work = _Placing(analysis.document.id, named, actors, places, made_by)
    for location in found:
        if not location.toponym.demonym:
            work.take(location)
    return DocumentEntities(work.entities(), work.mentions)


def setting_of(document: Document, places: Gazetteer) -> Setting:
    """What the document's address and dateline say of where it was written."""
    host = urlsplit(document.uri).hostname if "://" in document.uri else None
    end = (host or "").rpartition(".")[2]
    code = _HOSTS.get(end, end.upper())
    country = places.coded(code) if len(end) == 2 and end not in _EVERYWHERE else None
    dateline = document.dateline
    named = places.find(dateline.place) if dateline is not None and dateline.place else ()
    return Setting(country.index if country is not None else None, named)


def precision_of(spot: Spot) -> PlacePrecision:
    """What the point of a place stands for."""
    kind = spot.kind
    return "region" if kind == "continent" else kind


class _Placing:
    """Gathers a document's places."""

    def __init__(
        self,
        document: str,
        named: DocumentEntities,
        actors: Actors,
        places: Gazetteer,
        made_by: str,
    ) -> None:
        self._document = document
        self._named = named
        self._made_by = made_by
        self._places = places
        self._known = known_points(actors, places)
        self._spots: dict[str, Spot] = {}
        """By id of a mention."""
        self._added: list[Mention] = []

    def take(self, location: Location) -> None:
        """Take in where one toponym lies."""
        spot, span = location.spot, location.toponym.span
        if spot is None:
            return
        before = self._named.at(span.start)
        inside = self._named.within(span)
        if before is None and not inside and location.toponym.probability >= _SURE:
            self._add(location, spot)
        elif before is not None and before.span.end >= span.end:
            self._settle(before, location, spot)

    def _add(self, location: Location, spot: Spot) -> None:
        span = location.toponym.span
        mention = Mention(
            id=content_id("mention", self._document, span, "name"),
            document=self._document,
            span=span,
            quote=location.toponym.quote,
            entity=_place_id(spot),
            form="name",
            made_by=self._made_by,
        )
        self._added.append(mention)
        self._spots[mention.id] = spot

    def _settle(self, mention: Mention, location: Location, spot: Spot) -> None:
        entity = self._named.entity_of(mention)
        if (
            entity.kind not in ("place", "state")
            or len(mention.quote) > len(location.toponym.quote) + 4
        ):
            return
        known = self._known.get(entity.id)
        if known is None or (
            entity.kind == "place"
            and location.probability >= _CONTRADICTS
            and spot.country != known.country
            and known.kind in ("city", "province", "district")
        ):
            self._spots[mention.id] = spot

    @property
    def mentions(self) -> list[Mention]:
        """All mentions, each with the entity it now stands for."""
        kept = [
            replace(mention, entity=_place_id(self._spots[mention.id]))
            if mention.id in self._spots
            else mention
            for mention in self._named.mentions
        ]
        return [*kept, *self._added]

    def entities(self) -> Iterator[Entity]:
        """The entities that were there, with their points; then those of the gazetteer."""
        moved = set(self._spots)
        mentioned = {mention.entity for mention in self._named.mentions}
        left = {m.entity for m in self._named.mentions if m.id not in moved}
        for entity in self._named.entities.values():
            known = self._known.get(entity.id)
            if entity.id in left or entity.id not in mentioned or known is not None:
                yield _pointed(_without(entity, moved), known)
        by_place: dict[str, list[Mention]] = {}
        for mention in [*self._named.mentions, *self._added]:
            if mention.id in moved:
                by_place.setdefault(_place_id(self._spots[mention.id]), []).append(mention)
        for mentions in by_place.values():
            yield self._place(mentions)

    def _place(self, mentions: Sequence[Mention]) -> Entity:
        spot = self._spots[mentions[0].id]
        aliases: dict[str, list[str]] = {}
        for mention in mentions:
            aliases.setdefault(" ".join(mention.quote.split()), []).append(mention.id)
        entity = Entity(
            id=_place_id(spot),
            kind="state" if spot.kind == "country" else "place",
            name=max(aliases, key=lambda name: (len(aliases[name]), name)),
            aliases=tuple(Alias(name, tuple(ids)) for name, ids in aliases.items()),
            identifiers={},
            part_of=None,
            roles=(),
            made_by=self._made_by,
        )
        return _pointed(entity, spot)


@lru_cache(maxsize=4)
def known_points(actors: Actors, places: Gazetteer) -> dict[str, Spot]:
    """By entity id, the place of each known state or place that the gazetteer holds."""
    by_key = {actor.key: actor for actor in actors}
    found = {}
    for actor in by_key.values():
        spot = _known_point(actor, by_key, places)
        if spot is not None:
            found[entity_id(("actor", actor.key))] = spot
    return found


def _known_point(actor: Actor, by_key: dict[str, Actor], places: Gazetteer) -> Spot | None:
    if actor.kind not in ("state", "place"):
        return None
    code = actor.identifiers.get("iso3166") or actor.identifiers.get("iso3166_2")
    if code:
        return places.coded(code)
    found = places.find(actor.name)
    above = by_key.get(actor.part_of or "")
    state = above.identifiers.get("iso3166") if above is not None else None
    country = places.coded(state) if state else None
    if country is not None:
        found = tuple(spot for spot in found if spot.country == country.index)
    else:
        found = tuple(spot for spot in found if spot.kind in ("region", "continent", "point"))
    cities = [spot for spot in found if spot.kind == "city"]
    return next(iter(cities or found), None)


def _place_id(spot: Spot) -> str:
    return entity_id(("geonames", str(spot.id)) if spot.id else ("gazetteer", str(spot.index)))


def _pointed(entity: Entity, spot: Spot | None) -> Entity:
    if spot is None:
        return entity
    identifiers = entity.identifiers
    if spot.id:
        identifiers = dict(sorted({**identifiers, "geonames": str(spot.id)}.items()))
    return replace(
        entity,
        identifiers=identifiers,
        latitude=spot.latitude,
        longitude=spot.longitude,
        precision=precision_of(spot),
    )


def _without(entity: Entity, moved: set[str]) -> Entity:
    """The entity without the mentions that turned out to be of another place."""
    if not any(id in moved for alias in entity.aliases for id in alias.mentions):
        return entity
    aliases = (
        Alias(alias.name, tuple(id for id in alias.mentions if id not in moved))
        for alias in entity.aliases
    )
    return replace(entity, aliases=tuple(alias for alias in aliases if alias.mentions))

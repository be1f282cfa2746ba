"""Which tellings in one document are of one happening."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.records.findings import EntityRef, Event, Place, Plover, Time
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.extract.triggers import Happening


@dataclass
class _Entry:
    """An event as the tellings so far make it."""

    id: str
    plover: Plover
    time: Time | None = None
    place: Place | None = None
    name: str | None = None
    actors: dict[str, EntityRef] = field(default_factory=dict)
    targets: dict[str, EntityRef] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)


class Registry:
    """The events of one document. Entering a telling takes constant time.

    A telling joins an earlier event of its type that it points back to (`this meeting`), that has
    its name, its named target or its town, unless their times, towns or names contradict.
    """

    def __init__(self, document: str) -> None:
        self._document = document
        self._entries: list[_Entry] = []
        self._keys: dict[tuple[str, str, str], int] = {}
        self._last: dict[str, int] = {}
        self._placed: dict[str, int] = {}

    def enter(self, told: Happening, trigger: Span, claim: str) -> str:
        """The id of the event that this telling is of."""
        index = self._known(told)
        if index is None:
            index = len(self._entries)
            parts = (told.plover.type, trigger)
            id = content_id("event", self._document, *parts)
            self._entries.append(_Entry(id, told.plover))
        entry = self._entries[index]
        _add(entry, told, claim)
        self._last[told.plover.type] = index
        if told.plover.type == "ASSAULT" and entry.place is not None:
            self._placed[told.plover.type] = index
        for key in _keys(told):
            self._keys.setdefault(key, index)
        return entry.id

    def knows(self, type: str) -> bool:
        """Whether an event of this type was told of so far."""
        return type in self._last

    def events(self) -> tuple[Event, ...]:
        """All events, in the order of their first telling."""
        return tuple(
            Event(
                id=entry.id,
                plover=entry.plover,
                time=entry.time,
                place=entry.place,
                actors=tuple(entry.actors.values()),
                targets=tuple(entry.targets.values()),
                claims=tuple(entry.claims),
            )
            for entry in self._entries
        )

    def _known(self, told: Happening) -> int | None:
        if told.points_back and told.plover.type in self._last:
            # "killed 12 people" is told of no place: "the attack" means the one that has one.
            return self._placed.get(told.plover.type, self._last[told.plover.type])
        for key in _keys(told):
            index = self._keys.get(key)
            if index is not None and not _contradicts(self._entries[index], told):
                return index
        return None


def _keys(told: Happening) -> list[tuple[str, str, str]]:
    """What makes two tellings one: the name, the named target, the town."""
    type = told.plover.type
    keys: list[tuple[str, str, str]] = []
    if told.name is not None:
        keys.append((type, "name", told.name))
    keys.extend((type, "target", target.entity) for target in told.targets if target.entity)
    if told.place is not None and told.place.precision not in {"country", "region"}:
        keys.append((type, "place", told.place.entity or told.place.quote.lower()))
    return keys


def _contradicts(entry: _Entry, told: Happening) -> bool:
    if entry.name and told.name and entry.name != told.name:
        return True
    if entry.time and told.time and not _same_time(entry.time, told.time):
        return True
    if entry.place and told.place:
        known = entry.place.entity or entry.place.quote.lower()
        return known != (told.place.entity or told.place.quote.lower())
    return False


def _same_time(first: Time, second: Time) -> bool:
    if first.value is not None and second.value is not None:
        return first.value == second.value
    a, b = first.quote.lower(), second.quote.lower()
    return a in b or b in a


def _add(entry: _Entry, told: Happening, claim: str) -> None:
    entry.claims.append(claim)
    entry.time = entry.time or told.time
    entry.place = entry.place or told.place
    entry.name = entry.name or told.name
    if entry.plover.mode is None:
        entry.plover = told.plover
    for known, refs in ((entry.actors, told.actors), (entry.targets, told.targets)):
        for ref in refs:
            known.setdefault(ref.entity or ref.quote.lower(), ref)

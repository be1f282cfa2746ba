"""Which event of its document a claim speaks of.

The dead and wounded are counted in claims of their own, often in another sentence than the attack.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event
from sayso.steps.match.disputes.measures import TOLLS, family

_HARMFUL = frozenset(("ASSAULT", "COERCE"))
_NOUNS = {
    "ASSAULT": "attack",
    "CONSULT": "meeting",
    "PROTEST": "protest",
    "COERCE": "operation",
    "MOBILIZE": "deployment",
    "RETREAT": "withdrawal",
}
_DAY = len("2031-03-14")
_NO_NOUN = frozenset(("killing", "", "other"))


class Incidents:
    """The events of one document, by their claims."""

    def __init__(
        self, claims: Sequence[Claim], events: Iterable[Event], entities: Mapping[str, Entity]
    ) -> None:
        """`claims` in the order of the text."""
        self._entities = entities
        self._events = {event.id: event for event in events}
        self._tellings = [
            claim
            for claim in claims
            if claim.kind == "event" and claim.plover is not None and claim.event is not None
        ]
        self._starts = [claim.span.start for claim in self._tellings]
        placed = [
            claim.event
            for claim in self._tellings
            if claim.plover is not None
            and claim.plover.type == "ASSAULT"
            and claim.modality == "actual"
            and self._placed(claim.event)
        ]
        # The dead of a report about one attack are that attack's, wherever they are counted; two
        # tellings of one place and day are of one attack.
        scenes = {self._scene(id) for id in placed if id is not None}
        one = len({place for place, _ in scenes}) == 1 and len({d for _, d in scenes if d}) <= 1
        self._main = placed[0] if one else None

    def event_of(self, claim: Claim) -> str | None:
        """The event that a claim tells of, or that did what it counts; None where that is open."""
        if claim.kind == "event":
            bare = not self._placed(claim.event) and self._is_toll(claim)
            return self._main or claim.event if bare else claim.event
        if claim.kind != "estimate":
            return None
        beside = self._overlapping(claim)
        if family(claim.measure) not in TOLLS:
            return beside[0].event if beside else None
        harmful = [t for t in beside if t.plover is not None and t.plover.type in _HARMFUL]
        if family(claim.measure) == "detained":  # "arrested after the raid": of the arrest
            harmful.sort(
                key=lambda telling: telling.plover.type != "COERCE" if telling.plover else 0
            )
        for telling in harmful:
            if self._placed(telling.event):
                return telling.event
        if self._main is not None and self._of_its_day(claim) and self._at_its_place(claim):
            return self._main
        return harmful[0].event if harmful else None

    def _of_its_day(self, claim: Claim) -> bool:
        """Whether a count can be the main event's: "last year" and another day are not."""
        if claim.time is None:
            return True
        event = self._events.get(self._main or "")
        day = event.time.value if event is not None and event.time is not None else None
        value = claim.time.value
        return value is None or (len(value) == _DAY and (day is None or day == value))

    def _at_its_place(self, claim: Claim) -> bool:
        """Whether a count can be the main event's: those of another place are not."""
        event = self._events.get(self._main or "")
        if claim.place is None or event is None or event.place is None:
            return True
        here, there = event.place.entity, claim.place.entity
        if here is None or there is None:
            return event.place.quote.casefold() == claim.place.quote.casefold()
        entity = self._entities.get(here)
        return here == there or (entity is not None and entity.part_of == there)

    def name(self, id: str) -> str | None:
        """An event in words: `attack in Velm on 2031-03-14`."""
        event = self._events.get(id)
        if event is None:
            return None
        mode = (event.plover.mode or "").replace("-", " ").replace("_", " ").casefold()
        kind = _NOUNS.get(event.plover.type, event.plover.type.casefold())
        noun = mode if event.plover.type == "ASSAULT" and _is_noun(mode) else kind
        words = [noun]
        named = [t for t in event.targets if t.entity in self._entities and t.entity is not None]
        if named and event.plover.type == "ASSAULT":
            words.append(f"on {self._entities[named[0].entity or ''].name}")
        if event.place is not None:
            words.append(f"in {event.place.quote}")
        if event.time is not None and event.time.value:
            words.append(f"({event.time.value})")
        return " ".join(words)

    def _placed(self, id: str | None) -> bool:
        event = self._events.get(id or "")
        if event is None:
            return False
        place = event.place is not None and event.place.precision not in ("country", "region")
        return place or (event.place is not None and event.time is not None)

    def _scene(self, id: str) -> tuple[str, str | None]:
        event = self._events[id]
        place = event.place
        where = (place.entity or place.quote.casefold()) if place is not None else ""
        return where, event.time.value if event.time is not None else None

    def _is_toll(self, claim: Claim) -> bool:
        """Whether it only says that people were killed or hurt: the outcome of another telling."""
        return (
            claim.plover is not None
            and claim.plover.type == "ASSAULT"
            and claim.outcome is not None
            and not any(target.entity for target in claim.targets)
        )

    def _overlapping(self, claim: Claim) -> list[Claim]:
        """Tellings whose words share characters with the claim's. Looks at few: claims are a clause
        long."""
        at = bisect_right(self._starts, claim.span.end - 1)
        near = self._tellings[max(0, at - 8) : at]
        return [telling for telling in reversed(near) if telling.span.overlaps(claim.span)]


def _is_noun(mode: str) -> bool:
    return mode not in _NO_NOUN and mode.endswith(("attack", "bombing", "strike", "ing"))

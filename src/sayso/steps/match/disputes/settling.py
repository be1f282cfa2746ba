"""Of whom and where, across documents: the branch that a parent's name means, the home that is
not told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.steps.match.disputes.sides import DisputeClaim, Matched, Party

_USUAL_DOCUMENTS = 2
_USUAL_RATIO = 2
"""Documents that name it, for each that names another place that may be a country."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A side with its actor and place as they are compared."""

    side: DisputeClaim
    subject: str
    country: str | None
    part: str | None
    note: str | None = None
    """Why it stands here though its own words say less; None where they say it."""


class Settling:
    """Knows the actors and places of one topic."""

    def __init__(self, sides: Iterable[DisputeClaim], matched: Matched) -> None:
        self._matched = matched
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._branches: dict[str, set[str]] = defaultdict(set)
        self._homes: dict[str, str] = {}
        countries: dict[str, set[str]] = defaultdict(set)
        wide: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for side in sides:
            if side.subject is None:
                continue
            actor = self._enter(side.subject)
            scope = side.scope
            for id, name in ((scope.country, scope.country_name), (scope.part, scope.part_name)):
                if id is not None and name is not None:
                    self._names[matched.actor(id)][name] += 1
            if scope.country is not None:
                countries[actor].add(matched.actor(scope.country))
            elif scope.part is not None and scope.wide and side.claim.kind != "event":
                # (Attacks are in towns, and a town that no gazetteer knows looks like a country.)
                wide[actor][matched.actor(scope.part)].add(side.source.document)
        self._only: dict[str, tuple[str | None, str | None]] = {}
        for actor in (*countries, *wide):
            if actor in self._branches or actor.startswith("~"):
                continue  # it is spread out: its total is not what it has in one country
            if len(countries[actor]) == 1:
                self._only[actor] = next(iter(countries[actor])), None
            elif not countries[actor] and (place := _usual(wide[actor])) is not None:
                self._only[actor] = None, place

    def name(self, id: str) -> str:
        """What an actor or place is called: as joined, else as most claims have it."""
        if id in self._matched.names:
            return self._matched.names[id]
        names = self._names.get(id)
        return min(names, key=lambda name: (-names[name], name)) if names else id.lstrip("~")

    def settle(self, sides: Sequence[DisputeClaim], *, told_only: bool = False) -> list[Settled]:
        """The sides that have a subject, in their order. `told_only`: no place is taken that the
        claim does not name."""
        parties = [(side, side.subject) for side in sides if side.subject is not None]
        if told_only:
            return [self._as_told(side, party) for side, party in parties]
        return [self._settled(side, party) for side, party in parties]

    def _enter(self, party: Party) -> str:
        actor = self._matched.actor(party.id)
        self._names[actor][party.name] += 1
        if party.home is not None:
            self._homes[actor] = self._matched.actor(party.home)
        for above in party.above:
            if (parent := self._matched.actor(above)) != actor:
                self._branches[parent].add(actor)
        return actor

    def _as_told(self, side: DisputeClaim, party: Party) -> Settled:
        actor, scope = self._matched.actor(party.id), side.scope
        if scope.basis != "told":
            return Settled(side, actor, None, None)
        country = self._matched.actor(scope.country) if scope.country else None
        part = self._matched.actor(scope.part) if scope.part else None
        return Settled(side, actor, country, part)

    def _settled(self, side: DisputeClaim, party: Party) -> Settled:
        actor = self._matched.actor(party.id)
        country = self._matched.actor(side.scope.country) if side.scope.country else None
        part = self._matched.actor(side.scope.part) if side.scope.part else None
        settled = Settled(side, actor, country, part)
        if country is None and part is None:
            return self._at_home(settled)
        branch = self._branch_at(actor, country)
        if branch is None or country is None:
            return settled
        note = (
            f"what is said of {self.name(actor)} in {self.name(country)} is put beside what is"
            f" said of {self.name(branch)}, its branch there"
        )
        return replace(settled, subject=branch, note=note)

    def _at_home(self, settled: Settled) -> Settled:
        name = self.name(settled.subject)
        if (home := self._homes.get(settled.subject)) is not None:
            note = f"where no place is told for {name}, its home is meant: {self.name(home)}"
            return replace(settled, country=home, note=note)
        if (only := self._only.get(settled.subject)) is not None:
            country, part = only
            note = (
                f"where no place is told for {name}, {self.name(country or part or '')} is taken:"
                " reports place it in no other country"
            )
            return replace(settled, country=country, part=part, note=note)
        return settled

    def _branch_at(self, actor: str, country: str | None) -> str | None:
        """The only branch of an actor that has its home in a country."""
        at_home = [
            branch
            for branch in sorted(self._branches.get(actor, ()))
            if country is not None and self._homes.get(branch) == country
        ]
        return at_home[0] if len(at_home) == 1 else None


def _usual(places: Mapping[str, set[str]]) -> str | None:
    """The place that two of three documents give, if not one alone gives it."""
    place = max(sorted(places), key=lambda id: len(places[id]), default=None)
    if place is None or len(places[place]) < _USUAL_DOCUMENTS:
        return None
    rest = len(set().union(*places.values()) - places[place])
    return place if rest * _USUAL_RATIO <= len(places[place]) else None

"""The key of each name: what entity of the document it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.records.analyses import Analysis
from sayso.records.entities import EntityKind
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import FoundName
from sayso.steps.link.actors import Actors
from sayso.steps.link.clusters import Clusters, Key, Persons
from sayso.steps.link.definitions import definitions
from sayso.values.names import (
    atoms,
    is_patronymic,
    is_shortened,
    key,
    surname,
    without_article,
)

_BODIES = frozenset(("organisation", "armed_group", "outlet"))
_BY_ONE_WORD = frozenset(("place", "people", "outlet", "state"))
"""Kinds that are told by one word across documents; a single word for others is not sure enough."""


_MANY = 8
"""More persons of one name than this are not told apart (and would cost quadratic time)."""


def _is_part(words: Key) -> bool:
    """Whether a person's name is only a part: one word, "al-X", or a first name and patronymic."""
    short = without_article(words)
    return len(short) < 2 or (len(words) == 2 and is_patronymic(words[1]))


@dataclass
class Identities:
    """Keys of a document's names, joined where they are one entity."""

    keys: list[Key]
    """By name, in the order of the names; the joined key (see `top`)."""
    clusters: Clusters
    owners: dict[Key, str]
    """By key of a body: the known actor it belongs to ("Tarvian Security Council")."""

    def top(self, index: int) -> Key:
        """The entity of a name."""
        return self.clusters.top(self.keys[index])


def identify(analysis: Analysis, names: Sequence[FoundName], actors: Actors) -> Identities:
    """Which names of the document stand for the same entity."""
    work = _Work(analysis, names, actors)
    work.keys = [work.first_key(index) for index in range(len(names))]
    for made in work.keys:
        work.clusters.add(made)
    places = {(name.parse, name.first): index for index, name in enumerate(names)}
    for left, right in definitions(analysis.parses, names):
        work.join(places[left.parse, left.first], places[right.parse, right.first])
    work.take_up_persons()
    work.take_up_bodies()
    work.take_up_short_bodies()
    return Identities(work.keys, work.clusters, work.owners)


@dataclass
class _Work:
    analysis: Analysis
    names: Sequence[FoundName]
    actors: Actors
    keys: list[Key] = field(default_factory=list)
    clusters: Clusters = field(default_factory=Clusters)
    owners: dict[Key, str] = field(default_factory=dict)
    bare: dict[str, set[Key]] = field(default_factory=dict)
    """Bodies by their name without the state they belong to."""

    def first_key(self, index: int) -> Key:
        name = self.names[index]
        if name.actor is not None:
            return ("actor", name.actor)
        words = atoms(name.quote)
        if name.kind in _BODIES:
            return self._body_key(index, words)
        bare = name.kind == "person" and _is_part(words)
        if name.kind in _BY_ONE_WORD or (len(words) > 1 and not bare):
            return (name.kind, key(name.quote))
        return self._own(name.kind, key(name.quote))

    def _own(self, kind: EntityKind, folded: str) -> Key:
        return (kind, folded, self.analysis.document.id)

    def _body_key(self, index: int, words: Key) -> Key:
        name = self.names[index]
        owner, rest = self._owner(index, words)
        folded = " ".join(rest) if owner else key(name.quote)
        if len(rest) < 2 and owner is None and name.kind not in _BY_ONE_WORD:
            return self._own("organisation", folded)
        made: Key = ("organisation", folded, f"of {owner}") if owner else ("organisation", folded)
        if owner:
            self.owners[made] = owner
        self.bare.setdefault(" ".join(rest), set()).add(made)
        return made

    def _owner(self, index: int, words: Key) -> tuple[str | None, Key]:
        """The state that a body belongs to, and its name without an adjective or an "of" part."""
        for length in (2, 1):
            found = self.actors.adjectives.get(words[:length])
            states = [actor.key for actor in found if actor.kind == "state"]
            if states and len(words) - length > 1:
                return states[0], words[length:]
        if "of" in words:
            cut = len(words) - 1 - words[::-1].index("of")
            behind = words[cut + 2 :] if words[cut + 1 : cut + 2] == ("the",) else words[cut + 1 :]
            states = [a.key for a, _ in self.actors.names.get(behind) if a.kind == "state"]
            if states and cut > 1:
                return states[0], words[:cut]
        return self._possessor(index), words

    def _possessor(self, index: int) -> str | None:
        """The known actor of "Tarvia's" right before a name."""
        name = self.names[index]
        if not index or self.names[index - 1].parse != name.parse:
            return None
        before = self.names[index - 1]
        between = self._parse(name).tags[before.last : name.first]
        return before.actor if between == ["POS"] else None

    def _parse(self, name: FoundName) -> Parse:
        return self.analysis.parses[name.parse]

    def join(self, left: int, right: int) -> None:
        self.clusters.join(self.keys[left], self.keys[right])

    def take_up_persons(self) -> None:
        """Surnames and first names go to the one full name they can stand for."""
        persons = self._full_names()
        for index, name in enumerate(self.names):
            if name.kind != "person" or name.actor is not None:
                continue
            tops = self._candidates(persons, atoms(name.quote))
            if len(tops) == 1:
                self.clusters.join(next(iter(tops)), self.keys[index])

    def _full_names(self) -> Persons:
        persons = Persons()
        full: dict[tuple[str, str], set[Key]] = {}
        words_of: dict[Key, Key] = {}
        for index, name in enumerate(self.names):
            words = atoms(name.quote)
            if name.kind == "person" and not _is_part(words):
                made = self.keys[index]
                words_of[made] = words
                full.setdefault((words[0], words[-1]), set()).add(made)
        for made, words in words_of.items():
            last = surname(" ".join(words))
            persons.add(made, words, {last, without_article(last)})
            alike = full[words[0], words[-1]]
            longer = {
                other
                for other in (alike if len(alike) <= _MANY else ())
                if is_shortened(words, words_of[other])
            }
            if len(longer) == 1:
                self.clusters.join(next(iter(longer)), made)
        return persons

    def _candidates(self, persons: Persons, words: Key) -> set[Key]:
        if len(words) == 2 and is_patronymic(words[1]):
            found = persons.with_given(words[0])
        elif len(words) == 1 or without_article(words) != words:
            found = persons.with_surname(words) or persons.with_surname(without_article(words))
            found = found or (persons.with_given(words[0]) if len(words) == 1 else set())
        else:
            return set()
        return {self.clusters.top(made) for made in found} if len(found) <= _MANY else set()

    def take_up_bodies(self) -> None:
        """ "Security Council" is the "Tarvian Security Council" where the document has just one."""
        for made in dict.fromkeys(self.keys):
            if made[0] != "organisation" or len(made) != 2:
                continue
            owned = {
                self.clusters.top(k) for k in self.bare.get(made[1], set()) if k in self.owners
            }
            if len(owned) == 1:
                self.clusters.join(next(iter(owned)), made)

    def take_up_short_bodies(self) -> None:
        """ "The Front" is the "Karsk Front" where just one body's name ends so."""
        ending: dict[str, set[Key]] = {}
        for made, name in zip(self.keys, self.names, strict=True):
            words = atoms(name.quote)
            if name.kind in _BODIES and len(words) > 1:
                ending.setdefault(words[-1], set()).add(self.clusters.top(made))
        for made in dict.fromkeys(self.keys):
            if made[0] != "organisation" or len(made) != 3 or " " in made[1]:
                continue
            longer = ending.get(made[1], set())
            if len(longer) == 1:
                self.clusters.join(next(iter(longer)), made)

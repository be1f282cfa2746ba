"""Which names of a document stand for the same entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Key = tuple[str, ...]
"""What makes an entity that entity: ("actor", key), (kind, folded name, ...)."""


@dataclass
class Clusters:
    """Keys joined into entities. Two different known actors are never joined, in whatever order."""

    _above: dict[Key, Key] = field(default_factory=dict)
    _actor: dict[Key, str] = field(default_factory=dict)

    def add(self, key: Key) -> None:
        """Take in a key, as an entity of its own at first."""
        if key not in self._above:
            self._above[key] = key
            if key[0] == "actor":
                self._actor[key] = key[1]

    def top(self, key: Key) -> Key:
        """The key that stands for all keys joined with this one."""
        while self._above[key] != key:
            self._above[key] = self._above[self._above[key]]
            key = self._above[key]
        return key

    def join(self, one: Key, other: Key) -> bool:
        """Make two keys one entity; False where they are two different known actors."""
        first, second = self.top(one), self.top(other)
        if first == second:
            return True
        actors = {self._actor[top] for top in (first, second) if top in self._actor}
        if len(actors) > 1:
            return False
        if second in self._actor:
            first, second = second, first
        self._above[second] = first
        return True


@dataclass
class Persons:
    """The full names of a document's persons, found again by surname or by first name."""

    _by_surname: dict[Key, set[Key]] = field(default_factory=dict)
    _by_given: dict[str, set[Key]] = field(default_factory=dict)

    def add(self, key: Key, words: Key, surnames: Iterable[Key]) -> None:
        """Take in a full name: its words, and the ways in which its surname may be written."""
        for surname in surnames:
            self._by_surname.setdefault(surname, set()).add(key)
        self._by_given.setdefault(words[0], set()).add(key)

    def with_surname(self, words: Key) -> set[Key]:
        """The persons with this surname."""
        return self._by_surname.get(words, set())

    def with_given(self, word: str) -> set[Key]:
        """The persons with this first name."""
        return self._by_given.get(word, set())

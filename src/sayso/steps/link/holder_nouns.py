"""Common nouns that stand for whoever speaks, read from the lexicon `holders.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load

_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ee", "man", "woman", "person")


@dataclass(frozen=True)
class HolderNouns:
    """Lemmas by what they stand for."""

    outlet: frozenset[str]
    group: frozenset[str]
    institution: frozenset[str]
    state: frozenset[str]
    spokesman: frozenset[str]
    collective: frozenset[str]
    document: frozenset[str]
    person: frozenset[str]
    any_body: frozenset[str]
    """Any organisation, whatever its name."""
    place: frozenset[str]
    """Places that speak through whoever governs them."""
    anonymous: frozenset[str]
    """Persons who are called so because they are not named."""
    broadcast: frozenset[str]
    """What outlets that broadcast are called, and words of their names."""
    printed: frozenset[str]
    """Words of the names of outlets that print."""

    def is_person(self, lemma: str) -> bool:
        """Whether the noun means a human being."""
        if lemma in self.person or lemma in self.spokesman:
            return True
        others = self.outlet | self.group | self.institution | self.document | self.state
        others |= self.place | self.any_body
        return lemma.endswith(_PERSON_ENDINGS) and lemma not in others


@cache
def load_holder_nouns() -> HolderNouns:
    """The nouns that ship with sayso."""
    nouns = load("holders.toml")
    return HolderNouns(**{name: frozenset(lemmas) for name, lemmas in nouns.items()})

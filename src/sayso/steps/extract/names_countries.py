"""Countries that no list knows, told by their ministers: of "the Ostrenian foreign minister said
that Ostrenia ..." Ostrenia is a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import Candidate, Rank
from sayso.values.names import fold

_ENDINGS = ("ian", "ean", "an", "n", "ese", "ish", "i")
_VOWELS = "aeiou"
_TAILS = frozenset({"", "a", "e", "i", "o", "u", "ia", "ea"})
"""What a country's name has behind its stem: "Christian" is made of no "Christie"."""
_SHORTEST = 4
"""Letters of a name without its ending."""
_NEAR = 4
"""Words behind the adjective in which the office stands ("Ostrenian deputy prime minister")."""


def countries_told(parses: Sequence[Parse]) -> frozenset[str]:
    """The names (folded) in a document whose adjective stands before an office of state. Linear in
    the text."""
    adjectives = {
        folded
        for parse in parses
        for index in _before_offices(parse)
        if (folded := fold(parse.words[index])).endswith(_ENDINGS)
    }
    names: dict[str, set[str]] = {}
    for parse in parses if adjectives else ():
        for word in filter(_may_name, parse.words):
            folded = fold(word)
            stem = folded.rstrip(_VOWELS)
            if folded.removeprefix(stem) in _TAILS:
                names.setdefault(stem, set()).add(folded)
    found: set[str] = set()
    for adjective in adjectives:
        for ending in _ENDINGS:
            stem = adjective.removesuffix(ending)
            if stem != adjective and len(stem.rstrip(_VOWELS)) >= _SHORTEST - 1:
                found |= names.get(stem.rstrip(_VOWELS), set()) - {adjective}
    return frozenset(found | _joined(parses, found))


def is_adjective_of(adjective: str, name: str) -> bool:
    """Whether one word is made of the other as `Ostrenian` is of `Ostrenia`.

    >>> is_adjective_of("Ostrenian", "Ostrenia"), is_adjective_of("Ostrenian", "Orsk")
    (True, False)
    """
    stem = fold(name).rstrip(_VOWELS)
    folded = fold(adjective)
    return len(stem) >= _SHORTEST - 1 and any(
        folded.endswith(ending) and folded.removesuffix(ending).rstrip(_VOWELS) == stem
        for ending in _ENDINGS
    )


def _joined(parses: Sequence[Parse], countries: set[str]) -> set[str]:
    """`Tarvia and Ostrenia`: what is named in one breath with a country."""
    found: set[str] = set()
    for parse in parses if countries else ():
        for index in range(1, len(parse) - 1):
            if parse.words[index].lower() != "and":
                continue
            pair = index - 1, index + 1
            if all(
                parse.words[i][:1].isupper()
                and parse.tags[i] == "NNP"
                and _stands_alone(parse, i)
                and len(parse.words[i]) >= _SHORTEST
                for i in pair
            ):
                one, other = (fold(parse.words[i]) for i in pair)
                if one in countries or other in countries:
                    found |= {one, other}
    return found


def country_candidates(parse: Parse, countries: frozenset[str]) -> Iterator[Candidate]:
    """The single words of a parse that name one of these countries."""
    for index, word in enumerate(parse.words if countries else ()):
        if word[:1].isupper() and fold(word) in countries and _stands_alone(parse, index):
            yield Candidate(index, index + 1, "state", Rank.NAME, sure=True)


def _may_name(word: str) -> bool:
    return word[:1].isupper() and word[1:].islower() and len(word) >= _SHORTEST


def _before_offices(parse: Parse) -> set[int]:
    """The capitalised words that stand a little before an office of state."""
    offices = listed("naming.toml", "offices_of_state")
    lowered = list(map(str.lower, parse.words))
    if offices.isdisjoint(lowered):
        return set()
    found: set[int] = set()
    for office, word in enumerate(lowered):
        if word in offices:
            found.update(range(max(0, office - _NEAR), office))
    return {index for index in found if _may_name(parse.words[index])}


def _stands_alone(parse: Parse, index: int) -> bool:
    """Whether it is no part of a longer name ("Ostrenia Post", "Mara Ostrenia")."""
    beside = parse.words[max(0, index - 1) : index] if index else []
    first = parse.sentences[parse.sentence_of[index]][0]
    before = bool(beside) and index > first and beside[0][:1].isupper() and beside[0].isalpha()
    behind = parse.words[index + 1][:1].isupper() if index + 1 < len(parse) else False
    return not before and not behind

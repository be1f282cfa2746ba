"""Which words of a passage weaken it, turn it, or carry no matter of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.lexicons import load
from sayso.steps.match.journeys.passages import Passage

_PHRASE = 6
_OPEN = frozenset({"to", "as", "of", "by"})
"""Last words of phrases that something hangs on: the phrase is then taken to have six words."""


def hedging(passage: Passage) -> frozenset[int]:
    """The words that weaken it, by index: those of the lists and those its claims were found
    weakened by."""
    words = passage.words.folded
    found = {i for i, word in enumerate(words) if word in _hedges() or word in _approximators()}
    found -= {i for i in found if words[i] in _approximators() and not _before_number(words, i)}
    for first, length in _phrases(words):
        found.update(range(first, min(first + length, len(words))))
    for hedge in passage.hedges:
        found.update(
            i
            for i, (start, end) in enumerate(
                zip(passage.words.starts, passage.words.ends, strict=True)
            )
            if start < hedge.span.end and hedge.span.start < end
        )
    return frozenset(found)


def negating(words: Sequence[str]) -> frozenset[int]:
    """The words that turn a sentence into its opposite, by index."""
    negations = _listed("negation", "words")
    return frozenset(i for i, word in enumerate(words) if word in negations or word.endswith("n't"))


def is_small(word: str) -> bool:
    """Whether a word carries no matter of its own."""
    return word in _small()


def _before_number(words: Sequence[str], index: int) -> bool:
    return any(char.isdigit() for word in words[index + 1 : index + 4] for char in word)


def _phrases(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where phrases begin, and how many words they have with what hangs on them ("according to
    our own data")."""
    return [
        (i, _PHRASE if phrase[-1] in _OPEN else len(phrase))
        for i, word in enumerate(words)
        for phrase in _phrases_by_word().get(word, ())
        if tuple(words[i : i + len(phrase)]) == phrase
    ]


@cache
def _phrases_by_word() -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (*_listed("hedges", "phrases"), *load("journeys.toml")["phrases"]["words"]):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


@cache
def _listed(section: str, key: str) -> frozenset[str]:
    return frozenset(load("hedges.toml")[section][key])


@cache
def _hedges() -> frozenset[str]:
    """Adverbs, hedging modals, and the forms of verbs that hedge."""
    # "Can" tells what somebody is able to do as often as what may be.
    forms = set(_listed("hedges", "words") | _listed("modals", "possible")) - {"can"}
    for verb in _listed("hedges", "verbs"):
        stem = verb.removesuffix("e")
        forms |= {verb, f"{verb}s", f"{stem}ed", f"{stem}ing"}
    return frozenset(forms)


@cache
def _approximators() -> frozenset[str]:
    return frozenset(load("journeys.toml")["approximators"]["words"])


@cache
def _small() -> frozenset[str]:
    return frozenset(load("journeys.toml")["small"]["words"])

"""Which predicates say the same: `supply rocket to` and `send weapon to`."""

from __future__ import annotations

from functools import cache

from sayso.lexicons import load


def same_predicate(predicate: str) -> str:
    """A key that predicates of one meaning share: each word as the first of its line in
    `propositions.toml`.

    >>> same_predicate("send missile to") == same_predicate("supply rocket to")
    True
    >>> same_predicate("meet with") == same_predicate("meet")
    True
    """
    verbs, nouns = _lines("verbs"), _lines("nouns")
    if predicate in verbs:
        return verbs[predicate]
    words = predicate.split()
    for length in (2, 1):  # "break into": a verb with its particle
        verb = " ".join(words[:length])
        if len(words) >= length and verb in verbs:
            words = [verbs[verb], *words[length:]]
            break
    return " ".join([*words[:1], *(nouns.get(word, word) for word in words[1:])])


@cache
def _lines(key: str) -> dict[str, str]:
    """By word: the first word of its line."""
    found: dict[str, str] = {}
    for line in load("propositions.toml")["same"][key]:
        for word in line:
            found.setdefault(word, line[0])
    return found

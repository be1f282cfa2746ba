"""How surely somebody is said to have done it: claimed, accused, possible, denied or told as fact.

Read from the words of the sentences that name them; the scale is that of the MUC-4 keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sayso.lexicons import load
from sayso.records.findings import How
from sayso.records.parses import Parse
from sayso.steps.extract.attack_phrases import Mentioned, Phrase, triggers_of


def sureness_of(phrase: Phrase, parses: Sequence[Parse]) -> How:
    """The level of the first sentence that names the phrase and tells of an attack; where none
    does, of the first that names it."""
    telling = (mention for mention in phrase.mentions if _tells(mention, parses))
    mention = next(telling, phrase.mentions[0])
    return sureness_in(parses[mention.parse], mention.head)


def _tells(mention: Mentioned, parses: Sequence[Parse]) -> bool:
    parse = parses[mention.parse]
    return bool(triggers_of(parse, *parse.sentences[parse.sentence_of[mention.head]]))


def sureness_in(parse: Parse, token: int) -> How:
    """The level that the words of the token's sentence give; `reported` without a sign."""
    first, last = parse.sentences[parse.sentence_of[token]]
    found = _levels({lemma.lower() for lemma in parse.lemmas[first:last]})
    return next((level for level in _ORDER if level in found), "reported")


_ORDER: tuple[How, ...] = ("claimed", "accused_by_authorities", "accused", "denied", "possible")


def _levels(lemmas: set[str]) -> list[How]:
    levels: list[How] = []
    if "responsibility" in lemmas and lemmas & _listed("denied"):
        levels.append("denied")
    elif lemmas & _listed("claimed"):
        levels.append("claimed")
    if lemmas & _listed("accused"):
        by_authorities = bool(lemmas & _listed("authorities"))
        levels.append("accused_by_authorities" if by_authorities else "accused")
    if lemmas & _listed("possible"):
        levels.append("possible")
    return levels


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(load("attacks.toml")["sureness"][key])

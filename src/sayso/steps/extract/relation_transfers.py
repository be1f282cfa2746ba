"""Who gives what to whom, told by a noun: "payments by Tarvia to the Front", "deliveries of arms
from Tarvia to the Front". Read by the order of words: a tree hangs such prepositions anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.steps.extract.relation_ends import Relation, frames, related
from sayso.steps.extract.relation_nouns import is_over
from sayso.steps.extract.scenes import Scene

_GIVER = frozenset({"by", "from"})
_TAKER = frozenset({"to", "for"})
_OF_WHAT = 3
"""Tokens of what is given ("of arms and money")."""
_NAME = 8
"""Tokens of a name with what stands before it."""


def by_transfer(scene: Scene, noun: int) -> Iterator[Relation]:
    """`payments by Tarvia to the Front`, in either order."""
    parse = scene.parse
    for entry in frames("transfer").get(parse.lemmas[noun].lower(), ()):
        at, ends = noun + 1, dict[str, int]()
        adjective = scene.child(noun, "amod", "compound", "nmod")
        if adjective is not None and scene.own_country(adjective) is not None:
            ends["giver"] = adjective  # "Tarvian aid to the Front"
        of = at < len(parse) and parse.words[at].lower() == "of"
        if of and (whose := _name_behind(scene, at)) is not None:
            ends["giver"] = whose  # "the support of Tarvia for the Front"
            at = whose + 1
        elif of:
            at = next(
                (i for i in range(at + 1, min(len(parse), at + 2 + _OF_WHAT)) if _is_end(scene, i)),
                len(parse),
            )
        for _ in range(2):
            word = parse.words[at].lower() if at < len(parse) else ""
            name = _name_behind(scene, at) if word in _GIVER | _TAKER else None
            if name is None:
                break
            ends["giver" if word in _GIVER else "taker"] = name
            at = name + 1
        if len(ends) == 2:
            over = is_over(scene, noun)
            for found in related(scene, noun, entry, ends["giver"], ends["taker"]):
                yield replace(found, ended=found.ended != over)


def _is_end(scene: Scene, token: int) -> bool:
    return scene.parse.words[token].lower() in _GIVER | _TAKER


def _name_behind(scene: Scene, preposition: int) -> int | None:
    """The last token of the name that stands right behind a preposition."""
    parse = scene.parse
    found: int | None = None
    for index in range(preposition + 1, min(len(parse), preposition + 1 + _NAME)):
        if scene.mention_at(index) is not None or scene.own_country(index) is not None:
            found = index
        elif found is not None or parse.pos[index] not in {"DET", "ADJ", "NOUN", "PRON"}:
            break
    return found

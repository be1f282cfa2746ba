"""Whether a number of people is a figure: what they are, what they do, where they are."""

from __future__ import annotations

from sayso.steps.extract.counted import Counted, listed
from sayso.steps.extract.scenes import Scene
from sayso.values.amounts import Amount

_CROWD = 100
"""From here on a number of people of no arms is a figure, if they move or are said to be
somewhere."""


_IN = frozenset({"in", "from", "at", "across", "around", "near"})


def is_crowd(amount: Amount) -> bool:
    """Whether so many people are a figure that is claimed, not a scene that is told."""
    return not amount.vague and (amount.low or amount.high or 0) >= _CROWD


def does(scene: Scene, noun: int, what: str) -> bool:
    """Whether the counted do one of the listed things ("have left", "take orders")."""
    parse = scene.parse
    if parse.deps[noun] not in {"nsubj", "nsubjpass"}:
        return False
    verb = parse.heads[noun]
    objects = {parse.lemmas[kid].lower() for kid in parse.children[verb]}
    return parse.lemmas[verb].lower() in listed("frames", what) or (
        what == "serves" and "order" in objects
    )


def stands_in_place(scene: Scene, noun: int) -> bool:
    """`20,000 people in the Upper Doss valley`: a named place right behind the counted."""
    parse = scene.parse
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] == "prep" and parse.words[kid].lower() in _IN:
            first, last = parse.extents[kid]
            if any(parse.pos[index] == "PROPN" for index in range(first + 1, last)):
                return True
    return False


def is_militant(scene: Scene, counted: Counted) -> bool:
    first, last = scene.noun_phrase(counted.noun)
    return any(
        scene.parse.lemmas[index].lower() in listed("words", "militant")
        for index in range(first, last)
    )

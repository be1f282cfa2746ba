"""Who answers for an attack: what is found, the words that tell it, and the groups that persons are
said to be of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load
from sayso.steps.extract.scenes import Scene


@dataclass(frozen=True)
class Answerable:
    """Who is said to have done it, or not to have."""

    doer: int
    """Its token."""
    cleared: bool = False
    """Whether words that do not stand over the attack deny it: "has nothing to do with"."""
    of_persons: bool = False
    """Whether it is the group of the persons who are said to have done it."""


def belonging(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`the perpetrators of the attack belonged to X`, `... were members of X`."""
    parse = scene.parse
    if lemma_at(scene, verb) in {"belong", "come"}:
        yield from _body(scene, scene.object_of(verb, ("to", "from")))
    elif parse.lemmas[verb].lower() == "be":
        member = scene.child(verb, "attr")
        if member is None:
            yield from _body(scene, scene.object_of(verb, ("from", "of", "with")))
        else:
            inner = scene.object_of(member, ("of", "from"))
            yield from _body(scene, inner if inner is not None else member)


def _body(scene: Scene, body: int | None) -> Iterator[Answerable]:
    """The group that persons are of; of "from the ranks of X" X."""
    if body is not None and lemma_at(scene, body) in {"rank", "midst"}:
        body = scene.object_of(body, ("of",)) or scene.child(body, "poss")
    if body is not None:
        yield Answerable(body, of_persons=True)


def has_to_do(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`the attack had nothing to do with X`."""
    parse = scene.parse
    thing = scene.child(verb, "dobj")
    if lemma_at(scene, verb) != "have" or thing is None:
        return
    if parse.words[thing].lower() not in {"nothing", "little"}:
        return
    for kid in parse.children[thing]:
        doer = scene.object_of(kid, ("with",)) if lemma_at(scene, kid) == "do" else None
        if doer is not None:
            # "Nothing" turns the stance of the verb already; it is said of the attack here.
            yield Answerable(doer)


def nothing_to_do(scene: Scene, verb: int) -> Iterator[Answerable]:
    """`X had nothing to do with the attack`."""
    parse = scene.parse
    noun = parse.heads[verb]
    if parse.words[noun].lower() in {"nothing", "little"} and lemma_at(
        scene, parse.heads[noun]
    ) in {
        "have",
        "be",
    }:
        doer = scene.subject_of(parse.heads[noun])
        if doer is not None:
            yield Answerable(doer, cleared=True)


def lemma_at(scene: Scene, token: int) -> str:
    """The lemma of a token, small."""
    return scene.parse.lemmas[token].lower()


@cache
def answering(key: str) -> frozenset[str]:
    """A list of the words that say who answers for an attack (`attacks.toml`)."""
    return frozenset(load("attacks.toml")["answering"][key])

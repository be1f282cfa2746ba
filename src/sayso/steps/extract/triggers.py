"""Words that name events, and what stands beside them: the parts that the event finders share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Place, Plover, Time, Words
from sayso.records.spans import Span
from sayso.steps.extract.counted import kinds, lemma_of
from sayso.steps.extract.scenes import Scene

ACTORS = frozenset({"person", "armed_group", "state", "organisation", "people"})
"""Kinds of entity that act."""


@dataclass(frozen=True)
class Happening:
    """One telling of an event."""

    trigger: int
    span: Span
    plover: Plover
    actors: tuple[EntityRef, ...]
    targets: tuple[EntityRef, ...]
    time: Time | None
    place: Place | None
    outcome: Words | None
    name: str | None
    """The event's own name, lower case ("regional security dialogue")."""
    points_back: bool
    """`this meeting`."""
    unclaimed: bool = False
    """Whether somebody is said not to have owned up to it, which says nothing of who did it."""
    cleared: bool = False
    """Whether its actors are said not to have done it, in words that do not stand over it."""


@cache
def noun_entries() -> dict[str, list[dict[str, Any]]]:
    """Lexicon entries by lemma of the noun."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("plover.toml")["noun"]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def verb_entries() -> dict[str, list[dict[str, Any]]]:
    """Lexicon entries by lemma of the verb."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("plover.toml")["verb"]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def holding(key: str) -> frozenset[str]:
    """Verbs that hold an event up: `lemmas` all, `attends` those whose subject takes part."""
    return frozenset(load("plover.toml")["holding"][key])


def noun_entry(scene: Scene, token: int) -> dict[str, Any] | None:
    """The lexicon entry of a noun that names an event here."""
    parse = scene.parse
    lemma = parse.lemmas[token].lower()
    if lemma not in noun_entries() and parse.words[token].lower() in noun_entries():
        lemma = parse.words[token].lower()
    before = {parse.words[index].lower() for index in range(max(0, token - 3), token)}
    if parse.deps[token] in {"compound", "nmod"} and parse.heads[token] > token:
        return None
    if before & set(load("measures.toml")["words"]["apart"].get(lemma, ())):
        return None
    for entry in noun_entries().get(lemma, ()):
        if entry.get("plural") and parse.tags[token] not in {"NNS", "NNPS"}:
            continue
        if "with" in entry and not before & set(entry["with"]):
            continue
        return entry
    return None


def mode_of(scene: Scene, token: int, entry: dict[str, Any]) -> str | None:
    """The PLOVER mode: of an attack by its means, else the entry's own."""
    if entry["type"] == "ASSAULT":
        for index in range(max(0, token - 3), token):
            means = load("plover.toml")["means"].get(scene.parse.lemmas[index].lower())
            if means is not None:
                return str(means)
    return entry.get("mode")


def counted_noun(scene: Scene, token: int) -> int:
    """`hundreds of IS militants`: the militants."""
    parse = scene.parse
    if parse.lemmas[token].lower() in {"hundred", "dozen", "thousand", "score", "ten", "number"}:
        of = [k for k in parse.children[token] if parse.words[k].lower() == "of"]
        if of:
            objects = [k for k in parse.children[of[0]] if parse.deps[k] == "pobj"]
            if objects:
                return objects[-1]
    return token


def is_time(scene: Scene, token: int) -> bool:
    """Whether the token belongs to a time expression."""
    return token in scene.timed


def is_actor(scene: Scene, token: int) -> bool:
    """Whether the token names somebody who acts."""
    mention = scene.mention_at(token) or scene.name_before(token)
    return mention is not None and scene.entities.entity_of(mention).kind in ACTORS


def is_somebody(scene: Scene, token: int) -> bool:
    """A named actor or a noun for people."""
    if scene.kind_at(token) in ACTORS:
        return True
    if scene.bears(token) and scene.name_before(token) is not None:
        return True
    token = counted_noun(scene, token)
    kind = kinds().get(lemma_of(scene.parse, token))
    return kind is not None and kind.name in {
        "strength",
        "members",
        "people",
        "casualties",
        "groups",
    }


def is_place(scene: Scene, token: int) -> bool:
    """Whether the token names a place or state."""
    return scene.kind_at(token) in {"place", "state"}


def joined_nouns(scene: Scene, token: int) -> list[int]:
    """A noun and those joined to it (`Pakistan and Russia`), in order. Of "not X but Y" the two are
    not of one kind."""
    before = next((kid for kid in scene.parse.children[token] if _joins_after(scene, kid)), None)
    found = [token] if before is None or before > token else [before, token]
    at = token
    for _ in range(20):
        following = scene.child(at, "conj")
        if following is None or scene.parse.pos[following] not in {"NOUN", "PROPN"}:
            break
        between = {scene.parse.words[index].lower() for index in range(at + 1, following)}
        if between & {"but", "not", "rather"}:
            break
        found.append(following)
        at = following
    return found


def _joins_after(scene: Scene, kid: int) -> bool:
    """Of "a courier and two smugglers", the tree at times hangs the first under the second."""
    parse = scene.parse
    return (
        parse.deps[kid] == "nmod"
        and parse.pos[kid] in {"NOUN", "PROPN"}
        and scene.child(kid, "cc") is not None
    )


def refs(scene: Scene, token: int | None) -> tuple[EntityRef, ...]:
    """The nouns joined at this token, as references."""
    if token is None:
        return ()
    return tuple(scene.ref(counted_noun(scene, index)) for index in joined_nouns(scene, token))

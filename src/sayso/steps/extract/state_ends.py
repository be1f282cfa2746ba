"""What the finders of states share: the words of `relations.toml`, and where a state holds."""

from __future__ import annotations

from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.spans import Span
from sayso.steps.extract.places import whole_of
from sayso.steps.extract.relation_ends import Relation, hull, is_group, through
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.whereabouts import place_within

_ELSEWHERE = frozenset({"outside", "near", "beyond", "of"})


@cache
def states(key: str) -> dict[str, list[dict[str, Any]]]:
    """The entries that name a word under this key, by that word."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("relations.toml")["status"]:
        for word in entry.get(key, ()):
            found.setdefault(word, []).append(entry)
    return found


def place_at(scene: Scene, token: int) -> int | None:
    """The token that names the place: itself, or `Brailo` of "the province of Brailo"."""
    if scene.kind_at(token) in {"place", "state"}:
        return token
    inner = scene.object_of(token, ("of",))
    if inner is not None and whole_of(scene.parse, inner) == token:
        return inner if scene.kind_at(inner) in {"place", "state"} else None
    return None


def place_inside(scene: Scene, token: int) -> int | None:
    """The only place that a noun's phrase names: `much of Velm`, `the roads of Velm`."""
    at = place_at(scene, token)
    if at is not None:
        return at
    found = {
        mention.entity: index
        for index in range(*scene.parse.extents[token])
        if scene.kind_at(index) in {"place", "state"}
        and (mention := scene.mention_at(index)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def somewhere(scene: Scene, *tokens: int | None) -> bool:
    """Whether a place hangs on one of these words, or is the only one of the clause."""
    known = [token for token in tokens if token is not None]
    return any(token in scene.places for token in known) or (
        bool(known) and place_within(scene, known[0]) is not None
    )


def of_members(scene: Scene, subject: int) -> int | None:
    """Of "members of the Front are active" the group, where they are not counted."""
    if is_group(scene, subject):
        return subject
    inner = through(scene, subject)
    if scene.parse.lemmas[subject].lower() in states("parts_of"):
        of = scene.object_of(subject, ("of",))
        inner = through(scene, of) if of is not None else subject
    counted = scene.child(subject, "nummod") is not None
    return inner if inner != subject and not counted and is_group(scene, inner) else None


def state(
    scene: Scene,
    trigger: int,
    subject: int,
    predicate: str,
    last: int | None = None,
    at: int | None = None,
    *,
    ended: bool = False,
    if_denied: bool = False,
) -> Relation:
    """What a word says of a group; `last` is the last token that tells it, `at` that of the
    place."""
    ref = scene.ref(through(scene, subject))
    span = hull(scene, trigger, ref.span)
    if last is not None:
        ends = scene.parse.span(last, last + 1)
        span = Span(min(span.start, ends.start), max(span.end, ends.end))
    confidence = 0.75 if ref.entity else 0.6
    return Relation(
        trigger,
        span,
        ref,
        None,
        None,
        predicate,
        confidence,
        ended=ended,
        at=at,
        if_denied=if_denied,
    )


def elsewhere(scene: Scene, verb: int) -> bool:
    """`remains outside Velm`: whether the verb's place is one where somebody is not."""
    parse = scene.parse
    for place in scene.places.get(verb, ()):
        first, _ = parse.tokens_in(place.span)
        before = parse.words[first - 1].lower() if first else ""
        if before in {"the", "central"} and first > 1:
            before = parse.words[first - 2].lower()
        if before in _ELSEWHERE:
            return True
    return False


def group_of(scene: Scene, noun: int) -> int | None:
    """Whose camps, cells or members a noun names, where they are not counted: "the Front's camps",
    "cells of the Front", "Front fighters"."""
    parse = scene.parse
    if any(parse.deps[kid] == "nummod" for kid in parse.children[noun]):
        return None
    named = (scene.object_of(noun, ("of", "from")), scene.child(noun, "poss"))
    for token in (*named, scene.child(noun, "compound", "nmod")):
        if token is None:
            continue
        token = through(scene, token)
        if scene.mention_at(token) is not None and is_group(scene, token):
            return token
    return None

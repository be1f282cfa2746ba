"""The two ends of a relation: who may stand there, and whom a noun there stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.lexicons import words as lexicon
from sayso.records.entities import EntityKind
from sayso.records.findings import EntityRef
from sayso.records.spans import Span
from sayso.steps.extract.counted import lemma_of, listed
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.unknown_names import is_unknown_name
from sayso.values.names import atoms

_ACTORS = frozenset({"person", "armed_group", "state", "organisation", "people", "outlet"})
_BODIES = frozenset({"armed_group", "state", "organisation", "people", "outlet"})
_STATES = frozenset({"state", "place"})
_FIGHTERS = frozenset({"militant", "fighter", "insurgent", "terrorist", "rebel", "uzbek"})
_MOST = 6
"""Joined ends of one relation that are read ("Tarvia, Ostrenia and ...")."""
_STANDING_IN = frozenset({"it", "they", "he", "she", "them", "him"})

Entry = dict[str, Any]
"""A frame of `relations.toml`."""


@dataclass(frozen=True)
class Relation:
    """One actor, another, and what joins them; or one actor and its state."""

    trigger: int
    span: Span
    subject: EntityRef
    relation: str | None
    object: EntityRef | None
    predicate: str | None = None
    confidence: float = 0.7
    ended: bool = False
    """Whether the words say that it is over ("left the alliance"): the claim's polarity turns."""
    taken_for_granted: bool = False
    """Whether it is said in passing ("the X, a branch of Y, did not ..."): what the sentence
    denies or doubts does not touch it."""
    at: int | None = None
    """The token that names the place, where the state's own words do ("left Velm")."""
    again: bool = False
    """Whether it repeats another for a place joined to that one's ("in Velm and Orsk")."""
    unless_denied: bool = False
    """Whether its denial says nothing ("is no stronghold of X": X may be there)."""
    if_denied: bool = False
    """Whether it says something only where it is denied ("no trace of X was found")."""


@cache
def frames(kind: str) -> dict[str, list[Entry]]:
    """The frames of `relations.toml` of one kind (`verb`, `noun`, ...), by lemma."""
    found: dict[str, list[Entry]] = {}
    for entry in load("relations.toml")[kind]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def listing(name: str) -> frozenset[str]:
    """The lemmas of a list of `relations.toml`."""
    return frozenset(load("relations.toml")[name]["lemmas"])


def copulas() -> frozenset[str]:
    """Lemmas of verbs that say what something is."""
    return listing("copulas")


def related(
    scene: Scene,
    trigger: int,
    entry: Entry,
    subject: int | None,
    other: int | None,
    *,
    granted: bool = False,
) -> Iterator[Relation]:
    """The relation of an entry between two nouns, and between what is joined to them; nothing
    where an end is no actor."""
    if subject is None or other is None or subject == other:
        return
    if entry.get("swap"):
        subject, other = other, subject
    for one in _joined(scene, subject):
        for two in _joined(scene, other):
            found = _relation(scene, trigger, entry, one, two, granted)
            if found is not None:
                yield found


def _relation(
    scene: Scene, trigger: int, entry: Entry, one: int, two: int, granted: bool
) -> Relation | None:
    gives = entry["relation"] == "supports" and is_unknown_name(scene, one)
    if one == two or not ((gives or is_party(scene, one)) and is_party(scene, two)):
        return None
    first, second = scene.ref(one), scene.ref(two)
    if first.entity is None and second.entity is None:
        return None
    if first.span.overlaps(second.span) or (
        first.entity is not None and first.entity == second.entity
    ):
        return None
    if entry.get("bodies") and not (is_group(scene, one) or scene.kind_at(one) == "organisation"):
        return None
    if entry.get("bodies") and scene.kind_at(two) not in {"armed_group", "organisation"}:
        return None
    if entry.get("group") and not _fits(scene, entry, one, two):
        return None
    return Relation(
        trigger,
        hull(scene, trigger, first.span, second.span),
        first,
        entry["relation"],
        second,
        ended=bool(entry.get("ended")),
        taken_for_granted=granted,
    )


def _fits(scene: Scene, entry: Entry, one: int, two: int) -> bool:
    """Whether an end is an armed group, or both are states, or a person leads a body."""
    kinds = scene.kind_at(one), scene.kind_at(two)
    if entry["relation"] == "led_by":
        return _can_be_led(scene, one) and kinds[1] not in {"people", "place"}
    if is_group(scene, one) or is_group(scene, two):
        return True
    return entry["relation"] != "harbours" and kinds[0] in _STATES and kinds[1] in _STATES


def _can_be_led(scene: Scene, token: int) -> bool:
    """A named body, a noun for a group or its people, or a pronoun; no state ("the head of
    Tarvia" heads nobody at war), no happening."""
    kind = scene.kind_at(token)
    if kind is not None:
        return kind in {"armed_group", "organisation", "outlet"}
    lemma = scene.parse.lemmas[token].lower()
    return lemma in bearers("groups") | bearers("people") or scene.parse.pos[token] == "PRON"


def _joined(scene: Scene, token: int) -> list[int]:
    """The noun and what is joined to it by "and", each seen through to whom it stands for."""
    found: list[int] = []
    waiting = [token]
    parse = scene.parse
    while waiting and len(found) < _MOST:
        token = waiting.pop()
        found.append(through(scene, token))
        waiting += [kid for kid in parse.children[token] if parse.deps[kid] == "conj"]
    return found


def through(scene: Scene, token: int) -> int:
    """ "Fighters of the Karsk Front", "the Front's men": the token that names the group."""
    if scene.mention_at(token) is not None:
        return token
    lemma = scene.parse.lemmas[token].lower()
    if lemma not in _standing_for():
        return token
    for inner in (scene.object_of(token, ("of", "from")), scene.child(token, "poss")):
        if inner is not None and scene.kind_at(inner) in _BODIES:
            return inner
    return token


@cache
def _standing_for() -> frozenset[str]:
    return bearers("people") | bearers("groups") | listing("organs")


def is_party(scene: Scene, token: int) -> bool:
    """A named actor or place, a word for an armed group or armed people, or a pronoun."""
    kind = scene.kind_at(token)
    if kind is not None:
        return kind in _ACTORS or kind == "place"
    parse = scene.parse
    lemma = lemma_of(parse, token)
    if scene.own_country(token) is not None or scene.speaker_meant(token) is not None:
        return True
    return (
        (scene.bears(token) and scene.name_before(token) is not None)
        or is_group(scene, token)
        or lemma in listed("words", "armed")
        or lemma in listing("organs")
        or (parse.words[token].lower() in _STANDING_IN and parse.pos[token] == "PRON")
    )


def is_group(scene: Scene, token: int) -> bool:
    """Whether a noun names or describes an armed group or its people."""
    kind, speaker = scene.kind_at(token), scene.speaker_meant(token)
    if kind is None and speaker is not None:
        kind = scene.entities.entities[speaker].kind
    if kind is not None:
        return kind in {"armed_group", "people"} or _sounds_armed(scene, token, kind)
    named = scene.name_before(token) if scene.bears(token) else None
    if named is not None and scene.entities.entity_of(named).kind == "armed_group":
        return True
    parse = scene.parse
    first, last = scene.noun_phrase(token)
    militant = any(
        parse.lemmas[i].lower() in listed("words", "militant") for i in range(first, last)
    )
    return militant or lemma_of(parse, token) in _FIGHTERS


def _sounds_armed(scene: Scene, token: int, kind: EntityKind) -> bool:
    """`Karsk Front`: a body whose name ends as those of armed groups do."""
    mention, speaker = scene.mention_at(token), scene.speaker_meant(token)
    if kind != "organisation" or (mention is None and speaker is None):
        return False
    entity = mention.entity if mention is not None else speaker
    names = [scene.entities.entities[entity or ""].name]  # "the KF": its full name tells
    if mention is not None:
        names.append(mention.quote)
    heads = lexicon("naming.toml", "armed_heads") | lexicon("naming.toml", "fighting_heads")
    return any(len(words := atoms(name)) > 1 and words[-1] in heads for name in names)


def hull(scene: Scene, trigger: int, *spans: Span) -> Span:
    """The characters from the first to the last of trigger and spans."""
    own = scene.parse.span(trigger, trigger + 1)
    return Span(
        min(own.start, *(span.start for span in spans)), max(own.end, *(span.end for span in spans))
    )

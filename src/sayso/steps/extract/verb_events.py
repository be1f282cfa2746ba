"""Events that a verb tells: `gunmen killed 12 people`, `the ministers met in Orsk`."""

from __future__ import annotations

from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Place, Plover
from sayso.steps.extract.counted import kinds, lemma_of
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.triggers import (
    Happening,
    is_actor,
    is_place,
    is_somebody,
    mode_of,
    noun_entry,
    refs,
)
from sayso.steps.extract.whereabouts import place_near, time_near, time_within


def told_by_verb(
    scene: Scene, token: int, entry: dict[str, Any], used: set[int]
) -> Happening | None:
    """The event that a verb tells by this entry; a noun that is its means goes to `used`."""
    actor, target = _parties(scene, token, entry)
    if actor is not None and noun_entry(scene, actor) is not None:
        return None  # "the attack killed 12" is told by its noun
    if not _fits(scene, token, entry, actor, target) or not _allows(scene, entry, actor, target):
        return None
    if entry["type"] == "CONSULT" and _gathers_men(scene, token):
        return None
    means = _means(scene, token) if entry["type"] == "ASSAULT" else None
    if means is not None:
        used.add(means)
    elif actor is None and entry["type"] == "ASSAULT" and _is_accident(scene):
        return None
    told = Happening(
        trigger=token,
        span=scene.parse.span(token, token + 1),
        plover=Plover(entry["type"], _verb_mode(scene, entry, means)),
        actors=_actor_refs(scene, actor),
        targets=refs(scene, target),
        time=time_near(scene, token, through=frozenset()) or time_within(scene, token),
        place=place_near(scene, token, through=frozenset())
        or (place_near(scene, means, through=frozenset()) if means is not None else None)
        or place_of_occasion(scene, token),
        outcome=scene.words(token, token + 1) if entry.get("outcome") else None,
        name=None,
        points_back=False,
    )
    if entry["type"] == "CONSULT" and not (told.targets or told.time or told.place):
        return None
    if entry["needs"] == "weapon" and not (told.time or told.place):
        return None
    return told


def _gathers_men(scene: Scene, verb: int) -> bool:
    """`has gathered 900 men`: a strength, and no meeting."""
    direct = scene.direct_object(verb)
    kind = kinds().get(lemma_of(scene.parse, direct)) if direct is not None else None
    return kind is not None and kind.needs in {"frame", "group"}


def _is_accident(scene: Scene) -> bool:
    """Whether the paragraph speaks of a misfortune: then nobody need have done it."""
    return not scene.lemmas.isdisjoint(load("plover.toml")["accidents"]["lemmas"])


def _parties(scene: Scene, token: int, entry: dict[str, Any]) -> tuple[int | None, int | None]:
    """Who does it and to whom; both None where the entry's object is missing."""
    passive = is_passive(scene, token)
    subject = scene.subject_of(token)
    actor = scene.object_of(token, ("by",)) if passive else subject
    if "object" not in entry:
        return actor, subject if passive else _object(scene, token, entry)
    thing = subject if passive else scene.direct_object(token)
    if thing is None or scene.parse.lemmas[thing].lower() not in entry["object"]:
        return None, None
    prepositions = entry.get("prep", ())
    target = scene.object_of(token, prepositions) or scene.object_of(thing, prepositions)
    return actor, target


def _actor_refs(scene: Scene, actor: int | None) -> tuple[EntityRef, ...]:
    """Who did it; what is nobody ("the blast", "the area, which ...") is left out."""
    if actor is None:
        return ()
    somebody = is_somebody(scene, actor) or scene.parse.tags[actor] == "PRP"
    return refs(scene, actor) if somebody else ()


def _verb_mode(scene: Scene, entry: dict[str, Any], means: int | None) -> str | None:
    if means is not None:
        noun = noun_entry(scene, means)
        if noun is not None:
            return mode_of(scene, means, noun)
    return entry.get("mode")


def _means(scene: Scene, verb: int) -> int | None:
    """`killed in a suicide bombing`: the bombing."""
    noun = scene.object_of(verb, ("in", "during", "by"))
    if noun is None:
        return None
    entry = noun_entry(scene, noun)
    return noun if entry is not None and entry["type"] == "ASSAULT" else None


def is_passive(scene: Scene, verb: int) -> bool:
    """Whether the verb stands in the passive, a participle beside a noun or a joined verb too."""
    parse = scene.parse
    if scene.child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if parse.tags[verb] != "VBN":
        return False
    if parse.deps[verb] == "acl":
        return True
    return (
        parse.deps[verb] == "conj"
        and scene.child(verb, "nsubj", "dobj") is None
        and scene.child(parse.heads[verb], "auxpass", "nsubjpass") is not None
    )


def place_of_occasion(scene: Scene, verb: int) -> Place | None:
    """`arrested after the raids in Orsk`: where that was done on which it happened."""
    noun = scene.object_of(verb, ("after", "during", "in", "following"))
    if noun is None or noun_entry(scene, noun) is None:
        return None
    return place_near(scene, noun, through=frozenset())


def _object(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    direct = scene.direct_object(verb)
    if direct is not None:
        return direct
    return scene.object_of(verb, entry.get("prep", ()))


def _fits(
    scene: Scene, verb: int, entry: dict[str, Any], actor: int | None, target: int | None
) -> bool:
    named_actor = (
        actor is not None and scene.ref(actor).entity is not None and is_actor(scene, actor)
    )
    match entry["needs"]:
        case "target":
            if target is None:
                return False
            return is_somebody(scene, target) or _group_strikes(scene, verb, actor, target)
        case "both":
            return (
                named_actor
                and target is not None
                and (is_somebody(scene, target) or is_place(scene, target))
            )
        case "weapon":  # "a bomb went off": nobody is named who did it
            weapon = actor if actor is not None else target
            wanted, parse = entry.get("particle"), scene.parse
            off = wanted is None or any(
                parse.words[k].lower() == wanted for k in parse.children[verb]
            )
            return weapon is not None and parse.lemmas[weapon].lower() in entry["subject"] and off
        case "group":
            return target is not None and scene.kind_at(target) == "armed_group"
        case _:
            direct = target is not None and scene.parse.deps[target] == "dobj"
            if direct and "object" not in entry and target is not None:
                return named_actor and is_somebody(scene, target)
            return named_actor


def _group_strikes(scene: Scene, verb: int, actor: int | None, target: int) -> bool:
    """`the Front bombed the market in Velm`: an armed group strikes a thing somewhere."""
    thing = scene.parse.pos[target] == "NOUN" and scene.parse.deps[target] == "dobj"
    armed = actor is not None and scene.kind_at(actor) == "armed_group"
    return thing and armed and place_near(scene, target, through=frozenset()) is not None


def _allows(scene: Scene, entry: dict[str, Any], actor: int | None, target: int | None) -> bool:
    """Whether the kinds of actor and target are those the entry speaks of: a politician "attacks"
    with words, and a dam that is captured is not under arrest."""
    if "not_by" in entry and actor is not None and scene.kind_at(actor) in entry["not_by"]:
        return False
    kind = scene.kind_at(target) if target is not None else None
    return "of" not in entry or kind is None or kind in entry["of"]

"""Relations between actors, and the state they are in, by the frames of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef
from sayso.records.spans import Span
from sayso.steps.extract.counted import lemma_of, listed
from sayso.steps.extract.scenes import Scene

_ACTORS = frozenset({"person", "armed_group", "state", "organisation", "people"})


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


@cache
def _frames(kind: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("relations.toml")[kind]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def _copulas() -> frozenset[str]:
    return frozenset(load("relations.toml")["copulas"]["lemmas"])


@cache
def _states(key: str) -> dict[str, dict[str, Any]]:
    return {
        word: entry for entry in load("relations.toml")["status"] for word in entry.get(key, ())
    }


def find_relations(scene: Scene) -> Iterator[Relation]:
    """The relations of one paragraph, in order of their triggers."""
    parse = scene.parse
    for token in range(len(parse)):
        lemma = parse.lemmas[token].lower()
        found: Relation | None = None
        if parse.pos[token] == "VERB":
            found = _first(_by_verb(scene, token, e) for e in _frames("verb").get(lemma, ()))
        elif parse.pos[token] in {"NOUN", "PROPN"}:
            found = _first(_by_noun(scene, token, e) for e in _frames("noun").get(lemma, ()))
        if found is not None:
            yield found


def find_states(scene: Scene) -> Iterator[Relation]:
    """What is said of an actor's state in one paragraph: present, active, defeated, growing."""
    parse = scene.parse
    for token in range(len(parse)):
        found: Relation | None = None
        if parse.pos[token] in {"VERB", "AUX"}:
            found = _verb_state(scene, token)
        elif parse.pos[token] == "NOUN":
            found = _presence(scene, token)
        if found is not None:
            yield found


def _first(found: Iterator[Relation | None]) -> Relation | None:
    return next((one for one in found if one is not None), None)


def _by_verb(scene: Scene, verb: int, entry: dict[str, Any]) -> Relation | None:
    parse = scene.parse
    passive = scene.child(verb, "auxpass") is not None or (
        parse.tags[verb] == "VBN"
        and parse.deps[verb] in {"acl", "conj"}
        and scene.direct_object(verb) is None
    )
    subject = scene.subject_of(verb)
    if entry.get("passive"):
        other = scene.object_of(verb, ("by",))
        if not passive or other is None:
            return None
        return _related(scene, verb, entry, subject, other)
    if passive:
        agent = scene.object_of(verb, ("by",))
        if agent is None or "object" in entry or entry.get("swap"):
            return None
        return _related(scene, verb, entry, agent, subject)
    other = _verb_object(scene, verb, entry)
    if entry.get("swap"):
        return _related(scene, verb, entry, other, subject)
    return _related(scene, verb, entry, subject, other)


def _verb_object(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    prepositions = entry.get("prep", ())
    direct = scene.direct_object(verb)
    if "object" in entry:
        if direct is None or scene.parse.lemmas[direct].lower() not in entry["object"]:
            return None
        return scene.object_of(direct, prepositions) or scene.object_of(verb, prepositions)
    if "through" in entry:
        under = scene.object_of(verb, prepositions)
        if under is None or scene.parse.lemmas[under].lower() not in entry["through"]:
            return None
        return scene.object_of(under, ("of",))
    if direct is not None:
        if not prepositions or entry.get("direct"):
            return direct
        return scene.object_of(verb, prepositions) if entry["relation"] == "recruits_from" else None
    return scene.object_of(verb, prepositions)


def _by_noun(scene: Scene, noun: int, entry: dict[str, Any]) -> Relation | None:
    """`Tarvia is a haven for the Karsk Front`."""
    parse = scene.parse
    head = parse.heads[noun]
    other = scene.object_of(noun, entry["prep"])
    if other is None or parse.deps[noun] not in {"attr", "oprd"}:
        return None
    if parse.lemmas[head].lower() not in _copulas():
        return None
    subject = scene.subject_of(head)
    if entry.get("swap"):
        return _related(scene, noun, entry, other, subject)
    return _related(scene, noun, entry, subject, other)


def _related(
    scene: Scene, trigger: int, entry: dict[str, Any], subject: int | None, other: int | None
) -> Relation | None:
    if subject is None or other is None or subject == other:
        return None
    if not (_is_party(scene, subject) and _is_party(scene, other)):
        return None
    first, second = scene.ref(subject), scene.ref(other)
    if first.entity is None and second.entity is None:
        return None
    if first.entity is not None and first.entity == second.entity:
        return None
    if entry.get("group") and not (_is_group(scene, subject) or _is_group(scene, other)):
        return None
    span = _hull(scene, trigger, first.span, second.span)
    return Relation(trigger, span, first, entry["relation"], second)


def _is_party(scene: Scene, token: int) -> bool:
    """A named actor or place, a word for an armed group or armed people, or a pronoun known to
    mean one."""
    kind = scene.kind_at(token)
    if kind is not None:
        return kind in _ACTORS or kind == "place"
    lemma = lemma_of(scene.parse, token)
    return (
        (scene.bears(token) and scene.name_before(token) is not None)
        or _is_group(scene, token)
        or lemma in listed("words", "armed")
        or lemma in load("relations.toml")["organs"]["lemmas"]
    )


def _is_group(scene: Scene, token: int) -> bool:
    kind = scene.kind_at(token)
    if kind is not None:
        return kind in {"armed_group", "people"}
    named = scene.name_before(token) if scene.bears(token) else None
    if named is not None and scene.entities.entity_of(named).kind == "armed_group":
        return True
    parse = scene.parse
    first, last = scene.noun_phrase(token)
    militant = any(
        parse.lemmas[i].lower() in listed("words", "militant") for i in range(first, last)
    )
    lemma = lemma_of(parse, token)
    return militant or lemma in {"militant", "fighter", "insurgent", "terrorist", "rebel", "uzbek"}


def _verb_state(scene: Scene, verb: int) -> Relation | None:
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    subject = _state_subject(scene, verb)
    if subject is None:
        return None
    if lemma in _copulas():
        return _copular(scene, verb, subject)
    entry = _states("verbs").get(lemma)
    if entry is not None and _verb_fits(scene, verb, entry):
        last = scene.direct_object(verb)
        return _state(scene, verb, subject, entry["predicate"], last)
    entry = _states("passives").get(lemma)
    if entry is not None and scene.child(verb, "auxpass") is not None:
        return _state(scene, verb, subject, entry["predicate"])
    return None


def _verb_fits(scene: Scene, verb: int, entry: dict[str, Any]) -> bool:
    parse = scene.parse
    direct = scene.direct_object(verb)
    if "object" in entry:
        return direct is not None and parse.lemmas[direct].lower() in entry["object"]
    if entry.get("place"):
        return direct is not None and any(
            scene.kind_at(i) in {"place", "state"}
            or parse.lemmas[i].lower() in {"country", "state"}
            for i in range(*parse.extents[direct])
        )
    return direct is None and scene.child(verb, "auxpass") is None


def _copular(scene: Scene, verb: int, subject: int) -> Relation | None:
    parse = scene.parse
    for kid in parse.children[verb]:
        lemma = parse.lemmas[kid].lower()
        if parse.deps[kid] in {"acomp", "attr"}:
            entry = _states("adjectives").get(lemma) or _states("attributes").get(lemma)
            if entry is not None:
                return _state(scene, verb, subject, entry["predicate"], kid)
        if parse.deps[kid] == "prep":
            first, last = parse.extents[kid]
            phrase = " ".join(parse.words[first : min(last, first + 3)]).lower()
            entry = next(
                (e for words, e in _states("phrases").items() if phrase.startswith(words)), None
            )
            if entry is not None:
                return _state(scene, verb, subject, entry["predicate"], min(last, first + 3) - 1)
    return None


def _state_subject(scene: Scene, verb: int) -> int | None:
    """The armed group, or the members counted, that the verb speaks of."""
    subject = scene.subject_of(verb)
    if subject is None:
        return None
    parse = scene.parse
    if parse.lemmas[subject].lower() in {"number", "strength", "influence", "size"}:
        for kid in parse.children[subject]:
            if parse.deps[kid] == "poss" and _is_group(scene, kid):
                return kid
        of = scene.object_of(subject, ("of",))
        if of is None:
            return None
        return of if _is_group(scene, of) else None
    return subject if _is_group(scene, subject) else None


def _presence(scene: Scene, noun: int) -> Relation | None:
    """`the presence of terrorist groups in Tarvia`."""
    parse = scene.parse
    entry = _states("nouns").get(parse.lemmas[noun].lower())
    if entry is None or (noun and parse.words[noun - 1].lower() == "in"):
        return None
    before = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.words[before].lower() == "in" and noun - before <= 2:
        return None  # "in the presence of"
    subject = scene.object_of(noun, ("of",))
    if subject is None:
        subject = scene.child(noun, "poss", "compound")
    if subject is None or not (_is_group(scene, subject) or _is_force(scene, subject)):
        return None
    return _state(scene, noun, subject, entry["predicate"])


def _is_force(scene: Scene, token: int) -> bool:
    return lemma_of(scene.parse, token) in {"force", "troop", "soldier"}


def _state(
    scene: Scene, trigger: int, subject: int, predicate: str, last: int | None = None
) -> Relation:
    ref = scene.ref(subject)
    span = _hull(scene, trigger, ref.span)
    if last is not None:
        span = Span(span.start, max(span.end, scene.parse.ends[last]))
    return Relation(trigger, span, ref, None, None, predicate, 0.75 if ref.entity else 0.6)


def _hull(scene: Scene, trigger: int, *spans: Span) -> Span:
    own = scene.parse.span(trigger, trigger + 1)
    return Span(
        min(own.start, *(span.start for span in spans)), max(own.end, *(span.end for span in spans))
    )

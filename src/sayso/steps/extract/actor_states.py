"""The state that an actor is said to be in, by the words of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.spans import Span
from sayso.steps.extract.counted import lemma_of
from sayso.steps.extract.relation_ends import Relation, copulas, hull, is_group
from sayso.steps.extract.scenes import Scene


@cache
def _states(key: str) -> dict[str, dict[str, Any]]:
    return {
        word: entry for entry in load("relations.toml")["status"] for word in entry.get(key, ())
    }


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


def _verb_state(scene: Scene, verb: int) -> Relation | None:
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    if lemma == "be" and scene.child(verb, "expl") is not None:
        return _none_there(scene, verb)
    subject = _state_subject(scene, verb)
    if subject is None:
        return None
    if lemma in copulas():
        return _copular(scene, verb, subject)
    entry = _states("verbs").get(lemma)
    if entry is not None and _verb_fits(scene, verb, entry):
        last = scene.direct_object(verb)
        return _state(scene, verb, subject, entry["predicate"], last)
    entry = _states("passives").get(lemma)
    if entry is not None and scene.child(verb, "auxpass") is not None:
        return _state(scene, verb, subject, entry["predicate"])
    return None


def _none_there(scene: Scene, verb: int) -> Relation | None:
    """`there are no Front fighters in Tarvia`. That there are some is told by their number."""
    parse = scene.parse
    attribute = scene.child(verb, "attr", "nsubj")
    if attribute is None or not is_group(scene, attribute):
        return None
    if not any(parse.words[kid].lower() == "no" for kid in parse.children[attribute]):
        return None
    return _state(scene, verb, attribute, "present", attribute)


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
            if parse.deps[kid] == "poss" and is_group(scene, kid):
                return kid
        of = scene.object_of(subject, ("of",))
        if of is None:
            return None
        return of if is_group(scene, of) else None
    return subject if is_group(scene, subject) else None


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
    if subject is None or not (is_group(scene, subject) or _is_force(scene, subject)):
        return None
    return _state(scene, noun, subject, entry["predicate"])


def _is_force(scene: Scene, token: int) -> bool:
    return lemma_of(scene.parse, token) in {"force", "troop", "soldier"}


def _state(
    scene: Scene, trigger: int, subject: int, predicate: str, last: int | None = None
) -> Relation:
    ref = scene.ref(subject)
    span = hull(scene, trigger, ref.span)
    if last is not None:
        span = Span(span.start, max(span.end, scene.parse.ends[last]))
    return Relation(trigger, span, ref, None, None, predicate, 0.75 if ref.entity else 0.6)

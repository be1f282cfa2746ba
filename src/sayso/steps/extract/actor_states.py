"""The state that an actor is said to be in, by the words of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.spans import Span
from sayso.steps.extract.counted import lemma_of
from sayso.steps.extract.places import whole_of
from sayso.steps.extract.relation_ends import Relation, copulas, hull, is_group, through
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.whereabouts import place_within

_VERBS = frozenset({"VERB", "AUX"})
_INSIDE = frozenset({"in", "inside", "across", "throughout"})


@cache
def _states(key: str) -> dict[str, list[dict[str, Any]]]:
    """The entries that name a word under this key, by that word."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("relations.toml")["status"]:
        for word in entry.get(key, ()):
            found.setdefault(word, []).append(entry)
    return found


def find_states(scene: Scene) -> Iterator[Relation]:
    """What is said of an actor's state in one paragraph: present, active, defeated, growing."""
    for token, pos in enumerate(scene.parse.pos):
        found: Relation | None = None
        if pos in _VERBS:
            found = _verb_state(scene, token)
        elif pos == "NOUN":
            found = _presence(scene, token)
        if found is not None and not scene.asks(token):
            yield found


def _asked(scene: Scene, noun: int) -> bool:
    """`how many men it has`: the number is asked for, not told."""
    parse = scene.parse
    return any(tag in {"WRB", "WDT", "WP"} for tag in parse.tags[max(0, noun - 4) : noun])


def _verb_state(scene: Scene, verb: int) -> Relation | None:
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    if lemma == "be" and scene.child(verb, "expl") is not None:
        return _none_there(scene, verb)
    subject = _state_subject(scene, verb)
    if subject is None:
        if lemma in _states("cleared"):
            return _cleared(scene, verb)
        if lemma not in copulas():
            return None
        return _free_of(scene, verb) or _held_by(scene, verb)
    if lemma in copulas():
        return _copular(scene, verb, subject) or _stands_in(scene, verb, subject)
    for entry in _states("verbs").get(lemma, ()):
        if _verb_fits(scene, verb, entry):
            direct = scene.direct_object(verb)
            left = _left(scene, verb, entry)
            if "into" in entry:
                entered = _entered(scene, verb, entry)
                return _state(scene, verb, subject, entry["predicate"], entered, entered)
            if direct is not None and entry["predicate"] == "absent":
                left = _place_at(scene, direct)
            last = direct if left is None else left
            at = left if entry["predicate"] == "absent" else None
            if entry.get("place") and entry["predicate"] == "present" and direct is not None:
                at = _place_at(scene, direct)
            return _state(scene, verb, subject, entry["predicate"], last, at)
    for entry in _states("passives").get(lemma, ()):
        if scene.child(verb, "auxpass") is None:
            continue
        left = _left(scene, verb, entry)
        if "out_of" in entry and left is None:
            continue
        if entry.get("somewhere") and not _somewhere(scene, verb):
            continue
        return _state(scene, verb, subject, entry["predicate"], left, left)
    return None


def _left(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    """`withdrew from Velm`, `driven out of the province of Brailo`: the place."""
    if "out_of" not in entry:
        return None
    parse = scene.parse
    for kid in parse.children[verb]:
        for over in (kid, *parse.children[kid]):
            if parse.words[over].lower() in entry["out_of"] and parse.deps[over] == "prep":
                found = scene.child(over, "pobj")
                if found is not None and over > verb:
                    return _place_at(scene, found)
    return None


def _entered(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    """`moved into Velm`, `has spread to the province of Brailo`: the place."""
    found = scene.object_of(verb, entry["into"])
    return _place_at(scene, found) if found is not None and found > verb else None


def _cleared(scene: Scene, verb: int) -> Relation | None:
    """`Velm has been cleared of the Front`."""
    place = scene.child(verb, "nsubjpass")
    subject = scene.object_of(verb, ("of", "from"))
    at = _place_at(scene, place) if place is not None else None
    if at is None or subject is None or not is_group(scene, through(scene, subject)):
        return None
    return _state(scene, verb, through(scene, subject), "absent", subject, at)


def _held_by(scene: Scene, verb: int) -> Relation | None:
    """`Velm is a stronghold of the Front`, `Velm is home to the Front`."""
    parse = scene.parse
    place, noun = scene.subject_of(verb), scene.child(verb, "attr", "acomp", "advmod")
    if place is None or noun is None:
        return None
    at = _place_at(scene, place)
    if parse.lemmas[noun].lower() == "one":  # "one of the strongholds of the Front"
        noun = scene.object_of(noun, ("of",)) or noun
    entries = _states("held_by").get(parse.lemmas[noun].lower(), ())
    subject = scene.object_of(noun, ("of", "to", "for"))
    if subject is None:
        subject = scene.child(noun, "poss")
    if not entries or at is None or subject is None:
        return None
    counted = any(scene.parse.pos[kid] == "NUM" for kid in parse.children[subject])
    subject = through(scene, subject)
    if not is_group(scene, subject):
        return None
    counted = counted or any(scene.parse.pos[kid] == "NUM" for kid in parse.children[subject])
    return None if counted else _state(scene, verb, subject, entries[0]["predicate"], noun, at)


def _place_at(scene: Scene, token: int) -> int | None:
    """The token that names the place: itself, or `Brailo` of "the province of Brailo"."""
    if scene.kind_at(token) in {"place", "state"}:
        return token
    inner = scene.object_of(token, ("of",))
    if inner is not None and whole_of(scene.parse, inner) == token:
        return inner if scene.kind_at(inner) in {"place", "state"} else None
    return None


def _somewhere(scene: Scene, *tokens: int | None) -> bool:
    """Whether a place hangs on one of these words, or is the only one of the clause."""
    known = [token for token in tokens if token is not None]
    return any(token in scene.places for token in known) or (
        bool(known) and place_within(scene, known[0]) is not None
    )


def _none_there(scene: Scene, verb: int) -> Relation | None:
    """`there are no Front fighters in Tarvia`, `there is no trace of the Front in Tarvia`. That
    there are some is told by their number."""
    parse = scene.parse
    attribute = scene.child(verb, "attr", "nsubj")
    if attribute is None:
        return None
    subject: int | None = attribute
    if parse.lemmas[attribute].lower() in {*_states("traces"), *_states("there")}:
        of = scene.object_of(attribute, ("of", "from"))
        subject = of if of is not None else attribute
    if subject is None or not is_group(scene, subject):
        return None
    none = any(parse.words[kid].lower() == "no" for kid in parse.children[attribute])
    housed = parse.lemmas[attribute].lower() in _states("there")
    counted = scene.child(attribute, "nummod") is not None
    if not none and scene.child(verb, "neg") is None and (not housed or counted):
        return None
    return _state(scene, verb, subject, "present", max(subject, attribute))


def _free_of(scene: Scene, verb: int) -> Relation | None:
    """`Velm is free of the Front`."""
    parse = scene.parse
    place = scene.subject_of(verb)
    word = scene.child(verb, "acomp")
    if place is None or word is None:
        return None
    entries, at = _states("free_of").get(parse.lemmas[word].lower(), ()), _place_at(scene, place)
    subject = scene.object_of(word, ("of",))
    if not entries or at is None or subject is None or not is_group(scene, subject):
        return None
    return _state(scene, verb, subject, entries[0]["predicate"], subject, at)


def _stands_in(scene: Scene, verb: int, subject: int) -> Relation | None:
    """`the Front's fighters are in Velm`."""
    parse = scene.parse
    for kid in parse.children[verb]:
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in _INSIDE and kid > verb:
            place = scene.child(kid, "pobj")
            at = _place_at(scene, place) if place is not None else None
            if at is not None:
                return _state(scene, verb, subject, "present", at, at)
    return None


def _verb_fits(scene: Scene, verb: int, entry: dict[str, Any]) -> bool:
    parse = scene.parse
    direct = scene.direct_object(verb)
    if "object" in entry:
        if direct is None or parse.lemmas[direct].lower() not in entry["object"]:
            return False
        if entry.get("somewhere"):
            # How many they are there is an estimate.
            told = scene.child(direct, "nummod") is None and not _asked(scene, direct)
            return told and _somewhere(scene, verb, direct)
        return True
    if "into" in entry:
        return direct is None and _entered(scene, verb, entry) is not None
    if "out_of" in entry:
        return direct is None and _left(scene, verb, entry) is not None
    if entry["predicate"] == "absent":
        return direct is not None and _place_at(scene, direct) is not None
    if entry.get("place"):
        return direct is not None and any(
            scene.kind_at(i) in {"place", "state"}
            or parse.lemmas[i].lower() in {"country", "state"}
            for i in range(*parse.extents[direct])
        )
    plain = direct is None and scene.child(verb, "auxpass") is None
    if not plain or not entry.get("somewhere"):
        return plain
    subject = scene.subject_of(verb)
    counted = subject is not None and scene.child(subject, "nummod") is not None
    return verb in scene.places and not counted


def _copular(scene: Scene, verb: int, subject: int) -> Relation | None:
    parse = scene.parse
    for kid in parse.children[verb]:
        lemma = parse.lemmas[kid].lower()
        if parse.deps[kid] in {"acomp", "attr"}:
            for entry in (
                *_states("adjectives").get(lemma, ()),
                *_states("attributes").get(lemma, ()),
            ):
                return _state(scene, verb, subject, entry["predicate"], kid)
        if parse.deps[kid] == "prep":
            first, last = parse.extents[kid]
            phrase = " ".join(parse.words[first : min(last, first + 3)]).lower()
            found = [e for words, e in _states("phrases").items() if phrase.startswith(words)]
            if found:
                predicate = found[0][0]["predicate"]
                return _state(scene, verb, subject, predicate, min(last, first + 3) - 1)
    return None


def _state_subject(scene: Scene, verb: int) -> int | None:
    """The armed group, or the members counted, that the verb speaks of."""
    subject = scene.subject_beside(verb)
    if subject is None:
        subject = scene.subject_of(verb)
    if subject is None:
        return None
    parse = scene.parse
    if parse.words[subject].lower() == "none":
        of = scene.object_of(subject, ("of",))
        return _of_members(scene, of) if of is not None else None
    if parse.lemmas[subject].lower() in {"number", "strength", "influence", "size"}:
        for kid in parse.children[subject]:
            if parse.deps[kid] == "poss" and is_group(scene, kid):
                return kid
        of = scene.object_of(subject, ("of",))
        if of is None:
            return None
        return of if is_group(scene, of) else None
    if is_group(scene, subject):
        return subject
    return _of_members(scene, subject)


def _of_members(scene: Scene, subject: int) -> int | None:
    """Of "members of the Front are active" the group, where they are not counted."""
    if is_group(scene, subject):
        return subject
    inner = through(scene, subject)
    counted = scene.child(subject, "nummod") is not None
    return inner if inner != subject and not counted and is_group(scene, inner) else None


def _presence(scene: Scene, noun: int) -> Relation | None:
    """`the presence of terrorist groups in Tarvia`."""
    parse = scene.parse
    entries = _states("nouns").get(parse.lemmas[noun].lower())
    if entries is None or (noun and parse.words[noun - 1].lower() == "in"):
        return None
    before = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.words[before].lower() == "in" and noun - before <= 2:
        return None  # "in the presence of"
    subject = scene.object_of(noun, ("of",))
    if subject is None:
        subject = scene.child(noun, "poss", "compound")
    if subject is None or not (is_group(scene, subject) or _is_force(scene, subject)):
        return None
    return _state(scene, noun, subject, entries[0]["predicate"])


def _is_force(scene: Scene, token: int) -> bool:
    return lemma_of(scene.parse, token) in {"force", "troop", "soldier"}


def _state(
    scene: Scene,
    trigger: int,
    subject: int,
    predicate: str,
    last: int | None = None,
    at: int | None = None,
) -> Relation:
    ref = scene.ref(through(scene, subject))
    span = hull(scene, trigger, ref.span)
    if last is not None:
        ends = scene.parse.span(last, last + 1)
        span = Span(min(span.start, ends.start), max(span.end, ends.end))
    confidence = 0.75 if ref.entity else 0.6
    return Relation(trigger, span, ref, None, None, predicate, confidence, at=at)

"""The state that an actor is said to be in, by the words of `relations.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sayso.steps.extract.relation_ends import Relation, copulas, is_group, through
from sayso.steps.extract.relation_verbs import doer
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.state_ends import (
    elsewhere,
    group_of,
    of_members,
    place_at,
    place_inside,
    somewhere,
    state,
    states,
)
from sayso.steps.extract.states_by_noun import none_there, noun_state
from sayso.steps.extract.states_by_place import (
    cleared,
    free_of,
    held_by,
    misread_hosts,
    nowhere,
    place_state,
)

_MOST_PLACES = 6
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_OF_A_GROUP = frozenset(
    {"number", "strength", "influence", "size", "activity", "reach", "presence", "footprint"}
)
_INSIDE = frozenset({"in", "inside", "across", "throughout"})


def find_states(scene: Scene) -> Iterator[Relation]:
    """What is said of an actor's state in one paragraph: present, active, defeated, growing."""
    for token, pos in enumerate(scene.parse.pos):
        found: Relation | None = None
        if pos in _VERBS:
            found = _verb_state(scene, token)
        elif pos in _NOUNS:
            found = noun_state(scene, token) or misread_hosts(scene, token)
        if found is not None and not scene.asks(token):
            yield found
            yield from _joined_places(scene, found)


def _joined_places(scene: Scene, found: Relation) -> Iterator[Relation]:
    """`is active in Velm and Orsk`: the same again for each further place."""
    parse = scene.parse
    tokens = {found.trigger}
    _, last = parse.tokens_in(found.span)
    tokens.add(last - 1)
    placed = [place for token in sorted(tokens) for place in scene.places.get(token, ())]
    if found.at is not None or len(placed) < 2:
        return
    for place in placed[1:_MOST_PLACES]:
        first, last = parse.tokens_in(place.span)
        at = last - 1
        joined = parse.deps[at] == "conj" or parse.words[first - 1].lower() in {"and", "or"}
        if joined and scene.mention_at(at) is not None:  # not "in Velm, Tarvia"
            yield replace(found, at=at, again=True)


def _asked(scene: Scene, noun: int) -> bool:
    """`how many men it has`: the number is asked for, not told."""
    parse = scene.parse
    return any(tag in {"WRB", "WDT", "WP"} for tag in parse.tags[max(0, noun - 4) : noun])


def _again(scene: Scene, verb: int) -> Relation | None:
    """`has re-emerged in Velm`: three tokens, of which the first is taken for the verb."""
    parse = scene.parse
    if verb < 2 or parse.words[verb - 1] != "-" or parse.words[verb - 2].lower() != "re":
        return None
    subject = _state_subject(scene, verb - 2)
    place = next(iter(scene.places.get(verb, ())), None)
    entries = states("verbs").get(parse.lemmas[verb].lower(), ())
    if subject is None or place is None or not entries or elsewhere(scene, verb):
        return None
    at = parse.tokens_in(place.span)[1] - 1
    return state(scene, verb - 2, subject, entries[0]["predicate"], verb, at)


def _verb_state(scene: Scene, verb: int) -> Relation | None:
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    if (again := _again(scene, verb)) is not None:
        return again
    if lemma == "be" and scene.child(verb, "expl") is not None:
        return none_there(scene, verb) or place_state(scene, verb)
    if _is_past(scene, verb):
        return None
    subject = _state_subject(scene, verb)
    if subject is None:
        if lemma in states("cleared"):
            return cleared(scene, verb) or _driven_out(scene, verb)
        other = _driven_out(scene, verb) or place_state(scene, verb) or _housed(scene, verb)
        if other is not None or lemma not in copulas():
            return other
        return free_of(scene, verb) or held_by(scene, verb) or nowhere(scene, verb)
    if lemma in copulas():
        found = _copular(scene, verb, subject) or _stands_in(scene, verb, subject)
        if found is not None or lemma == "be":
            return found
    for entry in states("verbs").get(lemma, ()):
        if _verb_fits(scene, verb, entry):
            direct = scene.direct_object(verb)
            left = _left(scene, verb, entry)
            if "ended" in entry or "if_denied" in entry:
                ended, denied = bool(entry.get("ended")), bool(entry.get("if_denied"))
                predicate = entry["predicate"]
                return state(scene, verb, subject, predicate, direct, ended=ended, if_denied=denied)
            if "into" in entry:
                entered = _entered(scene, verb, entry)
                return state(scene, verb, subject, entry["predicate"], entered, entered)
            if direct is not None and entry["predicate"] == "absent" and "object" not in entry:
                left = place_at(scene, direct)
            last = direct if left is None else left
            at = left if entry["predicate"] == "absent" else None
            if ("as" in entry or entry.get("place")) and direct and at is None:
                at = place_inside(scene, direct)
            return state(scene, verb, subject, entry["predicate"], last, at)
    driven = _driven_out(scene, verb)
    if driven is not None:
        return driven
    for entry in states("passives").get(lemma, ()):
        if scene.child(verb, "auxpass") is None:
            continue
        left = _left(scene, verb, entry)
        if "out_of" in entry and left is None:
            continue
        if entry.get("somewhere") and (not somewhere(scene, verb) or elsewhere(scene, verb)):
            continue
        if entry.get("bare") and scene.child(verb, "oprd", "acomp", "xcomp", "ccomp") is not None:
            continue  # "were found dead in Velm"
        if entry.get("if_denied"):
            return state(scene, verb, subject, entry["predicate"], if_denied=True)
        return state(scene, verb, subject, entry["predicate"], left, left)
    return None


def _is_past(scene: Scene, verb: int) -> bool:
    """`was once active in Velm`: nothing is said of today."""
    parse = scene.parse
    past = {"once", "formerly", "previously"}
    near = range(max(0, verb - 1), min(len(parse), verb + 2))
    return any(
        parse.words[index].lower() in past and parse.deps[index] == "advmod" for index in near
    )


def _driven_out(scene: Scene, verb: int) -> Relation | None:
    """`the army drove the Front out of Velm`, `the army cleared Velm of the Front`."""
    parse = scene.parse
    lemma, direct = parse.lemmas[verb].lower(), scene.child(verb, "dobj")
    if direct is None:
        return None
    if lemma in states("cleared"):
        at, inner = place_at(scene, direct), scene.object_of(verb, ("of", "from"))
        if inner is None:
            inner = scene.object_of(direct, ("of",))
        group = through(scene, inner) if inner is not None else None
    else:
        entry = next((e for e in states("passives").get(lemma, ()) if "out_of" in e), None)
        at = _left(scene, verb, entry) if entry is not None else None
        group = of_members(scene, direct)
    if at is None or group is None or not is_group(scene, group):
        return None
    return state(scene, verb, group, "absent", max(at, group), at)


def _left(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    """`withdrew from Velm`, `driven out of the province of Brailo`: the place."""
    if "out_of" not in entry:
        return None
    parse = scene.parse
    for kid in parse.children[verb]:
        if "off" in entry and parse.words[kid].lower() not in entry["off"]:
            continue
        for over in (kid, *parse.children[kid]):
            if parse.words[over].lower() in entry["out_of"] and parse.deps[over] == "prep":
                found = scene.child(over, "pobj")
                if found is not None and over > verb:
                    return place_at(scene, found)
    return None


def _entered(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    """`moved into Velm`, `has spread to the province of Brailo`: the place."""
    found = scene.object_of(verb, entry["into"])
    return place_at(scene, found) if found is not None and found > verb else None


def _stands_in(scene: Scene, verb: int, subject: int) -> Relation | None:
    """`the Front's fighters are in Velm`."""
    parse = scene.parse
    beside = [k for k in parse.children[verb] if parse.words[k].lower() in {"back", "still"}]
    for kid in (k for over in (verb, *beside) for k in parse.children[over]):
        if parse.deps[kid] == "prep" and parse.words[kid].lower() in _INSIDE and kid > verb:
            if (ruled := _in_control(scene, verb, subject, kid)) is not None:
                return ruled
            place = scene.child(kid, "pobj")
            at = place_at(scene, place) if place is not None else None
            if at is not None:
                return state(scene, verb, subject, "present", at, at)
    return None


def _in_control(scene: Scene, verb: int, subject: int, preposition: int) -> Relation | None:
    """`is in control of Velm`."""
    noun = scene.child(preposition, "pobj")
    if noun is None or scene.parse.lemmas[noun].lower() not in {"control", "charge", "possession"}:
        return None
    place = scene.object_of(noun, ("of",))
    at = place_inside(scene, place) if place is not None else None
    return state(scene, verb, subject, "in_control", at, at) if at is not None else None


def _verb_fits(scene: Scene, verb: int, entry: dict[str, Any]) -> bool:
    parse = scene.parse
    direct = scene.direct_object(verb)
    if entry.get("armed") and _are_people(scene, verb):
        return False
    if "object" in entry:
        if direct is None or parse.lemmas[direct].lower() not in entry["object"]:
            return False
        if "into" in entry:
            return _entered(scene, verb, entry) is not None
        if entry.get("leaving"):
            return _left(scene, verb, entry) is not None
        if "out_of" in entry:
            return _all_its_own(scene, direct) and _left(scene, verb, entry) is not None
        if entry.get("somewhere"):
            # How many they are there is an estimate.
            told = scene.child(direct, "nummod") is None and not _asked(scene, direct)
            return told and somewhere(scene, verb, direct)
        return True
    if "into" in entry:
        return direct is None and _entered(scene, verb, entry) is not None
    if "out_of" in entry:
        return direct is None and _left(scene, verb, entry) is not None
    if entry["predicate"] == "absent":
        return direct is not None and place_at(scene, direct) is not None
    if "as" in entry:
        use = scene.object_of(verb, ("as", "for"))
        return use is not None and parse.lemmas[use].lower() in entry["as"] and direct is not None
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
    return verb in scene.places and not counted and not elsewhere(scene, verb)


def _are_people(scene: Scene, verb: int) -> bool:
    """Whether a people is spoken of, and no group: "Tarvians live in Velm"."""
    subject = _state_subject(scene, verb)
    return subject is not None and scene.kind_at(subject) == "people"


def _all_its_own(scene: Scene, men: int) -> bool:
    """`pulled its men out`: all of them, and not "200 men" or "some of its men"."""
    parse = scene.parse
    if parse.lemmas[men].lower() not in bearers("people") | {"force", "troop", "unit"}:
        return False
    owned = scene.child(men, "poss") is not None
    return owned and scene.child(men, "nummod", "amod") is None


def _housed(scene: Scene, verb: int) -> Relation | None:
    """`camps of the Front exist in Velm`, `Front cells operate in Velm`."""
    parse = scene.parse
    subject = scene.subject_of(verb)
    if subject is None or parse.lemmas[verb].lower() not in states("housed"):
        return None
    if parse.lemmas[subject].lower() not in states("there"):
        return None
    group = group_of(scene, subject)
    if group is None or verb not in scene.places or elsewhere(scene, verb):
        return None
    return state(scene, verb, group, "present", max(group, subject))


def _copular(scene: Scene, verb: int, subject: int) -> Relation | None:
    parse = scene.parse
    if any(parse.words[kid].lower() == "everywhere" for kid in parse.children[verb]):
        return None  # "everywhere but in Velm"
    for kid in parse.children[verb]:
        lemma = parse.lemmas[kid].lower()
        if parse.deps[kid] in {"acomp", "attr"}:
            if lemma == "thing" and "past" in _words_of(scene, kid):
                return state(scene, verb, subject, "defeated", kid)
            for entry in (
                *states("adjectives").get(lemma, ()),
                *states("attributes").get(lemma, ()),
            ):
                if entry.get("somewhere") and not somewhere(scene, kid, verb):
                    continue
                left = scene.object_of(kid, entry.get("away_from", ()))
                at = place_at(scene, left) if left is not None else None
                return state(
                    scene, verb, subject, entry["predicate"], kid if at is None else at, at
                )
        if parse.deps[kid] in {"prep", "advmod"}:
            first, last = kid, min(len(parse), kid + 3)
            phrase = " ".join(parse.words[first:last]).lower()
            found = [e for words, e in states("phrases").items() if phrase.startswith(words)]
            if found:
                return state(scene, verb, subject, found[0][0]["predicate"], last - 1)
    return None


def _words_of(scene: Scene, token: int) -> list[str]:
    return [word.lower() for word in scene.parse.words[slice(*scene.parse.extents[token])]]


def _state_subject(scene: Scene, verb: int) -> int | None:
    """The armed group, or the members counted, that the verb speaks of."""
    subject = scene.subject_beside(verb)
    if subject is None:
        subject = scene.subject_of(verb)
    if subject is None:
        subject = _to_be_found(scene, verb)
    if subject is None and scene.parse.deps[verb] == "pcomp":
        subject = doer(scene, verb)  # "accused of operating", "far from being present"
    if subject is None:
        return None
    subject = _same_as_before(scene, verb, subject)
    parse = scene.parse
    if parse.words[subject].lower() == "none":
        of = scene.object_of(subject, ("of",))
        return of_members(scene, of) if of is not None else None
    if parse.lemmas[subject].lower() in _OF_A_GROUP:
        for kid in parse.children[subject]:
            if parse.deps[kid] == "poss" and is_group(scene, kid):
                return kid
        of = scene.object_of(subject, ("of",))
        if of is None:
            return None
        return of if is_group(scene, of) else None
    if is_group(scene, subject):
        return subject
    return of_members(scene, subject)


def _same_as_before(scene: Scene, verb: int, subject: int) -> int:
    """`the Front is in Velm, but it is not active`: of joined clauses "it" is the first's subject,
    where that is a group."""
    parse = scene.parse
    if parse.words[subject].lower() not in {"it", "they"} or parse.deps[verb] != "conj":
        return subject
    first = scene.subject_of(parse.heads[verb])
    return first if first is not None and is_group(scene, first) else subject


def _to_be_found(scene: Scene, verb: int) -> int | None:
    """`is nowhere to be found`, `is not to be seen`: of whom it is said."""
    parse = scene.parse
    over = parse.heads[verb]
    if parse.deps[verb] != "xcomp" or scene.child(verb, "auxpass") is None:
        return None
    if parse.words[over].lower() == "nowhere":
        over = parse.heads[over]
    return scene.subject_of(over) if parse.lemmas[over].lower() == "be" else None

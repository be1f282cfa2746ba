"""States told of a place: "Velm is a stronghold of X", "Velm hosts camps of X", "nobody in Velm
belongs to X"."""

from __future__ import annotations

from dataclasses import replace

from sayso.steps.extract.relation_ends import Relation, is_group, through
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.state_ends import group_of, place_at, place_inside, state, states

_AREA_OF = ("of",)
_WITHIN = ("within", "in", "inside", "into", "under")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def held_by(scene: Scene, verb: int) -> Relation | None:
    """`Velm is a stronghold of the Front`, `Velm is home to the Front`."""
    parse = scene.parse
    place, noun = scene.subject_of(verb), scene.child(verb, "attr", "acomp", "advmod")
    if place is None or noun is None:
        return None
    at = place_at(scene, place)
    if parse.lemmas[noun].lower() == "one":  # "one of the strongholds of the Front"
        noun = scene.object_of(noun, ("of",)) or noun
    entries = states("held_by").get(parse.lemmas[noun].lower(), ())
    subject = scene.object_of(noun, ("of", "to", "for"))
    if subject is None:
        subject = scene.child(noun, "poss")
    if not entries or at is None or subject is None:
        return None
    whole = through(scene, subject)
    if not is_group(scene, whole):
        return None
    if any(parse.pos[kid] == "NUM" for one in (subject, whole) for kid in parse.children[one]):
        return None
    subject = whole
    found = state(scene, verb, subject, entries[0]["predicate"], noun, at)
    return replace(found, unless_denied=bool(entries[0].get("unless_denied")))


def free_of(scene: Scene, verb: int) -> Relation | None:
    """`Velm is free of the Front`."""
    parse = scene.parse
    place = scene.subject_of(verb)
    word = scene.child(verb, "acomp")
    if place is None or word is None:
        return None
    entries, at = states("free_of").get(parse.lemmas[word].lower(), ()), place_at(scene, place)
    subject = scene.object_of(word, ("of",))
    if not entries or at is None or subject is None or not is_group(scene, subject):
        return None
    return state(scene, verb, subject, entries[0]["predicate"], subject, at)


def cleared(scene: Scene, verb: int) -> Relation | None:
    """`Velm has been cleared of the Front`."""
    place = scene.child(verb, "nsubjpass")
    subject = scene.object_of(verb, ("of", "from"))
    at = place_at(scene, place) if place is not None else None
    if at is None or subject is None or not is_group(scene, through(scene, subject)):
        return None
    return state(scene, verb, through(scene, subject), "absent", subject, at)


def place_state(scene: Scene, verb: int) -> Relation | None:
    """The state of a group that a verb tells of a place."""
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    if lemma in states("hosts"):
        return _hosts(scene, verb)
    if lemma in {"remain", "be"} and (left := _nothing_left(scene, verb)) is not None:
        return left
    if lemma == "have":
        found = _hosts(scene, verb)
        return replace(found, if_denied=True) if found is not None else None
    if lemma in {"hold", "control", "rule", "occupy", "administer"}:
        return _controlled(scene, verb)
    if lemma in {"serve", "act"}:
        return _serves_as(scene, verb)
    swarms = _swarms(scene, verb)
    if swarms is not None:
        return swarms
    if lemma in states("covers") or lemma in states("lies"):
        found = _area(scene, verb)
        if found is not None:
            return found
    if lemma in {"belong", "be", "lie", "remain"}:
        return _nobody(scene, verb) or _under_control(scene, verb)
    return None


def _under_control(scene: Scene, verb: int) -> Relation | None:
    """`parts of Velm are under the control of the Front`."""
    parse = scene.parse
    place, control = scene.subject_of(verb), scene.object_of(verb, ("under", "in"))
    if place is None or control is None:
        return None
    if parse.lemmas[control].lower() not in states("under"):
        return None
    at = place_at(scene, place)
    if at is None and parse.lemmas[place].lower() in states("parts"):
        inner = scene.object_of(place, ("of",))
        at = place_at(scene, inner) if inner is not None else None
    subject = scene.object_of(control, ("of",))
    subject = subject if subject is not None else scene.child(control, "poss")
    if at is None or subject is None or not is_group(scene, through(scene, subject)):
        return None
    found = state(scene, verb, subject, "present", max(subject, at), at)
    return replace(found, unless_denied=True)


def _controlled(scene: Scene, verb: int) -> Relation | None:
    """`much of Velm is held by the Front`."""
    place, agent = scene.child(verb, "nsubjpass"), scene.object_of(verb, ("by",))
    at = place_inside(scene, place) if place is not None else None
    if at is None or agent is None or not is_group(scene, through(scene, agent)):
        return None
    return state(scene, verb, agent, "in_control", max(at, agent), at)


def _serves_as(scene: Scene, verb: int) -> Relation | None:
    """`Velm serves as a base for the Front`."""
    place, noun = scene.subject_of(verb), scene.object_of(verb, ("as",))
    if place is None or noun is None:
        return None
    at, entries = place_at(scene, place), states("held_by").get(scene.parse.lemmas[noun].lower())
    subject = scene.object_of(noun, ("of", "to", "for"))
    if subject is None:
        subject = scene.object_of(verb, ("for", "to"))
    if at is None or not entries or subject is None or not is_group(scene, through(scene, subject)):
        return None
    return state(scene, verb, subject, entries[0]["predicate"], subject, at)


def _swarms(scene: Scene, verb: int) -> Relation | None:
    """`Velm is teeming with fighters of the Front`, `Velm is infested with`."""
    parse = scene.parse
    word = scene.child(verb, "acomp") if parse.lemmas[verb].lower() == "be" else verb
    if word is None or parse.lemmas[word].lower() not in states("swarms"):
        return None
    place = scene.subject_of(verb)
    men = scene.object_of(word, ("with", "by"))
    at = place_at(scene, place) if place is not None else None
    if at is None or men is None:
        return None
    subject = men if is_group(scene, men) else group_of(scene, men)
    return state(scene, verb, subject, "present", men, at) if subject is not None else None


def _nothing_left(scene: Scene, verb: int) -> Relation | None:
    """`nothing remains of the Front in Velm`."""
    parse = scene.parse
    nothing = scene.child(verb, "nsubj", "attr")
    if nothing is None or parse.words[nothing].lower() != "nothing":
        return None
    for token in (verb, nothing, *parse.children[nothing]):
        subject = scene.object_of(token, ("of",))
        if subject is not None and is_group(scene, through(scene, subject)):
            return state(scene, verb, subject, "present", subject, if_denied=True)
    return None


def misread_hosts(scene: Scene, noun: int) -> Relation | None:
    """`Velm hosts camps of the Front`, where the tree takes the verb for a noun."""
    parse = scene.parse
    if parse.words[noun].lower() not in {"hosts", "houses", "shelters"} or noun == 0:
        return None
    at, housed = noun - 1, parse.heads[noun]
    if parse.deps[noun] != "compound" or housed != noun + 1 or place_at(scene, at) is None:
        return None
    return _housed_at(scene, noun, housed, at)


def _hosts(scene: Scene, verb: int) -> Relation | None:
    """`Velm hosts camps of the Front`."""
    place, housed = scene.subject_of(verb), scene.direct_object(verb)
    if place is None or housed is None:
        return misread_hosts(scene, verb)
    at = place_at(scene, place)
    return _housed_at(scene, verb, housed, at) if at is not None else None


def _housed_at(scene: Scene, trigger: int, housed: int, at: int) -> Relation | None:
    lemma = scene.parse.lemmas[housed].lower()
    if lemma not in states("there") and lemma not in bearers("people"):
        return None
    subject = group_of(scene, housed)
    return state(scene, trigger, subject, "present", housed, at) if subject is not None else None


def _area(scene: Scene, verb: int) -> Relation | None:
    """`the Front's area of operations includes Velm`, `Velm lies within the zone of activity of the
    Front`."""
    parse = scene.parse
    told = scene.subject_of(verb)
    if told is None:
        return None
    lemma = parse.lemmas[verb].lower()
    if lemma in states("covers") and parse.lemmas[told].lower() in states("area"):
        direct = scene.direct_object(verb)
        place = direct if direct is not None else scene.object_of(verb, ("to", "into", "over"))
        area: int | None = told
    elif lemma in states("lies"):
        area, place = scene.object_of(verb, _WITHIN), told
        part = scene.child(verb, "attr")
        if area is None and part is not None and parse.lemmas[part].lower() == "part":
            area = scene.object_of(part, _AREA_OF)
    else:
        return None
    at = place_at(scene, place) if place is not None else None
    subject = _whose_area(scene, area) if area is not None else None
    if at is None or subject is None:
        return None
    return state(scene, verb, subject, "active", max(subject, at), at)


def _whose_area(scene: Scene, area: int) -> int | None:
    """The group whose area of operations it is."""
    parse = scene.parse
    doing = scene.object_of(area, _AREA_OF)
    if parse.lemmas[area].lower() not in states("area") or doing is None:
        return None
    if parse.lemmas[doing].lower() not in states("operations"):
        return None
    for token in (scene.child(area, "poss"), scene.object_of(doing, _AREA_OF)):
        if token is not None and is_group(scene, through(scene, token)):
            return through(scene, token)
    return None


def _nobody(scene: Scene, verb: int) -> Relation | None:
    """`nobody in Velm belongs to the Front`, `no one in Velm is a member of the Front`."""
    parse = scene.parse
    told = scene.child(verb, "nsubj")
    if told is None or parse.words[told].lower() not in {"nobody", "one", "none"}:
        return None
    none = parse.words[told].lower() != "one" or any(
        parse.words[kid].lower() == "no" for kid in parse.children[told]
    )
    place = scene.object_of(told, ("in", "inside", "across"))
    at = place_at(scene, place) if place is not None else None
    member = scene.child(verb, "attr")
    if parse.lemmas[verb].lower() == "belong":
        subject = scene.object_of(verb, ("to",))
    elif member is not None and parse.lemmas[member].lower() in bearers("people"):
        subject = scene.object_of(member, ("of",))
    else:
        return None
    if not none or at is None or subject is None or not is_group(scene, subject):
        return None
    return state(scene, verb, subject, "present", subject, at)


def nowhere(scene: Scene, verb: int) -> Relation | None:
    """`nowhere in Velm is the Front active`: the tree takes the adjective for the group's own."""
    parse = scene.parse
    if not any(parse.words[kid].lower() == "nowhere" for kid in parse.children[verb] if kid < verb):
        return None
    group = scene.child(verb, "attr", "nsubj")
    if group is None or group < verb or not is_group(scene, group):
        return None
    for word in (*parse.children[group], *parse.children[verb]):
        entries = states("adjectives").get(parse.lemmas[word].lower(), ())
        if word > group and entries:
            return state(scene, verb, group, entries[0]["predicate"], word)
    return None

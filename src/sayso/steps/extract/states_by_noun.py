"""States that a noun tells: "the presence of X in Velm", "no trace of X", "reports of X's men"."""

from __future__ import annotations

from sayso.steps.extract.counted import lemma_of
from sayso.steps.extract.relation_ends import Relation, is_group, listing, through
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.state_ends import group_of, place_at, somewhere, state, states

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def noun_state(scene: Scene, noun: int) -> Relation | None:
    """The state that a noun tells of a group."""
    if scene.parse.deps[noun] == "appos" and (found := _held_by(scene, noun)) is not None:
        return found
    if scene.parse.pos[noun] == "PROPN":
        return _reported(scene, noun)
    found = _presence(scene, noun) or _found(scene, noun) or _reported(scene, noun)
    return found or _gone(scene, noun)


def _gone(scene: Scene, noun: int) -> Relation | None:
    """`since the withdrawal of the Front from Velm`, `the Front's withdrawal from Velm is
    complete`: one of which it is known that it took place."""
    parse = scene.parse
    if parse.lemmas[noun].lower() not in listing("leaving"):
        return None
    over = parse.heads[noun]
    known = parse.deps[noun] == "pobj" and parse.words[over].lower() in {
        "after",
        "since",
        "following",
    }
    done = parse.deps[noun] == "nsubj" and (
        parse.lemmas[over].lower() in listing("over")
        or any(parse.lemmas[kid].lower() in {"complete", "over"} for kid in parse.children[over])
    )
    place = scene.object_of(noun, ("from",))
    subject = scene.object_of(noun, ("of", "by"))
    subject = subject if subject is not None else scene.child(noun, "poss")
    at = place_at(scene, place) if place is not None else None
    if not (known or done) or at is None or subject is None:
        return None
    if not is_group(scene, through(scene, subject)):
        return None
    return state(scene, noun, subject, "absent", max(subject, at), at)


def _held_by(scene: Scene, noun: int) -> Relation | None:
    """`Velm, a stronghold of the Front,`."""
    at = place_at(scene, scene.parse.heads[noun])
    entries = states("held_by").get(scene.parse.lemmas[noun].lower(), ())
    subject = scene.object_of(noun, ("of", "for"))
    subject = subject if subject is not None else scene.child(noun, "poss")
    if not entries or at is None or subject is None or not is_group(scene, through(scene, subject)):
        return None
    return state(scene, noun, subject, entries[0]["predicate"], subject, at)


def _presence(scene: Scene, noun: int) -> Relation | None:
    """`the presence of terrorist groups in Tarvia`, `the Front's activities in Velm`."""
    parse = scene.parse
    entries = states("nouns").get(parse.lemmas[noun].lower())
    if entries is None or (noun and parse.words[noun - 1].lower() == "in"):
        return None
    before = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.words[before].lower() == "in" and noun - before <= 2:
        return None  # "in the presence of"
    subject = scene.object_of(noun, ("of",))
    if subject is None:
        subject = scene.child(noun, "poss", *(() if entries[0].get("owned") else ("compound",)))
    if subject is None or not (is_group(scene, subject) or _is_force(scene, subject)):
        return None
    over, at = _is_over(scene, noun), _seeing(scene, noun)
    if entries[0].get("somewhere") and (
        scene.ref(subject).entity is None or not (at is not None or somewhere(scene, noun, subject))
    ):
        return None
    if entries[0].get("owned") and parse.tags[noun] != "NNS":
        return None  # "an operation of the Front" is one deed
    if entries[0].get("if_over") and not over:
        return None
    return state(scene, noun, subject, entries[0]["predicate"], noun, at, ended=over)


def _seeing(scene: Scene, noun: int) -> int | None:
    """`Velm has seen an influx of`, `Velm has no presence of`: the place that does."""
    parse = scene.parse
    verb = parse.heads[noun]
    if parse.deps[noun] != "dobj" or parse.lemmas[verb].lower() not in {"see", "have", "witness"}:
        return None
    place = scene.child(verb, "nsubj")
    return place_at(scene, place) if place is not None else None


def _is_force(scene: Scene, token: int) -> bool:
    return lemma_of(scene.parse, token) in {"force", "troop", "soldier"}


def _is_over(scene: Scene, noun: int) -> bool:
    """`the presence of the Front in Velm has ended`, `... is over`."""
    parse = scene.parse
    if parse.deps[noun] not in {*_SUBJECTS, "dobj"}:
        return False
    verb = parse.heads[noun]
    if parse.lemmas[verb].lower() in listing("over"):
        return True
    over = any(parse.words[kid].lower() == "over" for kid in parse.children[verb])
    return over and parse.lemmas[verb].lower() == "be" and parse.deps[noun] == "nsubj"


def none_there(scene: Scene, verb: int) -> Relation | None:
    """`there are no Front fighters in Tarvia`, `there is no trace of the Front in Tarvia`. That
    there are some is told by their number."""
    parse = scene.parse
    attribute = scene.child(verb, "attr", "nsubj")
    if attribute is None:
        return None
    subject: int | None = attribute
    if parse.lemmas[attribute].lower() in bearers("people") and not is_group(scene, attribute):
        subject = group_of(scene, attribute)  # "not a single Front fighter"
    elif parse.lemmas[attribute].lower() in bearers("people") and group_of(scene, attribute):
        subject = group_of(scene, attribute)
    elif parse.lemmas[attribute].lower() in {*states("traces"), *states("there")}:
        of = scene.object_of(attribute, ("of", "from"))
        subject = of if of is not None else attribute
    if subject is None or not is_group(scene, subject):
        return None
    none = any(
        parse.words[kid].lower() in {"no", "not"} and kid < attribute
        for kid in parse.children[attribute]
    )
    housed = parse.lemmas[attribute].lower() in states("there")
    counted = scene.child(attribute, "nummod") is not None
    if not none and scene.child(verb, "neg") is None and (not housed or counted):
        return None
    return state(scene, verb, subject, "present", max(subject, attribute))


def _found(scene: Scene, noun: int) -> Relation | None:
    """`no trace of the Front has been found in Velm`, `nobody saw any fighters of the Front in
    Velm`. What was found is no state: it may have been left behind."""
    parse = scene.parse
    verb = parse.heads[noun]
    if parse.lemmas[noun].lower() not in states("traces") or parse.deps[noun] not in {
        "dobj",
        "nsubjpass",
    }:
        return None
    if parse.lemmas[verb].lower() not in listing("finding"):
        return None
    subject = group_of(scene, noun)
    if subject is None or not somewhere(scene, noun, verb, subject):
        return None
    return state(scene, noun, subject, "present", noun, if_denied=True)


def _reported(scene: Scene, noun: int) -> Relation | None:
    """`reports of fighters of the Front in Velm were unfounded`: said of the reports, and so of
    the fighters."""
    parse = scene.parse
    preposition = parse.heads[noun]
    lemma = parse.lemmas[noun].lower()
    if parse.deps[noun] != "pobj" or parse.words[preposition].lower() not in {"of", "about"}:
        return None
    if parse.lemmas[parse.heads[preposition]].lower() not in listing("reports"):
        return None
    if lemma in bearers("people") or lemma in states("there"):
        subject = group_of(scene, noun)
    else:  # "talk of the Front in Velm"
        subject = noun if scene.kind_at(noun) == "armed_group" else None
    if subject is None or not somewhere(scene, noun, subject, parse.heads[preposition]):
        return None
    return state(scene, noun, subject, "present", noun, if_denied=True)

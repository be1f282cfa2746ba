"""Who is said to answer for an attack by words that lay it at somebody's door, or take it away:
"laid the blame for it on X", "called it the work of X", "carried out on the orders of X",
"somebody other than X carried it out"."""

from __future__ import annotations

from sayso.steps.extract.answerable_ends import answering, lemma_at
from sayso.steps.extract.scenes import Scene

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ON = ("on", "upon", "at", "with", "to")
_ABOUT = frozenset({"of", "about", "on"})
_OWN = frozenset({"us", "we", "me", "i"})
_OURS = frozenset({"it", "this", "that"})


def laid_on(scene: Scene, preposition: int, attack: int) -> int | None:
    """`laid the blame for the attack on X`, `pointed the finger at X for the attack`; the tree may
    hang X on the verb, on the blame or on the attack."""
    over = scene.parse.heads[preposition]
    verb = over if scene.parse.pos[over] == "VERB" else scene.parse.heads[over]
    blame = scene.child(verb, "dobj", "nsubjpass")
    if lemma_at(scene, verb) not in answering("lays_blame"):
        return None
    if blame is None or lemma_at(scene, blame) not in answering("blame"):
        return None
    under = (scene.object_of(token, _ON) for token in (verb, blame, attack))
    return next((token for token in under if token is not None), None)


def named_as(scene: Scene, verb: int, attack: int) -> int | None:
    """`called the attack the work of X`, `described the attack as an act of X`."""
    if lemma_at(scene, verb) not in answering("names_as"):
        return None
    described = scene.object_of(verb, ("as",))
    for work in (scene.child(verb, "oprd"), described, *scene.parse.children[verb]):
        if work is None or work <= attack or lemma_at(scene, work) not in answering("works"):
            continue
        doer = scene.object_of(work, ("of", "by"))
        return doer if doer is not None else scene.child(work, "poss")
    return None


def ordered_by(scene: Scene, verb: int) -> int | None:
    """`carried out on the orders of X`, `staged at X's behest`."""
    order = scene.object_of(verb, ("on", "at", "under", "upon"))
    if order is None:
        name = scene.object_of(verb, ("in",))  # "in the name of X"
        order = name if name is not None and lemma_at(scene, name) == "name" else None
    if order is None or lemma_at(scene, order) not in answering("orders"):
        return None
    doer = scene.object_of(order, ("of", "from"))
    return doer if doer is not None else scene.child(order, "poss")


def order_came(scene: Scene, order: int) -> int | None:
    """`the order for the attack came from X`, `the order for it was given by X`."""
    verb = scene.parse.heads[order]
    if (
        lemma_at(scene, order) not in answering("orders")
        or scene.parse.deps[order] not in _SUBJECTS
    ):
        return None
    if lemma_at(scene, verb) == "come":
        return scene.object_of(verb, ("from",))
    if lemma_at(scene, verb) in {"give", "issue"}:
        return scene.object_of(verb, ("by",))
    return None


def other_than(scene: Scene, doer: int) -> int | None:
    """`somebody other than X`, `nobody but X`: the token of X."""
    parse = scene.parse
    if lemma_at(scene, doer) not in answering("anybody"):
        return None
    other = next((k for k in parse.children[doer] if parse.words[k].lower() == "other"), None)
    than = scene.object_of(other, ("than",)) if other is not None else None
    if than is None and any(parse.words[kid].lower() == "but" for kid in parse.children[doer]):
        than = scene.child(doer, "conj")
    return than if than is not None else scene.object_of(doer, ("than", "but", "except"))


def said_of_it(scene: Scene, preposition: int) -> tuple[int, bool] | None:
    """`"It was not us," X said of the attack`: the pronoun that stands for X, and whether it denies
    it."""
    parse = scene.parse
    verb = parse.heads[preposition]
    if parse.words[preposition].lower() not in _ABOUT or parse.pos[verb] != "VERB":
        return None
    said = scene.child(verb, "ccomp", "parataxis")
    if said is None:
        return None
    denied = scene.child(said, "neg") is not None
    subject = scene.child(said, "nsubj")
    if subject is None:
        return None
    if lemma_at(scene, said) == "be" and parse.words[subject].lower() in _OURS:
        own = scene.child(said, "attr")
    else:
        done = scene.child(said, "dobj")
        does = lemma_at(scene, said) == "do" and done is not None
        own = subject if does and done and parse.words[done].lower() in _OURS else None
    if own is None or parse.words[own].lower() not in _OWN:
        return None
    return own, denied


def led_to(scene: Scene, noun: int) -> int | None:
    """`the trail from the attack leads to X`, `the evidence on it points to X`."""
    verb = scene.parse.heads[noun]
    if lemma_at(scene, noun) not in answering("trails") or scene.parse.deps[noun] != "nsubj":
        return None
    if lemma_at(scene, verb) not in {"lead", "point"}:
        return None
    return scene.object_of(verb, ("to", "at", "toward", "towards"))


def identified_as(scene: Scene, noun: int) -> int | None:
    """`named X as the perpetrator of the attack`, `X was identified as the group behind it`."""
    parse = scene.parse
    preposition = parse.heads[noun]
    if parse.deps[noun] != "pobj" or parse.words[preposition].lower() != "as":
        return None
    verb = parse.heads[preposition]
    if parse.pos[verb] != "VERB":  # the tree may hang "as" on X
        return verb if scene.mention_at(verb) is not None else None
    return scene.child(verb, "dobj", "nsubjpass")

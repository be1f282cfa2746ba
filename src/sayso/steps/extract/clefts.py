"""Clauses that a copula sets apart: `it is in Velm that the Front is active`, `it was not the Front
that did it`, `Velm is not among the towns in which the Front is active`."""

from __future__ import annotations

from sayso.lexicons import load
from sayso.steps.extract.scenes import Scene

_APART = frozenset({"relcl", "ccomp", "advcl", "acl"})
_SAID_TO_BE = frozenset({"attr", "acomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_AMONG = frozenset({"among", "amongst", "of"})
_WHERE = frozenset({"where", "which"})
_STEPS = 4


def cleft_over(scene: Scene, verb: int) -> int | None:
    """The copula of the cleft sentence whose clause the verb heads: `it is X that VERB`."""
    parse = scene.parse
    if parse.deps[verb] not in _APART:
        return None
    head = parse.heads[verb]
    if parse.lemmas[head].lower() in load("hedges.toml")["negation"]["doubts"]:
        return None
    if parse.deps[verb] == "relcl" and not any(
        parse.tags[kid] in {"WDT", "WP"} and parse.deps[kid] != "mark"
        for kid in parse.children[verb]
    ):
        return None  # "it is not a coincidence that he died"
    copula = parse.heads[head] if parse.deps[head] in _SAID_TO_BE else head
    if parse.lemmas[copula].lower() != "be":
        return None
    it = any(
        parse.words[kid].lower() == "it" and parse.deps[kid] in _SUBJECTS
        for kid in parse.children[copula]
    )
    return copula if it else None


def set_apart(scene: Scene, verb: int) -> int | None:
    """The noun that a cleft sentence says did it, where the tree does not hang the clause on it."""
    copula = cleft_over(scene, verb)
    if copula is None or scene.parse.heads[verb] != copula:
        return None
    return scene.child(copula, *_SAID_TO_BE)


def denied_cleft(scene: Scene, verb: int) -> bool:
    """Whether it is said not to be so (`it was not X that VERB`)."""
    copula = cleft_over(scene, verb)
    return copula is not None and scene.child(copula, "neg") is not None


def but_for(scene: Scene, noun: int) -> int | None:
    """Of `not X but Y` and the token of Y: that of X."""
    parse = scene.parse
    other = parse.heads[noun]
    if parse.deps[noun] != "conj":
        return None
    but = any(
        parse.words[kid].lower() == "but" and parse.deps[kid] == "cc"
        for kid in parse.children[other]
    )
    return other if but else None


def not_but(scene: Scene, noun: int) -> int | None:
    """Of `smugglers, not X,` and `smugglers rather than X` and the token of the smugglers: that of
    X."""
    parse = scene.parse
    other = scene.child(noun, "appos", "conj")
    if other is None or other < noun:
        return None
    between = {parse.words[index].lower() for index in range(noun + 1, other)}
    return other if between & {"not", "rather"} else None


def whose_place(scene: Scene, verb: int) -> int | None:
    """The place of which a relative clause tells what goes on there: `Velm` of "Velm is one of the
    towns where the Front is active"."""
    parse = scene.parse
    copula = _copula_over(scene, verb)
    place = scene.child(copula, "nsubj") if copula is not None else None
    if place is None or scene.kind_at(place) not in {"place", "state"}:
        return None
    first = parse.extents[verb][0]
    where = any(parse.words[index].lower() in _WHERE for index in range(first, verb))
    return place if where else None


def denied_description(scene: Scene, verb: int) -> bool:
    """`Velm is not among the towns in which`: whether the place is said to be none of them."""
    copula = _copula_over(scene, verb)
    if copula is None or whose_place(scene, verb) is None:
        return False
    return scene.child(copula, "neg") is not None


def _copula_over(scene: Scene, verb: int) -> int | None:
    """The copula whose complement, or one of whose complement's kind, a relative clause
    describes."""
    parse = scene.parse
    if parse.deps[verb] in {"advcl", "ccomp"} and parse.lemmas[parse.heads[verb]].lower() == "be":
        where = any(parse.words[kid].lower() == "where" for kid in parse.children[verb])
        return parse.heads[verb] if where else None  # "Velm is where the Front is active"
    if parse.deps[verb] != "relcl":
        return None
    token = parse.heads[verb]
    for _ in range(_STEPS):
        head = parse.heads[token]
        if parse.lemmas[head].lower() == "be":
            return head if parse.deps[token] in {"attr", "prep"} else None
        among = parse.deps[token] == "pobj" and parse.words[head].lower() in _AMONG
        if not among and parse.deps[token] not in {"prep", "attr"}:
            return None
        token = head
    return None


def subject_told(scene: Scene, verb: int) -> int | None:
    """The subject of a verb; of a cleft sentence the one that it sets apart."""
    found = scene.subject_of(verb)
    if found is not None and scene.parse.words[found].lower() in {"that", "who"}:
        apart = set_apart(scene, verb)
        return apart if apart is not None else found
    return found

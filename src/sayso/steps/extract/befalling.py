"""What befell people in more words than one: `lost their lives`, `were taken into custody`.

The frames stand in `measures.toml`: `befalls` by the verb of those counted, `bears` by what hangs
on themselves (`12 people with burns`), `reaches` by a word that has them as its aim (`fatal to 12
people`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.steps.extract.counted import outcome_words
from sayso.steps.extract.scenes import Scene

_HOLDS_UP = frozenset({"prt", "oprd", "xcomp", "ccomp", "dobj", "acomp", "attr"})
"""What makes of "were held" something else than detention: held up, held hostage, held liable."""

_DEEP = 2
"""Prepositions that may stand between a verb and the one that a frame asks for."""


@cache
def _frames() -> dict[str, list[dict[str, Any]]]:
    """By lemma of the verb."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("measures.toml")["befalls"]:
        for lemma in entry["verbs"]:
            found.setdefault(lemma, []).append(entry)
    return found


def befallen(scene: Scene, noun: int) -> tuple[str, int] | None:
    """The measure of what befell the counted at token `noun`, and the word that says so; None
    where no frame fits."""
    parse = scene.parse
    for verb, role in _verbs(scene, noun):
        for entry in _frames().get(parse.lemmas[verb].lower(), ()):
            if _fits(scene, entry, noun, verb, role):
                return str(entry["measure"]), verb
    return _borne(scene, noun) or _reached(scene, noun)


def by_denial(scene: Scene, verb: int, measure: str) -> bool:
    """Whether a frame says by its "not" that this befell people: "did not survive" is no denial
    that they were killed."""
    entries = _frames().get(scene.parse.lemmas[verb].lower(), ())
    return any(entry["measure"] == measure and entry.get("negated") for entry in entries)


def _borne(scene: Scene, noun: int) -> tuple[str, int] | None:
    """`12 people with burns`, `52 men in custody`."""
    parse = scene.parse
    for kid in parse.children[noun]:
        thing = scene.child(kid, "pobj") if kid > noun and parse.deps[kid] == "prep" else None
        for entry in load("measures.toml")["bears"] if thing is not None else ():
            if thing is None or parse.words[kid].lower() not in entry["prep"]:
                continue
            if parse.lemmas[thing].lower() in entry["nouns"]:
                return str(entry["measure"]), thing
    return None


def _reached(scene: Scene, noun: int) -> tuple[str, int] | None:
    """`was fatal to 12 people`, `injuries to 12 people`, `inflicted injuries on 12 people`."""
    parse = scene.parse
    preposition = parse.heads[noun]
    if parse.deps[noun] != "pobj" or parse.heads[preposition] >= noun:
        return None
    over = parse.heads[preposition]
    words = [over, *(k for k in parse.children[over] if parse.deps[k] in _HOLDS_UP and k < noun)]
    for entry in load("measures.toml")["reaches"]:
        if parse.words[preposition].lower() in entry["prep"]:
            for token in words:
                if parse.lemmas[token].lower() in entry["words"]:
                    return str(entry["measure"]), token
    return None


def _verbs(scene: Scene, noun: int) -> Iterator[tuple[int, str]]:
    """The verb that the counted are a part of, and as what."""
    parse = scene.parse
    dep, head = parse.deps[noun], parse.heads[noun]
    for _ in range(2):  # "dozens of people", "the bodies of 14 people", "the lives of 14 people"
        if dep != "pobj" or parse.words[head].lower() != "of":
            break
        over = parse.heads[head]
        part = parse.lemmas[over].lower()
        if part in {"life", "body", "corpse"} and parse.deps[over] in {"dobj", "nsubjpass"}:
            yield parse.heads[over], part
            return
        dep, head = parse.deps[over], parse.heads[over]
    if dep in {"dobj", "nsubjpass", "nsubj", "dative"}:
        yield head, "dobj" if dep == "dative" else dep
    if dep == "attr" and scene.child(head, "nsubj") is None:
        yield head, "nsubj"  # "among the wounded are 14 people"
    for kid in parse.children[noun]:
        if parse.deps[kid] == "acl" and parse.tags[kid] == "VBN":
            yield kid, "nsubjpass"
        elif parse.deps[kid] == "relcl":
            passive = scene.child(kid, "nsubjpass") is not None
            if passive or scene.child(kid, "nsubj") is not None:
                yield kid, "nsubjpass" if passive else "nsubj"


def _fits(scene: Scene, entry: dict[str, Any], noun: int, verb: int, role: str) -> bool:
    lemma = scene.parse.lemmas[noun].lower()
    if "who" in entry and lemma not in entry["who"]:
        return False
    if (scene.child(verb, "neg") is not None) < entry.get("negated", False):
        return False
    match entry["of"]:
        case "part":
            own = lemma in entry["counted"] and role in {"dobj", "nsubjpass"}
            return own or role in entry["counted"]
        case "subject":
            return role == "nsubj" and _beside(scene, entry, noun, verb)
        case _:
            undergoer = role in {"dobj", "nsubjpass"} and lemma not in {"life", "body", "corpse"}
            return undergoer and _beside(scene, entry, noun, verb, passive=role == "nsubjpass")


def _beside(
    scene: Scene, entry: dict[str, Any], noun: int, verb: int, *, passive: bool = False
) -> bool:
    """Whether the words stand by the verb that the frame asks for."""
    parse = scene.parse
    holders = [verb] if noun < verb else [verb, noun]  # "have 52 people in custody"
    if "object" in entry:
        thing = next(
            (
                kid
                for kid in parse.children[verb]
                if parse.deps[kid] == "dobj" and parse.lemmas[kid].lower() in entry["object"]
            ),
            None,
        )
        if thing is None or (entry.get("whose") and scene.child(thing, "poss") is None):
            return False
        holders.append(thing)
    if "prep" in entry and not any(_under(scene, entry, token) for token in holders):
        return False
    if "beside" in entry:
        near = {min(verb + 1, len(parse) - 1)}  # "shot dead 11 farmers"
        kids = near.union(*(parse.children[token] for token in holders))
        if not any(parse.words[kid].lower() in entry["beside"] for kid in kids):
            return False
    if "by" in entry:
        doer = scene.object_of(verb, ("by",)) if passive else scene.child(verb, "nsubj")
        if doer is None or parse.lemmas[doer].lower() not in entry["by"]:
            return False
    if entry.get("passive"):
        return passive and scene.child(verb, *_HOLDS_UP) is None
    return True


def _under(scene: Scene, entry: dict[str, Any], holder: int) -> bool:
    """Whether one of the nouns stands under one of the prepositions that hang on a word, or on the
    noun of another such preposition ("to hospital with injuries", "away from it with burns")."""
    parse = scene.parse
    waiting = [(holder, 0)]
    while waiting:
        token, depth = waiting.pop()
        for kid in parse.children[token]:
            if kid < token and parse.pos[token] != "VERB" and parse.pos[token] != "AUX":
                continue
            if parse.deps[kid] in {"prep", "prt", "agent"} or parse.words[kid].lower() == "away":
                noun = scene.child(kid, "pobj")
                known = parse.words[kid].lower() in entry["prep"]
                if noun is not None and known and _names(scene, entry, noun):
                    return True
                if depth < _DEEP:
                    waiting += [(next_, depth + 1) for next_ in (noun, kid) if next_ is not None]
    return False


def _names(scene: Scene, entry: dict[str, Any], noun: int) -> bool:
    parse = scene.parse
    if parse.words[noun].lower() == "those":  # "among those who died"
        clause = scene.child(noun, "relcl", "acl")
        named = outcome_words().get(parse.lemmas[clause].lower()) if clause is not None else None
        return "among" in entry["prep"] and named is not None and named[0] == entry["measure"]
    return parse.lemmas[noun].lower() in entry["nouns"] or (
        parse.words[noun].lower() in entry["nouns"]
    )


def takes_lives(lemma: str) -> bool:
    """Whether a verb whose object is lives says that they were lost."""
    return any(
        entry["of"] == "part" and "life" in entry["counted"]
        for entry in _frames().get(lemma.lower(), ())
    )

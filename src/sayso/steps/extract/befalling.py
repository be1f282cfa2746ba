"""What befell people in more words than one: `lost their lives`, `were taken into custody`.

The frames stand in `measures.toml` as `befalls`.
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


@cache
def _frames() -> dict[str, list[dict[str, Any]]]:
    """By lemma of the verb."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("measures.toml")["befalls"]:
        for lemma in entry["verbs"]:
            found.setdefault(lemma, []).append(entry)
    return found


def befallen(scene: Scene, noun: int) -> tuple[str, int] | None:
    """The measure of what befell the counted at token `noun`, and the verb that says so; None
    where no frame fits."""
    parse = scene.parse
    for verb, role in _verbs(scene, noun):
        for entry in _frames().get(parse.lemmas[verb].lower(), ()):
            if _fits(scene, entry, noun, verb, role):
                return str(entry["measure"]), verb
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
        if part in {"life", "body"} and parse.deps[over] in {"dobj", "nsubjpass"}:
            yield parse.heads[over], part
            return
        dep, head = parse.deps[over], parse.heads[over]
    if dep in {"dobj", "nsubjpass", "nsubj", "dative"}:
        yield head, "dobj" if dep == "dative" else dep
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
    match entry["of"]:
        case "part":
            own = lemma in entry["counted"] and role in {"dobj", "nsubjpass"}
            return own or role in entry["counted"]
        case "subject":
            return role == "nsubj" and _beside(scene, entry, verb)
        case _:
            undergoer = role in {"dobj", "nsubjpass"} and lemma not in {"life", "body"}
            return undergoer and _beside(scene, entry, verb, passive=role == "nsubjpass")


def _beside(scene: Scene, entry: dict[str, Any], verb: int, *, passive: bool = False) -> bool:
    """Whether the words stand by the verb that the frame asks for."""
    parse = scene.parse
    if "object" in entry:
        thing = next(
            (
                kid
                for kid in parse.children[verb]
                if parse.deps[kid] == "dobj" and parse.lemmas[kid].lower() in entry["object"]
            ),
            None,
        )
        if thing is None:
            return False
        return not entry.get("whose") or scene.child(thing, "poss") is not None
    if "prep" in entry:
        return _under(scene, entry, verb)
    if "beside" in entry:
        beside = {*parse.children[verb], min(verb + 1, len(parse) - 1)}  # "shot dead 11 farmers"
        return any(parse.words[kid].lower() in entry["beside"] for kid in beside)
    if "by" in entry:
        doer = scene.child(verb, "nsubj")
        return doer is not None and parse.lemmas[doer].lower() in entry["by"]
    if entry.get("passive"):
        return passive and scene.child(verb, *_HOLDS_UP) is None
    return True


def _under(scene: Scene, entry: dict[str, Any], verb: int) -> bool:
    parse = scene.parse
    waiting = [kid for kid in parse.children[verb] if parse.deps[kid] in {"prep", "prt"}]
    for kid in waiting:
        noun = scene.child(kid, "pobj")
        if noun is None:
            continue
        if parse.words[kid].lower() in entry["prep"] and _names(scene, entry, noun):
            return True
        # "to hospital with injuries": the second preposition may hang on the first one's noun.
        inner = scene.object_of(noun, entry["prep"])
        if inner is not None and _names(scene, entry, inner):
            return True
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

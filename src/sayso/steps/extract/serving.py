"""For whom those who are counted fight, who has them, and of whom they are: what a clause says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.steps.extract.counted import listed
from sayso.steps.extract.scenes import Scene

_BODIES = frozenset({"armed_group", "organisation"})
_FOLLOWERS = frozenset({"member", "fighter", "follower", "supporter", "man", "militant", "soldier"})
_NEAR = 8
"""Tokens between those counted and the "under" that says whose command they are under."""
_RELATIVE = frozenset({"that", "which", "who", "whom"})


@cache
def _serving() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("measures.toml")["serving"]:
        for lemma in entry["verbs"]:
            found.setdefault(lemma, []).append(entry)
    return found


def served(scene: Scene, noun: int) -> int | None:
    """The named group for which those at token `noun` fight: "750 men serve in the Front", "men who
    take their orders from the Front", "an army stands behind the Front"."""
    for verb in _done_by(scene, noun):
        said = _said_to_be(scene, verb)
        if said is not None:
            return said
        for entry in _serving().get(scene.parse.lemmas[verb].lower(), ()):
            found = _for_whom(scene, entry, verb)
            if found is not None:
                return found
    found = _under_whom(scene, noun)
    return _by_words(scene, noun) if found is None else found


def _by_words(scene: Scene, noun: int) -> int | None:
    """`900 men in Orsk bear arms for the Front`, where the tagger takes "bear" for a noun."""
    parse = scene.parse
    last = min(parse.sentences[parse.sentence_of[noun]][1], noun + _NEAR)
    for token in range(noun + 1, last):
        if parse.pos[token] == "PUNCT":
            return None
        for entry in _serving().get(parse.words[token].lower(), ()):
            if "object" not in entry or token + 2 >= len(parse):
                continue
            known = parse.lemmas[token + 1].lower() in entry["object"]
            if known and parse.words[token + 2].lower() in entry["prep"]:
                found = scene.child(token + 2, "pobj")
                named = found is not None and scene.kind_at(found) in _BODIES
                return found if named else None
    return None


def _under_whom(scene: Scene, noun: int) -> int | None:
    """`900 men in Velm under the Front's command`, `900 men in the ranks of the Front`."""
    parse = scene.parse
    last = min(parse.sentences[parse.sentence_of[noun]][1], noun + _NEAR)
    for token in range(noun + 1, last):
        if parse.pos[token] in {"VERB", "PUNCT", "CCONJ"}:
            return None
        found = _in_line(scene, token)
        if found is not None:
            return found
    return None


def _in_line(scene: Scene, preposition: int) -> int | None:
    """Whose command or ranks a preposition opens: "under the Front's command"."""
    parse = scene.parse
    if parse.words[preposition].lower() not in {"under", "in", "at", "on", "within"}:
        return None
    line = scene.child(preposition, "pobj")
    if line is None or parse.lemmas[line].lower() not in listed("frames", "lines"):
        return None
    found = whose(scene, line)
    return found if found is not None and scene.kind_at(found) in _BODIES else None


def _said_to_be(scene: Scene, verb: int) -> int | None:
    """`900 men are loyal to the Front`, `900 men are members of the Front`."""
    parse = scene.parse
    if parse.lemmas[verb].lower() != "be":
        return None
    what = scene.child(verb, "acomp", "attr")
    if what is None or what < verb:
        return None
    loyal = parse.lemmas[what].lower() in listed("frames", "loyal")
    member = parse.lemmas[what].lower() in _FOLLOWERS
    found = scene.object_of(what, ("to", "with")) if loyal else None
    found = scene.object_of(what, ("of",)) if member else found
    return found if found is not None and scene.kind_at(found) in _BODIES else None


def _done_by(scene: Scene, noun: int) -> Iterator[int]:
    """The verbs of which the counted are the doers."""
    parse = scene.parse
    head = parse.heads[noun]
    if parse.deps[noun] in {"nsubj", "nsubjpass"}:
        yield head
    if parse.deps[noun] == "attr" and scene.child(head, "nsubj") is None:
        yield head  # "under the command of the Front are 900 men"
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] == "relcl":
            subject = scene.child(kid, "nsubj")
            if subject is not None and parse.words[subject].lower() in _RELATIVE:
                yield kid
        elif kid > noun and parse.deps[kid] == "acl" and parse.tags[kid] in {"VBG", "VBN"}:
            yield kid


def _for_whom(scene: Scene, entry: dict[str, Any], verb: int) -> int | None:
    parse = scene.parse
    thing = scene.child(verb, "dobj")
    if "object" not in entry:
        found = _object_of(scene, verb, entry["prep"]) if entry["prep"] else thing
    elif thing is None or parse.lemmas[thing].lower() not in entry["object"]:
        return None
    else:
        found = scene.object_of(verb, entry["prep"]) or scene.object_of(thing, entry["prep"])
        found = whose(scene, thing) if entry.get("whose") else found
    if found is not None and parse.lemmas[found].lower() in listed("frames", "lines"):
        found = whose(scene, found)
    return found if found is not None and scene.kind_at(found) in _BODIES else None


def _object_of(scene: Scene, verb: int, prepositions: Sequence[str]) -> int | None:
    """What stands under one of the prepositions, also where the tree hangs it on the place before:
    "fight in Velm for the Front"."""
    parse = scene.parse
    for holder in (verb, scene.object_of(verb, ("in", "at", "near"))):
        for kid in parse.children[holder] if holder is not None else ():
            found = scene.child(kid, "pobj") if parse.deps[kid] in {"prep", "agent"} else None
            if found is None or parse.words[kid].lower() not in prepositions:
                continue
            if scene.kind_at(found) not in {"place", "state"}:
                return found
    return None


def whose(scene: Scene, noun: int) -> int | None:
    """The owner of a strength or of a body of people, by its "of", its possessive or the name in
    its phrase; also where the tree takes "the Front's ranks" for a clause. Of an estimate it is
    whom it is for, not who makes it ("the ministry's estimate for the Front")."""
    parse = scene.parse
    subject = scene.child(noun, "nsubj")
    if subject is not None and scene.child(subject, "case") is not None:
        return subject
    if parse.lemmas[noun].lower() in {"estimate", "figure", "count", "tally", "assessment"}:
        found = scene.object_of(noun, ("of", "for"))
        if found is None:
            owner = scene.child(noun, "poss")
            return owner if owner is not None and scene.kind_at(owner) == "armed_group" else None
        deeper = parse.lemmas[found].lower() in listed("frames", "strengths")
        return whose(scene, found) if deeper else found
    found = scene.child(noun, "poss")
    if found is not None and parse.tags[found] == "WP$":  # "the Front, whose strength is 900"
        over = next((t for t in scene.climb(noun) if parse.deps[t] == "relcl"), None)
        return parse.heads[over] if over is not None else None
    found = scene.object_of(noun, ("of",)) if found is None else found
    if found is None and (mention := scene.name_before(noun)) is not None:
        return parse.tokens_in(mention.span)[1] - 1
    return found


def had_by(scene: Scene, noun: int) -> int | None:
    """Who has what a noun names: "the men that the Front has under arms", "the number of fighters
    that the Front fields" (of "number"); None where no clause says so."""
    parse = scene.parse
    for kid in parse.children[noun]:
        owns = parse.lemmas[kid].lower() in listed("frames", "owns")
        if kid > noun and owns and parse.deps[kid] == "acl" and parse.tags[kid] == "VBN":
            return scene.object_of(kid, ("by",))  # "900 men commanded by the Front"
        if kid < noun or parse.deps[kid] != "relcl" or not owns:
            continue
        subject, thing = scene.child(kid, "nsubj"), scene.child(kid, "dobj")
        if subject is None or parse.words[subject].lower() in _RELATIVE:
            continue
        if thing is None or parse.words[thing].lower() in _RELATIVE:
            return subject
    return None


def what_is_had(scene: Scene, verb: int) -> int | None:
    """Who has what `verb` says it is: "what the Front has in Velm is 900 men"."""
    parse = scene.parse
    clause = scene.child(verb, "csubj")
    left = _left_of(scene, verb)
    if left is not None:
        return left
    if clause is None or parse.lemmas[clause].lower() not in listed("frames", "owns"):
        return None
    thing = scene.child(clause, "dobj")
    if thing is None or parse.words[thing].lower() != "what":
        return None
    return scene.child(clause, "nsubj")


def _left_of(scene: Scene, verb: int) -> int | None:
    """`what remains of the Front is 900 men`, `all that is left of the Front is 900 men`."""
    parse = scene.parse
    for kid in parse.children[verb]:
        if kid > verb or parse.deps[kid] not in {"csubj", "nsubj"}:
            continue
        for token in (kid, *parse.children[kid]):
            if parse.lemmas[token].lower() in {"remain", "leave"}:
                found = scene.object_of(token, ("of",))
                return found if found is not None and scene.kind_at(found) in _BODIES else None
    return None


def named_beside(scene: Scene, noun: int) -> int | None:
    """The group that an apposition names: "units of the Front, 900 fighters in all, are in Velm",
    "900 men, all of them members of the Front, are in Velm"."""
    parse = scene.parse
    for kid in parse.children[noun]:
        if kid > noun and parse.deps[kid] == "appos" and parse.lemmas[kid].lower() in _FOLLOWERS:
            found = scene.object_of(kid, ("of",))
            if found is not None and scene.kind_at(found) in _BODIES:
                return found
    if parse.deps[noun] == "appos":
        return _only_named(scene, parse.extents[parse.heads[noun]][0], noun)
    if parse.deps[noun] != "nsubj":
        return None
    for kid in parse.children[parse.heads[noun]]:  # the tree gives the verb two subjects
        if parse.deps[kid] != "nsubj" or kid == noun:
            continue
        first, last = parse.extents[kid]
        if kid < noun and parse.words[noun + 1 : noun + 3] in (["in", "all"], ["in", "total"]):
            return _only_named(scene, first, last)
        if kid > noun and parse.lemmas[kid].lower() in _FOLLOWERS:
            return _only_named(scene, kid, last)
    return None


def _only_named(scene: Scene, first: int, last: int) -> int | None:
    """The only group or body that tokens `[first, last)` name."""
    named = {
        mention.entity: token
        for token in range(first, last)
        if (mention := scene.mention_at(token)) is not None and scene.kind_at(token) in _BODIES
    }
    return next(iter(named.values())) if len(named) == 1 else None

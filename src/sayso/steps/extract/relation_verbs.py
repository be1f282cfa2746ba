"""Relations that a verb or participle tells: "X backs Y", "Y, sheltered by X", "X split from Y"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.steps.extract.clefts import cleft_over, subject_told
from sayso.steps.extract.relation_ends import Entry, Relation, frames, listing, related
from sayso.steps.extract.relation_objects import (
    given_to,
    giver_of,
    gives_nothing,
    kept,
    meant,
    measured,
    named_before,
)
from sayso.steps.extract.scenes import Scene, bearers

_INNER = ("of", "in", "inside", "within", "from")
_ACCUSING = frozenset({"of", "for"})
_NEAR = 5
"""Joined nouns that are read at most."""
_SHARES = frozenset({"part", "role", "hand", "share", "involvement"})
_OTHERS = frozenset({"other", "another"})


def by_verb(scene: Scene, verb: int) -> Iterator[Relation]:
    """The relations that a verb tells: those of the first frame that fits."""
    for entry in frames("verb").get(_lemma(scene, verb), ()):
        found = list(_by_frame(scene, verb, entry))
        if found:
            yield from found
            return


def by_participle(scene: Scene, word: int) -> Iterator[Relation]:
    """`is allied with`, `affiliated with`, `formerly known as`: a participle or adjective, and
    who stands under its preposition."""
    parse = scene.parse
    for entry in frames("participle").get(parse.words[word].lower(), ()):
        wanted = entry.get("adverb")
        if wanted and not any(parse.words[k].lower() in wanted for k in parse.children[word]):
            continue
        other = scene.object_of(word, entry["prep"])
        if other is None:
            continue
        subject, granted = _bearer(scene, word)
        yield from related(scene, word, entry, subject, other, granted=granted)
        return


def _bearer(scene: Scene, word: int) -> tuple[int | None, bool]:
    """Of whom a participle or adjective is said, and whether only in passing."""
    parse = scene.parse
    own = scene.child(word, "nsubj", "nsubjpass")
    if own is not None:
        return scene.antecedent(own), False
    head = parse.heads[word]
    if parse.deps[word] in {"acl", "amod", "appos", "advcl"}:
        if parse.pos[head] in {"VERB", "AUX"}:
            return scene.subject_of(head), True
        return head, True
    if parse.deps[word] in {"acomp", "attr", "conj"}:
        return scene.subject_of(head), False
    return None, False


def _lemma(scene: Scene, verb: int) -> str:
    return scene.parse.lemmas[verb].lower()


def _by_frame(scene: Scene, verb: int, entry: Entry) -> Iterator[Relation]:
    passive = _is_passive(scene, verb)
    # "denied charges that it arms X" is a clause of its own; "the Front, backed by X, ..." is not.
    own = scene.child(verb, "mark", "nsubj", "nsubjpass")
    granted = scene.parse.deps[verb] == "acl" and own is None
    if entry.get("passive"):
        if passive:
            agent = scene.object_of(verb, ("by",))
            yield from related(scene, verb, entry, scene.subject_of(verb), agent, granted=granted)
        return
    if passive:
        subject, other = _turned(scene, verb, entry)
    else:
        subject, other = doer(scene, verb), _other(scene, verb, entry)
        if subject is None and entry.get("inverts"):
            subject = _standing_behind(scene, verb, other)
        if "keeps" in entry:
            subject = giver_of(scene, subject)
        if entry.get("named") and (other is None or scene.mention_at(other) is None):
            return
        if other is None and entry.get("loose"):
            other, negated = given_to(scene, verb, entry)
            for found in related(scene, verb, entry, subject, other, granted=granted):
                yield replace(found, ended=found.ended != negated)
            return
        second = _each_other(scene, verb, subject) if entry.get("mutual") else None
        if second is not None:
            yield from list(related(scene, verb, entry, subject, second))[:1]
            return
    nothing = gives_nothing(scene, verb, entry)
    for found in related(scene, verb, entry, subject, other, granted=granted):
        yield replace(found, ended=found.ended != nothing)


def _standing_behind(scene: Scene, verb: int, other: int | None) -> int | None:
    """`behind the Front stands Tarvia`."""
    if other is None or other > verb:
        return None
    found = scene.child(verb, "attr", "dobj", "advmod")
    return found if found is not None and found > verb else None


def _over(scene: Scene, verb: int, prepositions: tuple[str, ...]) -> int:
    """The verb; of `it is with money from Tarvia that the Front buys` the copula before it."""
    copula = cleft_over(scene, verb)
    if copula is None or scene.object_of(copula, prepositions) is None:
        return verb
    return copula


def _is_passive(scene: Scene, verb: int) -> bool:
    parse = scene.parse
    return scene.child(verb, "auxpass") is not None or (
        parse.tags[verb] == "VBN"
        and parse.deps[verb] in {"acl", "conj"}
        and scene.direct_object(verb) is None
        and scene.child(verb, "aux") is None
    )


def _turned(scene: Scene, verb: int, entry: Entry) -> tuple[int | None, int | None]:
    """Subject and object of a passive: "Y is armed by X", "arms were sent to Y by X", "Y's arms are
    supplied by X"."""
    agent = scene.object_of(verb, ("by",))
    if agent is None and entry.get("with_things"):  # "is armed with rifles from Tarvia"
        thing = scene.object_of(verb, ("with",))
        giver = giver_of(scene, thing) if thing is not None else None
        return (giver, scene.subject_of(verb)) if giver != thing else (None, None)
    if agent is None:  # "is armed and paid by Tarvia"
        joined = scene.child(verb, "conj")
        passive = joined is not None and scene.parse.tags[joined] == "VBN"
        agent = scene.object_of(joined, ("by",)) if joined is not None and passive else None
    told = scene.subject_of(verb)
    if agent is None or told is None or entry.get("swap"):
        return None, None
    if entry["relation"] == "recruits_from":
        return agent, scene.object_of(verb, entry["prep"])
    if "object" in entry:
        if _lemma(scene, told) not in entry["object"]:
            return None, None
        taker = _under(scene, (verb, *_all_of(scene, told)), entry["prep"])
        return agent, taker if taker is not None else scene.child(told, "poss")
    if entry.get("prep") and not entry.get("direct"):
        return None, None
    return agent, told


def _all_of(scene: Scene, noun: int) -> list[int]:
    """A noun and those joined to it: of "weapons, money and training for the Front" the last has
    the preposition of all."""
    found = [noun]
    while (joined := scene.child(found[-1], "conj")) is not None and len(found) < _NEAR:
        found.append(joined)
    return found


def doer(scene: Scene, verb: int) -> int | None:
    """Who does it; of "accused X of doing", "was accused of doing": the accused."""
    parse = scene.parse
    head = parse.heads[verb]
    if parse.deps[verb] == "conj" and parse.deps[head] == "pcomp":
        own = scene.child(verb, "nsubj", "nsubjpass")
        verb = head if own is None else verb  # "of arming and funding"
    if parse.deps[verb] != "pcomp":
        return subject_told(scene, verb)
    over = parse.heads[parse.heads[verb]]
    if parse.pos[over] == "ADJ" and parse.deps[over] in {"acomp", "attr"}:
        return scene.subject_of(parse.heads[over])  # "is guilty of arming"
    if _lemma(scene, over) in _SHARES and parse.deps[over] in {"dobj", "attr"}:
        return scene.subject_of(parse.heads[over])  # "has no part in arming"
    if parse.words[over].lower() in {"far", "short"} and parse.heads[over] != over:
        return scene.subject_of(parse.heads[over])  # "is far from arming"
    if _lemma(scene, over) in listing("reports") and parse.deps[over] == "dobj":
        accuser = parse.heads[over]  # "rejects the accusation of arming"
        if _lemma(scene, accuser) in {"deny", "reject", "dismiss", "refute"}:
            return scene.subject_of(accuser)
    if _lemma(scene, over) == "do":  # "has nothing to do with arming"
        above = parse.heads[parse.heads[over]]
        if parse.words[parse.heads[over]].lower() == "nothing":
            return scene.subject_of(above)
    passive = scene.child(over, "nsubjpass")
    if passive is not None:
        return scene.antecedent(passive)
    accused = scene.direct_object(over)
    preposition = parse.heads[verb]
    if accused is None and parse.words[preposition].lower() in _ACCUSING:
        # The parser takes names that it has never seen for adverbs: nobody else is accused then.
        beside = preposition - 1
        return beside if beside > over and scene.mention_at(beside) is not None else None
    return accused if accused is not None else scene.subject_of(over)


def _other(scene: Scene, verb: int, entry: Entry) -> int | None:
    """Who stands at the other end of an active verb."""
    prepositions = entry.get("prep", ())
    if "embedded" in entry:
        return _embedded(scene, verb, entry)
    if "keeps" in entry:
        return kept(scene, verb, entry)
    if entry.get("inverts"):
        return _under(scene, (verb,), prepositions)
    direct = scene.direct_object(verb)
    if direct is None:
        direct = _shared_object(scene, verb)
    if direct is not None:
        direct = meant(scene, verb, direct)
    if "object" in entry:
        if direct is None:
            return None
        thing = measured(scene, direct)
        if _lemma(scene, thing) not in entry["object"]:
            return None
        return _under(scene, (direct, thing, verb), prepositions)
    if entry.get("of_people"):
        people = direct is not None and _lemma(scene, direct) in bearers("people")
        return direct if people else None
    if "through" in entry:
        under = scene.object_of(_over(scene, verb, prepositions), prepositions)
        if under is None or _lemma(scene, under) not in entry["through"]:
            return None
        inner = scene.object_of(under, _INNER)
        adjective = scene.child(under, "amod", "compound", "nmod")
        if inner is None and adjective is not None and scene.own_country(adjective) is not None:
            return adjective  # "relies on Tarvian money"
        if inner is None:  # the tree hangs "from" on the verb at times
            inner = scene.object_of(_over(scene, verb, prepositions), ("from",))
        return inner if inner is not None else scene.child(under, "poss")
    if "needs" in entry:
        given = scene.object_of(verb, entry["needs"])
        if given is None or _lemma(scene, given) not in entry.get("things", {_lemma(scene, given)}):
            return None
    if direct is not None:
        if not prepositions or entry.get("direct"):
            return direct
        return scene.object_of(verb, prepositions) if entry.get("beside_object") else None
    beside = [kid for kid in scene.parse.children[verb] if scene.parse.deps[kid] == "advmod"]
    return _under(scene, (verb, *beside), prepositions)  # "broke away from"


def _shared_object(scene: Scene, verb: int) -> int | None:
    """`of arming and funding Y`: the object that stands behind the second verb only."""
    parse = scene.parse
    joined = scene.child(verb, "conj")
    if joined is None or parse.tags[joined] != parse.tags[verb] or joined - verb != 2:
        return None
    return scene.direct_object(joined) if parse.pos[joined] == "VERB" else None


def _under(scene: Scene, tokens: tuple[int, ...], prepositions: tuple[str, ...]) -> int | None:
    """The noun under one of the prepositions, on the first token that has one; a dative's too."""
    parse = scene.parse
    for token in tokens:
        found = scene.object_of(token, prepositions)
        if found is not None:
            return found
    for token in tokens:
        given = scene.child(token, "dative")
        if given is not None and parse.pos[given] in {"PROPN", "NOUN"}:
            return given
    return None


def _embedded(scene: Scene, verb: int, entry: Entry) -> int | None:
    """`allows X to operate`: the subject of the inner verb, or the object in its place."""
    parse = scene.parse
    for kid in parse.children[verb]:
        if parse.deps[kid] in {"ccomp", "xcomp"} and _lemma(scene, kid) in entry["embedded"]:
            inner = scene.child(kid, "nsubj")
            return inner if inner is not None else scene.direct_object(verb)
    # "lets the Front train on its soil": the parser may take "train" for a noun.
    thing = scene.child(verb, "dobj")
    if thing is not None and _lemma(scene, thing) in entry["embedded"]:
        return named_before(scene, verb, thing)
    return None


def by_flow(scene: Scene, verb: int) -> Iterator[Relation]:
    """`arms from Tarvia reach the Front`, `the Front's money comes from Tarvia`."""
    for entry in frames("flow").get(_lemma(scene, verb), ()):
        thing = scene.child(verb, "nsubj", "nsubjpass")
        if thing is not None and scene.parse.words[thing].lower() == "none":
            thing = scene.object_of(thing, ("of",))
        thing = measured(scene, thing) if thing is not None else None
        if thing is None or _lemma(scene, thing) not in entry["things"]:
            continue
        giver = _under(scene, (verb, thing), ("from",))
        if giver is None and giver_of(scene, thing) != thing:
            giver = giver_of(scene, thing)
        taker = _under(scene, (verb, thing), ("to", "for"))
        whose = scene.object_of(thing, ("of",))
        for other in (scene.child(thing, "poss"), scene.child(verb, "dobj"), whose):
            taker = taker if taker is not None else other
        yield from related(scene, verb, entry, giver, taker)


def _each_other(scene: Scene, verb: int, subject: int | None) -> int | None:
    """`X and Y fought each other`: the second of the two."""
    parse = scene.parse
    mutual = any(
        parse.words[kid].lower() in _OTHERS and parse.deps[kid] in {"dobj", "pobj"}
        for near in parse.children[verb]
        for kid in (near, *parse.children[near])
    )
    return scene.child(subject, "conj") if mutual and subject is not None else None

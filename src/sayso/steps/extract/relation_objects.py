"""Whom and what a verb of giving has for objects: "gives the Front weapons", "keeps the Front
going", "money from Tarvia", "the aid that Tarvia gives"."""

from __future__ import annotations

from sayso.steps.extract.relation_ends import Entry, listing
from sayso.steps.extract.scenes import Scene

_NOTHING = frozenset({"no", "neither", "nor", "nothing"})
_OPENERS = frozenset({"no", "neither", "any", "more", "some", "new", "much", "both"})
_QUOTES = frozenset("\"“”„«»'’‘")
_NEAR = 5
"""Tokens after whom something is given to in which the thing is looked for."""
_THEM = frozenset({"it", "them"})


def _lemma(scene: Scene, token: int) -> str:
    return scene.parse.lemmas[token].lower()


def giver_of(scene: Scene, thing: int | None) -> int | None:
    """`money from Tarvia`, `Tarvian money`, `Tarvia's money`: who gives it; else the noun."""
    if thing is None or _lemma(scene, thing) not in listing("things"):
        return thing
    giver = scene.object_of(thing, ("from", "of", "by"))
    if giver is None:
        giver = scene.child(thing, "poss")
    if giver is None:
        adjective = scene.child(thing, "amod", "compound", "nmod")
        country = adjective is not None and scene.own_country(adjective) is not None
        giver = adjective if country else None
    return giver if giver is not None else thing


def gives_nothing(scene: Scene, verb: int, entry: Entry) -> bool:
    """`provides the Front with nothing at all`."""
    given = scene.object_of(verb, entry["needs"]) if "needs" in entry else None
    return given is not None and scene.parse.words[given].lower() == "nothing"


def meant(scene: Scene, verb: int, object: int) -> int:
    """What an object stands for: of `the Front, which Tarvia arms` and `the aid that Tarvia gives`
    the noun described; of `met the Front and armed it` the group of the verb before, since nobody
    calls himself "it" there."""
    parse = scene.parse
    word = parse.words[object].lower()
    if parse.tags[object] in {"WDT", "WP"} or word == "that":
        described = described_by(scene, verb)
        return described if described is not None else object
    if parse.deps[verb] == "xcomp" and scene.child(verb, "nsubj") is None:
        verb = parse.heads[verb]  # "cut ties with the Front and stopped arming it"
    if word not in _THEM or parse.deps[verb] != "conj":
        return object
    first = parse.heads[verb]
    subject = scene.subject_of(verb)
    if scene.child(verb, "nsubj") is not None or subject is None:
        return object
    groups = {
        mention.entity: index
        for index in range(first, verb)
        if scene.kind_at(index) in {"armed_group", "organisation"}
        and (mention := scene.mention_at(index)) is not None
    }
    return next(iter(groups.values())) if len(groups) == 1 else object


def described_by(scene: Scene, verb: int) -> int | None:
    """The noun that the verb's relative clause describes; of joined verbs that of the first."""
    parse = scene.parse
    if parse.deps[verb] == "conj":
        verb = parse.heads[verb]
    return parse.heads[verb] if parse.deps[verb] == "relcl" else None


def measured(scene: Scene, noun: int) -> int:
    """`a steady flow of weapons`: the weapons."""
    of = scene.object_of(noun, ("of",))
    return of if of is not None and _lemma(scene, noun) in listing("measures") else noun


def kept(scene: Scene, verb: int, entry: Entry) -> int | None:
    """`keeps Y going`, `keeps Y supplied with ammunition`: Y, wherever the tree hangs it."""
    parse = scene.parse
    word = next(
        (
            index
            for index in range(verb + 1, parse.extents[verb][1])
            if parse.words[index].lower() in entry["keeps"]
        ),
        None,
    )
    if word is None:
        return None
    return next((i for i in range(word - 1, verb, -1) if scene.mention_at(i) is not None), None)


def given_to(scene: Scene, verb: int, entry: Entry) -> tuple[int | None, bool]:
    """To whom a thing is given where the tree does not say it, and whether it is said of none:
    `gives the Front weapons`, of which the parser makes weapons of the Front, and `gives the Front
    “neither weapons nor money”`."""
    parse = scene.parse
    thing = scene.child(verb, "dobj")
    if thing is not None and _lemma(scene, thing) in entry["object"]:
        named = named_before(scene, verb, thing)
        if named is not None:
            return named, False
    at = scene.child(verb, "dative", "dobj")
    given = meant(scene, verb, at) if at is not None and at > verb else None
    if at is None or given is None or scene.mention_at(given) is None:
        return None, False
    described = described_by(scene, verb)
    if described is not None and _lemma(scene, described) in entry["object"]:
        return given, False  # "the aid that Tarvia gives the Front"
    negated = False
    for index in range(at + 1, min(len(parse), at + 1 + _NEAR)):
        word = parse.words[index].lower()
        negated = negated or word in _NOTHING
        if _lemma(scene, index) in entry["object"]:
            own = parse.heads[index] == verb and parse.deps[index] == "dobj"
            return given, negated and not own  # the stance of the verb reads "no help" itself
        owned = parse.tags[index] == "PRP$"
        if word not in _QUOTES | _OPENERS and not owned and parse.pos[index] not in {"ADJ", "DET"}:
            break
    return None, False


def named_before(scene: Scene, verb: int, thing: int) -> int | None:
    """The group named between a verb and the noun that the parser made it a part of."""
    for index in range(thing - 1, verb, -1):
        if scene.kind_at(index) in {"armed_group", "organisation"}:
            return index
    return None

"""What somebody is said to have done or to be, where it is no estimate, event, state or relation.

"Tarvia supplied rockets to the Front", "Marn denied taking bribes", "Dorn is no citizen": a clause
brought down to its subject, a predicate and a second end, so that what one says and another denies
can be laid side by side. Which verbs and nouns count, and which are one, stands in
`propositions.toml`; whether it is said or denied is told by `modality`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Words
from sayso.records.spans import Span
from sayso.steps.extract.relation_ends import copulas, hull, through
from sayso.steps.extract.relation_verbs import doer
from sayso.steps.extract.scenes import Scene

_ACTORS = frozenset({"person", "armed_group", "state", "organisation", "people", "outlet"})
_NAMED = _ACTORS | {"place"}
_TRIGGERS = frozenset({"VERB", "AUX", "NOUN"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
_OBJECTS = frozenset({"him", "her", "it", "them", "us", "me"})
_AS_GIVEN = {"for": "to", "toward": "to", "towards": "to", "into": "in", "upon": "on"}
_PREPOSITIONS = ("to", "with", "for", "from", "of", "against", "on", "in", "into", "by", "about")
_HOLDING = frozenset({"deny", "reject", "have", "play", "maintain", "disclaim", "disavow", "lack"})
_ABLE = frozenset({"can", "ca", "could"})
_FAR = 60
"""Tokens between a verb and what belongs to it; a longer reach is a slip of the parser."""


@dataclass(frozen=True)
class Proposition:
    """A clause brought down to what can be compared."""

    trigger: int
    span: Span
    subject: EntityRef
    predicate: str
    object: EntityRef | None
    theme: Words | None
    noun: int | None = None
    """The token of the predicate's noun."""


def find_propositions(scene: Scene) -> Iterator[Proposition]:
    """The propositions of one paragraph about somebody who is named, or meant by a pronoun, in
    order of their triggers. What a question asks is none, nor what somebody cannot do."""
    parse = scene.parse
    denied = load("propositions.toml")["denied"]
    for token in [index for index, pos in enumerate(parse.pos) if pos in _TRIGGERS]:
        lemma = parse.lemmas[token].lower()
        found: Proposition | None = None
        if parse.pos[token] == "NOUN":
            found = _by_noun(scene, token) if lemma in denied else None
        elif lemma in copulas():
            found = _by_copula(scene, token)
        elif parse.pos[token] == "VERB":
            found = _by_participle(scene, token) or _by_verb(scene, token)
        if found is None or scene.asks(token) or _unable(scene, token):
            continue
        if not _left_open(scene, token):
            yield found


def _by_verb(scene: Scene, verb: int) -> Proposition | None:
    parse = scene.parse
    lemma = _lemma(scene, verb)
    light = lemma in _set("light", "verbs")
    if lemma in _set("verbs", "passed_over") and not light:
        return None
    if scene.child(verb, "ccomp", "xcomp") is not None:
        return None
    if parse.deps[verb] == "pcomp" and not _is_charge(scene, verb):
        return None
    if scene.child(verb, "auxpass") is not None:
        subject, direct = scene.object_of(verb, ("by",)), scene.subject_of(verb)
    else:
        subject, direct = doer(scene, verb), _object(scene, verb)
    one = _actor(scene, subject)
    if one is None:
        return None
    other, theme, preposition = _ends(scene, verb, direct)
    if direct is not None and other is None and theme is None:
        return None
    if light and (theme is None or _noun(scene, theme) not in _set("light", "nouns")):
        return None
    if other is None and theme is None and lemma not in _set("verbs", "alone"):
        return None
    return _made(scene, verb, one, lemma, other, theme, preposition)


def _is_charge(scene: Scene, verb: int) -> bool:
    """Whether the gerund under a preposition is what somebody is accused of: "a ban on entering",
    "after meeting Marn" are not said to be so."""
    parse = scene.parse
    preposition = parse.heads[verb]
    over = parse.heads[preposition]
    if parse.deps[over] == "agent" or parse.deps[over] == "pobj":
        over = parse.heads[parse.heads[over]]
    return parse.words[preposition].lower() in {"of", "for"} and (
        parse.lemmas[over].lower() in _set("charges", "words")
    )


def _by_participle(scene: Scene, word: int) -> Proposition | None:
    """`was involved in the plot`."""
    entry = load("propositions.toml")["participles"].get(scene.parse.words[word].lower())
    if entry is None or scene.child(word, "auxpass", "cop") is None:
        return None
    return _beside(scene, word, scene.subject_of(word), entry)


def _by_noun(scene: Scene, noun: int) -> Proposition | None:
    """`denied any involvement in the plot`, `has no links to the Front`."""
    parse = scene.parse
    entry = load("propositions.toml")["denied"].get(parse.lemmas[noun].lower())
    verb = parse.heads[noun]
    if entry is None or parse.deps[noun] != "dobj" or _lemma(scene, verb) not in _HOLDING:
        return None
    return _beside(scene, noun, scene.subject_of(verb), entry)


def _beside(
    scene: Scene, word: int, subject: int | None, entry: dict[str, Any]
) -> Proposition | None:
    """A noun or participle with its second end under one of its prepositions."""
    one = _actor(scene, subject)
    token = scene.object_of(word, entry["prep"])
    if one is None or token is None:
        return None
    other = _named(scene, token)
    theme = None if other is not None else _theme(scene, token)
    if other is None and theme is None:
        return None
    return _made(scene, word, one, entry["verb"], other, theme, entry.get("joint"))


def _by_copula(scene: Scene, verb: int) -> Proposition | None:
    """`is a member of the Front`, `is no citizen of Tarvia`, `is racist`."""
    parse = scene.parse
    if parse.lemmas[verb].lower() != "be" or scene.child(verb, "expl") is not None:
        return None
    one = _actor(scene, scene.subject_of(verb))
    if one is None:
        return None
    word = scene.child(verb, "attr", "acomp")
    if word is None or word < verb or word - verb > _FAR:
        return None
    if parse.pos[word] == "NOUN":
        lemma = _noun(scene, word)
        compared = any(parse.tags[kid] in {"JJS", "RBS", "CD"} for kid in parse.children[word])
        token = scene.object_of(word, ("of",))
        other = _named(scene, token) if token is not None else None
        part = lemma in {"part", "member"} and other is not None
        loose = lemma in _set("nouns", "loose") or compared or not _counted_one(scene, word)
        if loose and not part:
            return None
        if token is not None and other is None:
            return None
        return _made(scene, verb, one, "be", other, word, "of" if other is not None else None)
    if parse.pos[word] == "ADJ" and parse.deps[word] == "acomp" and parse.tags[word] == "JJ":
        lemma = parse.lemmas[word].lower()
        bare = not any(
            parse.deps[kid] in {"prep", "xcomp", "ccomp", "advcl", "npadvmod"}
            for kid in parse.children[word]
        )
        if lemma in _set("adjectives", "passed_over") or not bare:
            return None
        return _made(scene, verb, one, "be", None, word, None)
    return None


def _counted_one(scene: Scene, noun: int) -> bool:
    """`a citizen`, `no citizen`: said of a kind, and not `the citizen`, who is one known."""
    parse = scene.parse
    determiners = [parse.words[kid].lower() for kid in parse.children[noun] if kid < noun]
    return bool({"a", "an", "no"}.intersection(determiners)) or parse.tags[noun] == "NNS"


def _ends(
    scene: Scene, verb: int, direct: int | None
) -> tuple[EntityRef | None, int | None, str | None]:
    """The second end where it is named, the noun of the predicate, and the preposition between."""
    if direct is not None:
        other = _named(scene, direct)
        if other is not None:
            return other, None, None
        theme = _theme(scene, direct)
        given = scene.child(verb, "dative")
        if given is not None and (named := _named(scene, given)) is not None:
            return named, theme, "to"
        for holder in (direct, verb):
            found = _under(scene, holder)
            if found is not None and found[1] is not None:
                return found[1], theme, found[2]
        return None, theme, None
    found = _under(scene, verb)
    if found is None:
        return None, None, None
    token, other, preposition = found
    return other, None if other is not None else _theme(scene, token), preposition


def _under(scene: Scene, word: int) -> tuple[int, EntityRef | None, str] | None:
    """The first noun under a preposition that hangs on a word, with its name if it has one.

    Where and when are no ends: "signed the deal in Velm on Sunday".
    """
    parse = scene.parse
    for kid in parse.children[word]:
        preposition = parse.words[kid].lower()
        if kid < word or kid - word > _FAR or preposition not in _PREPOSITIONS:
            continue
        if parse.deps[kid] not in {"prep", "dative"}:
            continue
        token = scene.child(kid, "pobj")
        if token is None or token in scene.timed:
            continue
        other = _named(scene, token)
        kind = scene.kind_at(token)
        if preposition in {"in", "on"} and kind == "place":
            continue
        return token, other, _AS_GIVEN.get(preposition, preposition)
    return None


def _object(scene: Scene, verb: int) -> int | None:
    found = scene.direct_object(verb)
    return found if found is not None and abs(found - verb) <= _FAR else None


def _actor(scene: Scene, token: int | None) -> EntityRef | None:
    """Somebody named, or a pronoun for one."""
    if token is None:
        return None
    token = through(scene, token)
    if scene.kind_at(token) in _ACTORS:
        return scene.ref(token)
    word = scene.parse.words[token].lower()
    if word in _PRONOUNS and scene.parse.pos[token] == "PRON":
        return scene.voice_meant(token) if word == "i" else scene.ref(token)
    if scene.bears(token) and scene.name_before(token) is not None:
        return scene.ref(token)
    return None


def _named(scene: Scene, token: int) -> EntityRef | None:
    token = through(scene, token)
    if scene.kind_at(token) in _NAMED:
        return scene.ref(token)
    word = scene.parse.words[token].lower()
    return scene.ref(token) if word in _OBJECTS and scene.parse.pos[token] == "PRON" else None


def _theme(scene: Scene, noun: int) -> int | None:
    """The noun of the predicate; None where it says too little, or is a name, number or time."""
    parse = scene.parse
    if parse.pos[noun] != "NOUN" or noun in scene.timed:
        return None
    if parse.lemmas[noun].lower() in _set("nouns", "vague"):
        return None
    return noun


def _made(
    scene: Scene,
    trigger: int,
    subject: EntityRef,
    verb: str,
    other: EntityRef | None,
    theme: int | None,
    preposition: str | None,
) -> Proposition | None:
    if other is not None and (
        other.span.overlaps(subject.span)
        or (other.entity is not None and other.entity == subject.entity)
    ):
        return None
    words = _words(scene, theme) if theme is not None else None
    spans = [subject.span]
    spans += [end.span for end in (other, words) if end is not None]
    parts = (verb, _noun(scene, theme) if theme is not None else "", preposition or "")
    return Proposition(
        trigger,
        hull(scene, trigger, *spans),
        subject,
        " ".join(part for part in parts if part),
        other,
        words,
        theme,
    )


def _words(scene: Scene, theme: int) -> Words:
    """The noun with what describes it, and its article; an adjective alone."""
    if scene.parse.pos[theme] == "ADJ":
        return scene.words(theme, theme + 1)
    first, last = scene.noun_phrase(theme)
    article = first > 0 and scene.parse.words[first - 1].lower() in {"a", "an", "the"}
    return scene.words(first - article, last)


def _lemma(scene: Scene, verb: int) -> str:
    """The verb with its particle: `step down`."""
    parse = scene.parse
    particle = scene.child(verb, "prt")
    lemma = parse.lemmas[verb].lower()
    return f"{lemma} {parse.words[particle].lower()}" if particle is not None else lemma


def _noun(scene: Scene, noun: int) -> str:
    return scene.parse.lemmas[noun].lower()


def _left_open(scene: Scene, verb: int) -> bool:
    """`an unfounded perception that he is a thief`, `evidence that he is one is nothing new`."""
    parse = scene.parse
    noun = parse.heads[verb]
    if parse.deps[verb] not in {"acl", "ccomp", "relcl"} or parse.pos[noun] != "NOUN":
        return False
    near = [*parse.children[noun], *parse.children[parse.heads[noun]]]
    doubtful = _set("charges", "doubtful")
    return any(
        parse.deps[kid] in {"amod", "attr", "acomp"} and parse.words[kid].lower() in doubtful
        for kid in near
    )


def _unable(scene: Scene, verb: int) -> bool:
    """`he cannot support her`: no word of what was or was not done."""
    parse = scene.parse
    return scene.child(verb, "neg") is not None and any(
        parse.deps[kid] == "aux" and parse.lemmas[kid].lower() in _ABLE
        for kid in parse.children[verb]
    )


@cache
def _set(section: str, key: str) -> frozenset[str]:
    return frozenset(load("propositions.toml")[section][key])

"""Whose the counted are: `ISIS members`, `members of the Front`, `the group has 300 fighters`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from sayso.records.findings import EntityRef, Mention
from sayso.steps.extract.counted import listed
from sayso.steps.extract.holdings import Holding, holding_of, verb_beside
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.serving import had_by, named_beside, served, whose

_ARMS = 12
"""Tokens behind those counted in which a clause may say that they are under arms."""
_OF = frozenset({"of", "from", "by", "loyal", "belonging", "in", "within", "with", "for"})


@dataclass(frozen=True)
class Owner:
    """Who has those that are counted, and how the text says so."""

    ref: EntityRef | None
    armed: bool
    """An armed group, or a word for one."""
    civil: bool
    """A council, channel, club or the like."""
    frame: bool
    """The sentence gives a strength (`has`, `there are`, `with`, `number of`)."""
    there_is: bool
    stated: bool
    """Named with the number itself, not taken from the sentence's subject."""
    confidence: float
    figure: int | None = None
    """The noun in between, where that is had ("the force that the Front has in Velm")."""


def owner_of(scene: Scene, first: int, noun: int) -> Owner:
    """The owner of what token `noun` counts; the number begins at token `first`."""
    holding = holding_of(scene, first, noun)
    if _under_arms(scene, noun):
        holding = replace(holding, frame=True, under_arms=True)
    elif holding.frame and _armed(scene, noun):
        holding = replace(holding, under_arms=True)
    named = scene.name_in(min(first, noun), noun + 1) or _named_after(scene, noun)
    if named is not None:
        ref = EntityRef(named.entity, named.span, named.quote)
        return _judged(scene, holding, ref, named, stated=True)
    token = _possessor(scene, first, noun)
    if token is None:
        token = _of(scene, noun)
    if token is not None and scene.parse.tags[token] == "WP$":
        token = _described(scene, noun)
    if token is None:
        token = served(scene, noun) or had_by(scene, noun)
        holding = holding if token is None else replace(holding, frame=True, figure=noun)
    if token is None:
        token = holding.token
    if token is None:
        token = named_beside(scene, noun)
    if token is None and not holding.there_is:
        token = verb_beside(scene, first)
        holding = holding if token is None else replace(holding, token=token, frame=True)
    if token is not None:
        token = _body_behind(scene, token)
        mention = scene.mention_at(token) or scene.name_before(token)
        ref = scene.ref(token)
        return _judged(scene, holding, ref, mention, stated=True, token=token)
    inherited = _clause_subject(scene, noun)
    if inherited is not None:
        ref = EntityRef(inherited.entity, inherited.span, inherited.quote)
        return _judged(scene, holding, ref, inherited, stated=False)
    return _judged(scene, holding, None, None, stated=False)


def _body_behind(scene: Scene, token: int) -> int:
    """The group whose contingent, ranks or strength has them, where that goes by no name."""
    parse = scene.parse
    sorts = ("bodies", "strengths", "figures", "camps")
    bodies = frozenset().union(*(listed("frames", sort) for sort in sorts))
    if scene.mention_at(token) is not None or parse.lemmas[token].lower() not in bodies:
        return token
    owner = whose(scene, token)
    named = owner is not None and scene.kind_at(owner) in {"armed_group", "organisation"}
    return owner if owner is not None and named else token


def _under_arms(scene: Scene, noun: int) -> bool:
    """`900 men under arms`, `the men that the Front has under arms`."""
    parse = scene.parse
    last = min(parse.extents[noun][1], noun + _ARMS)
    return ("under", "arms") in pairwise(word.lower() for word in parse.words[noun:last])


def _armed(scene: Scene, noun: int) -> bool:
    parse = scene.parse
    return any(parse.words[kid].lower() == "armed" for kid in parse.children[noun])


def _judged(
    scene: Scene,
    holding: Holding,
    ref: EntityRef | None,
    mention: Mention | None,
    *,
    stated: bool,
    token: int | None = None,
) -> Owner:
    kind = scene.entities.entity_of(mention).kind if mention is not None else None
    words = (ref.quote if ref is not None else "").lower().replace("-", " ").split()
    if token is not None:
        first, last = scene.noun_phrase(token)
        words += [scene.parse.lemmas[index].lower() for index in range(first, last)]
        words += _meant(scene, token)
    civil = bool(set(words) & listed("words", "civil")) or kind in {"outlet", "document", "state"}
    by_word = bool(words) and bool(
        set(words)
        & (listed("words", "armed") | listed("words", "militant") | listed("frames", "under_arms"))
    )
    pronoun = token is not None and scene.parse.tags[token] in {"PRP", "PRP$"}
    armed = kind == "armed_group" or (
        not civil and (kind in {"organisation", "people"} or by_word or pronoun)
    )
    known = ref is not None and (ref.entity is not None or by_word)
    # A description that names no entity ("the force") tells who only in its own words.
    return Owner(
        ref=ref if known or (ref is not None and stated and not civil) else None,
        armed=holding.under_arms or (armed and (not civil or kind == "armed_group")),
        civil=civil and kind != "armed_group" and not holding.under_arms,
        frame=holding.frame,
        there_is=holding.there_is,
        stated=stated,
        figure=holding.figure,
        confidence=0.9 if ref is not None and ref.entity and stated else 0.7,
    )


def _meant(scene: Scene, pronoun: int) -> list[str]:
    """The noun that "its" and "their" most likely stand for, if it is one of a civil body: the
    first subject of the sentence ("the party put the number of its members at 300")."""
    parse = scene.parse
    if parse.tags[pronoun] != "PRP$":
        return []
    first = parse.sentences[parse.sentence_of[pronoun]][0]
    subject = next(
        (i for i in range(first, pronoun) if parse.deps[i] in {"nsubj", "nsubjpass"}), None
    )
    lemma = parse.lemmas[subject].lower() if subject is not None else ""
    return [lemma] if lemma in listed("words", "civil") else []


def _named_after(scene: Scene, noun: int) -> Mention | None:
    """`members of the Karsk Front`, `fighters from the Front`."""
    token = _of(scene, noun)
    if token is None:
        return None
    mention = scene.mention_at(token)
    if mention is None:
        return scene.name_before(token)
    kind = scene.entities.entity_of(mention).kind
    return mention if kind in {"armed_group", "organisation", "people"} else None


def _of(scene: Scene, noun: int) -> int | None:
    parse = scene.parse
    if parse.deps[noun] == "npadvmod" and parse.lemmas[parse.heads[noun]].lower() == "loyal":
        return scene.object_of(parse.heads[noun], ("to",))  # "men loyal to the Front are in Velm"
    for kid in parse.children[noun]:
        word = parse.words[kid].lower()
        if kid < noun or word not in _OF:
            continue
        if parse.deps[kid] == "prep":
            found = scene.child(kid, "pobj")
            if found is None or scene.parse.pos[found] == "NUM":
                continue
            if word in {"of", "from", "by"} and not _is_place(scene, found):
                return found
            if word in {"in", "within"} and scene.kind_at(found) == "armed_group":
                return found
        elif parse.deps[kid] in {"acl", "amod"} or word in {"loyal", "belonging"}:
            found = scene.object_of(kid, ("to",))
            if found is not None:
                return found
    return None


def _described(scene: Scene, noun: int) -> int | None:
    """Of "the Front, whose fighters number 300": the Front."""
    parse = scene.parse
    if parse.deps[noun] == "appos":
        return parse.heads[noun]
    for token in scene.climb(noun):
        if parse.deps[token] == "relcl":
            return parse.heads[token]
    return None


def _is_place(scene: Scene, token: int) -> bool:
    return scene.kind_at(token) in {"place", "state"}


def _possessor(scene: Scene, first: int, noun: int) -> int | None:
    """`the group's 3,000 fighters`, `their 300 men`."""
    kid = scene.child(noun, "poss")
    return kid if kid is not None and kid <= max(first, noun) else None


def _clause_subject(scene: Scene, noun: int) -> Mention | None:
    """The armed group that is the subject of the clause around: of "the group holds the north,
    where 2,000 militants ...", the group."""
    parse = scene.parse
    for token in scene.climb(noun):
        if token == noun or parse.pos[token] not in {"VERB", "AUX"}:
            continue
        subject = scene.child(token, "nsubj", "nsubjpass")
        if subject is None or subject == noun:
            continue
        mention = scene.mention_at(subject) or scene.name_before(subject)
        if mention is not None and scene.entities.entity_of(mention).kind == "armed_group":
            return mention
    return None

"""Events that a noun names: `the meeting in Velm`, `an attack on the convoy`."""

from __future__ import annotations

from dataclasses import replace

from sayso.records.findings import EntityRef, Place, Plover, Words
from sayso.steps.extract.answerable import answerable
from sayso.steps.extract.answerable_ends import Answerable, answering
from sayso.steps.extract.counted import outcome_words
from sayso.steps.extract.modality import stance_of
from sayso.steps.extract.relation_ends import through
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.triggers import (
    ACTORS,
    Happening,
    counted_noun,
    holding,
    is_place,
    is_somebody,
    is_time,
    joined_nouns,
    mode_of,
    noun_entry,
)
from sayso.steps.extract.whereabouts import place_near, time_near

_STANDING_IN = frozenset({"it", "this", "that"})
_CREDIT = frozenset({"responsibility", "credit", "blame"})
_POINTING = frozenset({"this", "that", "these", "those"})


def told_by_noun(scene: Scene, token: int) -> Happening | None:
    """The event that a noun names here, with all that stands by it; None if it names none."""
    entry = noun_entry(scene, token)
    if entry is None:
        return None
    parse = scene.parse
    meeting = entry["type"] == "CONSULT"
    actors = _noun_actors(scene, token, meeting)
    targets = () if meeting else _noun_targets(scene, token, entry["type"])
    verb, outcome, befallen = _verb_over(scene, token)
    if verb is not None:
        actors = (*actors, *_verb_actors(scene, token, verb))
    one = parse.tags[token] != "NNS" or _is_known(scene, token)  # not "such attacks"
    answers = answerable(scene, token) if entry["type"] == "ASSAULT" and one else None
    if answers is not None and (answers.cleared or answers.of_persons or not actors):
        actors = _named_doers(scene, answers)
        # "laid the blame for the attack in Velm on X": the tree hangs "on X" on the attack.
        targets = tuple(target for target in targets if target not in actors)
    unclaimed = entry["type"] == "ASSAULT" and _is_unclaimed(scene, token)
    actors = () if unclaimed else actors
    if entry["type"] == "RETREAT":
        actors, targets = (*actors, *targets), ()
    determiner = scene.child(token, "det")
    happening = Happening(
        trigger=token,
        span=parse.span(token, token + 1),
        plover=Plover(entry["type"], mode_of(scene, token, entry)),
        actors=_unique(actors),
        targets=_unique((*targets, *befallen)),
        time=time_near(scene, token, through=holding("lemmas")),
        place=place_near(scene, token, through=holding("lemmas")) or _named_after(scene, token),
        outcome=outcome,
        name=_name(scene, token) if meeting else None,
        points_back=determiner is not None and parse.words[determiner].lower() in _POINTING,
        cleared=answers is not None and answers.cleared and bool(actors),
        unclaimed=unclaimed,
    )
    if _points_back(scene, token, happening):
        happening = replace(happening, points_back=True)
    return happening if _says_enough(happening) else None


def _is_unclaimed(scene: Scene, token: int) -> bool:
    """`the Front has not claimed the attack`, `refused to take responsibility for it`: whoever does
    not own up has said nothing."""
    parse = scene.parse
    below = token
    for index in scene.climb(token):
        lemma = parse.lemmas[index].lower()
        owns = lemma in answering("owns_up") | {"acknowledge"} or (
            lemma in {"take", "accept", "assume"} and parse.lemmas[below].lower() in _CREDIT
        )
        if owns and parse.pos[index] == "VERB":
            return stance_of(scene, token).polarity == "negative"
        if parse.pos[index] == "VERB":
            return False
        if parse.pos[index] == "NOUN":
            below = index
    return False


def _named_after(scene: Scene, token: int) -> Place | None:
    """`the Velm bombing`: the town that an attack goes by."""
    before = token - 1
    named = token and scene.parse.heads[before] == token and scene.kind_at(before) == "place"
    return scene.placed.get(before) if named else None


def told_by_pronoun(scene: Scene, token: int) -> Happening | None:
    """`the Front was behind it`, `the Front carried it out`: an attack that was told of before,
    where words say who did it."""
    parse = scene.parse
    if parse.words[token].lower() not in _STANDING_IN:
        return None
    if parse.deps[token] not in {"pobj", "dobj"} and not _is_work(scene, token):
        return None
    answers = answerable(scene, token)
    if answers is None or scene.kind_at(answers.doer) not in {
        "armed_group",
        "organisation",
        "state",
    }:
        return None
    return Happening(
        trigger=token,
        span=parse.span(token, token + 1),
        plover=Plover("ASSAULT", None),
        actors=_named_doers(scene, answers),
        targets=(),
        time=None,
        place=None,
        outcome=None,
        name=None,
        points_back=True,
        cleared=answers.cleared,
    )


def _is_work(scene: Scene, token: int) -> bool:
    """`it was the work of the Front`, `it was staged by the Front`."""
    parse = scene.parse
    verb = parse.heads[token]
    if parse.deps[token] == "nsubjpass":
        return parse.lemmas[verb].lower() in {"carry", "stage", "perpetrate", "commit", "mount"}
    work = scene.child(verb, "attr") if parse.deps[token] == "nsubj" else None
    return work is not None and parse.lemmas[work].lower() in {"work", "handiwork", "doing"}


def _is_known(scene: Scene, token: int) -> bool:
    determiner = scene.child(token, "det")
    return determiner is not None and scene.parse.words[determiner].lower() in _POINTING | {"the"}


def _points_back(scene: Scene, token: int, told: Happening) -> bool:
    """`the attack`, of which nothing more is said than who did it: the one told of before."""
    determiner = scene.child(token, "det")
    known = determiner is not None and scene.parse.words[determiner].lower() == "the"
    alone = told.time is None and told.place is None and not told.targets
    return known and alone and told.plover.type == "ASSAULT" and scene.parse.tags[token] == "NN"


def _named_doers(scene: Scene, answers: Answerable) -> tuple[EntityRef, ...]:
    """Those of them who are named, described or meant by a pronoun."""
    parse = scene.parse
    return tuple(
        scene.ref(index)
        for index in (_whose(scene, doer) for doer in joined_nouns(scene, answers.doer))
        if is_somebody(scene, index) or parse.tags[index] in {"PRP", "PRP$"}
    )


def _whose(scene: Scene, doer: int) -> int:
    """Of "its men", "fighters of the Front": whose they are."""
    if scene.parse.words[doer].lower() == "none":  # "none of our men"
        doer = scene.object_of(doer, ("of",)) or doer
    whose = through(scene, doer)
    belonging = scene.child(doer, "acl")
    if (
        whose == doer
        and belonging is not None
        and scene.parse.lemmas[belonging].lower() == "belong"
    ):
        body = scene.object_of(belonging, ("to",))
        return body if body is not None else doer
    owner = scene.child(doer, "poss")
    if whose == doer and owner is not None and scene.speaker_meant(owner) is not None:
        return owner if scene.parse.lemmas[doer].lower() in bearers("people") else doer
    return whose


def _says_enough(told: Happening) -> bool:
    where_or_when = told.time is not None or told.place is not None
    people = len(told.actors) + len(told.targets)
    match told.plover.type:
        case "CONSULT":
            if told.plover.mode == "visit":
                return bool(told.actors) and where_or_when
            return where_or_when or len(told.actors) >= 2 or (told.points_back and people > 0)
        case "ASSAULT":
            return where_or_when or people > 0
        case _:
            return people > 0


def _noun_actors(scene: Scene, token: int, meeting: bool) -> tuple[EntityRef, ...]:
    parse = scene.parse
    found: list[int] = []
    owner = scene.child(token, "poss")
    if owner is not None and parse.tags[owner] != "PRP$" and not is_time(scene, owner):
        found.append(owner)
    agent = scene.object_of(token, ("by",))
    if agent is not None:
        found.extend(joined_nouns(scene, agent))
    found.extend(
        kid
        for kid in parse.children[token]
        if parse.deps[kid] in {"compound", "nmod"} and scene.kind_at(kid) == "armed_group"
    )
    if meeting:
        among = scene.object_of(token, ("between", "among", "with", "of"))
        if among is not None:
            found.extend(i for i in joined_nouns(scene, among) if scene.kind_at(i) in ACTORS)
    for kid in parse.children[token]:  # "held by", "carried out by"
        if parse.deps[kid] == "acl" and parse.tags[kid] == "VBN":
            by = scene.object_of(kid, ("by",))
            if by is not None:
                found.extend(joined_nouns(scene, by))
    return tuple(scene.ref(index) for index in found if not is_place(scene, index) or meeting)


def _noun_targets(scene: Scene, token: int, type: str) -> tuple[EntityRef, ...]:
    words = ("on", "against", "at", "of") if type != "RETREAT" else ("of", "by")
    noun = scene.object_of(token, words)
    if noun is None:
        return ()
    found = [
        index
        for index in joined_nouns(scene, noun)
        if is_somebody(scene, index) or type == "ASSAULT"
    ]
    parse = scene.parse
    return tuple(
        scene.ref(counted_noun(scene, index))
        for index in found
        if parse.pos[index] in {"NOUN", "PROPN", "NUM"} and not is_time(scene, index)
    )


def _verb_over(scene: Scene, token: int) -> tuple[int | None, Words | None, tuple[EntityRef, ...]]:
    """The verb that the event is subject or object of, and what it says came of it."""
    parse = scene.parse
    dep, head = parse.deps[token], parse.heads[token]
    if dep == "pobj" and parse.words[head].lower() in {"in", "during", "for", "at", "to"}:
        over = parse.heads[head]
        if parse.pos[over] == "NOUN" and parse.lemmas[over].lower() == "responsibility":
            over = parse.heads[over]
        if parse.pos[over] != "VERB":
            return None, None, ()
        named = outcome_words().get(parse.lemmas[over].lower())
        if named is not None:
            victim = scene.child(over, "nsubj", "nsubjpass")
            who = (scene.ref(victim),) if victim is not None and parse.tags[victim] != "WDT" else ()
            return None, scene.words(over, over + 1), who
        return over, None, ()
    if dep not in {"nsubj", "nsubjpass", "dobj"} or parse.pos[head] != "VERB":
        return None, None, ()
    named = outcome_words().get(parse.lemmas[head].lower())
    if dep == "nsubj" and named is not None:
        victim = scene.child(head, "dobj")
        return None, scene.words(head, head + 1), (scene.ref(victim),) if victim is not None else ()
    return head, None, ()


def _verb_actors(scene: Scene, token: int, verb: int) -> tuple[EntityRef, ...]:
    """Who held, attended, launched or claimed the event."""
    parse = scene.parse
    lemma = parse.lemmas[verb].lower()
    share = scene.child(verb, "nsubjpass")
    if lemma == "claim" and share is not None and share != token:
        token = share  # "responsibility for the attack was claimed by X"
    if lemma not in holding("attends") and lemma != "claim":
        return ()
    if parse.deps[token] == "nsubjpass":
        agent = scene.object_of(verb, ("by",))
        return (
            tuple(scene.ref(_whose(scene, index)) for index in joined_nouns(scene, agent))
            if agent is not None
            else ()
        )
    subject = scene.subject_of(verb)
    if subject is None or subject == token or parse.deps[token] == "nsubj":
        return ()
    if parse.pos[subject] == "PRON" and scene.mention_at(subject) is None:
        return ()
    return tuple(scene.ref(_whose(scene, index)) for index in joined_nouns(scene, subject))


def _name(scene: Scene, token: int) -> str | None:
    mention = scene.mention_at(token)
    if mention is not None:
        return mention.quote.lower()
    of = scene.object_of(token, ("of",))
    if of is not None and scene.parse.pos[of] == "PROPN":
        mention = scene.mention_at(of)
        words = mention.quote if mention is not None else scene.words(*scene.noun_phrase(of)).quote
        return words.lower()
    first, last = scene.noun_phrase(token)
    if scene.parse.pos[token] == "PROPN" and last - first > 1:
        return scene.words(first, last).quote.lower()
    return None


def _unique(refs: tuple[EntityRef, ...]) -> tuple[EntityRef, ...]:
    return tuple({ref.span: ref for ref in refs}.values())

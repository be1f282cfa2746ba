"""Events: meetings, attacks and a few more, by trigger words and what hangs on them.

Types and modes are PLOVER's; triggers stand in `lexicons/plover.toml`. A word such as "attack"
alone is no event: somebody, some place or some time must stand with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Place, Plover, Time, Words
from sayso.records.spans import Span
from sayso.steps.extract.counted import kinds, lemma_of, outcome_words
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.whereabouts import place_near, time_near

_ACTORS = frozenset({"person", "armed_group", "state", "organisation", "people"})
_POINTING = frozenset({"this", "that", "these", "those"})


@dataclass(frozen=True)
class Happening:
    """One telling of an event."""

    trigger: int
    span: Span
    plover: Plover
    actors: tuple[EntityRef, ...]
    targets: tuple[EntityRef, ...]
    time: Time | None
    place: Place | None
    outcome: Words | None
    name: str | None
    """The event's own name, lower case ("regional security dialogue")."""
    points_back: bool
    """`this meeting`."""


@cache
def _nouns() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("plover.toml")["noun"]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def _verbs() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load("plover.toml")["verb"]:
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def _holding(key: str) -> frozenset[str]:
    return frozenset(load("plover.toml")["holding"][key])


def find_events(scene: Scene) -> Iterator[Happening]:
    """The events told in one paragraph, in order of their triggers."""
    parse = scene.parse
    used: set[int] = set()
    found: list[Happening] = []
    for token in range(len(parse)):
        if parse.pos[token] == "VERB":
            entries = _verbs().get(parse.lemmas[token].lower(), ())
            told = next((t for e in entries if (t := _by_verb(scene, token, e, used))), None)
            if told is not None:
                found.append(told)
    for token in range(len(parse)):
        if parse.pos[token] in {"NOUN", "PROPN"} and token not in used:
            told = _by_noun(scene, token)
            if told is not None:
                found.append(told)
    yield from sorted(found, key=lambda one: one.trigger)


def noun_entry(scene: Scene, token: int) -> dict[str, Any] | None:
    """The lexicon entry of a noun that names an event here."""
    parse = scene.parse
    lemma = parse.lemmas[token].lower()
    if lemma not in _nouns() and parse.words[token].lower() in _nouns():
        lemma = parse.words[token].lower()
    before = {parse.words[index].lower() for index in range(max(0, token - 3), token)}
    if parse.deps[token] in {"compound", "nmod"} and parse.heads[token] > token:
        return None
    if before & set(load("measures.toml")["words"]["apart"].get(lemma, ())):
        return None
    for entry in _nouns().get(lemma, ()):
        if entry.get("plural") and parse.tags[token] not in {"NNS", "NNPS"}:
            continue
        if "with" in entry and not before & set(entry["with"]):
            continue
        return entry
    return None


def _by_noun(scene: Scene, token: int) -> Happening | None:
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
    if entry["type"] == "RETREAT":
        actors, targets = (*actors, *targets), ()
    determiner = scene.child(token, "det")
    happening = Happening(
        trigger=token,
        span=parse.span(token, token + 1),
        plover=Plover(entry["type"], _mode(scene, token, entry)),
        actors=_unique(actors),
        targets=_unique((*targets, *befallen)),
        time=time_near(scene, token, through=_holding("lemmas")),
        place=place_near(scene, token, through=_holding("lemmas")),
        outcome=outcome,
        name=_name(scene, token) if meeting else None,
        points_back=determiner is not None and parse.words[determiner].lower() in _POINTING,
    )
    return _widened(scene, happening) if _says_enough(happening) else None


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


def _mode(scene: Scene, token: int, entry: dict[str, Any]) -> str | None:
    if entry["type"] == "ASSAULT":
        for index in range(max(0, token - 3), token):
            means = load("plover.toml")["means"].get(scene.parse.lemmas[index].lower())
            if means is not None:
                return str(means)
    return entry.get("mode")


def _noun_actors(scene: Scene, token: int, meeting: bool) -> tuple[EntityRef, ...]:
    parse = scene.parse
    found: list[int] = []
    owner = scene.child(token, "poss")
    if owner is not None and parse.tags[owner] != "PRP$" and not _is_time(scene, owner):
        found.append(owner)
    agent = scene.object_of(token, ("by",))
    if agent is not None:
        found.extend(_joined(scene, agent))
    found.extend(
        kid
        for kid in parse.children[token]
        if parse.deps[kid] in {"compound", "nmod"} and scene.kind_at(kid) == "armed_group"
    )
    if meeting:
        among = scene.object_of(token, ("between", "among", "with", "of"))
        if among is not None:
            found.extend(i for i in _joined(scene, among) if scene.kind_at(i) in _ACTORS)
    for kid in parse.children[token]:  # "held by", "carried out by"
        if parse.deps[kid] == "acl" and parse.tags[kid] == "VBN":
            by = scene.object_of(kid, ("by",))
            if by is not None:
                found.extend(_joined(scene, by))
    return tuple(scene.ref(index) for index in found if not _is_place(scene, index) or meeting)


def _noun_targets(scene: Scene, token: int, type: str) -> tuple[EntityRef, ...]:
    words = ("on", "against", "at", "of") if type != "RETREAT" else ("of", "by")
    noun = scene.object_of(token, words)
    if noun is None:
        return ()
    found = [
        index for index in _joined(scene, noun) if _is_somebody(scene, index) or type == "ASSAULT"
    ]
    parse = scene.parse
    return tuple(
        scene.ref(_counted_noun(scene, index))
        for index in found
        if parse.pos[index] in {"NOUN", "PROPN", "NUM"} and not _is_time(scene, index)
    )


def _counted_noun(scene: Scene, token: int) -> int:
    """`hundreds of IS militants`: the militants."""
    parse = scene.parse
    if parse.lemmas[token].lower() in {"hundred", "dozen", "thousand", "score", "ten", "number"}:
        of = [k for k in parse.children[token] if parse.words[k].lower() == "of"]
        if of:
            objects = [k for k in parse.children[of[0]] if parse.deps[k] == "pobj"]
            if objects:
                return objects[-1]
    return token


def _is_time(scene: Scene, token: int) -> bool:
    return token in scene.timed


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
    if lemma not in _holding("attends") and lemma != "claim":
        return ()
    if parse.deps[token] == "nsubjpass":
        agent = scene.object_of(verb, ("by",))
        return (
            tuple(scene.ref(index) for index in _joined(scene, agent)) if agent is not None else ()
        )
    subject = scene.subject_of(verb)
    if subject is None or subject == token or parse.deps[token] == "nsubj":
        return ()
    if parse.pos[subject] == "PRON" and scene.mention_at(subject) is None:
        return ()
    return tuple(scene.ref(index) for index in _joined(scene, subject))


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


def _by_verb(scene: Scene, token: int, entry: dict[str, Any], used: set[int]) -> Happening | None:
    parse = scene.parse
    passive = _is_passive(scene, token)
    subject = scene.subject_of(token)
    if passive:
        target, actor = subject, scene.object_of(token, ("by",))
    else:
        target, actor = _object(scene, token, entry), subject
    if "object" in entry:
        thing = subject if passive else scene.child(token, "dobj")
        if thing is None or parse.lemmas[thing].lower() not in entry["object"]:
            return None
        target = scene.object_of(token, entry.get("prep", ())) or scene.object_of(
            thing, entry.get("prep", ())
        )
    event = actor if actor is not None and noun_entry(scene, actor) is not None else None
    if event is not None:
        return None  # "the attack killed 12" is told by its noun
    if not _fits(scene, entry, actor, target) or not _allows(scene, entry, actor, target):
        return None
    means = _means(scene, token) if entry["type"] == "ASSAULT" else None
    if means is not None:
        used.add(means)
    told = Happening(
        trigger=token,
        span=parse.span(token, token + 1),
        plover=Plover(entry["type"], _verb_mode(scene, entry, means)),
        actors=_refs(scene, actor) if (actor is not None and not passive) or passive else (),
        targets=_refs(scene, target),
        time=time_near(scene, token, through=frozenset()),
        place=place_near(scene, token, through=frozenset())
        or (place_near(scene, means, through=frozenset()) if means is not None else None),
        outcome=scene.words(token, token + 1) if entry.get("outcome") else None,
        name=None,
        points_back=False,
    )
    if entry["type"] == "CONSULT" and not (told.targets or told.time or told.place):
        return None
    return _widened(scene, told)


def _actor_refs(scene: Scene, actor: int | None) -> tuple[EntityRef, ...]:
    """Who did it; what is nobody ("the blast", "the area, which ...") is left out."""
    if actor is None:
        return ()
    somebody = _is_somebody(scene, actor) or scene.parse.tags[actor] == "PRP"
    return _refs(scene, actor) if somebody else ()


def _verb_mode(scene: Scene, entry: dict[str, Any], means: int | None) -> str | None:
    if means is not None:
        noun = noun_entry(scene, means)
        if noun is not None:
            return _mode(scene, means, noun)
    return entry.get("mode")


def _means(scene: Scene, verb: int) -> int | None:
    """`killed in a suicide bombing`: the bombing."""
    noun = scene.object_of(verb, ("in", "during", "by"))
    if noun is None:
        return None
    entry = noun_entry(scene, noun)
    return noun if entry is not None and entry["type"] == "ASSAULT" else None


def _is_passive(scene: Scene, verb: int) -> bool:
    parse = scene.parse
    if scene.child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if parse.tags[verb] != "VBN":
        return False
    if parse.deps[verb] == "acl":
        return True
    return (
        parse.deps[verb] == "conj"
        and scene.child(verb, "nsubj", "dobj") is None
        and scene.child(parse.heads[verb], "auxpass", "nsubjpass") is not None
    )


def _object(scene: Scene, verb: int, entry: dict[str, Any]) -> int | None:
    direct = scene.child(verb, "dobj")
    if direct is not None:
        return direct
    return scene.object_of(verb, entry.get("prep", ()))


def _fits(scene: Scene, entry: dict[str, Any], actor: int | None, target: int | None) -> bool:
    named_actor = (
        actor is not None and scene.ref(actor).entity is not None and _is_actor(scene, actor)
    )
    match entry["needs"]:
        case "target":
            return target is not None and _is_somebody(scene, target)
        case "both":
            return (
                named_actor
                and target is not None
                and (_is_somebody(scene, target) or _is_place(scene, target))
            )
        case "group":
            return target is not None and scene.kind_at(target) == "armed_group"
        case _:
            direct = target is not None and scene.parse.deps[target] == "dobj"
            if direct and "object" not in entry and target is not None:
                return named_actor and _is_somebody(scene, target)
            return named_actor


def _allows(scene: Scene, entry: dict[str, Any], actor: int | None, target: int | None) -> bool:
    """Whether the kinds of actor and target are those the entry speaks of: a politician "attacks"
    with words, and a dam that is captured is not under arrest."""
    if "not_by" in entry and actor is not None and scene.kind_at(actor) in entry["not_by"]:
        return False
    kind = scene.kind_at(target) if target is not None else None
    return "of" not in entry or kind is None or kind in entry["of"]


def _is_actor(scene: Scene, token: int) -> bool:
    mention = scene.mention_at(token) or scene.name_before(token)
    return mention is not None and scene.entities.entity_of(mention).kind in _ACTORS


def _is_somebody(scene: Scene, token: int) -> bool:
    """A named actor or a noun for people."""
    if scene.kind_at(token) in _ACTORS:
        return True
    if scene.bears(token) and scene.name_before(token) is not None:
        return True
    token = _counted_noun(scene, token)
    kind = kinds().get(lemma_of(scene.parse, token))
    return kind is not None and kind.name in {
        "strength",
        "members",
        "people",
        "casualties",
        "groups",
    }


def _is_place(scene: Scene, token: int) -> bool:
    return scene.kind_at(token) in {"place", "state"}


def _joined(scene: Scene, token: int) -> list[int]:
    """A noun and those joined to it (`Pakistan and Russia`), in order."""
    found = [token]
    at = token
    for _ in range(20):
        following = scene.child(at, "conj")
        if following is None or scene.parse.pos[following] not in {"NOUN", "PROPN"}:
            break
        found.append(following)
        at = following
    return found


def _refs(scene: Scene, token: int | None) -> tuple[EntityRef, ...]:
    if token is None:
        return ()
    return tuple(scene.ref(_counted_noun(scene, index)) for index in _joined(scene, token))


def _unique(refs: tuple[EntityRef, ...]) -> tuple[EntityRef, ...]:
    return tuple({ref.span: ref for ref in refs}.values())


def _widened(scene: Scene, told: Happening) -> Happening:
    """With a span from its first word to its last, inside its own sentence."""
    parse = scene.parse
    sentence = parse.sentences[parse.sentence_of[told.trigger]]
    limits = parse.span(*sentence)
    parts = [
        *(ref.span for ref in (*told.actors, *told.targets)),
        *(item.span for item in (told.time, told.place, told.outcome) if item is not None),
    ]
    inside = [told.span, *(span for span in parts if limits.contains(span))]
    owner = scene.owners[told.trigger]
    own = [
        span
        for span in inside
        if scene.owners[min(parse.tokens_in(span)[0], len(parse) - 1)] == owner
    ]
    return replace(told, span=Span(min(span.start for span in own), max(span.end for span in own)))

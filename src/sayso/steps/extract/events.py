"""Events: meetings, attacks and a few more, by trigger words and what hangs on them.

Types and modes are PLOVER's; triggers stand in `lexicons/plover.toml`. A word such as "attack"
alone is no event: somebody, some place or some time must stand with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.records.spans import Span
from sayso.steps.extract.acts import told_by_act
from sayso.steps.extract.attacks_asked import told_by_answer
from sayso.steps.extract.noun_events import told_by_noun, told_by_pronoun
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.triggers import Happening, verb_entries
from sayso.steps.extract.verb_events import told_by_verb


def find_events(scene: Scene) -> Iterator[Happening]:
    """The events told in one paragraph, in order of their triggers."""
    parse = scene.parse
    used: set[int] = set()
    found: list[Happening] = []
    spoken = 0  # tokens before this are what a verb before them asks, grants or refuses
    for token in range(len(parse)):
        if parse.pos[token] in {"VERB", "ADJ"} and token not in used:
            told = _told_by_verb(scene, token, used)
            if told is None and token >= spoken:
                act = told_by_act(scene, token)
                told, spoken = act if act is not None else (None, spoken)
            if told is not None:
                found.append(told)
    for token in range(len(parse)):
        if parse.pos[token] in {"NOUN", "PROPN"} and token not in used:
            told = told_by_noun(scene, token) or told_by_answer(scene, token)
            if told is not None:
                found.append(told)
        elif parse.tags[token] in {"PRP", "DT"}:
            told = told_by_pronoun(scene, token)
            if told is not None:
                found.append(told)
    for one in sorted(_once(scene, found), key=lambda one: one.trigger):
        yield _widened(scene, one)


def _once(scene: Scene, found: list[Happening]) -> list[Happening]:
    """Without the verbs of which the object tells the same event ("held talks"): the noun tells
    more of it."""
    parse = scene.parse
    verbs = {one.trigger: one.plover.type for one in found if parse.pos[one.trigger] == "VERB"}
    idle: set[int] = set()
    for one in found:
        if one.trigger in verbs:
            continue
        head = parse.heads[one.trigger]
        if parse.pos[head] == "ADP":
            head = parse.heads[head]
        if verbs.get(head) == one.plover.type and one.outcome is None:
            idle.add(head)
    return [one for one in found if one.trigger not in idle]


def _told_by_verb(scene: Scene, token: int, used: set[int]) -> Happening | None:
    if scene.parse.pos[token] != "VERB":
        return None
    entries = verb_entries().get(scene.parse.lemmas[token].lower(), ())
    return next((t for e in entries if (t := told_by_verb(scene, token, e, used))), None)


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

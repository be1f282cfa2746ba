"""Attacks of which a question asks who did it, and a name alone is the answer: `Who carried out the
attack in Velm? "The Karsk Front," he said`."""

from __future__ import annotations

from sayso.records.findings import Plover
from sayso.steps.extract.answerable import asked_about
from sayso.steps.extract.relation_ends import is_group
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.triggers import Happening, noun_entry
from sayso.steps.extract.whereabouts import place_near

_SHORT = 10
"""Tokens of an answer at most."""
_BESIDE = frozenset({"fighters", "members", "militants", "men", "of"})


def told_by_answer(scene: Scene, name: int) -> Happening | None:
    """The attack that a name tells of as the answer to the question right before it."""
    attack = _attack_answered(scene, name)
    if attack is None:
        return None
    return Happening(
        trigger=name,
        span=scene.parse.span(name, name + 1),
        plover=Plover("ASSAULT", None),
        actors=(scene.ref(name),),
        targets=(),
        time=None,
        place=place_near(scene, attack),
        outcome=None,
        name=None,
        points_back=True,
    )


def _attack_answered(scene: Scene, name: int) -> int | None:
    parse = scene.parse
    owner, mention = scene.owners[name], scene.mention_at(name)
    if owner < 0 or mention is None or not is_group(scene, name):
        return None
    first = last = name
    while first and scene.owners[first - 1] == owner and name - first < _SHORT:
        first -= 1
    while last + 1 < len(parse) and scene.owners[last + 1] == owner and last - name < _SHORT:
        last += 1
    if name < last and scene.mention_at(name + 1) == mention:
        return None  # the name's last word stands for it
    alone = all(
        scene.mention_at(index) == mention
        or parse.pos[index] in {"DET", "PUNCT"}
        or parse.words[index].lower() in _BESIDE
        for index in range(first, last + 1)
    )
    before = first - 1
    while before >= 0 and parse.pos[before] == "PUNCT" and parse.words[before] != "?":
        before -= 1
    if not alone or before < 0 or parse.words[before] != "?":
        return None
    for token in range(parse.sentences[parse.sentence_of[before]][0], before):
        if parse.pos[token] == "NOUN" and asked_about(scene, token):
            entry = noun_entry(scene, token)
            if entry is not None and entry["type"] == "ASSAULT":
                return token
    return None

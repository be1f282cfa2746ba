"""What speaks for and against two tellings being of one happening."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from sayso.steps.match.events.profiles import EventProfile
from sayso.steps.match.kindred import nearness
from sayso.steps.match.stories.background import Background

_REPORTING = frozenset("say tell announc report stat add expect want ask call".split())
_START = 1_000
"""Code points from the beginning after which it does not matter how late a telling comes."""
_FAR = 1_000
"""Code points in one document beyond which distance tells no more."""


def signs(
    one: EventProfile, other: EventProfile, background: Background, alike: float = 0.0
) -> dict[str, float]:
    """By name; most of them 0..1. `alike`: the cosine of the two documents, 1 for one document."""
    same = one.trigger == other.trigger
    near = nearness(one.trigger, other.trigger)
    rarity = min(background.rarity(one.trigger), background.rarity(other.trigger))
    together = one.document == other.document
    actors = overlap(one.actors, other.actors, background)
    targets = overlap(one.targets, other.targets, background)
    beside = overlap(one.beside, other.beside, background)
    crossed = max(
        overlap(one.actors, other.targets, background),
        overlap(one.targets, other.actors, background),
    )
    around = overlap(one.around, other.around, background)
    theirs = {*other.words, *other.actors, *other.targets, *other.beside}
    mine = {*one.words, *one.actors, *one.targets, *one.beside}
    named = max(
        background.rarity(one.trigger) if one.trigger in theirs else 0.0,
        background.rarity(other.trigger) if other.trigger in mine else 0.0,
    )
    any_best = max(
        (
            n
            for a in (one.trigger, *one.words)
            for b in (other.trigger, *other.words)
            if (n := nearness(a, b)) is not None
        ),
        default=0.0,
    )
    kind = "same" if same else "kin" if near is not None and near >= 0.5 else "far"
    found = {
        kind: 1.0,
        "nearness": max(0.0, near or 0.0) if not same else 0.0,
        "nearness_squared": max(0.0, near or 0.0) ** 2 if not same else 0.0,
        "unknown": float(near is None),
        "prefix": 0.0 if same else _prefix(one.trigger, other.trigger),
        "best_word": any_best,
        "words": overlap(one.words, other.words, background),
        "named": named,
        "alike": alike,
        "together": float(together),
        "other_class": float(one.noun != other.noun),
        "nouns": float(one.noun and other.noun),
        "namesakes": min(5, max(one.namesakes, other.namesakes)) - 1.0,
        "reporting": float(one.trigger in _REPORTING or other.trigger in _REPORTING),
    }
    found["shared_most"] = max(one.shared, other.shared)
    found["shared_least"] = min(one.shared, other.shared)
    found["first"] = min(_START, max(one.start, other.start)) / _START
    if one.words and other.words:
        found["other_words"] = float(not set(one.words) & set(other.words))
    if together:
        found["distance"] = min(1.0, abs(one.start - other.start) / _FAR)
    if one.numbers and other.numbers:
        found["same_number" if set(one.numbers) & set(other.numbers) else "other_numbers"] = 1.0
    if one.type and other.type:
        found["same_type" if one.type == other.type else "other_type"] = 1.0
    if one.days and other.days:
        meet = one.days[0] <= other.days[1] and other.days[0] <= one.days[1]
        found["same_days" if meet else "other_days"] = 1.0
    weighed = {
        "actors": actors,
        "targets": targets,
        "beside": beside,
        "crossed": crossed,
        "around": around,
        "rarity": rarity,
        "alike": alike,
        "no_actors": float(not (one.actors and other.actors)),
        "no_targets": float(not (one.targets and other.targets)),
        "other_targets": float(bool(one.targets and other.targets) and targets == 0),
        "other_actors": float(bool(one.actors and other.actors) and actors == 0),
        "namesakes": found["namesakes"],
        "reporting": found["reporting"],
        "together": float(together),
    }
    for name, value in weighed.items():
        if value:
            found[f"{kind}_{name}"] = value
            found.setdefault(name, value)
    return found


def overlap(one: Sequence[str], other: Sequence[str], background: Background) -> float:
    """The cosine of two sets of stems, each stem by its rarity; 0 where one is empty."""
    if not one or not other:
        return 0.0
    common = set(one).intersection(other)
    if not common:
        return 0.0
    rarity = background.rarity
    shared = sum(rarity(stem) ** 2 for stem in common)
    return shared / sqrt(
        sum(rarity(stem) ** 2 for stem in one) * sum(rarity(stem) ** 2 for stem in other) or 1.0
    )


def _prefix(one: str, other: str) -> float:
    """The share of the longer word that both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length / max(len(one), len(other)) if length >= 3 else 0.0

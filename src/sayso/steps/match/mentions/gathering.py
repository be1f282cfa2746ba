"""Which mentions, in one document and across documents, mean one person, thing, place or time.

First inside each story, where descriptions and pronouns may be compared with names; then the groups
of different stories are joined by their names alone: "the minister" of one story is not that of
another, a full name is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sayso.steps.match.average_link import grouped
from sayso.steps.match.beside import FEW, sharing, within
from sayso.steps.match.forest import load
from sayso.steps.match.mentions.profiles import MentionProfile
from sayso.steps.match.mentions.signs import signs
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.documents import Documents

WEIGHTS = "mentions"
"""Trained by `training/across_documents.py`."""
BY_NAMES = 0.2
"""Mean likelihood over the named mentions from which groups of different stories are joined."""
Pair = tuple[int, int]


def gather_mentions(
    profiles: Iterable[MentionProfile],
    documents: Documents,
    background: Background | None = None,
    *,
    threshold: float | None = None,
) -> list[list[str]]:
    """The mentions by what they mean: ids, each group in text order, the groups by their first.

    The order in which they are given does not matter.
    """
    given = sorted(profiles, key=lambda one: (one.document, one.span, one.id))
    forest = load(WEIGHTS)
    inside, across = compared(given, documents)
    likely = _likelihoods(given, [*inside, *across], documents, background or built_in())
    groups = grouped(
        len(given),
        {pair: likely[pair] for pair in inside},
        threshold=forest.threshold if threshold is None else threshold,
        most_compared=FEW,
    )
    joined = joined_by_names(given, groups, {pair: likely[pair] for pair in across})
    return [[given[number].id for number in group] for group in joined]


def compared(
    given: Sequence[MentionProfile], documents: Documents
) -> tuple[list[Pair], list[Pair]]:
    """The pairs of one story, and the pairs of names of different stories."""
    by_story: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(given):
        by_story[documents.story(one.document)].append(number)
    keys = [_keys(one) for one in given]
    inside = [pair for numbers in by_story.values() for pair in within(numbers, keys)]
    named = [number for number, one in enumerate(given) if one.name or one.entity]
    names = [_names(one) for one in given]
    across = [
        (a, b)
        for a, b in sharing(named, names)
        if documents.story(given[a].document) != documents.story(given[b].document)
    ]
    return inside, across


def signs_of(
    given: Sequence[MentionProfile], pair: Pair, documents: Documents, background: Background
) -> dict[str, float]:
    """The signs of one pair among these documents."""
    one, other = given[pair[0]], given[pair[1]]
    return signs(
        one,
        other,
        background,
        documents.alike(one.document, other.document),
        one_story=documents.story(one.document) == documents.story(other.document),
    )


def _likelihoods(
    given: Sequence[MentionProfile],
    pairs: Sequence[Pair],
    documents: Documents,
    background: Background,
) -> dict[Pair, float]:
    forest = load(WEIGHTS)
    likely: dict[Pair, float] = {}
    for start in range(0, len(pairs), 20_000):
        part = pairs[start : start + 20_000]
        rows = [signs_of(given, pair, documents, background) for pair in part]
        likely.update(zip(part, forest.probabilities(rows).tolist(), strict=True))
    return likely


def joined_by_names(
    given: Sequence[MentionProfile], groups: list[list[int]], likely: dict[Pair, float]
) -> list[list[int]]:
    """Groups of different stories joined where their names are likely one."""
    place = {number: index for index, group in enumerate(groups) for number in group}
    names = [sum(1 for n in group if given[n].name or given[n].entity) for group in groups]
    totals: dict[Pair, float] = defaultdict(float)
    for (a, b), likelihood in likely.items():
        one, other = sorted((place[a], place[b]))
        totals[one, other] += likelihood
    means = {
        (one, other): min(1.0, total / (names[one] * names[other]))
        for (one, other), total in totals.items()
    }
    return [
        sorted(number for index in own for number in groups[index])
        for own in grouped(len(groups), means, threshold=BY_NAMES)
    ]


def _keys(one: MentionProfile) -> list[str]:
    """What mentions in a big story must share to be compared."""
    found = [f"head {one.head}", f"place {one.document} {one.sentence}"]
    found += [f"place {one.document} {one.sentence + 1}"] if one.look == "pronoun" else []
    return [*found, *_names(one)]


def _names(one: MentionProfile) -> list[str]:
    """What names in different stories must share to be compared."""
    words = {w for w in one.words if len(w) > 1} if one.name else set()
    return sorted({*words, f"entity {one.entity}"} if one.entity else words)

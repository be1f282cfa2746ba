"""Which tellings are of one happening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.steps.match.average_link import grouped
from sayso.steps.match.beside import FEW, within
from sayso.steps.match.events.profiles import EventProfile, in_order, of_one_story
from sayso.steps.match.events.signs import signs
from sayso.steps.match.forest import load
from sayso.steps.match.kindred import nearness
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.documents import UNKNOWN, Documents

WEIGHTS = "events"
"""Trained by `training/across_documents.py`."""
_APART = 1
"""Days between two tellings' times from which they are told of two happenings: clocks and datelines
differ by a day."""


@dataclass(frozen=True)
class Comparison:
    """Two tellings, compared."""

    score: float
    """How likely they are of one happening, 0..1."""
    same: bool
    """Whether two such tellings alone would be put together."""
    reasons: tuple[str, ...]
    """In words."""


def same_happening(
    left: EventProfile,
    right: EventProfile,
    background: Background | None = None,
    *,
    alike: float = UNKNOWN,
) -> Comparison:
    """Whether two tellings are of one happening. `alike`: the cosine of their documents' terms
    (`Documents.alike`), one half where it is not known but they are of one story."""
    forest = load(WEIGHTS)
    if _times_differ(left, right):
        return Comparison(0.0, False, ("on different days",))
    together = left.document == right.document
    left, right = of_one_story([left, right])
    found = signs(left, right, background or built_in(), 1.0 if together else alike)
    score = float(forest.probabilities([found])[0])
    return Comparison(score, score >= forest.threshold, tuple(_reasons(left, right, found)))


def gather_events(
    profiles: Iterable[EventProfile],
    documents: Documents,
    background: Background | None = None,
    *,
    threshold: float | None = None,
) -> list[list[str]]:
    """The tellings by happening: ids, each group in text order, the groups by their first.

    Only tellings of one story are compared. The order in which they are given does not matter.
    """
    given = list(in_order(profiles))
    counts = background or built_in()
    by_story: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(given):
        by_story[documents.story(one.document)].append(number)
    for numbers in by_story.values():
        for number, one in zip(numbers, of_one_story(given[n] for n in numbers), strict=True):
            given[number] = one
    keys = [_keys(one) for one in given]
    pairs: list[tuple[int, int]] = []
    for numbers in by_story.values():
        pairs += ((a, b) for a, b in within(numbers, keys) if not _times_differ(given[a], given[b]))
    forest = load(WEIGHTS)
    likely: dict[tuple[int, int], float] = {}
    for start in range(0, len(pairs), 20_000):
        part = pairs[start : start + 20_000]
        rows = [
            signs(given[a], given[b], counts, documents.alike(given[a].document, given[b].document))
            for a, b in part
        ]
        likely.update(zip(part, forest.probabilities(rows).tolist(), strict=True))
    groups = grouped(
        len(given),
        likely,
        threshold=forest.threshold if threshold is None else threshold,
        most_compared=FEW,
    )
    return [[given[number].id for number in group] for group in groups]


def _keys(one: EventProfile) -> list[str]:
    """What tellings in a big story must share to be compared."""
    found = [f"trigger {one.trigger}"]
    if one.type:
        found += [f"type {one.type} {stem}" for stem in (*one.actors, *one.targets)]
    found += [f"of {stem}" for stem in (*one.words, *one.targets)]
    return found


def _times_differ(left: EventProfile, right: EventProfile) -> bool:
    if left.days is None or right.days is None:
        return False
    gap = max(left.days[0], right.days[0]) - min(left.days[1], right.days[1])
    return gap > _APART


def _reasons(left: EventProfile, right: EventProfile, found: dict[str, float]) -> Iterator[str]:
    if left.trigger == right.trigger:
        yield "told with the same word"
    elif (nearness(left.trigger, right.trigger) or 0.0) >= 0.5:
        yield "told with kindred words"
    else:
        yield "told with other words"
    for name, wording in (
        ("actors", "the same doer"),
        ("targets", "the same ones it was done to"),
        ("crossed", "a doer here is the one it was done to there"),
    ):
        if found.get(name, 0.0) >= 0.3:
            yield wording
    if found.get("other_targets"):
        yield "done to others"
    if found.get("other_actors"):
        yield "done by others"
    if found.get("same_number"):
        yield "a number in common"
    if found.get("other_numbers"):
        yield "other numbers"
    if found.get("same_days"):
        yield "at the same time"
    if found.get("around", 0.0) >= 0.3:
        yield "in much the same words"

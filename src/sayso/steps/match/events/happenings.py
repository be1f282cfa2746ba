"""Which tellings are of one happening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sayso.steps.match.average_link import grouped
from sayso.steps.match.beside import FEW, within
from sayso.steps.match.events.places import at_one_place
from sayso.steps.match.events.profiles import EventProfile, in_order, of_one_story, times_differ
from sayso.steps.match.events.signs import signs
from sayso.steps.match.forest import load
from sayso.steps.match.kindred import nearness
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.documents import UNKNOWN, Documents

WEIGHTS = "events"
"""Trained by `training/across_documents.py`."""
_TOGETHER = 20_000
"""Pairs weighed together: bounds the memory."""


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
    if times_differ(left, right):
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
    counts = background or built_in()
    by_story: dict[str, list[EventProfile]] = defaultdict(list)
    for one in in_order(profiles):
        by_story[documents.story(one.document)].append(one)
    limit = load(WEIGHTS).threshold if threshold is None else threshold
    found: list[list[EventProfile]] = []
    for own in by_story.values():
        told = of_one_story(own)
        groups = grouped(
            len(told),
            _likelihoods(told, documents, counts),
            threshold=limit,
            most_compared=FEW,
        )
        found += at_one_place([[told[number] for number in group] for group in groups])
    found.sort(key=lambda group: (group[0].document, group[0].start, group[0].id))
    return [[one.id for one in group] for group in found]


def _likelihoods(
    told: Sequence[EventProfile], documents: Documents, background: Background
) -> dict[tuple[int, int], float]:
    """Of the pairs of one story that are worth comparing."""
    forest = load(WEIGHTS)
    pairs = iter(within(range(len(told)), [_keys(one) for one in told]))
    likely: dict[tuple[int, int], float] = {}
    while part := list(islice(pairs, _TOGETHER)):
        part = [(a, b) for a, b in part if not times_differ(told[a], told[b])]
        rows = [
            signs(
                told[a],
                told[b],
                background,
                documents.alike(told[a].document, told[b].document),
            )
            for a, b in part
        ]
        likely.update(zip(part, forest.probabilities(rows).tolist(), strict=True))
    return likely


def _keys(one: EventProfile) -> list[str]:
    """What tellings in a big story must share to be compared."""
    found = [f"trigger {one.trigger}"]
    if one.type:
        found += [f"type {one.type} {stem}" for stem in (*one.actors, *one.targets)]
    found += [f"of {stem}" for stem in (*one.words, *one.targets)]
    return found


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

"""Stories: the reports of one happening, gathered.

The same reports give the same stories in whatever order they came: all that is weighed is a
function of the set. Reports are compared where they share a telling word and were published within
some days of each other, and joined by average linkage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from sayso.records.matches import Story
from sayso.records.provenance import content_id
from sayso.steps.match.average_link import grouped
from sayso.steps.match.logistic import load
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import MOST_TERMS, StoryFeatures
from sayso.steps.match.stories.keys import MOST_NEAR, candidates
from sayso.steps.match.stories.likeness import (
    NEIGHBOURS,
    WEIGHTS,
    Vector,
    Weighed,
    cosine,
    likelihood,
    weighed,
    widened,
)
from sayso.steps.match.stories.reasons import reasons

_OWN = 0.1
"""What a report of the given background counts beside one of those that are gathered."""
_LEAST = 0.02
"""Pairs of less cosine than this are no candidates."""
_LEAST_WIDE = 0.15
"""Pairs whose widened terms have less than this are not of one story, whatever else they share."""
_SHARE_OF_LENDERS = 8
"""One in so many reports of a small collection lends its words to a long report without a date."""
_HELD = 30_000
"""Reports whose vectors are held at a time."""


class StorySettings(Struct, frozen=True):
    """How far a story reaches."""

    days: int = 7
    """Reports published farther apart are not compared."""
    threshold: float | None = None
    """Mean likelihood of being one story from which two groups are joined, 0..1; None: as found
    in training. Higher gives smaller stories."""


def gather(
    reports: Iterable[StoryFeatures],
    background: Background | None = None,
    *,
    settings: StorySettings | None = None,
    copies: Mapping[str, str] | None = None,
    counted: bool = True,
    made_by: str = "",
) -> list[Story]:
    """The stories of two documents or more, by the ids of their documents.

    `copies`: by document the id of the text it is a copy of; the documents of one text count once.
    Documents that are not named in it are texts of their own. `counted`: False where `background`
    already has the counts of a bigger collection that these reports are a part of.
    """
    chosen = settings or StorySettings()
    texts = _texts(reports, copies or {})
    found: list[Story] = []
    for group, weighed_group in _groups([first for first, _ in texts], background, chosen, counted):
        documents = tuple(sorted(name for number in group for name in texts[number][1]))
        if len(documents) < 2:
            continue
        why = list(reasons(weighed_group)) if len(group) > 1 else []
        carried = sum(len(texts[number][1]) - 1 for number in group)
        if carried:
            why.append(f"{carried} of them {'is a copy' if carried == 1 else 'are copies'}")
        id = content_id("story", *documents)
        found.append(Story(id, documents, tuple(why), made_by))
    return sorted(found, key=lambda story: story.documents)


def partition(
    reports: Iterable[StoryFeatures],
    background: Background | None = None,
    settings: StorySettings | None = None,
) -> list[list[str]]:
    """Every document in its story, those alone too; by ids, sorted."""
    texts = sorted(reports, key=lambda report: report.document)
    groups = _groups(texts, background, settings or StorySettings(), counted=True)
    return [[texts[number].document for number in group] for group, _ in groups]


def _texts(
    reports: Iterable[StoryFeatures], copies: Mapping[str, str]
) -> list[tuple[StoryFeatures, list[str]]]:
    """By text, in order of ids: its first document and the ids of all of them.

    The first is the first published; where that is not known, the first by id.
    """
    by_text: dict[str, list[StoryFeatures]] = defaultdict(list)
    for report in reports:
        by_text[copies.get(report.document, report.document)].append(report)
    texts: list[tuple[StoryFeatures, list[str]]] = []
    for own in by_text.values():
        first = min(own, key=lambda r: (r.published is None, r.published or 0, r.document))
        texts.append((first, sorted({report.document for report in own})))
    return sorted(texts, key=lambda text: text[0].document)


@dataclass(frozen=True)
class Compared:
    """Reports beside one another."""

    vector: Callable[[int], Weighed]
    wide: dict[tuple[int, int], float]
    """By pair that was compared, lower number first: the cosine of their widened terms."""


def compared(
    reports: Sequence[StoryFeatures],
    background: Background | None = None,
    *,
    days: int,
    counted: bool = True,
) -> Compared:
    """The pairs of reports that are worth comparing, and what it takes to weigh them.

    `counted`: whether the words of the reports themselves tell what is rare, beside `background`.
    """
    counts = background or built_in()
    if counted:
        counts = counts.with_reports(
            ([term.stem for term in report.terms] for report in reports), own=_OWN
        )

    @lru_cache(maxsize=_HELD)
    def vector(number: int) -> Weighed:
        return weighed(reports[number], counts)

    near: dict[tuple[int, int], float] = {}
    for one, other in candidates(reports, counts, days):
        nearness = cosine(vector(one).terms, vector(other).terms)
        if nearness >= _LEAST:
            near[one, other] = nearness
    beside = _nearest(near)
    few = _lenders(counts)

    @lru_cache(maxsize=_HELD)
    def wide(number: int) -> Vector:
        lenders = beside.get(number, ())[: few if _is_timeless(reports[number]) else NEIGHBOURS]
        own = [(nearness, vector(other).terms) for nearness, other in lenders]
        return widened(vector(number).terms, own)

    # Pairs near in time come near in order, so what is held does for them.
    return Compared(vector, {(a, b): cosine(wide(a), wide(b)) for a, b in near})


def _groups(
    reports: Sequence[StoryFeatures],
    background: Background | None,
    settings: StorySettings,
    counted: bool,
) -> list[tuple[list[int], list[Weighed]]]:
    beside = compared(reports, background, days=settings.days, counted=counted)
    pairs: dict[tuple[int, int], float] = {}
    for (one, other), wide in beside.wide.items():
        if wide >= _LEAST_WIDE:
            pairs[one, other] = likelihood(beside.vector(one), beside.vector(other), wide)
    threshold = load(WEIGHTS).threshold if settings.threshold is None else settings.threshold
    groups = grouped(len(reports), pairs, threshold=threshold, most_compared=2 * MOST_NEAR)
    return [(group, [beside.vector(number) for number in group]) for group in groups]


def _is_timeless(report: StoryFeatures) -> bool:
    """Whether a report is long enough to be known by its own words, and by no date."""
    return report.published is None and len(report.terms) == MOST_TERMS


def _lenders(background: Background) -> int:
    """How many reports may lend words to a timeless one: few in a small collection.

    There, the nearest of a handful of reports on one conflict are near by its names, and with no
    date to part them two of several years would be one happening.
    """
    collection = background.reports - _OWN * built_in().reports
    return max(0, min(NEIGHBOURS, round(collection) // _SHARE_OF_LENDERS))


def _nearest(near: Mapping[tuple[int, int], float]) -> dict[int, list[tuple[float, int]]]:
    """By report: its nearest and how near they are."""
    beside: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, other), nearness in near.items():
        beside[one].append((nearness, other))
        beside[other].append((nearness, one))
    return {
        number: sorted(own, key=lambda item: (-item[0], item[1]))[:NEIGHBOURS]
        for number, own in beside.items()
    }

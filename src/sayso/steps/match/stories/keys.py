"""Which reports are worth comparing: those that share a telling word and lie near in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest

from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import StoryFeatures
from sayso.steps.match.stories.likeness import days_apart

MOST_KEYS = 12
MOST_BESIDE = 50
"""Reports under one key that a report meets, to either side, the nearest in time first. So a word
that very many reports share costs no more than that."""
MOST_NEAR = 40
"""Of the reports it meets, a report is compared with so many: those with which it shares most."""


def candidate_keys(features: StoryFeatures, background: Background | None = None) -> list[str]:
    """What an index holds a report under: its most telling words, at most `MOST_KEYS`."""
    counts = background or built_in()
    telling = sorted(
        features.terms, key=lambda term: (-term.weight * counts.rarity(term.stem), term.stem)
    )
    return sorted(term.stem for term in telling[:MOST_KEYS])


def candidates(
    reports: Sequence[StoryFeatures], background: Background, days: int
) -> Iterator[tuple[int, int]]:
    """The pairs of reports that are worth comparing, by number, lower first, each once.

    Reports more than `days` apart are no pair. Reports without a date stand among themselves and
    beside those with one, spread over them by id. Near in time comes near in order.
    """
    in_time = sorted(
        range(len(reports)),
        key=lambda n: (reports[n].published or 0, reports[n].document),
    )
    keys = [candidate_keys(report, background) for report in reports]
    under: dict[str, list[int]] = defaultdict(list)
    for number in in_time:
        for key in keys[number]:
            under[key].append(number)
    rows = {key: _Row(reports, numbers) for key, numbers in under.items()}
    seen: set[tuple[int, int]] = set()
    for number in in_time:
        shared: dict[int, float] = defaultdict(float)
        for key in keys[number]:
            weight = background.rarity(key)
            for other in rows[key].beside(number):
                shared[other] += weight
        near = [
            (-weight, reports[other].document, other)
            for other, weight in shared.items()
            if (days_apart(reports[number], reports[other]) or 0) <= days
        ]
        for _, _, other in nsmallest(MOST_NEAR, near):
            pair = (number, other) if number < other else (other, number)
            if pair not in seen:
                seen.add(pair)
                yield pair


class _Row:
    """The reports under one key, in order of time, and where each stands."""

    def __init__(self, reports: Sequence[StoryFeatures], numbers: Sequence[int]) -> None:
        self._dated = [n for n in numbers if reports[n].published is not None]
        self._undated = [n for n in numbers if reports[n].published is None]
        self._place = {
            n: place for own in (self._dated, self._undated) for place, n in enumerate(own)
        }
        self._is_dated = set(self._dated)

    def beside(self, number: int) -> Iterator[int]:
        """The reports to either side of one of them, itself left out."""
        place = self._place[number]
        dated = number in self._is_dated
        own, others = (self._dated, self._undated) if dated else (self._undated, self._dated)
        yield from own[max(0, place - MOST_BESIDE) : place]
        yield from own[place + 1 : place + 1 + MOST_BESIDE]
        start = place * max(1, len(others) - MOST_BESIDE) // max(1, len(own))
        yield from others[start : start + MOST_BESIDE]

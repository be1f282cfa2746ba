"""Which reports are worth comparing: those that share a telling word and lie near in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import StoryFeatures
from sayso.steps.match.stories.likeness import days_apart

MOST_KEYS = 12
MOST_BESIDE = 50
"""Reports under one key that a report is compared with, the nearest in time first. So a word that
very many reports share costs no more than that."""


def candidate_keys(features: StoryFeatures, background: Background | None = None) -> list[str]:
    """What an index holds a report under: its most telling words, at most `MOST_KEYS`."""
    counts = background or built_in()
    telling = sorted(
        features.terms, key=lambda term: (-term.weight * counts.rarity(term.stem), term.stem)
    )
    return sorted(term.stem for term in telling[:MOST_KEYS])


def candidates(
    reports: Sequence[StoryFeatures], keys: Iterable[Iterable[str]], days: int
) -> Iterator[tuple[int, int]]:
    """The pairs of reports that share a key, by number, lower first, sorted, each once.

    Reports more than `days` apart are no pair. A report without a date stands beside others
    without one, and beside those with one that share a key, the first by id.
    """
    under: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for name in own:
            under[name].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in under.values():
        dated = [n for n in numbers if reports[n].published is not None]
        undated = [n for n in numbers if reports[n].published is None]
        dated.sort(key=lambda n: (reports[n].published, reports[n].document))
        undated.sort(key=lambda n: reports[n].document)
        # Undated ones come in between at their turn, so that each meets some of the dated.
        found.update(_beside(reports, dated, days))
        found.update(_beside(reports, undated, days))
        for place, number in enumerate(undated):
            start = place * max(1, len(dated) - MOST_BESIDE) // max(1, len(undated))
            found.update(_ordered(number, n) for n in dated[start : start + MOST_BESIDE])
    yield from sorted(found)


def _beside(
    reports: Sequence[StoryFeatures], numbers: Sequence[int], days: int
) -> Iterator[tuple[int, int]]:
    for place, number in enumerate(numbers):
        for other in numbers[place + 1 : place + 1 + MOST_BESIDE]:
            apart = days_apart(reports[number], reports[other])
            if apart is not None and apart > days:
                break
            yield _ordered(number, other)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)

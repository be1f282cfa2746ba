"""Figures from what people decided: precision with its interval, and agreement of two people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

_Z = 1.959963984540054
"""Of the normal distribution, for 95 in a hundred."""
_FIGURE = re.compile(r"precision \d\.\d\d, \d\.\d\d–\d\.\d\d, of ([\d,]{1,12}) looked at")


Decided = Mapping[str, Mapping[str, str]]
"""By finding and person: confirm, reject or correct, the last to decide last."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a random sample were right."""

    right: int
    looked_at: int

    @property
    def wrong(self) -> int:
        """How many were not right."""
        return self.looked_at - self.right

    @property
    def value(self) -> float:
        """Share, 0..1."""
        return self.right / self.looked_at

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share of the whole ledger lies in 95 of 100 such samples."""
        return wilson(self.right, self.looked_at)

    def __str__(self) -> str:
        low, high = self.interval
        return f"precision {self.value:.2f}, {low:.2f}–{high:.2f}, of {self.looked_at:,} looked at"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two people who judged the same findings."""

    one: str
    other: str
    both: int
    """Findings that both judged."""
    agreed: float
    """Share on which they decided the same, 0..1."""
    kappa: float | None
    """Cohen's kappa; None where both gave one and the same decision throughout, which leaves chance
    no room."""
    differing: tuple[str, ...]
    """Ids on which they differ."""


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, by Wilson (1927), which holds for few and for extreme ones."""
    if of == 0:
        return 0.0, 1.0
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def precision_of(
    sample: Iterable[str], decided: Decided, *, most: int | None = None
) -> Precision | None:
    """How many of the sample were right, as far as it was looked at without a gap.

    `sample` is the ledger's findings in a random order. What people chose to look at themselves
    counts only where the sample has come to it, so that the least sure ones do not weigh it down.
    Right is what the last to decide confirmed as it was found; what somebody corrected was wrong,
    also if another person confirmed it as corrected. None: not begun.
    """
    right = looked = 0
    for id in sample:
        by = decided.get(id)
        if not by or looked == most:
            break
        looked += 1
        right += list(by.values())[-1] == "confirm" and "correct" not in by.values()
    return Precision(right, looked) if looked else None


def stated(text: str) -> tuple[str, int] | None:
    """The figure that a text states, as it stands there, and of how many; None: it states none."""
    found = _FIGURE.search(text)
    return None if found is None else (found[0], int(found[1].replace(",", "")))


def agreements(decided: Decided) -> list[Agreement]:
    """Each two people who judged something in common, the most in common first."""
    pairs: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for id, by in decided.items():
        for one, other in combinations(sorted(by), 2):
            pairs.setdefault((one, other), []).append((id, by[one], by[other]))
    found = [_agreement(one, other, rows) for (one, other), rows in pairs.items()]
    return sorted(found, key=lambda pair: (-pair.both, pair.one, pair.other))


def _agreement(one: str, other: str, rows: list[tuple[str, str, str]]) -> Agreement:
    both = len(rows)
    agreed = sum(left == right for _, left, right in rows) / both
    lefts, rights = Counter(row[1] for row in rows), Counter(row[2] for row in rows)
    chance = sum(lefts[name] * rights[name] for name in lefts) / (both * both)
    kappa = None if chance >= 1 else (agreed - chance) / (1 - chance)
    differing = tuple(id for id, left, right in rows if left != right)
    return Agreement(one, other, both, agreed, kappa, differing)

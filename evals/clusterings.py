"""Scores of clusterings: MUC, B³, CEAF-e, and CoNLL, the mean of the three F1.

Items are the same on both sides (gold mentions, or documents). Sources: Vilain et al. 1995 (MUC);
Bagga and Baldwin 1998 (B³); Luo 2005 (CEAF-e, with phi4); Pradhan et al. 2012 (CoNLL).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

Item = TypeVar("Item", bound=Hashable)
Label = TypeVar("Label", bound=Hashable)


def clusters(labels: Mapping[Item, Label]) -> list[set[Item]]:
    """The items of each label."""
    found: dict[Label, set[Item]] = defaultdict(set)
    for item, label in labels.items():
        found[label].add(item)
    return list(found.values())


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def b_cubed(gold: Sequence[set[Item]], found: Sequence[set[Item]]) -> float:
    """F1 of B³."""
    total = sum(len(one) for one in gold)
    shared = _overlaps(gold, found)
    precision = sum(n * n / len(found[f]) for (_, f), n in shared.items())
    recall = sum(n * n / len(gold[g]) for (g, _), n in shared.items())
    return f1(precision / total, recall / total) if total else 0.0


def muc(gold: Sequence[set[Item]], found: Sequence[set[Item]]) -> float:
    """F1 of MUC: of links; clusters of one count nothing."""
    shared = _overlaps(gold, found)
    parts_of_gold = Counter(g for g, _ in shared)
    parts_of_found = Counter(f for _, f in shared)
    links = sum(len(one) - 1 for one in gold)
    given = sum(len(one) - 1 for one in found)
    kept = sum(len(one) - parts_of_gold[g] for g, one in enumerate(gold))
    right = sum(len(one) - parts_of_found[f] for f, one in enumerate(found))
    return f1(right / given if given else 0.0, kept / links if links else 0.0)


def ceaf_e(gold: Sequence[set[Item]], found: Sequence[set[Item]]) -> float:
    """F1 of CEAF-e: clusters matched one to one as well as can be, by their Dice overlap."""
    if not gold or not found:
        return 0.0
    alike = np.zeros((len(gold), len(found)))
    for (g, f), n in _overlaps(gold, found).items():
        alike[g, f] = 2 * n / (len(gold[g]) + len(found[f]))
    total = float(alike[linear_sum_assignment(alike, maximize=True)].sum())
    return f1(total / len(found), total / len(gold))


def conll(gold: Sequence[set[Item]], found: Sequence[set[Item]]) -> float:
    """The mean of the three."""
    return (muc(gold, found) + b_cubed(gold, found) + ceaf_e(gold, found)) / 3


def _overlaps(gold: Sequence[set[Item]], found: Sequence[set[Item]]) -> Counter[tuple[int, int]]:
    """How many items each pair of clusters shares; pairs that share none are left out."""
    place = {item: index for index, one in enumerate(found) for item in one}
    return Counter((g, place[item]) for g, one in enumerate(gold) for item in one)

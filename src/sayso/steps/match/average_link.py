"""Groups by average linkage over the pairs that were compared.

Two groups are joined as long as the mean likeness of their members reaches a threshold, the likest
first. So a chain of reports of which each resembles only the next does not grow into one group, as
it would by single linkage. Method: Sokal and Michener 1958 (UPGMA), on a sparse graph: a pair that
was not compared counts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def grouped(
    count: int,
    pairs: Mapping[tuple[int, int], float],
    *,
    threshold: float,
    most_compared: int | None = None,
) -> list[list[int]]:
    """The numbers 0 to `count` - 1 in groups, each sorted, in order of their first members.

    `pairs` are likenesses of 0 or more, by the lower and the higher number. Where every number was
    compared with at most `most_compared` others, the mean is taken over the pairs that could have
    been. The result depends on the pairs alone, not on their order. Ties go to the lower numbers.

        >>> grouped(3, {(0, 1): 0.9, (1, 2): 0.6}, threshold=0.5)
        [[0, 1], [2]]
    """
    links: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    for (one, other), likeness in pairs.items():
        links[one][other] = likeness
        links[other][one] = likeness
    members: dict[int, list[int]] = {number: [number] for number in range(count)}
    waiting = [
        (-likeness, one, other, one, other)
        for (one, other), likeness in pairs.items()
        if likeness >= threshold
    ]
    heapify(waiting)
    fresh = count
    while waiting:
        *_, one, other = heappop(waiting)
        if one not in members or other not in members:
            continue
        if len(links[one]) < len(links[other]):
            one, other = other, one
        joined, added = links.pop(one), links.pop(other)
        joined.pop(other)
        for number, total in added.items():
            if number != one:
                joined[number] = joined.get(number, 0.0) + total
        own = sorted(members.pop(one) + members.pop(other))
        members[fresh], links[fresh] = own, joined
        for number, total in joined.items():
            theirs = links[number]
            theirs.pop(one, None)
            theirs.pop(other, None)
            theirs[fresh] = total
            mean = total / _comparable(len(own), len(members[number]), most_compared)
            if mean >= threshold:
                first, second = sorted((own[0], members[number][0]))
                heappush(waiting, (-mean, first, second, fresh, number))
        fresh += 1
    return sorted(members.values())


def _comparable(one: int, other: int, most: int | None) -> int:
    """How many pairs of two groups could have been compared."""
    return one * other if most is None else min(one * other, most * min(one, other))

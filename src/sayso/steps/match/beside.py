"""Which of many things are compared: all with all where they are few, else what shares a key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

FEW = 400
"""So many are compared all with all."""
MOST = 60
"""Things under one key that a thing is compared with, the next in order. So a key that very many
share costs no more than that."""


def within(
    numbers: Sequence[int], keys: Sequence[Iterable[Hashable]], *, few: int = FEW
) -> Iterator[tuple[int, int]]:
    """Pairs of `numbers`, lower first, each once. `keys`: those of every number, by number."""
    if len(numbers) <= few:
        ordered = sorted(numbers)
        for place, one in enumerate(ordered):
            for other in ordered[place + 1 :]:
                yield one, other
        return
    yield from sharing(numbers, keys)


def sharing(
    numbers: Sequence[int], keys: Sequence[Iterable[Hashable]]
) -> Iterator[tuple[int, int]]:
    """Pairs of `numbers` that share a key, sorted."""
    under: dict[Hashable, list[int]] = defaultdict(list)
    for number in sorted(numbers):
        for key in keys[number]:
            under[key].append(number)
    found: set[tuple[int, int]] = set()
    for own in under.values():
        for place, one in enumerate(own):
            found.update((one, other) for other in own[place + 1 : place + 1 + MOST])
    yield from sorted(found)

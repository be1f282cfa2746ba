"""Things joined into sets, whichever way and in whatever order the joins come."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

T = TypeVar("T", bound=Any)


class DisjointSets(Generic[T]):
    """Sets that only grow together; the least member stands for each."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}

    def top(self, one: T) -> T:
        """The member that stands for the set of `one`."""
        above = self._above
        while (upper := above.get(one, one)) != one:
            above[one] = above.get(upper, upper)
            one = upper
        return one

    def join(self, one: T, other: T) -> bool:
        """Make the sets of both one; False where they were one already."""
        first, second = self.top(one), self.top(other)
        if first == second:
            return False
        if second < first:
            first, second = second, first
        self._above[second] = first
        return True

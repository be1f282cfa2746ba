"""A tree of names by their words, to find the longest name that begins at a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

LONGEST = 16
"""Names of more words are not kept: matching stays linear in the text."""


@dataclass
class _Node(Generic[T]):
    after: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class NameTrie(Generic[T]):
    """Names, each a sequence of folded words, and what they stand for."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, words: Sequence[str], value: T) -> None:
        """Keep `value` under a name; a name may stand for several, in the order they were added."""
        if not 0 < len(words) <= LONGEST:
            return
        node = self._root
        for word in words:
            node = node.after.setdefault(word, _Node())
        if value not in node.values:
            node.values.append(value)

    def get(self, words: Sequence[str]) -> list[T]:
        """What the name stands for; empty if it is not held."""
        node = self._root
        for word in words:
            following = node.after.get(word)
            if following is None:
                return []
            node = following
        return node.values

    def at(self, words: Sequence[str | None], start: int) -> Iterator[tuple[int, list[T]]]:
        """Names that begin at `start`, longest first, as (end, values); None breaks a name."""
        found: list[tuple[int, list[T]]] = []
        node = self._root
        for index in range(start, len(words)):
            word = words[index]
            following = node.after.get(word) if word is not None else None
            if following is None:
                break
            node = following
            if node.values:
                found.append((index + 1, node.values))
        return reversed(found)

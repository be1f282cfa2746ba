"""What a language back end says about one paragraph: tokens, tags, tree, names.

A `Parse` lives only while a document is read; it is never stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from sayso.records.documents import Zone
from sayso.records.spans import Span


@dataclass(frozen=True)
class Name:
    """A name that the back end recognised: tokens `[start, end)` and its label (OntoNotes)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parse:
    """Tokens of one zone as parallel lists; positions are code points of the document's text.

    Tags are Penn Treebank (`tags`) and Universal (`pos`); `deps` are ClearNLP labels as spaCy's
    English models give them; `heads[i]` is the index of token i's head, i itself for a root.
    """

    zone: Zone
    starts: list[int]
    ends: list[int]
    words: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    sentences: list[tuple[int, int]]
    """Token ranges `[start, end)`, in order, covering all tokens."""
    names: list[Name] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> list[list[int]]:
        """For each token, its dependents in order."""
        kids: list[list[int]] = [[] for _ in self.words]
        for index, head in enumerate(self.heads):
            if head != index:
                kids[head].append(index)
        return kids

    @cached_property
    def extents(self) -> list[tuple[int, int]]:
        """For each token, the token range `[first, last + 1)` that its subtree spreads over."""
        low = list(range(len(self.words)))
        high = list(range(len(self.words)))
        # Heads form a forest; raising each token's bounds along its path to the root would be
        # quadratic on a chain, so tokens are folded into their heads from the leaves upward.
        waiting = [len(kids) for kids in self.children]
        ready = [index for index, count in enumerate(waiting) if count == 0]
        while ready:
            index = ready.pop()
            head = self.heads[index]
            if head == index:
                continue
            low[head] = min(low[head], low[index])
            high[head] = max(high[head], high[index])
            waiting[head] -= 1
            if waiting[head] == 0:
                ready.append(head)
        return [(a, b + 1) for a, b in zip(low, high, strict=True)]

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token, the index of its sentence."""
        owner = [0] * len(self.words)
        for number, (start, end) in enumerate(self.sentences):
            owner[start:end] = [number] * (end - start)
        return owner

    def span(self, start: int, end: int) -> Span:
        """The characters of tokens `[start, end)`; needs start < end."""
        return Span(self.starts[start], self.ends[end - 1])

    def head_of(self, first: int, last: int) -> int:
        """The token of `[first, last)` that the others hang on; needs first < last."""
        for index in range(first, last):
            head = self.heads[index]
            if head == index or not first <= head < last:
                return index
        return first

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """The token range `[first, last + 1)` that touches `span`; empty if none does."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end)
        return (first, max(first, last))


@dataclass(frozen=True)
class Parsed:
    """The parses of some zones, and what of them could not be parsed."""

    parses: tuple[Parse, ...]
    unread: tuple[Span, ...] = ()
    """Parts that were left out: runs of thousands of characters without a space (encoded data)."""

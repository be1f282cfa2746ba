"""Two passages laid side by side: which words both have, in order, and what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

_SHARED, _RUN, _LIKENESS = 8, 5, 0.7
"""Words that must be shared, in a row and as a share of the shorter passage: what two reports may
say of one thing without having it from one another is below one of these."""
_SHORT_SHARED, _SHORT_RUN, _SHORT_LIKENESS = 6, 4, 0.8
"""The same for short passages; the share is then of the longer."""
_NEAR = 3
"""A single shared word counts only this near to a shared run."""


@dataclass(frozen=True)
class Block:
    """`before[before:before+length]` and `after[after:after+length]` are the same words."""

    before: int
    after: int
    length: int


@dataclass(frozen=True)
class Gap:
    """Words `[before, before_end)` stand where `[after, after_end)` stand in the other."""

    before: int
    before_end: int
    after: int
    after_end: int


@dataclass(frozen=True)
class Alignment:
    """The shared runs of two passages, in order."""

    blocks: tuple[Block, ...]
    shared: int
    likeness: float
    """Shared words by the words of the shorter passage, 0..1."""
    sizes: tuple[int, int]

    @property
    def longest(self) -> int:
        """Words of the longest shared run."""
        return max((block.length for block in self.blocks), default=0)

    @property
    def is_same(self) -> bool:
        """Whether both are the same words said once, shortened or changed a little."""
        return (self.shared >= _SHARED and self.longest >= _RUN and self.likeness >= _LIKENESS) or (
            self.shared >= _SHORT_SHARED
            and self.longest >= _SHORT_RUN
            and self.shared >= _SHORT_LIKENESS * max(self.sizes)
        )

    @property
    def is_held(self) -> bool:
        """Whether one short passage stands in the other but for a word."""
        return (
            self.shared >= _SHORT_SHARED
            and self.longest >= _RUN
            and self.shared >= min(self.sizes) - 1
        )

    def gaps(self) -> Iterator[Gap]:
        """What stands before, between and behind the shared runs; none is empty on both sides."""
        before = after = 0
        for block in (*self.blocks, Block(*self.sizes, 0)):
            if block.before > before or block.after > after:
                yield Gap(before, block.before, after, block.after)
            before, after = block.before + block.length, block.after + block.length


def align(before: Sequence[str], after: Sequence[str]) -> Alignment:
    """The longest common subsequence of two word lists (Hyyrö 2004, as rapidfuzz has it), without
    single words that stand far from any shared run."""
    found = [
        Block(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in LCSseq.opcodes(before, after)
        if op.tag == "equal"
    ]
    blocks = _anchored(found)
    shared = sum(block.length for block in blocks)
    least = min(len(before), len(after))
    likeness = shared / least if least else 0.0
    return Alignment(tuple(blocks), shared, likeness, (len(before), len(after)))


def _anchored(blocks: Sequence[Block]) -> list[Block]:
    """The runs, and the single words that stand near one, or near one that does."""
    kept = [block.length > 1 for block in blocks]
    forward = range(1, len(blocks))
    for index in forward:
        near = _distance(blocks[index - 1], blocks[index]) <= _NEAR
        kept[index] |= near and kept[index - 1]
    for index in reversed(forward):
        near = _distance(blocks[index - 1], blocks[index]) <= _NEAR
        kept[index - 1] |= near and kept[index]
    return [block for block, is_kept in zip(blocks, kept, strict=True) if is_kept]


def _distance(first: Block, second: Block) -> int:
    """Words between two runs, in the passage where there are more."""
    return max(
        second.before - first.before - first.length, second.after - first.after - first.length
    )

"""Two passages laid side by side: which words both have, in order, and what stands between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

LEAST_SHARED = 6
LEAST_LIKENESS = 0.6
_LONGEST_RUN = 3
"""Some run of this many words must be the same: scattered small words make no quotation."""
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
    def is_same(self) -> bool:
        """Whether both are the same words said once, shortened or changed a little."""
        longest = max((block.length for block in self.blocks), default=0)
        return (
            self.shared >= LEAST_SHARED
            and self.likeness >= LEAST_LIKENESS
            and longest >= _LONGEST_RUN
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
    blocks = tuple(_anchored(found))
    shared = sum(block.length for block in blocks)
    least = min(len(before), len(after))
    return Alignment(blocks, shared, shared / least if least else 0.0, (len(before), len(after)))


def _anchored(blocks: Sequence[Block]) -> Iterator[Block]:
    for index, block in enumerate(blocks):
        beside = (*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2])
        if block.length > 1 or any(b.length > 1 and _distance(block, b) <= _NEAR for b in beside):
            yield block


def _distance(one: Block, other: Block) -> int:
    first, second = sorted((one, other), key=lambda b: b.before)
    return max(
        second.before - first.before - first.length, second.after - first.after - first.length
    )

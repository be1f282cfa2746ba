"""The exact check: which runs of words two texts share, and whether that makes them one text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from msgspec import Struct

from sayso.records.documents import Document
from sayso.records.spans import Span
from sayso.steps.match.copies.shingles import WIDTH, Numbers, shingles
from sayso.steps.match.copies.sketches import PRINT_WIDTH, prints
from sayso.steps.match.words import Words, words_of

LEAST_SHARE = 0.5
"""Of the words of the shorter text. See docs/decisions/0080 for how it was found."""
LEAST_RUN = 6
"""Shared words in a row that count: four are shared by reports of all kinds."""
LEAST_WORDS = 20
"""Fewer shared words make no copy: agencies' one-line news are worded alike."""
_SEVERAL = 8
"""Places of one shingle that are tried; more only in texts that repeat themselves."""
_GAP = 12
"""Changed words that may lie inside one shared passage."""


class SharedPassage(Struct, frozen=True, array_like=True):
    """Words that stand in both texts, small changes inside allowed."""

    left: Span
    right: Span


class CopyPair(Struct, frozen=True):
    """Two documents of which one holds most of the other."""

    left: str
    right: str
    similarity: float
    """Share of the words of the shorter text that stand in both, in runs of six or more."""
    left_share: float
    right_share: float
    left_words: int
    """Of title and body, without what is common to a site."""
    right_words: int
    longest: int
    """Words of the longest run that is the same word by word."""
    passages: tuple[SharedPassage, ...]
    """In order of the left text."""

    @property
    def is_whole(self) -> bool:
        """Whether each is most of the other: otherwise one is a part of the other."""
        return min(self.left_share, self.right_share) >= LEAST_SHARE

    def turned(self) -> CopyPair:
        """The same pair seen from the right."""
        passages = sorted(
            (SharedPassage(p.right, p.left) for p in self.passages), key=lambda p: p.left
        )
        return CopyPair(
            self.right,
            self.left,
            self.similarity,
            self.right_share,
            self.left_share,
            self.right_words,
            self.left_words,
            self.longest,
            tuple(passages),
        )


@dataclass(frozen=True)
class CopyText:
    """A document prepared for comparing."""

    document: str
    words: Words

    @classmethod
    def of(cls, document: Document) -> CopyText:
        """The title and body of a document."""
        return cls(document.id, words_of(document))

    @cached_property
    def numbers(self) -> Numbers:
        """The shingle at each word."""
        return shingles(self.words.folded)

    @cached_property
    def distinct(self) -> Numbers:
        """Its shingles, each once."""
        return np.unique(self.numbers)

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """Where each shingle stands, the first few places of each."""
        found: dict[int, list[int]] = {}
        for place, number in enumerate(self.numbers.tolist()):
            at = found.setdefault(number, [])
            if len(at) < _SEVERAL:
                at.append(place)
        return found

    @cached_property
    def printable(self) -> Numbers:
        """The longer shingle at each word, of which some are prints."""
        return shingles(self.words.folded, PRINT_WIDTH)

    @cached_property
    def prints(self) -> frozenset[int]:
        """Its prints, signed as an index keeps them."""
        return frozenset(prints(self.printable).view(np.int64).tolist())


def compare(left: Document, right: Document, common: Collection[int] = ()) -> CopyPair | None:
    """How one is a copy of the other, or None. `common`: prints of what is common to a site."""
    return compare_texts(CopyText.of(left), CopyText.of(right), common)


def compare_texts(left: CopyText, right: CopyText, common: Collection[int] = ()) -> CopyPair | None:
    """The same of prepared texts; gives the same whichever of them is left, but for the sides."""
    if (len(left.words), left.document) > (len(right.words), right.document):
        found = compare_texts(right, left, common)
        return found.turned() if found is not None else None
    if not _may_share(left, right):
        return None
    kept: list[_Run] = []
    dropped: list[_Run] = []
    for run in _runs(left, right):
        for part, is_common in _parted(left, run, common):
            (dropped if is_common else kept).append(part)
    ours = _covered(((run.left, run.length) for run in kept), len(left.words))
    theirs = _covered(((run.right, run.length) for run in kept), len(right.words))
    our_words = len(left.words) - _covered(((r.left, r.length) for r in dropped), len(left.words))
    their_words = len(right.words) - _covered(
        ((r.right, r.length) for r in dropped), len(right.words)
    )
    shared = min(ours, theirs)
    similarity = shared / max(1, min(our_words, their_words))
    if shared < LEAST_WORDS or similarity < LEAST_SHARE:
        return None
    return CopyPair(
        left.document,
        right.document,
        round(min(1.0, similarity), 4),
        round(ours / our_words, 4),
        round(theirs / their_words, 4),
        our_words,
        their_words,
        max(run.length for run in kept),
        tuple(_passages(left.words, right.words, kept)),
    )


@dataclass(frozen=True)
class _Run:
    """`left[i:i+length]` and `right[j:j+length]` are the same words."""

    left: int
    right: int
    length: int


def _may_share(left: CopyText, right: CopyText) -> bool:
    """A quick look: fewer shared shingles than this cannot cover enough words."""
    if len(left.words) < LEAST_WORDS:
        return False
    shared = len(np.intersect1d(left.distinct, right.distinct, assume_unique=True))
    return shared * WIDTH >= LEAST_WORDS


def _runs(left: CopyText, right: CopyText) -> Iterable[_Run]:
    """From left to right, the longest run that starts at each word not yet in one.

    Of the places tried only the longest is kept and then stepped over, so the time is linear.
    """
    ours, theirs = left.words.folded, right.words.folded
    numbers, places = left.numbers.tolist(), right.places
    at = 0
    while at < len(numbers):
        best = _Run(at, 0, 0)
        for place in places.get(numbers[at], ()):
            length = _same(ours, theirs, at, place)
            if length > best.length:
                best = _Run(at, place, length)
        if best.length >= LEAST_RUN:
            yield best
            at += best.length
        else:
            at += 1


def _same(ours: list[str], theirs: list[str], at: int, place: int) -> int:
    """How many words from here on are the same."""
    most = min(len(ours) - at, len(theirs) - place)
    length = 0
    while length < most and ours[at + length] == theirs[place + length]:
        length += 1
    return length


def _parted(text: CopyText, run: _Run, common: Collection[int]) -> Iterable[tuple[_Run, bool]]:
    """The run cut where it enters or leaves what is common to a site: a word is as its nearest
    print is."""
    held: list[tuple[int, bool]] = []
    if common:
        inside = text.printable[run.left : run.left + max(1, run.length - PRINT_WIDTH + 1)]
        held = [
            (place, number in common)
            for place, number in enumerate(inside.view(np.int64).tolist())
            if number in text.prints
        ]
    start = 0
    for (place, is_common), (later, other) in pairwise(held):
        if is_common != other:
            middle = (place + later + PRINT_WIDTH) // 2
            yield _Run(run.left + start, run.right + start, middle - start), is_common
            start = middle
    last = held[-1][1] if held else False
    yield _Run(run.left + start, run.right + start, run.length - start), last


def _covered(runs: Iterable[tuple[int, int]], size: int) -> int:
    """How many words lie in some run."""
    marks = np.zeros(size, dtype=bool)
    for start, length in runs:
        marks[start : start + length] = True
    return int(marks.sum())


def _passages(left: Words, right: Words, runs: list[_Run]) -> Iterable[SharedPassage]:
    """The runs, those joined that follow one another in both texts with little between."""
    first: _Run | None = None
    last: _Run | None = None
    for run in runs:
        if (
            last is not None
            and run.left - (last.left + last.length) <= _GAP
            and 0 <= run.right - (last.right + last.length) <= _GAP
        ):
            last = run
            continue
        if first is not None and last is not None:
            yield _passage(left, right, first, last)
        first = last = run
    if first is not None and last is not None:
        yield _passage(left, right, first, last)


def _passage(left: Words, right: Words, first: _Run, last: _Run) -> SharedPassage:
    return SharedPassage(
        left.span(first.left, last.left + last.length),
        right.span(first.right, last.right + last.length),
    )

"""The exact check: which runs of words two texts share, and whether that makes them one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from sayso.records.documents import Document
from sayso.records.spans import Span
from sayso.steps.match.copies.shingles import WIDTH, Numbers, shingles
from sayso.steps.match.copies.sketches import PRINT_WIDTH, print_places
from sayso.steps.match.words import Words, words_of

LEAST_SHARE = 0.5
"""Of the words of the shorter text. See docs/decisions/0080 for how it was found."""
LEAST_RUN = 6
"""Shared words in a row that count: four are shared by reports of all kinds."""
LEAST_WORDS = 20
"""Fewer shared words make no copy: agencies' one-line news are worded alike."""
FEW_WORDS = 40
"""Where fewer words are shared, twenty of them must stand in a row: several lines of news about one
happening share its names, numbers and set phrases without one being taken from the other."""
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
    def printed(self) -> list[tuple[int, int, bool]]:
        """Its prints in text order: where each stands, which it is, signed as an index keeps them,
        and whether it is one of wide windows."""
        numbers = shingles(self.words.folded, PRINT_WIDTH)
        head, wide = print_places(numbers)
        signed = numbers.view(np.int64)
        is_wide = {**dict.fromkeys(head.tolist(), False), **dict.fromkeys(wide.tolist(), True)}
        return [(place, int(signed[place]), is_wide[place]) for place in sorted(is_wide)]

    @cached_property
    def keys(self) -> frozenset[int]:
        """Its prints alone."""
        return frozenset(number for _, number, _ in self.printed)

    def landmarks(self, common: Collection[int]) -> list[tuple[int, bool]]:
        """Where its prints stand, and whether each is common to a site; none where none is.

        A print of the head that is not known as common says nothing of that: where others have the
        site's words farther down, they do not carry it.
        """
        if not common or self.keys.isdisjoint(common):
            return []
        return [
            (place, number in common)
            for place, number, is_wide in self.printed
            if is_wide or number in common
        ]


def compare(left: Document, right: Document, common: Collection[int] = ()) -> CopyPair | None:
    """How one is a copy of the other, or None. `common`: prints of what is common to a site."""
    return compare_texts(CopyText.of(left), CopyText.of(right), common)


def compare_texts(left: CopyText, right: CopyText, common: Collection[int] = ()) -> CopyPair | None:
    """The same of prepared texts; gives the same whichever of them is left, but for the sides."""
    if (len(left.words), left.document) > (len(right.words), right.document):
        found = compare_texts(right, left, common)
        return found.turned() if found is not None else None
    ours_at, theirs_at = left.landmarks(common), right.landmarks(common)
    site_left = _marked(_of_the_site(ours_at), len(left.words))
    site_right = _marked(_of_the_site(theirs_at), len(right.words))
    if not _may_share(left, right, site_left, site_right):
        return None
    kept: list[_Run] = []
    dropped: list[_Run] = []
    for run in _runs(left, right):
        for part, is_common in _parted(ours_at, run):
            (dropped if is_common else kept).append(part)
    ours, our_words = _counted(
        [(run.left, run.length) for run in kept],
        [(run.left, run.length) for run in dropped],
        site_left,
    )
    theirs, their_words = _counted(
        [(run.right, run.length) for run in kept],
        [(run.right, run.length) for run in dropped],
        site_right,
    )
    shared = min(ours, theirs)
    similarity = shared / max(1, min(our_words, their_words))
    if shared < LEAST_WORDS or similarity < LEAST_SHARE:
        return None
    longest = max(run.length for run in kept)
    if shared < FEW_WORDS and longest < LEAST_WORDS:
        return None
    return CopyPair(
        left.document,
        right.document,
        round(min(1.0, similarity), 4),
        round(ours / our_words, 4),
        round(theirs / their_words, 4),
        our_words,
        their_words,
        longest,
        tuple(_passages(left.words, right.words, kept)),
    )


@dataclass(frozen=True)
class _Run:
    """`left[i:i+length]` and `right[j:j+length]` are the same words."""

    left: int
    right: int
    length: int


_Stretch = tuple[int, int]
"""A first word and how many."""


def _may_share(
    left: CopyText,
    right: CopyText,
    site_left: npt.NDArray[np.bool_],
    site_right: npt.NDArray[np.bool_],
) -> bool:
    """A quick look, which loses nothing: whether enough words stand in runs of which each shingle
    is somewhere in the other text too. `site_left`, `site_right`: words common to a site."""
    least = min(len(site) - int(site.sum()) for site in (site_left, site_right))
    enough = max(LEAST_WORDS, LEAST_SHARE * least)
    if len(left.words) < enough:
        return False
    there = _occur(left.numbers, right.distinct)
    runs = len(there) - (LEAST_RUN - WIDTH)
    begins = there[:runs].copy()
    for place in range(1, LEAST_RUN - WIDTH + 1):
        begins &= there[place : place + runs]
    if not begins.any():
        return False
    covered = np.zeros(len(site_left), dtype=bool)
    for word in range(LEAST_RUN):
        covered[word : word + runs] |= begins
    return int((covered & ~site_left).sum()) >= enough


def _occur(numbers: Numbers, distinct: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the numbers are among those, which are in order."""
    places = np.searchsorted(distinct, numbers)
    found: npt.NDArray[np.bool_] = distinct[np.minimum(places, len(distinct) - 1)] == numbers
    return found


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


def _parted(landmarks: list[tuple[int, bool]], run: _Run) -> Iterable[tuple[_Run, bool]]:
    """The run cut where it enters or leaves what is common to a site: a word is as its nearest
    landmark is."""
    first = bisect_left(landmarks, (run.left, False))
    last = bisect_left(landmarks, (run.left + max(1, run.length - PRINT_WIDTH + 1), False))
    held = [(place - run.left, is_common) for place, is_common in landmarks[first:last]]
    start = 0
    for (place, is_common), (later, other) in pairwise(held):
        if is_common != other:
            middle = (place + later + PRINT_WIDTH) // 2
            yield _Run(run.left + start, run.right + start, middle - start), is_common
            start = middle
    ending = held[-1][1] if held else False
    yield _Run(run.left + start, run.right + start, run.length - start), ending


def _counted(
    kept: Iterable[_Stretch], dropped: Iterable[_Stretch], site: npt.NDArray[np.bool_]
) -> tuple[int, int]:
    """How many words of a text are shared, and of how many: without what is common to a site,
    whether the other text has it or not."""
    shared = _marked(kept, len(site)) & ~site
    without = (_marked(dropped, len(site)) & ~shared) | site
    return int(shared.sum()), len(site) - int(without.sum())


def _of_the_site(landmarks: Iterable[tuple[int, bool]]) -> Iterable[_Stretch]:
    """What is common to a site for certain: from each print of that kind to the next."""
    before: int | None = None
    for place, is_common in landmarks:
        if is_common:
            start = place if before is None else before
            yield start, place + PRINT_WIDTH - start
        before = place if is_common else None


def _marked(stretches: Iterable[_Stretch], size: int) -> npt.NDArray[np.bool_]:
    """Which words lie in some stretch."""
    marks = np.zeros(size, dtype=bool)
    for start, length in stretches:
        marks[start : start + length] = True
    return marks


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

"""Paragraphs of a document packed into windows of word pieces, as the encoder reads them.

A window holds whole paragraphs in order, `[CLS] paragraph [SEP] paragraph [SEP] ...`, so that the
encoder sees what stands around, and windows are nearly of one length, which wastes nothing on
padding. A paragraph too long for one window is cut at a sentence, or where none ends, at a word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.records.parses import Parse

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""Numbers of the marks in the encoder's vocabulary (BERT, lower case)."""
_READ = 100
"""Characters of a word."""
WORD_PIECES = 16
"""A word's further pieces are not read: an address or a hash tells nothing by its tail."""

UNKNOWN = 100
_REMEMBERED = 100_000

Pieces = Callable[[str], Sequence[int]]
"""A word's pieces, by number: at least one."""


def piece_reader(tokenizer: Tokenizer) -> Pieces:
    """Words to pieces, remembering what it has seen: news has few words, often."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    known: dict[str, Sequence[int]] = {}

    def pieces(word: str) -> Sequence[int]:
        found = known.get(word)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            # Control characters and lone accents leave nothing; a word must stay a word.
            ids = tokenizer.encode(word[:_READ], add_special_tokens=False).ids
            found = known[word] = ids[:WORD_PIECES] or [UNKNOWN]
        return found

    return pieces


@dataclass(frozen=True)
class Stretch:
    """Words `[first, last)` of one parse."""

    parse: int
    first: int
    last: int


@dataclass
class Window:
    """One sequence for the encoder."""

    ids: list[int] = field(default_factory=lambda: [CLS])
    stretches: list[Stretch] = field(default_factory=list)
    word_at: list[int] = field(default_factory=list)
    """For each word, in order over the stretches, the place of its first piece."""
    word_of: list[int] = field(default_factory=lambda: [-1])
    """For each piece, its word's number; -1 for marks."""

    def add(self, stretch: Stretch, words: Sequence[Sequence[int]]) -> None:
        """Append a stretch and its closing mark."""
        self.stretches.append(stretch)
        for pieces in words:
            self.word_of += [len(self.word_at)] * len(pieces)
            self.word_at.append(len(self.ids))
            self.ids += pieces
        self.ids.append(SEP)
        self.word_of.append(-1)


def windows(parses: Sequence[Parse], pieces: Pieces, longest: int) -> list[Window]:
    """The windows of a document's parses, each of at most `longest` pieces where words allow."""
    made: list[Window] = []
    for number, parse in enumerate(parses):
        words = [pieces(word) for word in parse.words]
        for first, last in _cut(parse, [len(word) for word in words], longest - 2):
            length = sum(len(word) for word in words[first:last]) + 1
            if not made or len(made[-1].ids) + length > longest:
                made.append(Window())
            made[-1].add(Stretch(number, first, last), words[first:last])
    return made


def _cut(parse: Parse, lengths: Sequence[int], longest: int) -> list[tuple[int, int]]:
    """Word ranges of at most `longest` pieces, ending with sentences where possible."""
    if sum(lengths) <= longest:
        return [(0, len(parse))] if len(parse) else []
    ends = {end for _, end in parse.sentences}
    ranges: list[tuple[int, int]] = []
    start = total = 0
    stop = 0  # the last sentence's end in the range
    for index, length in enumerate(lengths):
        if total + length > longest and index > start:
            cut = stop if stop > start else index
            ranges.append((start, cut))
            start, total = cut, sum(lengths[cut:index])
        total += length
        if index + 1 in ends:
            stop = index + 1
    ranges.append((start, len(parse)))
    return ranges

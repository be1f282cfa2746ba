"""The running words of a text, folded, each with its characters: what texts are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.records.documents import Document, ZoneKind
from sayso.records.spans import Span
from sayso.values.names import fold

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’ʼ][^\W_]+)*")
"""In scripts that write no spaces every letter is a word."""
REPORT: frozenset[ZoneKind] = frozenset({"title", "body"})
"""Zones that are the report's own text: menus, bylines and datelines make no copy."""


@dataclass(frozen=True)
class Words:
    """Folded words in text order; word i is `text[starts[i]:ends[i]]`."""

    folded: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.folded)

    def span(self, first: int, last: int) -> Span:
        """The characters of words `[first, last)`; needs first < last."""
        return Span(self.starts[first], self.ends[last - 1])


def words_in(text: str, spans: Iterable[Span]) -> Words:
    """The words of these parts of a text; the spans in order and apart."""
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for span in spans:
        for found in _WORD.finditer(text, span.start, span.end):
            folded.append(folded_word(found.group()))
            starts.append(found.start())
            ends.append(found.end())
    return Words(folded, starts, ends)


def words_of(document: Document) -> Words:
    """The words of a report: its titles and body."""
    return words_in(document.text, (z.span for z in document.zones if z.kind in REPORT))


def words_of_pieces(pieces: Sequence[tuple[Span, str]]) -> Words:
    """The words of quotes, each with where it stands in its document."""
    found = Words([], [], [])
    for span, quote in pieces:
        for match in _WORD.finditer(quote):
            found.folded.append(folded_word(match.group()))
            found.starts.append(span.start + match.start())
            found.ends.append(span.start + match.end())
    return found


def folded_word(word: str) -> str:
    """A word without case, accents and the form of its apostrophe."""
    return word.lower() if word.isascii() else fold(word.replace("’", "'").replace("ʼ", "'"))

"""The passages that are followed: quoted words, and sentences that a report says itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement, StatementKind
from sayso.records.findings import Words as Quoted
from sayso.records.spans import Span
from sayso.steps.match.words import REPORT, Words, words_of_pieces

MOST_WORDS = 400
"""Of a passage that are looked at: whole speeches are followed by their beginnings."""
LEAST_WORDS = 6
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")


@dataclass(frozen=True)
class Passage:
    """Some words of a document, by whom they are said there, and what weakens them."""

    document: str
    pieces: tuple[Quoted, ...]
    outlet: str | None = None
    published: str | None = None
    """EDTF."""
    statement: str | None = None
    """None: the report says it itself."""
    kind: StatementKind | None = None
    holder: str | None = None
    """Id of the actor that the words are given to."""
    holder_name: str | None = None
    attribution: Quoted | None = None
    """The words that name the holder, else the cue."""
    second_hand: bool = False
    """Whether its document has it from another, as far as told: it cites one, or is a copy."""
    hedges: tuple[Quoted, ...] = ()
    """Of the claims in it, inside and outside the passage."""

    @cached_property
    def words(self) -> Words:
        """Its running words, the first 400."""
        found = words_of_pieces([(piece.span, piece.quote) for piece in self.pieces])
        return Words(found.folded[:MOST_WORDS], found.starts[:MOST_WORDS], found.ends[:MOST_WORDS])

    def shown(self, index: int) -> str:
        """A word as it is written."""
        start, end = self.words.starts[index], self.words.ends[index]
        piece = next(p for p in self.pieces if p.span.start <= start < p.span.end)
        return piece.quote[start - piece.span.start : end - piece.span.start]

    def quoted(self, first: int, last: int) -> Quoted | None:
        """Words `[first, last)` as they stand, as far as they lie in one piece; None for none."""
        if first >= last:
            return None
        start = self.words.starts[first]
        piece = next(p for p in self.pieces if p.span.start <= start < p.span.end)
        end = min(self.words.ends[last - 1], piece.span.end)
        span = Span(start, end)
        at = piece.span.start
        return Quoted(span, piece.quote[start - at : end - at])


def told(
    document: Document,
    statement: Statement,
    claims: Iterable[Claim] = (),
    *,
    holder: str | None = None,
    holder_name: str | None = None,
    copied: bool = False,
) -> Passage:
    """What a statement says. `claims`: those that stand in it; `holder`: the actor who says it;
    `copied`: whether the document is a copy of another."""
    said_by = statement.holder
    attribution = Quoted(said_by.span, said_by.quote) if said_by is not None else None
    if attribution is None and statement.cue is not None:
        attribution = Quoted(statement.cue.span, statement.cue.quote)
    return Passage(
        document=document.id,
        pieces=statement.content,
        outlet=document.outlet,
        published=document.published.value,
        statement=statement.id,
        kind=statement.kind,
        holder=holder or (said_by.entity if said_by is not None else None),
        holder_name=holder_name or (said_by.quote if said_by is not None else None),
        attribution=attribution,
        second_hand=copied or bool(statement.via),
        hedges=_weakening(statement, claims),
    )


def _weakening(statement: Statement, claims: Iterable[Claim]) -> tuple[Quoted, ...]:
    """The hedges of the claims but those that only attribute: these are told by themselves."""
    attributing = [part.span for part in (statement.cue, statement.holder) if part is not None]
    found = {
        hedge.span: hedge
        for claim in claims
        if claim.statement == statement.id
        for hedge in claim.hedges
        if not any(hedge.span.overlaps(span) for span in attributing)
    }
    return tuple(found[span] for span in sorted(found))


def untold(
    document: Document, statements: Sequence[Statement], *, copied: bool = False
) -> Iterator[Passage]:
    """The sentences of titles and body in which nothing is said by anybody else.

    Sentences end at full stops, question and exclamation marks with a space behind; those of fewer
    than six words are left out.
    """
    said = sorted(part.span for one in statements for part in one.content)
    ends = _running_ends(said)
    text = document.text
    for zone in document.zones:
        if zone.kind not in REPORT:
            continue
        for match in _SENTENCE.finditer(text, zone.span.start, zone.span.end):
            start, end = _stripped(text, match.start(), match.end())
            if start >= end or _touches(said, ends, start, end):
                continue
            passage = Passage(
                document=document.id,
                pieces=(Quoted(Span(start, end), text[start:end]),),
                outlet=document.outlet,
                published=document.published.value,
                second_hand=copied,
            )
            if len(passage.words) >= LEAST_WORDS:
                yield passage


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _running_ends(spans: Sequence[Span]) -> list[int]:
    """For each span, the furthest end of it and those before it."""
    ends: list[int] = []
    for span in spans:
        ends.append(max(span.end, ends[-1] if ends else 0))
    return ends


def _touches(spans: Sequence[Span], ends: Sequence[int], start: int, end: int) -> bool:
    """Whether some span shares a character with `[start, end)`."""
    index = bisect_left(spans, Span(end, end))
    return index > 0 and ends[index - 1] > start


def phrases(passage: Passage) -> tuple[str, ...]:
    """Runs of five words to search other texts for: whoever has the passage has most of them.

    One after another through the passage, at most forty; without those of small words alone.
    """
    words = passage.words.folded
    runs = (words[i : i + _PHRASE] for i in range(0, max(1, len(words) - _PHRASE + 1), _PHRASE))
    telling = (run for run in runs if sum(len(word) > 3 for word in run) > 1)
    return tuple(" ".join(run) for run in islice(telling, _MOST_PHRASES))


_PHRASE = 5
_MOST_PHRASES = 40

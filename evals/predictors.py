"""Predictors of attributions: sayso itself and its peers, on raw text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from evals.scoring import Predicted
from sayso.records.documents import RawDocument
from sayso.records.findings import Statement
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

Predict = Callable[[str], list[Predicted]]


class Sayso:
    """The whole way, as `sayso read` goes it; positions mapped back to the raw text."""

    def __init__(self, settings: Settings | None = None) -> None:
        from sayso.pipeline import Reader

        self._reader = Reader(settings or Settings())

    def __call__(self, text: str) -> list[Predicted]:
        return attributions(self.read(text))

    def read(self, text: str) -> Reading:
        """The reading of one text."""
        return self._reader.read(raw_text(text))


def raw_text(text: str) -> RawDocument:
    """A plain text as an input."""
    return RawDocument(
        uri="article.txt",
        data=text.encode("utf-8"),
        media_type="text/plain",
        retrieved="2020-01-01T00:00:00Z",
    )


def attributions(reading: Reading) -> list[Predicted]:
    """The statements of a reading as PolNeAR cuts them, positions in the raw text.

    sayso keeps what follows an interrupted quotation ("…," she said. "…") as a statement of its
    own, without a cue and with the same words as holder; PolNeAR makes it a second piece of one
    attribution. So a statement without a cue is joined to the one whose holder is the same words,
    if both stand in one paragraph.
    """
    leaders: dict[Span, int] = {}
    groups: list[list[Statement]] = []
    for statement in sorted(reading.statements, key=lambda s: (s.cue is None, s.content[0].span)):
        holder = statement.holder.span if statement.holder else None
        if statement.cue is None and holder in leaders:
            leader = groups[leaders[holder]]
            if _in_one_paragraph(reading.document.text, leader[0], statement):
                leader.append(statement)
                continue
        if holder is not None:
            leaders.setdefault(holder, len(groups))
        groups.append([statement])
    return [_predicted(reading, group) for group in groups]


def _in_one_paragraph(text: str, leader: Statement, follower: Statement) -> bool:
    ends = sorted((leader.content[0].span, follower.content[0].span))
    return "\n" not in text[ends[0].end : ends[1].start]


def _predicted(reading: Reading, group: list[Statement]) -> Predicted:
    back = reading.document.source_map.to_source
    first = group[0]
    return Predicted(
        content=tuple(sorted(back(words.span) for part in group for words in part.content)),
        holder=back(first.holder.span) if first.holder else None,
        cue=back(first.cue.span) if first.cue else None,
        kind=first.kind,
        confidence=first.confidence,
    )


class Textacy:
    """textacy's `direct_quotations`, with the same spaCy model, paragraph by paragraph.

    It raises ValueError on an odd number of quotation marks; such a paragraph counts as one
    without findings, and `refused` counts it. Given whole articles it would refuse most of them,
    so paragraphs are the kinder way.
    """

    def __init__(self) -> None:
        from sayso.learned.spacy_model import SpacyModel

        # The gate compares extraction rules, so both sides get one model.
        self._nlp = SpacyModel()._nlp
        self.refused = 0

    def __call__(self, text: str) -> list[Predicted]:
        spans = list(_paragraphs(text))
        docs = self._nlp.pipe(span.cut(text) for span in spans)
        return [
            found
            for span, doc in zip(spans, docs, strict=True)
            for found in self._paragraph(doc, span.start)
        ]

    def _paragraph(self, doc: Doc, base: int) -> list[Predicted]:
        from textacy.extract.triples import direct_quotations

        try:
            return [_from_triple(triple, base) for triple in direct_quotations(doc)]
        except ValueError:
            self.refused += 1
            return []


def _from_triple(triple: tuple[list[Token], list[Token], SpacySpan], base: int) -> Predicted:
    speaker, cue, content = triple
    return Predicted(
        content=(Span(base + content.start_char, base + content.end_char),),
        holder=_tokens(speaker, base),
        cue=_tokens(cue, base),
        kind="direct",
    )


def _tokens(tokens: list[Token], base: int) -> Span | None:
    """The characters from the first to the last of spaCy's `tokens`."""
    if not tokens:
        return None
    first, last = tokens[0], tokens[-1]
    return Span(base + first.idx, base + last.idx + len(last))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\n")))
        start += len(line)

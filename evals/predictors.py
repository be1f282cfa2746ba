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
        return [
            _predicted(reading, statement)
            for reading in (self.read(text),)
            for statement in reading.statements
        ]

    def read(self, text: str) -> Reading:
        """The reading of one text."""
        raw = RawDocument(
            uri="article.txt",
            data=text.encode("utf-8"),
            media_type="text/plain",
            retrieved="2020-01-01T00:00:00Z",
        )
        return self._reader.read(raw)


def _predicted(reading: Reading, statement: Statement) -> Predicted:
    back = reading.document.source_map.to_source
    return Predicted(
        content=tuple(back(words.span) for words in statement.content),
        holder=back(statement.holder.span) if statement.holder else None,
        cue=back(statement.cue.span) if statement.cue else None,
        kind=statement.kind,
        confidence=statement.confidence,
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

"""Reviewed statements as training data, as Prodigy and Label Studio take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from sayso.errors import NoSuchRecord
from sayso.export.briefs.brief import Asked
from sayso.records.documents import Document
from sayso.records.findings import Statement
from sayso.records.judgements import Judgement, Standing
from sayso.records.spans import Span

CONFIG = """\
<View>
  <Labels name="label" toName="text">
    <Label value="SOURCE"/><Label value="CUE"/><Label value="CONTENT"/>
  </Labels>
  <Text name="text" value="$text"/>
  <Choices name="answer" toName="text"><Choice value="accept"/><Choice value="reject"/></Choices>
</View>
"""
"""The labelling interface that Label Studio needs for what `label_studio` writes."""


@dataclass(frozen=True, slots=True)
class Example:
    """The paragraphs around a statement, with its parts; offsets are code points of `text`."""

    id: str
    text: str
    parts: tuple[tuple[Span, str], ...]
    answer: str
    by: str
    document: str
    start: int
    """Where `text` begins in the document."""


def examples(asked: Asked, standings: Iterable[Standing]) -> Iterator[Example]:
    """One for each statement that somebody judged, and for each that somebody added, in the order
    in which it was decided: the decision that holds. Those no longer there are left out."""
    for held in sorted(standings, key=lambda one: (one.at, one.judgement)):
        try:
            record, judgement = asked.record(held.on), asked.record(held.judgement)
        except NoSuchRecord:
            continue
        if not isinstance(record, Statement) or not isinstance(judgement, Judgement):
            continue
        document = asked.record(record.document)
        assert isinstance(document, Document)
        stands = held.finding if isinstance(held.finding, Statement) else record
        told = {"holder", "holder_name"} & judgement.value.keys()
        moved = bool(told) and "holder_start" not in judgement.value
        yield _example(held, document, _parts(stands, moved=moved))


def prodigy(found: Iterable[Example]) -> Iterator[bytes]:
    """JSON Lines for Prodigy's `spans.manual`: `text`, `spans`, `answer`, `meta`."""
    for one in found:
        yield _line(
            {
                "text": one.text,
                "spans": [
                    {"start": span.start, "end": span.end, "label": label}
                    for span, label in one.parts
                ],
                "answer": one.answer,
                "meta": {"id": one.id, "document": one.document, "start": one.start, "by": one.by},
            }
        )


def label_studio(found: Iterable[Example]) -> Iterator[bytes]:
    """A JSON array of tasks for Label Studio, a task a line; `CONFIG` is its interface."""
    yield b"[\n"
    first = True
    for one in found:
        yield b"" if first else b",\n"
        first = False
        yield _line(
            {
                "data": {"text": one.text, "id": one.id, "document": one.document},
                "annotations": [{"result": _results(one), "completed_by": {"email": one.by}}],
            }
        ).rstrip(b"\n")
    yield b"\n]\n" if not first else b"]\n"


def _results(one: Example) -> list[dict[str, Any]]:
    labelled: list[dict[str, Any]] = [
        {
            "id": f"{one.id[:8]}-{place}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": span.start,
                "end": span.end,
                "text": span.cut(one.text),
                "labels": [label],
            },
        }
        for place, (span, label) in enumerate(one.parts)
    ]
    choice = {
        "id": f"{one.id[:8]}-answer",
        "from_name": "answer",
        "to_name": "text",
        "type": "choices",
        "value": {"choices": [one.answer]},
    }
    return [*labelled, choice]


def _parts(statement: Statement, *, moved: bool) -> list[tuple[Span, str]]:
    """Holder, cue and content. A holder that somebody corrected stands at no known characters."""
    parts = [(words.span, "CONTENT") for words in statement.content]
    if statement.holder is not None and statement.holder.quote and not moved:
        parts.append((statement.holder.span, "SOURCE"))
    if statement.cue is not None and statement.cue.quote:
        parts.append((statement.cue.span, "CUE"))
    return parts


def _example(held: Standing, document: Document, parts: list[tuple[Span, str]]) -> Example:
    """The zones that the parts stand in; the whole text where they stand in none."""
    start, end = min(s.start for s, _ in parts), max(s.end for s, _ in parts)
    around = [z.span for z in document.zones if z.span.start < end and z.span.end > start]
    start, end = min([start, *(z.start for z in around)]), max([end, *(z.end for z in around)])
    shifted = sorted((Span(s.start - start, s.end - start), label) for s, label in parts)
    answer = "reject" if held.decision == "reject" else "accept"
    text = document.text[start:end]
    return Example(held.on, text, tuple(shifted), answer, held.by, document.id, start)


def _line(value: dict[str, Any]) -> bytes:
    return msgspec.json.encode(value) + b"\n"

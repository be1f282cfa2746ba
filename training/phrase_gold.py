"""re3d as sentences of features and labels for the phrase tagger."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.entities import is_named, trimmed
from evals.plain_documents import plain_document

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.names import find_names
from sayso.steps.extract.phrase_features import token_features
from sayso.steps.link.actors import Actors

_LABELS = {"Organisation": "Org", "Person": "Per", "Location": "Loc"}
_SURE = 0.5
"""Entities that the annotators believed in less are left out."""


@dataclass(frozen=True)
class Sentence:
    """One sentence: features and a label for each token."""

    folder: str
    features: list[tuple[str, ...]]
    labels: list[str]


def sentences(corpus: Path) -> Iterator[Sentence]:
    """The sentences of all folders under `corpus`, in order."""
    model, actors = SpacyModel(), Actors.load([], builtin=True)
    for folder in sorted(path.parent for path in corpus.glob("*/documents.json")):
        gold = _gold(folder)
        for document in _lines(folder / "documents.json"):
            text = str(document["text"])
            plain = plain_document(text)
            analysis = Analysis(plain, model.parse(text, plain.zones).parses)
            names = find_names(analysis, actors)
            for index, parse in enumerate(analysis.parses):
                own = [name for name in names if name.parse == index]
                features = list(token_features(parse, own, actors))
                labels = _labels(text, parse, gold.get(str(document["_id"]), []))
                for first, last in parse.sentences:
                    yield Sentence(folder.name, features[first:last], labels[first:last])


def _gold(folder: Path) -> dict[str, list[tuple[Span, str]]]:
    """By document, the entities, longest first."""
    found: dict[str, list[tuple[Span, str]]] = {}
    for entity in _lines(folder / "entities.json"):
        if entity["type"] in _LABELS and float(str(entity["confidence"])) >= _SURE:
            span = Span(int(str(entity["begin"])), int(str(entity["end"])))
            found.setdefault(str(entity["documentId"]), []).append((span, str(entity["type"])))
    for entities in found.values():
        entities.sort(key=lambda entity: (entity[0].start - entity[0].end, entity))
    return found


def _labels(text: str, parse: Parse, gold: list[tuple[Span, str]]) -> list[str]:
    """A label for each token; of nested entities the outermost is taken."""
    labels = ["O"] * len(parse)
    for span, type in gold:
        first, last = bisect_right(parse.ends, span.start), bisect_left(parse.starts, span.end)
        if first < last and set(labels[first:last]) == {"O"}:
            bare = "" if is_named(text, trimmed(text, span)) else "-"
            label = _LABELS[type] + bare
            labels[first:last] = ["B-" + label] + ["I-" + label] * (last - first - 1)
    return labels


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()]

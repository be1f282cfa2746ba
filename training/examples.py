"""PolNeAR as examples for the tagger: cues, and for each cue the labels of its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evals.brat import Article, Attribution

from sayso.learned.attribution.decoding import (
    B_CONTENT,
    B_SOURCE,
    I_CONTENT,
    I_SOURCE,
    OUTSIDE,
)
from sayso.records.analyses import Analysis
from sayso.records.parses import Parse
from sayso.records.spans import Span

Words = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """One annotated attribution, as word ranges of the parse that its cue stands in."""

    parse: int
    cue: Words
    sources: tuple[Words, ...]
    contents: tuple[Words, ...]

    def labels(self, length: int) -> list[int]:
        """The label of each of the parse's words as seen from the cue."""
        kinds = [0] * length
        begins = set()
        for kind, ranges in ((2, self.contents), (1, self.sources)):
            for first, last in ranges:
                kinds[first:last] = [kind] * (last - first)
                begins.add(first)
        made = []
        for at, kind in enumerate(kinds):
            starts = at in begins or at == 0 or kinds[at - 1] != kind
            made.append(
                (OUTSIDE, B_SOURCE if starts else I_SOURCE, B_CONTENT if starts else I_CONTENT)[
                    kind
                ]
            )
        return made


@dataclass(frozen=True)
class Annotated:
    """A parsed article and its examples."""

    name: str
    parses: tuple[Parse, ...]
    examples: tuple[Example, ...] = field(default=())


def is_held_back(name: str, folds: int = 10, fold: int = 0) -> bool:
    """Whether an article of train belongs to the part that no training sees."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds == fold


def annotated(
    article: Article, analysis: Analysis, attributions: Iterable[Attribution]
) -> Annotated:
    """The article's attributions as examples; what lies outside the cue's paragraph is left out."""
    back = analysis.document.source_map
    found: list[Example] = []
    numbers = {id(parse): number for number, parse in enumerate(analysis.parses)}
    for attribution in dict.fromkeys(attributions):
        if not attribution.cue:
            continue
        cue = back.to_clean(attribution.cue[0])
        parse = None if cue is None else analysis.parse_at(cue.start)
        if cue is None or parse is None:
            continue
        words = parse.tokens_in(cue)
        if words[1] <= words[0]:
            continue
        found.append(
            Example(
                numbers[id(parse)],
                words,
                _ranges(parse, (back.to_clean(span) for span in attribution.source)),
                _ranges(parse, (back.to_clean(span) for span in attribution.content)),
            )
        )
    found.sort(key=lambda e: (e.parse, e.cue))
    return Annotated(article.name, analysis.parses, tuple(found))


def _ranges(parse: Parse, spans: Iterable[Span | None]) -> tuple[Words, ...]:
    inside = [
        parse.tokens_in(span)
        for span in spans
        if span is not None and parse.zone.span.contains(span)
    ]
    return tuple((first, last) for first, last in inside if last > first)


def cue_labels(examples: Sequence[Example], length: int) -> list[int]:
    """0 outside, 1 begin, 2 inside of a cue, for the words of one parse."""
    labels = [0] * length
    for example in examples:
        first, last = example.cue
        labels[first:last] = [1] + [2] * (last - first - 1)
    return labels

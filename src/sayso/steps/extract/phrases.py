"""Phrases that stand for a person, a body or a place and hold more than its bare name.

"Tarvian Foreign Minister Ilya Marn", "the Tarvian government", "northern Tarvia": a trained tagger
finds them, over what the names of the document tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from sayso.records.analyses import Analysis
from sayso.records.spans import Span
from sayso.steps.extract.names_candidates import FoundName
from sayso.steps.extract.phrase_features import token_features
from sayso.steps.extract.phrase_tagger import PhraseTagger, built_in, ranges
from sayso.steps.link.actors import Actors

PhraseKind = Literal["person", "organisation", "place"]
LABELS: dict[str, PhraseKind] = {"Per": "person", "Org": "organisation", "Loc": "place"}
"""By label of the tagger. A label that ends in `-` is a phrase without any name: not wanted."""


@dataclass(frozen=True)
class Phrase:
    """Tokens `[first, last)` of a parse that stand for one person, body or place."""

    span: Span
    kind: PhraseKind
    parse: int
    """Index of its parse in the analysis."""
    first: int
    last: int


def find_phrases(
    analysis: Analysis,
    names: Sequence[FoundName],
    actors: Actors,
    tagger: PhraseTagger | None = None,
) -> list[Phrase]:
    """The phrases of a document, in text order; none overlaps another. Time is linear.

    `names` are those of the document; `tagger` is the built-in one if not given.
    """
    tagger = tagger or built_in()
    by_parse: dict[int, list[FoundName]] = {}
    for name in names:
        by_parse.setdefault(name.parse, []).append(name)
    parses = analysis.parses
    features = (
        row
        for index, parse in enumerate(parses)
        for row in token_features(parse, by_parse.get(index, ()), actors)
    )
    starts = list(accumulate((len(parse) for parse in parses), initial=0))
    sentences = [
        (start + first, start + last)
        for start, parse in zip(starts, parses, strict=False)
        for first, last in parse.sentences
    ]
    labels = tagger.tags(features, sentences)
    return [
        Phrase(parses[index].span(first, last), LABELS[label], index, first, last)
        for index in range(len(parses))
        for first, last, label in ranges(labels[starts[index] : starts[index + 1]])
        if label in LABELS
    ]

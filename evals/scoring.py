"""Matches predicted attributions with annotated ones and counts.

A statement is its content's words: the word tokens (`\\w+`, by position in the text) that the spans
touch. Quotation marks and punctuation are no words, so they neither help nor hurt. A predicted and
an annotated statement can match if the Jaccard index of their words is at least 0.5; pairs are
taken best first (ties: the pair whose holders overlap, then text order), each side once. Greedy
matching falls short of the best assignment only where one prediction fits two annotations by half
or more, which nested contents alone can bring about.

An annotation without content, and an exact repetition of another annotation, is no statement.
Nested attributions are statements of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evals.brat import Attribution
from evals.reliability import Judged
from sayso.records.findings import StatementKind
from sayso.records.spans import Span

ENOUGH = 0.5
"""Jaccard index from which two contents are one statement's."""

_WORD = re.compile(r"\w+")
_MARKS = "\"“”„«»‘’'`"
_OPENING = re.compile(r"[\"“„«]|''|``")


@dataclass(frozen=True)
class Predicted:
    """One attribution as a predictor gives it; positions in the raw text."""

    content: tuple[Span, ...]
    holder: Span | None
    cue: Span | None
    kind: StatementKind
    confidence: float = 1.0


@dataclass(frozen=True)
class Pair:
    """A match: indices of the annotation and the prediction, and their words' Jaccard index."""

    gold: int
    predicted: int
    jaccard: float
    holder_right: bool


@dataclass(frozen=True)
class Scored:
    """One article, matched."""

    text: str
    gold: tuple[Attribution, ...]
    predicted: tuple[Predicted, ...]
    pairs: tuple[Pair, ...]
    boundary: tuple[tuple[int, int], ...] = ()
    """Unmatched annotations and predictions (by index) that share words, but too few."""


@dataclass
class Counts:
    """Hits, predictions and annotations; sums over articles."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hit: int, predicted: int, gold: int) -> None:
        """Count some more."""
        self.hit += hit
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


class WordIndex:
    """Word tokens of a text by number."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for match in _WORD.finditer(text):
            self._starts.append(match.start())
            self._ends.append(match.end())

    def within(self, spans: Iterable[Span]) -> frozenset[int]:
        """The numbers of the words that the spans touch."""
        found: set[int] = set()
        for span in spans:
            first = bisect_right(self._ends, span.start)
            found.update(range(first, bisect_left(self._starts, span.end)))
        return frozenset(found)


def statements(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The annotations that are statements, repetitions left out."""
    return tuple(dict.fromkeys(a for a in attributions if a.content))


def match(
    text: str, attributions: Sequence[Attribution], predictions: Sequence[Predicted]
) -> Scored:
    """One article's annotations and predictions, matched one to one."""
    gold = statements(attributions)
    index = WordIndex(text)
    gold_words = [index.within(a.content) for a in gold]
    predicted_words = [index.within(p.content) for p in predictions]
    near = _sharing(gold_words, predicted_words)
    pairs = [
        Pair(g, p, score, _holder_right(gold[g], predictions[p])) for (g, p), score in near.items()
    ]
    pairs.sort(key=lambda pair: (-pair.jaccard, not pair.holder_right, pair.gold, pair.predicted))
    chosen = _one_to_one([pair for pair in pairs if pair.jaccard >= ENOUGH])
    taken_gold = {pair.gold for pair in chosen}
    taken_predicted = {pair.predicted for pair in chosen}
    rest = [
        pair
        for pair in pairs
        if pair.gold not in taken_gold and pair.predicted not in taken_predicted
    ]
    boundary = tuple((pair.gold, pair.predicted) for pair in _one_to_one(rest))
    return Scored(text, gold, tuple(predictions), tuple(chosen), boundary)


def matched(gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]]) -> set[int]:
    """The predictions (by index) that match an annotation, both given as their words only."""
    pairs = [
        Pair(g, p, score, holder_right=False)
        for (g, p), score in _sharing(gold, predicted).items()
        if score >= ENOUGH
    ]
    pairs.sort(key=lambda pair: (-pair.jaccard, pair.gold, pair.predicted))
    return {pair.predicted for pair in _one_to_one(pairs)}


def _sharing(
    gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]]
) -> dict[tuple[int, int], float]:
    """Jaccard indices of all pairs that share a word, found through the words."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, words in enumerate(gold):
        for word in words:
            holders[word].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for number, words in enumerate(predicted):
        for word in words:
            for owner in holders[word]:
                shared[owner, number] += 1
    return {
        (g, p): count / (len(gold[g]) + len(predicted[p]) - count)
        for (g, p), count in shared.items()
    }


def _holder_right(gold: Attribution, predicted: Predicted) -> bool:
    """Whether the holder overlaps the annotated source, or both are missing."""
    if not gold.source or predicted.holder is None:
        return not gold.source and predicted.holder is None
    return any(predicted.holder.overlaps(span) for span in gold.source)


def _one_to_one(pairs: Iterable[Pair]) -> list[Pair]:
    chosen: list[Pair] = []
    gold: set[int] = set()
    predicted: set[int] = set()
    for pair in pairs:
        if pair.gold not in gold and pair.predicted not in predicted:
            gold.add(pair.gold)
            predicted.add(pair.predicted)
            chosen.append(pair)
    return chosen


def kind_of(text: str, content: Sequence[Span]) -> StatementKind:
    """The kind of an annotated content, by its quotation marks (PolNeAR's contents include them).

    Direct if every piece begins and ends with a double mark, mixed if one stands inside.
    """
    pieces = [span.cut(text).strip() for span in content]
    if all(_OPENING.match(piece) and piece.rstrip(".,")[-1:] in _MARKS for piece in pieces):
        return "direct"
    return "mixed" if any(_OPENING.search(piece) for piece in pieces) else "indirect"


@dataclass
class Tally:
    """Figures over articles."""

    statements: Counts = field(default_factory=Counts)
    holders_right: int = 0
    exact: dict[str, Counts] = field(default_factory=dict)
    """By part (source, cue, content): spans that agree to the character."""
    in_passages: dict[str, Counts] = field(default_factory=dict)
    """The same, counted only in paragraphs that hold an attribution, as published figures are."""
    by_kind: dict[str, Counts] = field(default_factory=dict)
    """By the annotation's kind: hits and annotations. `predicted` counts by the prediction's."""
    judged: list[Judged] = field(default_factory=list)
    """Each prediction's confidence, and whether it matched."""

    def add(self, scored: Scored) -> None:
        """Count one article."""
        self.statements.add(len(scored.pairs), len(scored.predicted), len(scored.gold))
        self.holders_right += sum(pair.holder_right for pair in scored.pairs)
        hits = {pair.gold for pair in scored.pairs}
        for number, gold in enumerate(scored.gold):
            counts = self.by_kind.setdefault(kind_of(scored.text, gold.content), Counts())
            counts.add(number in hits, 0, 1)
        for prediction in scored.predicted:
            self.by_kind.setdefault(prediction.kind, Counts()).add(0, 1, 0)
        right = {pair.predicted for pair in scored.pairs}
        self.judged += [
            Judged(prediction.confidence, number in right)
            for number, prediction in enumerate(scored.predicted)
        ]
        parts = _exact_parts(scored)
        _count(parts, self.exact)
        passages = _passages(scored)
        inside = {
            part: (
                wanted,
                {span for span in found if any(span.overlaps(passage) for passage in passages)},
            )
            for part, (wanted, found) in parts.items()
        }
        _count(inside, self.in_passages)

    def figures(self) -> dict[str, float]:
        """The figures by name, each 0..1."""
        named = {
            "precision": self.statements.precision,
            "recall": self.statements.recall,
            "f1": self.statements.f1,
            "holder_accuracy": self.holders_right / max(1, self.statements.hit),
        }
        named |= {f"exact_{part}_f1": counts.f1 for part, counts in sorted(self.exact.items())}
        named |= {f"passage_{part}_f1": c.f1 for part, c in sorted(self.in_passages.items())}
        named |= {f"recall_{kind}": counts.recall for kind, counts in sorted(self.by_kind.items())}
        return named


Parts = dict[str, tuple[set[Span], set[Span]]]
"""By part (source, cue, content): the spans annotated, and those predicted."""


def _exact_parts(scored: Scored) -> Parts:
    text = scored.text
    return {
        "source": (
            {span for gold in scored.gold for span in gold.source},
            {p.holder for p in scored.predicted if p.holder is not None},
        ),
        "cue": (
            {span for gold in scored.gold for span in gold.cue},
            {p.cue for p in scored.predicted if p.cue is not None},
        ),
        "content": (
            {span for gold in scored.gold for span in gold.content},
            {widened(text, span) for p in scored.predicted for span in p.content},
        ),
    }


def _count(parts: Parts, counted: dict[str, Counts]) -> None:
    for part, (wanted, found) in parts.items():
        counts = counted.setdefault(part, Counts())
        counts.add(len(wanted & found), len(found), len(wanted))


def _passages(scored: Scored) -> list[Span]:
    """The paragraphs (lines) that hold a part of an annotated attribution."""
    marked = sorted(s for g in scored.gold for part in (g.source, g.cue, g.content) for s in part)
    found: list[Span] = []
    for span in marked:
        start = scored.text.rfind("\n", 0, span.start) + 1
        end = scored.text.find("\n", span.end)
        found.append(Span(start, len(scored.text) if end < 0 else end))
    return list(dict.fromkeys(found))


def widened(text: str, span: Span) -> Span:
    """`span` with the quotation marks that touch it, as PolNeAR's contents have them."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1] in _MARKS and span.start - start < 2:
        start -= 1
    while end < len(text) and text[end] in _MARKS and end - span.end < 2:
        end += 1
    return Span(start, end)

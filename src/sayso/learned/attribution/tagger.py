"""The attribution tagger: parses in, attributions with their spans and confidences out.

parses ──windows──▶ word pieces ──encode──▶ cue scores, near, far      a network, once a text
cue scores ──▶ cues ──scorer, decoding──▶ source and contents of each  small, once a cue
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.learned.attribution import features
from sayso.learned.attribution.calibration import Calibration, facts
from sayso.learned.attribution.decoding import (
    B_CONTENT,
    B_SOURCE,
    N_ROLES,
    Chain,
    best_labels,
    spans_of,
)
from sayso.learned.attribution.windows import Stretch, Window
from sayso.records.analyses import TaggedAttribution
from sayso.records.parses import Parse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

_TOGETHER = 64
"""Cues decoded at once; bounds the memory that a hostile text full of cues takes."""
_B_CUE, _I_CUE = 1, 2


@dataclass(frozen=True)
class Encoded:
    """What the encoder says of one window: a row for each of its words."""

    cue: Floats
    near: Floats
    far: Floats


class Scorer:
    """Scores of the five labels for a cue and the words around it, and the CRF over them.

    Weights by name, as training writes them.
    """

    def __init__(self, weights: dict[str, Floats]) -> None:
        self._w = weights
        self.chain = Chain.of(weights["transitions"], weights["start"], weights["end"])

    def __call__(
        self, near: Floats, far: Floats, paths: Ints, distances: Ints, quotes: Ints
    ) -> Floats:
        """Words by labels, for one cue."""
        w = self._w
        mixed = near + far + w["paths.weight"][paths]
        mixed += w["distances.weight"][distances] + w["quotes.weight"][quotes]
        np.maximum(mixed, 0.0, out=mixed)
        inner = np.maximum(mixed @ w["inner.weight"].T + w["inner.bias"], 0.0)
        scores: Floats = inner @ w["score.weight"].T + w["score.bias"]
        return scores


@dataclass(frozen=True)
class _Cue:
    """A cue of one stretch, and the encoder's rows for the stretch's words."""

    stretch: Stretch
    words: tuple[int, int]
    """Of the parse."""
    probability: float
    near: Floats
    far: Floats


@dataclass(frozen=True)
class Heads:
    """What makes attributions of the encoder's rows."""

    scorer: Scorer
    calibration: Calibration
    threshold: float
    """From which probability a word begins a cue."""
    least: float
    """What is less sure than this is left out."""

    def read(
        self, window: Window, encoded: Encoded, parses: Sequence[Parse]
    ) -> list[TaggedAttribution]:
        """The attributions of one window, in the order of their cues."""
        cues = list(self._cues(window, encoded))
        marks = {
            s.parse: features.QuotationMarks(parses[s.parse].words)
            for s in {cue.stretch for cue in cues}
        }
        found: list[TaggedAttribution] = []
        for start in range(0, len(cues), _TOGETHER):
            some = cues[start : start + _TOGETHER]
            rows = [self._score(cue, parses[cue.stretch.parse], marks) for cue in some]
            lengths = np.array([len(row) for row in rows])
            scores = np.zeros((len(rows), int(lengths.max()), N_ROLES), dtype=np.float32)
            for number, row in enumerate(rows):
                scores[number, : len(row)] = row
            labels, chances = best_labels(scores, lengths, self.scorer.chain)
            found += [
                self._attribution(cue, own[:length], float(chance), marks)
                for cue, own, length, chance in zip(some, labels, lengths, chances, strict=True)
            ]
        return [one for one in found if one.confidence >= self.least]

    def _cues(self, window: Window, encoded: Encoded) -> list[_Cue]:
        raw = np.exp(encoded.cue - encoded.cue.max(1, keepdims=True))
        chances = raw / raw.sum(1, keepdims=True)
        best = chances.argmax(1)
        found: list[_Cue] = []
        offset = 0
        for stretch in window.stretches:
            stop = offset + stretch.last - stretch.first
            for at in np.flatnonzero(chances[offset:stop, _B_CUE] > self.threshold) + offset:
                if chances[at, _B_CUE] < chances[at, _I_CUE]:
                    continue
                end = int(at) + 1
                while end < stop and best[end] == _I_CUE:
                    end += 1
                base = stretch.first - offset
                found.append(
                    _Cue(
                        stretch,
                        (base + int(at), base + end),
                        float(chances[at, _B_CUE]),
                        encoded.near[at:end].mean(0),
                        encoded.far[offset:stop],
                    )
                )
            offset = stop
        return found

    def _score(self, cue: _Cue, parse: Parse, marks: dict[int, features.QuotationMarks]) -> Floats:
        first, last = cue.stretch.first, cue.stretch.last
        low, high = cue.words
        head = parse.head_of(low, high)
        return self.scorer(
            cue.near,
            cue.far,
            features.path_ids(parse, head, first, last),
            features.distance_ids(last - first, low - first, high - first),
            features.quote_ids(marks[cue.stretch.parse], low, first, last),
        )

    def _attribution(
        self, cue: _Cue, labels: Ints, chance: float, marks: dict[int, features.QuotationMarks]
    ) -> TaggedAttribution:
        base, number = cue.stretch.first, cue.stretch.parse
        sources = tuple((base + a, base + b) for a, b in spans_of(labels, B_SOURCE))
        contents = tuple((base + a, base + b) for a, b in spans_of(labels, B_CONTENT))
        known = facts(
            cue.probability,
            chance,
            sources=sources,
            contents=contents,
            is_mark=marks[number].is_mark,
        )
        return TaggedAttribution(
            parse=number,
            cue=cue.words,
            sources=sources,
            contents=contents,
            cue_probability=cue.probability,
            roles_probability=chance,
            confidence=self.calibration(known),
        )

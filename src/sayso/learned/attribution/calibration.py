"""What the tagger's confidence is worth: from the network's probabilities to a measured chance.

A logistic curve over a few facts of each attribution (Platt 1999, "Probabilistic outputs for
support vector machines"), fitted on articles that no weight has seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FACTS = ("one", "cue", "roles", "source", "contents", "length", "quoted")
_EDGE = 1e-4


@dataclass(frozen=True)
class Calibration:
    """Weights of the facts, in the order of `FACTS`."""

    weights: tuple[float, ...]

    def __call__(self, facts: Sequence[float]) -> float:
        """The chance, 0..1, that the attribution is one that a reader would mark."""
        total = sum(w * fact for w, fact in zip(self.weights, facts, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def facts(
    cue: float, roles: float, *, sources: int, contents: Sequence[tuple[int, int]], quoted: bool
) -> tuple[float, ...]:
    """The facts of one attribution: probabilities as log-odds, counts, length in words (log)."""
    length = sum(last - first for first, last in contents)
    return (
        1.0,
        _log_odds(cue),
        _log_odds(roles),
        float(sources > 0),
        float(len(contents)),
        math.log1p(length),
        float(quoted),
    )


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _EDGE), 1.0 - _EDGE)
    return math.log(chance / (1.0 - chance))

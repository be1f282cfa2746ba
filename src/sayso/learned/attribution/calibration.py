"""What the tagger's confidence is worth: from the network's probabilities to a measured chance.

A logistic curve over a few facts of each attribution (Platt 1999, "Probabilistic outputs for
support vector machines"), fitted on articles that no weight has seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Words = tuple[int, int]
"""A range of words of one parse."""

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
    cue: float,
    roles: float,
    *,
    sources: Sequence[Words],
    contents: Sequence[Words],
    is_mark: Sequence[int] | NDArray[np.int64],
) -> tuple[float, ...]:
    """The facts of one attribution: probabilities as log-odds, counts, length in words (log).

    `is_mark`: for each word of the parse, whether it is a quotation mark.
    """
    length = sum(last - first for first, last in contents)
    return (
        1.0,
        _log_odds(cue),
        _log_odds(roles),
        float(len(sources) > 0),
        float(len(contents)),
        math.log1p(length),
        float(any(is_mark[first] for first, _ in contents)),
    )


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _EDGE), 1.0 - _EDGE)
    return math.log(chance / (1.0 - chance))

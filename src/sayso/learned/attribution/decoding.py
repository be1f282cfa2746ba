"""From scores to whole spans: a linear-chain CRF over the words of a paragraph, for many cues.

Lafferty, McCallum and Pereira 2001, "Conditional random fields". All cues of a batch are stepped
through together: the loop runs over the words of the longest paragraph, not over the cues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

OUTSIDE, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = range(5)
N_ROLES = 5

# An "inside" may only follow its own "begin" or "inside"; rows are where one comes from.
ALLOWED = np.array(
    [[1, 1, 0, 1, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 0], [1, 1, 0, 1, 1], [1, 1, 0, 1, 1]],
    dtype=bool,
)
FIRST = np.array([1, 1, 0, 1, 0], dtype=bool)
_NEVER = np.float32(-1e4)


@dataclass(frozen=True)
class Chain:
    """Learned scores of label pairs, of a first and of a last label."""

    moves: Floats
    start: Floats
    end: Floats

    @classmethod
    def of(cls, transitions: Floats, start: Floats, end: Floats) -> Chain:
        """With what the scheme forbids made impossible."""
        return cls(
            np.where(ALLOWED, transitions, _NEVER).astype(np.float32),
            np.where(FIRST, start, _NEVER).astype(np.float32),
            end.astype(np.float32),
        )


def best_labels(scores: Floats, lengths: Ints, chain: Chain) -> tuple[Ints, Floats]:
    """The best labels of each row, and the probability of the whole row.

    `scores`: rows by words by labels; `lengths`: how many words of each row count. Labels beyond a
    row's length are OUTSIDE.
    """
    count, longest, _ = scores.shape
    best = chain.start + scores[:, 0]
    total = best.astype(np.float64)
    back = np.zeros((longest, count, N_ROLES), dtype=np.int64)
    for at in range(1, longest):
        here = (at < lengths)[:, None]
        ways = best[:, :, None] + chain.moves
        back[at] = ways.argmax(1)
        best = np.where(here, ways.max(1) + scores[:, at], best)
        total = np.where(here, _log_sum(total[:, :, None] + chain.moves) + scores[:, at], total)
    best = best + chain.end
    rows = np.arange(count)
    labels = np.zeros((count, longest), dtype=np.int64)
    now = best.argmax(1)
    likelihood = np.exp(best[rows, now] - _log_sum((total + chain.end)[:, :, None])[:, 0])
    for at in range(longest - 1, -1, -1):
        here = at < lengths
        labels[:, at] = np.where(here, now, OUTSIDE)
        now = np.where(here, back[at, rows, now], now)
    return labels, likelihood.astype(np.float32)


def _log_sum(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """log(sum(exp(values))) over the second axis, without overflow."""
    top = values.max(1, keepdims=True)
    return np.asarray((np.log(np.exp(values - top).sum(1, keepdims=True)) + top)[:, 0])


def spans_of(labels: Ints, begin: int) -> list[tuple[int, int]]:
    """The word ranges that start with label `begin` and go on with the label after it."""
    found: list[tuple[int, int]] = []
    for at, label in enumerate(labels.tolist()):
        if label == begin:
            found.append((at, at + 1))
        elif label == begin + 1 and found:
            found[-1] = (found[-1][0], at + 1)
    return found

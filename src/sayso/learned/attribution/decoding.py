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
    order = np.argsort(-lengths, kind="stable")
    scores, lengths = scores[order], lengths[order]
    # Longest first, so that the rows that still go on are always the first ones.
    going = [int(n) for n in (lengths[:, None] > np.arange(longest)).sum(0)]
    best = chain.start + scores[:, 0]
    back = np.zeros((longest, count, N_ROLES), dtype=np.int64)
    for at in range(1, longest):
        rows = going[at]
        ways = best[:rows, :, None] + chain.moves
        back[at, :rows] = ways.argmax(1)
        best[:rows] = ways.max(1) + scores[:rows, at]
    best += chain.end
    now = best.argmax(1)
    likelihood = np.exp(best[np.arange(count), now] - _log_total(scores, going, chain))
    labels = np.zeros((count, longest), dtype=np.int64)
    for at in range(longest - 1, -1, -1):
        rows = going[at]
        labels[:rows, at] = now[:rows]
        now[:rows] = back[at, np.arange(rows), now[:rows]]
    given = np.argsort(order)
    return labels[given], likelihood[given].astype(np.float32)


def _log_total(scores: Floats, going: list[int], chain: Chain) -> NDArray[np.float64]:
    """log of the sum over all labellings of each row: the forward pass, in numbers that are scaled
    anew at every word (Rabiner 1989)."""
    top = scores.max(2, keepdims=True)
    raw = np.exp((scores - top).astype(np.float64))
    moves = np.exp(chain.moves.astype(np.float64))
    total = raw[:, 0] * np.exp(chain.start.astype(np.float64))
    log = top[:, 0, 0].astype(np.float64)
    for at in range(1, len(going)):
        rows = going[at]
        before = total[:rows]
        scale = before.sum(1, keepdims=True)
        log[:rows] += np.log(scale[:, 0]) + top[:rows, at, 0]
        total[:rows] = (before / scale) @ moves * raw[:rows, at]
    summed = total @ np.exp(chain.end.astype(np.float64))
    return np.asarray(log + np.log(summed))


def spans_of(labels: Ints, begin: int) -> list[tuple[int, int]]:
    """The word ranges that start with label `begin` and go on with the label after it."""
    found: list[tuple[int, int]] = []
    for at, label in enumerate(labels.tolist()):
        if label == begin:
            found.append((at, at + 1))
        elif label == begin + 1 and found:
            found[-1] = (found[-1][0], at + 1)
    return found

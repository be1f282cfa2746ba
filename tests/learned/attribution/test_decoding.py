from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.learned.attribution.decoding import (
    ALLOWED,
    B_CONTENT,
    B_SOURCE,
    FIRST,
    Chain,
    best_labels,
    spans_of,
)


def random_case(seed: int, length: int) -> tuple[np.ndarray, Chain]:
    chance = np.random.default_rng(seed)
    chain = Chain.of(chance.normal(size=(5, 5)), chance.normal(size=5), chance.normal(size=5))
    return chance.normal(size=(1, length, 5)).astype(np.float32), chain


def score_of(labels: tuple[int, ...], scores: np.ndarray, chain: Chain) -> float:
    total = float(chain.start[labels[0]] + scores[0, 0, labels[0]])
    for at in range(1, len(labels)):
        total += float(chain.moves[labels[at - 1], labels[at]] + scores[0, at, labels[at]])
    return total + float(chain.end[labels[-1]])


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_best_row_is_the_best_of_all_rows_and_its_chance_is_exact(
    seed: int, length: int
) -> None:
    scores, chain = random_case(seed, length)
    labels, chance = best_labels(scores, np.array([length]), chain)
    every = {row: score_of(row, scores, chain) for row in product(range(5), repeat=length)}
    best = max(every, key=lambda row: every[row])
    assert tuple(labels[0]) == best
    whole = np.logaddexp.reduce(np.array(list(every.values())))
    assert abs(chance[0] - np.exp(every[best] - whole)) < 1e-3


@given(st.integers(0, 10_000), st.integers(2, 30))
def test_labels_keep_to_the_scheme(seed: int, length: int) -> None:
    scores, chain = random_case(seed, length)
    (row,), _ = best_labels(scores * 10, np.array([length]), chain)
    assert FIRST[row[0]]
    assert all(ALLOWED[a, b] for a, b in pairwise(row))


def test_a_row_is_the_same_alone_and_among_longer_ones() -> None:
    short, chain = random_case(1, 4)
    longer, _ = random_case(2, 9)
    both = np.zeros((2, 9, 5), dtype=np.float32)
    both[0, :4], both[1] = short[0], longer[0]
    alone, alone_chance = best_labels(short, np.array([4]), chain)
    together, chances = best_labels(both, np.array([4, 9]), chain)
    assert together[0, :4].tolist() == alone[0].tolist()
    assert not together[0, 4:].any()
    assert abs(chances[0] - alone_chance[0]) < 1e-5


def test_spans_begin_anew_at_each_begin() -> None:
    labels = np.array([1, 2, 0, 3, 4, 3, 0])
    assert spans_of(labels, B_SOURCE) == [(0, 2)]
    assert spans_of(labels, B_CONTENT) == [(3, 5), (5, 6)]

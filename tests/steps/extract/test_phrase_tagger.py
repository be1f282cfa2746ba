"""Decoding: the best path, side by side as one by one."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.steps.extract.phrase_tagger import PhraseTagger, built_in, ranges

_LABELS = ("B-Per", "I-Per", "O")
_FEATURES = ("a", "b", "c", "d")


def _tagger(seed: int) -> PhraseTagger:
    noise = np.random.default_rng(seed)
    weights = noise.normal(size=(len(_FEATURES) + 1, len(_LABELS))).astype(np.float32)
    weights[-1] = 0
    rows = {name: row for row, name in enumerate(_FEATURES)}
    transitions = noise.normal(size=(len(_LABELS), len(_LABELS))).astype(np.float32)
    return PhraseTagger(_LABELS, rows, weights, transitions)


_SENTENCES = st.lists(
    st.lists(st.lists(st.sampled_from((*_FEATURES, "?")), max_size=3), min_size=1, max_size=4),
    max_size=5,
)


def _placed(texts: list[list[list[str]]]) -> list[tuple[int, int]]:
    ends = np.cumsum([0, *map(len, texts)]).tolist()
    return list(pairwise(ends))


@settings(deadline=None, max_examples=60)
@given(_SENTENCES, st.integers(0, 5))
def test_sentences_side_by_side_get_what_each_gets_alone(
    texts: list[list[list[str]]], seed: int
) -> None:
    tagger = _tagger(seed)
    together = tagger.tags([row for text in texts for row in text], _placed(texts))
    alone = [label for text in texts for label in tagger.tags(text, [(0, len(text))])]
    assert together == alone


@settings(deadline=None, max_examples=40)
@given(_SENTENCES.filter(lambda texts: len(texts) == 1), st.integers(0, 5))
def test_no_other_path_scores_higher(texts: list[list[list[str]]], seed: int) -> None:
    tagger = _tagger(seed)
    [text] = texts
    scores = tagger._scores(text)

    def total(path: tuple[int, ...]) -> float:
        steps = pairwise(path)
        between = sum(float(tagger._into[after, before]) for before, after in steps)
        emitted = sum(float(row[label]) for row, label in zip(scores, path, strict=True))
        return emitted + between + float(tagger._first[path[0]])

    best = max(total(path) for path in product(range(len(_LABELS)), repeat=len(text)))
    found = tuple(_LABELS.index(label) for label in tagger.tags(text, [(0, len(text))]))
    assert abs(total(found) - best) < 1e-4


def test_nothing_gives_nothing() -> None:
    assert built_in().tags([], []) == []
    assert list(ranges([])) == []


def test_a_token_outside_all_sentences_is_nothing() -> None:
    assert _tagger(1).tags([["a"], ["b"]], []) == ["O", "O"]


def test_ranges_end_where_the_next_begins() -> None:
    labels = ["B-Per", "I-Per", "B-Org", "O", "B-Loc"]
    assert list(ranges(labels)) == [(0, 2, "Per"), (2, 3, "Org"), (4, 5, "Loc")]


def test_the_weights_are_small_and_have_a_card() -> None:
    import sayso.steps.extract.phrase_tagger as module

    path = Path(str(module.__file__)).parent / module.WEIGHTS
    assert path.stat().st_size < 3_000_000
    assert (path.parent / "phrases.md").is_file()

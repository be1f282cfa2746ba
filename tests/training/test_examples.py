from __future__ import annotations

import itertools
from collections.abc import Callable

from evals.brat import Article, Attribution
from training.examples import Example, annotated, cue_labels, is_held_back

from sayso.learned.attribution.decoding import ALLOWED, FIRST
from sayso.records.analyses import Analysis
from sayso.records.spans import Span

Analyse = Callable[[str], Analysis]
TEXT = "Marn said the road was closed."


def test_an_annotation_becomes_word_ranges(analyse: Analyse) -> None:
    attribution = Attribution((Span(0, 4),), (Span(5, 9),), (Span(10, 29),))
    found = annotated(Article("a", TEXT, {}), analyse(TEXT), [attribution, attribution])
    assert found.examples == (Example(0, (1, 2), ((0, 1),), ((2, 6),)),)
    assert found.examples[0].labels(7) == [1, 0, 3, 4, 4, 4, 0]
    assert cue_labels(found.examples, 7) == [0, 1, 0, 0, 0, 0, 0]


def test_labels_keep_to_the_scheme_where_parts_overlap_and_touch() -> None:
    example = Example(0, (3, 4), ((5, 6),), ((0, 2), (2, 3), (4, 8)))
    labels = example.labels(9)
    assert FIRST[labels[0]]
    assert all(ALLOWED[a, b] for a, b in itertools.pairwise(labels))
    assert labels[2] == 3
    assert labels[5] == 1


def test_about_a_tenth_is_held_back_and_always_the_same() -> None:
    names = [f"article_{n}" for n in range(2_000)]
    held = [name for name in names if is_held_back(name)]
    assert 150 < len(held) < 250
    assert held == [name for name in names if is_held_back(name)]

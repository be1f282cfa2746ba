from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sayso.learned.attribution import features
from sayso.records.analyses import Analysis

Analyse = Callable[[str], Analysis]


def test_paths_tell_subject_from_clause_and_one_sentence_from_the_next(analyse: Analyse) -> None:
    (parse,) = analyse("The minister said that the road was closed. It rained.").parses
    cue = parse.words.index("said")
    ids = features.path_ids(parse, cue, 0, len(parse))
    by_word = dict(zip(parse.words, ids.tolist(), strict=True))
    assert by_word["The"] == by_word["minister"]
    assert by_word["that"] == by_word["closed"] != by_word["minister"]
    assert by_word["It"] == by_word["rained"] not in (by_word["minister"], by_word["closed"])
    assert ids.max() < features.N_PATHS


def test_a_part_of_a_parse_has_the_same_paths_as_the_whole(analyse: Analyse) -> None:
    (parse,) = analyse("He left. The envoy of Tarvia, she added, will stay in Velm.").parses
    cue = parse.words.index("added")
    whole = features.path_ids(parse, cue, 0, len(parse))
    part = features.path_ids(parse, cue, 4, 9)
    assert part.tolist() == whole[4:9].tolist()


def test_distances_grow_both_ways_from_the_cue() -> None:
    ids = features.distance_ids(120, 50, 52)
    assert set(ids[50:52].tolist()) == {0}
    assert (np.diff(ids[:50]) <= 0).all()
    assert (np.diff(ids[52:]) >= 0).all()
    assert not set(ids[:50].tolist()) & set(ids[52:].tolist())
    assert ids.max() < features.N_DISTANCES


def test_marks_of_all_shapes_open_and_close() -> None:
    marks = features.QuotationMarks(["“", "A", "”", "b", '"', "c", '"', "d"])
    assert marks.is_inside.tolist() == [1, 1, 0, 0, 1, 1, 0, 0]
    assert marks.is_mark.sum() == 4
    ids = features.quote_ids(marks, 3, 0, 8)
    assert len(set(ids.tolist())) > 3
    assert ids.max() < features.N_QUOTES

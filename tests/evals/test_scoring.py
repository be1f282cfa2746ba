from __future__ import annotations

from dataclasses import replace

import pytest
from evals.brat import Attribution
from evals.scoring import Predicted, Tally, kind_of, match, widened
from hypothesis import given
from hypothesis import strategies as st

from sayso.records.spans import Span

TEXT = (
    "Ana Dorn said that the road to Velm was open. "
    "“We hold the bridge,” added Piet Aust. “We will stay.” "
    "Reports that the mill burned were denied."
)


def at(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


ROAD = Attribution((at("Ana Dorn"),), (at("said"),), (at("that the road to Velm was open"),))
BRIDGE = Attribution(
    (at("Piet Aust"),), (at("added"),), (at("“We hold the bridge,”"), at("“We will stay.”"))
)
MILL = Attribution((), (at("were denied"),), (at("that the mill burned"),))
GOLD = (ROAD, BRIDGE, MILL)


def perfect() -> list[Predicted]:
    return [
        Predicted(
            content=gold.content,
            holder=gold.source[0] if gold.source else None,
            cue=gold.cue[0],
            kind=kind_of(TEXT, gold.content),
        )
        for gold in GOLD
    ]


def figures(predictions: list[Predicted], gold: tuple[Attribution, ...] = GOLD) -> dict[str, float]:
    tally = Tally()
    tally.add(match(TEXT, gold, predictions))
    return tally.figures()


def test_a_perfect_prediction_scores_one_everywhere() -> None:
    assert set(figures(perfect()).values()) == {1.0}


def test_nothing_predicted_scores_nought_everywhere() -> None:
    assert set(figures([]).values()) == {0.0}


def test_swapped_holders_leave_the_statements_found() -> None:
    first, second, third = perfect()
    swapped = [replace(first, holder=second.holder), replace(second, holder=first.holder), third]
    found = figures(swapped)
    assert found["f1"] == 1.0
    assert found["holder_accuracy"] == pytest.approx(1 / 3)


def test_a_holder_where_the_gold_has_none_is_wrong() -> None:
    *others, denied = perfect()
    found = figures([*others, replace(denied, holder=at("the mill"))])
    assert found["holder_accuracy"] == pytest.approx(2 / 3)


def test_a_missing_holder_is_wrong_where_the_gold_has_one() -> None:
    first, *others = perfect()
    assert figures([replace(first, holder=None), *others])["holder_accuracy"] < 1


def test_a_spurious_statement_costs_precision_alone() -> None:
    extra = replace(perfect()[0], content=(at("Ana Dorn"),))
    found = figures([*perfect(), extra])
    assert found["recall"] == 1.0
    assert found["precision"] == 0.75


def test_one_prediction_serves_one_annotation_only() -> None:
    twin = replace(ROAD, cue=(at("to Velm"),))
    found = figures([perfect()[0]], (ROAD, twin))
    assert found["recall"] == 0.5
    assert found["precision"] == 1.0


def test_two_predictions_of_one_statement_count_once() -> None:
    first = perfect()[0]
    assert figures([first, first], (ROAD,))["precision"] == 0.5


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("the road to Velm was open", 1.0),  # six words of seven: the complementizer may go
        ("road to Velm was", 1.0),  # four of seven
        ("to Velm was", 0.0),  # three of seven
    ],
)
def test_half_the_words_make_a_match(content: str, found: float) -> None:
    prediction = replace(perfect()[0], content=(at(content),))
    assert figures([prediction], (ROAD,))["recall"] == found


def test_too_few_shared_words_are_told_as_a_boundary_error() -> None:
    scored = match(TEXT, (ROAD,), [replace(perfect()[0], content=(at("to Velm was"),))])
    assert scored.pairs == ()
    assert scored.boundary == ((0, 0),)


def test_marks_left_out_of_a_quotation_cost_nothing() -> None:
    bare = replace(perfect()[1], content=(at("We hold the bridge,"), at("We will stay.")))
    found = figures([bare], (BRIDGE,))
    assert found["f1"] == 1.0
    assert found["exact_content_f1"] == 1.0


def test_exact_spans_must_agree_to_the_character() -> None:
    off = replace(perfect()[0], content=(at("the road to Velm was open"),), holder=at("Dorn"))
    found = figures([off], (ROAD,))
    assert found["f1"] == 1.0
    assert found["exact_content_f1"] == found["exact_source_f1"] == 0.0
    assert found["exact_cue_f1"] == 1.0


def test_repetitions_and_annotations_without_content_are_no_statements() -> None:
    gold = (ROAD, ROAD, Attribution((at("Piet Aust"),), (at("added"),), ()))
    assert figures([perfect()[0]], gold)["recall"] == 1.0


def test_kinds_are_told_by_the_marks() -> None:
    assert [kind_of(TEXT, gold.content) for gold in GOLD] == ["indirect", "direct", "indirect"]
    mixed = "that the bridge was “ours” since Monday"
    assert kind_of(mixed, (Span(0, len(mixed)),)) == "mixed"
    doubled = "''We hold it,''"
    assert kind_of(doubled, (Span(0, len(doubled)),)) == "direct"


def test_a_span_is_widened_by_the_marks_that_touch_it() -> None:
    assert widened(TEXT, at("We hold the bridge,")) == at("“We hold the bridge,”")
    assert widened(TEXT, at("We hold")) == at("“We hold")
    assert widened(TEXT, at("Velm was")) == at("Velm was")


spans = st.tuples(st.integers(0, 120), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1]))
predictions = st.lists(
    st.builds(
        Predicted,
        content=st.lists(spans, min_size=1, max_size=2).map(tuple),
        holder=st.none() | spans,
        cue=st.none() | spans,
        kind=st.sampled_from(["direct", "indirect", "mixed"]),
    ),
    max_size=8,
)


@given(predictions)
def test_every_prediction_and_annotation_is_matched_at_most_once(found: list[Predicted]) -> None:
    scored = match(TEXT, GOLD, found)
    taken = [pair.gold for pair in scored.pairs] + [gold for gold, _ in scored.boundary]
    used = [pair.predicted for pair in scored.pairs] + [p for _, p in scored.boundary]
    assert len(taken) == len(set(taken))
    assert len(used) == len(set(used))
    assert all(0 <= value <= 1 for value in figures(found).values())


@given(predictions)
def test_the_order_of_predictions_does_not_change_the_counts(found: list[Predicted]) -> None:
    forth, back = match(TEXT, GOLD, found), match(TEXT, GOLD, found[::-1])
    assert len(forth.pairs) == len(back.pairs)


def test_what_is_found_where_nothing_is_annotated_lowers_no_passage_figure() -> None:
    text = "Dorn said it rained.\nThe mill sold flour."
    rained = Span(text.index("it rained"), text.index("."))
    dorn, said = Span(0, 4), Span(5, 9)
    gold = (Attribution((dorn,), (said,), (rained,)),)
    flour = Span(text.index("flour"), len(text) - 1)
    mill, sold = Span(21, 29), Span(30, 34)
    found = [
        Predicted((rained,), dorn, said, "indirect"),
        Predicted((flour,), mill, sold, "indirect"),
    ]
    tally = Tally()
    tally.add(match(text, gold, found))
    named = tally.figures()
    assert named["exact_content_f1"] == pytest.approx(2 / 3)
    assert named["passage_content_f1"] == 1.0
    assert [(j.confidence, j.right) for j in tally.judged] == [(1.0, True), (1.0, False)]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most

from sayso.records.spans import Span
from sayso.steps.extract.quotations import find_quotations, is_name


def outermost(text: str) -> list[str]:
    return [q.inner.cut(text) for q in find_quotations(text, Span(0, len(text))) if q.level == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We are tired," she said.', ["We are tired,"]),
        ("“We are tired,” she said.", ["We are tired,"]),
        ("‘We are tired,’ she said.", ["We are tired,"]),
        ("'We are tired,' she said.", ["We are tired,"]),
        ("«We are tired», she said.", ["We are tired"]),
        ("„We are tired“, she said.", ["We are tired"]),
        ("''We are tired,'' she said.", ["We are tired,"]),
        ("``We are tired,'' she said.", ["We are tired,"]),
        ('"A," he said, "and B."', ["A,", "and B."]),
        ('("We are tired")', ["We are tired"]),
    ],
)
def test_marks_of_every_style(text: str, expected: list[str]) -> None:
    assert outermost(text) == expected


@pytest.mark.parametrize(
    "text",
    ["It's the farmers' own grain.", "The '90s weren't kind.", "the boss's men"],
)
def test_apostrophes_open_nothing(text: str) -> None:
    assert outermost(text) == []


def test_a_possessive_does_not_close_a_quotation() -> None:
    text = "“This is our resolve and the border forces’ strength.” So he said."
    assert outermost(text) == ["This is our resolve and the border forces’ strength."]


def test_single_quotations_survive_apostrophes() -> None:
    text = "'It isn't the farmers' fault,' he said."
    assert outermost(text) == ["It isn't the farmers' fault,"]


def test_nested_quotations_have_a_level() -> None:
    text = "“He told me: ‘Go home.’ I went,” she said."
    found = find_quotations(text, Span(0, len(text)))
    assert [(q.level, q.inner.cut(text)) for q in found] == [
        (0, "He told me: ‘Go home.’ I went,"),
        (1, "Go home."),
    ]


def test_three_marks_are_one_single_and_one_double() -> None:
    text = "''He said: 'Go home,''' she said."
    assert outermost(text) == ["He said: 'Go home,'"]


def test_straight_marks_nest_by_their_shape() -> None:
    text = '"The "Hill Army" is tired," he said.'
    assert outermost(text) == ['The "Hill Army" is tired,']


def test_a_quotation_left_open_runs_to_the_end() -> None:
    text = "He said “we will stay. And more."
    (found,) = find_quotations(text, Span(0, len(text)))
    assert found.inner.cut(text) == "we will stay. And more."
    assert not found.closed


def test_a_quotation_never_opened_runs_from_the_start() -> None:
    text = 'The "Hill Army" was formed in 2015. It is led by shepherds," he says.'
    assert outermost(text) == ['The "Hill Army" was formed in 2015. It is led by shepherds,']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('the "Dawn and Hammer" group', True),
        ('the "Karsk Front," which', True),
        ('the "Abu al-Karsi" brigade', True),
        ('the "Karsk branch" of it', True),
        ('"We are tired," she', False),
        ('called it "a story for tired voters"', False),
    ],
)
def test_names_are_told_from_speech(text: str, expected: bool) -> None:
    (found,) = find_quotations(text, Span(0, len(text)))
    assert is_name(text, found) is expected


@given(st.text(alphabet="ab .,'\"“”‘’«»\n", max_size=60))
def test_any_marks_give_quotations_inside_the_zone(text: str) -> None:
    zone = Span(0, len(text))
    for found in find_quotations(text, zone):
        assert zone.contains(found.outer)
        assert found.outer.contains(found.inner)


@pytest.mark.parametrize("piece", ['"', "“", "'", "' ", '" ', "s' ", "“a", '"a ', "'''"])
def test_time_grows_with_the_number_of_marks(piece: str) -> None:
    few, many = piece * 2_000, piece * 16_000
    assert_grows_by_at_most(
        40,
        lambda: find_quotations(few, Span(0, len(few))),
        lambda: find_quotations(many, Span(0, len(many))),
        least=0.001,
    )

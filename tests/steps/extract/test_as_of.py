"""The time that a figure holds for, and figures that are parts of others or change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.steps.extract.scenery import estimates_in

from sayso.learned.spacy_model import SpacyModel
from sayso.records.findings import Claim

Find = Callable[[str], list[Claim]]


@pytest.fixture
def figures(model: SpacyModel) -> Find:
    return partial(estimates_in, model, published="2031-06-14")


def when(claim: Claim) -> str | None:
    """The value of a figure's time, or what it refers to without one."""
    return None if claim.time is None else claim.time.value or claim.time.reference


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("As of April 2027, the Karsk Front had 640 fighters.", ["2027-04"]),
        ("In 2028 there were 31 bombings in Velm.", ["2028"]),
        ("Last year there were 31 bombings in Velm.", ["2030"]),
        ("The Karsk Front currently has 640 fighters.", ["present"]),
        ("At present, some 640 fighters of the Karsk Front are in Lenn.", ["present"]),
        ("The Karsk Front grew from 300 men in 2024 to 900 in 2029.", ["2024", "2029"]),
        ("In 2029 the Karsk Front grew from 300 to 900 men.", [None, "2029"]),
        ("The Karsk Front has 900 fighters, up from 300 in 2024.", [None, "2024"]),
        ("The Karsk Front now has 900 men, up from 300 in 2024.", ["present", "2024"]),
        ("At its height in 2025 the Karsk Front had 4,000 men.", ["2025"]),
        ("The number of fighters in 2025 was 4,000.", ["2025"]),
        ("The Karsk Front, formed in 2022, has 900 fighters.", [None]),
        ("The Karsk Front, which now holds Lenn, has 900 fighters.", [None]),
        ("The Karsk Front has 900 fighters.", [None]),
    ],
)
def test_as_of_when(figures: Find, text: str, times: list[str | None]) -> None:
    found = figures(text)
    assert [when(claim) for claim in found] == times
    for claim in found:
        if claim.time is not None:
            assert claim.time.span.cut(text) == claim.time.quote


def test_the_day_of_the_report_is_never_put_in(figures: Find) -> None:
    (claim,) = figures("The Karsk Front now has 640 fighters.")
    assert claim.time is not None
    assert (claim.time.quote, claim.time.value, claim.time.anchor) == ("now", None, None)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("A mine wounded 27 men, six of them badly.", [(27, 27), (6, 6)]),
        ("A mine wounded 27 men; six of them had come from Orsk.", [(27, 27)]),
        ("A mine wounded six men, 27 of them badly.", [(6, 6)]),
        ("Nine people, including two nurses, were killed.", [(9, 9), (2, 2)]),
        ("A raid left six soldiers and two drivers dead.", [(6, 6), (2, 2)]),
        ("Nine policemen were reported killed in Velm.", [(9, 9)]),
        ("Over 40,000 people were forced from their homes.", [(40_000, None)]),
        ("Gunmen shot dead seven herders.", [(7, 7)]),
        ("The garrison is 1,100 strong.", [(1_100, 1_100)]),
        ("The choir is 1,100 strong.", []),
        ("The Karsk Front has a strength of 2,600.", [(2_600, 2_600)]),
        ("The signal has a strength of 2,600.", []),
        ("The Karsk Front's manpower has dwindled to 700.", [(700, 700)]),
        ("Men of the Karsk Front number 700.", [(700, 700)]),
        ("They met in room number 700.", []),
        ("At the very most 60 fighters of the Karsk Front are left.", [(None, 60)]),
        ("The Karsk Front has 600 fighters or thereabouts.", [(600, 600)]),
        ("The army has 4,000 soldiers in the province.", [(4_000, 4_000)]),
    ],
)
def test_bounds(figures: Find, text: str, bounds: list[tuple[int | None, int | None]]) -> None:
    assert [(claim.low, claim.high) for claim in figures(text)] == bounds


def test_soldiers_that_an_army_has_are_not_detained(figures: Find) -> None:
    (claim,) = figures("The army has 4,000 soldiers in the province.")
    assert claim.measure == "soldiers"

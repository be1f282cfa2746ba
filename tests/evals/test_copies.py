"""The planting of copies: seeded, and its truth is what it did."""

from __future__ import annotations

import random

import pytest
from evals.copies import by_sayso, figures
from evals.planted_copies import EDITS, LEAST_WORDS, Collection, Page, document, plant


def invented(count: int) -> list[tuple[str, str]]:
    """Texts of made-up words that have nothing in common."""
    chance = random.Random(1)

    def sentence() -> str:
        return " ".join(f"w{chance.randrange(100_000)}" for _ in range(12)) + "."

    return [(f"t{n}", "\n\n".join(sentence() for _ in range(12))) for n in range(count)]


def test_the_same_seed_plants_the_same() -> None:
    assert plant(invented(20), 3) == plant(invented(20), 3)
    assert plant(invented(20), 3) != plant(invented(20), 4)


def test_all_edits_are_planted_and_names_are_told_apart() -> None:
    pages = plant(invented(150), 1).pages
    assert {page.edit for page in pages} == {"source", *EDITS}
    assert len({page.document.id for page in pages}) == len(pages)


def test_nothing_is_planted_in_short_texts() -> None:
    short = [("s", "word " * (LEAST_WORDS - 1))]
    assert [page.edit for page in plant(short, 1, share=1.0).pages] == ["source"]


def test_a_merged_page_is_a_true_pair_of_both_and_joins_them_not() -> None:
    pages = (
        Page(document("a", "x"), ("a",), "source"),
        Page(document("b", "y"), ("b",), "source"),
        Page(document("m", "x y"), ("a", "b"), "merged"),
    )
    assert Collection(pages).truth() == {("a", "m"): "merged", ("b", "m"): "merged"}


def test_figures_count_what_was_found() -> None:
    pages = tuple(
        Page(document(name, name), (name[0],), edit)
        for name, edit in (("a", "source"), ("a1", "light"), ("b", "source"), ("b1", "trimmed"))
    )
    assert figures(Collection(pages), {("a", "a1"), ("a", "b")}) == {
        "precision": 0.5,
        "recall": 0.5,
        "light_recall": 1.0,
        "trimmed_recall": 0.0,
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_planted_copies_are_found_in_invented_texts(seed: int) -> None:
    collection = plant(invented(60), seed)
    values = figures(collection, by_sayso(collection))
    assert values["precision"] == 1.0
    assert values["recall"] >= 0.97

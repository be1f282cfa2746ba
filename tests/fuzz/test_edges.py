"""Every edge takes any bytes: cases found before, and a fixed number of new ones."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.fuzz.edges import EDGES, SECONDS, attempt, mutated

CORPUS = Path(__file__).resolve().parent / "corpus"


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*/*.bin")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_cases_found_before_stay_mended(path: Path) -> None:
    begun = time.monotonic()
    attempt(EDGES[path.parent.name], path.read_bytes())
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("name", EDGES)
def test_good_inputs_are_taken(name: str) -> None:
    for seed in EDGES[name].seeds:
        EDGES[name].run(seed)


@pytest.mark.parametrize("name", EDGES)
def test_changed_inputs_are_taken_or_set_aside(name: str) -> None:
    edge = EDGES[name]

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(st.integers(0, 2**32))
    @example(0)
    def check(number: int) -> None:
        chance = random.Random(number)
        begun = time.monotonic()
        attempt(edge, mutated(chance.choice(edge.seeds), chance))
        assert time.monotonic() - begun < SECONDS

    check()

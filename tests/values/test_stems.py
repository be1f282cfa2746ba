from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.stems import stem


@pytest.mark.parametrize(
    "words",
    [
        "bomb bombed bombing bombings bomber bombers",
        "announce announced announces announcement announcements",
        "shoot shot",
        "kill killed killing killings",
        "attack attacks attacked attackers",
        "stop stopped stopping",
        "die died death deaths",
    ],
)
def test_forms_share_a_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("press", "pres"), ("virus", "vir"), ("6.1", "6")])
def test_these_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=30))
def test_a_stem_is_never_empty_nor_longer(word: str) -> None:
    found = stem(word)
    assert len(found) <= max(len(word), 8)
    assert bool(found) == bool(word)

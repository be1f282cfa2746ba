from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.names import (
    abbreviates,
    atoms,
    fold,
    is_patronymic,
    is_shortened,
    key,
    surname,
    without_article,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISIS-K", "ISIS K"),
        ("Da'esh", "Daesh"),
        ("Al-Qaïda", "al Qaida"),
        ("The Karsk Front", "Karsk  front"),
        ("Tarvia’s Bank", "Tarvia's bank"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_possessive_is_a_word_of_its_own() -> None:
    assert atoms("Velm's port") == ("velm", "s", "port")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("KLF", "Karsk Liberation Front"),
        ("OTS", "Organisation for Trade and Security"),
        ("TNB", "Tarvia's National Bank"),
        ("JKP", "Jaish-e-Karsk Pakistan"),
    ],
)
def test_initials_abbreviate(short: str, full: str) -> None:
    assert abbreviates(short, full)


@pytest.mark.parametrize(
    ("short", "full"),
    [("KLF", "Ostrava Union"), ("K", "Karsk Front"), ("LF", "Karsk Liberation Front"), ("AB", "")],
)
def test_other_letters_do_not(short: str, full: str) -> None:
    assert not abbreviates(short, full)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Oren Halvick", ("halvick",)),
        ("Abu Musa al-Velmi", ("al", "velmi")),
        ("Mira van der Karsk", ("van", "der", "karsk")),
        ("Khalid-ur-Rahman Ostrani", ("ostrani",)),
        ("Halvick", ()),
    ],
)
def test_surname(name: str, expected: tuple[str, ...]) -> None:
    assert surname(name) == expected


def test_small_questions() -> None:
    assert without_article(("al", "velmi")) == ("velmi",)
    assert is_patronymic("Petrovich")
    assert not is_patronymic("Halvick")
    assert is_shortened(("oren", "halvick"), ("oren", "petrovich", "halvick"))
    assert not is_shortened(("mira", "halvick"), ("oren", "petrovich", "halvick"))


@given(st.text(max_size=40))
def test_folding_is_done_once(text: str) -> None:
    folded = atoms(text)
    assert atoms(" ".join(folded)) == folded or any(len(fold(w)) != len(w) for w in folded)


@given(st.text(max_size=30), st.text(max_size=60))
def test_abbreviation_never_fails(short: str, full: str) -> None:
    assert abbreviates(short, full) in (True, False)

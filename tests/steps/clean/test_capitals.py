"""Copy in capitals: the usual case comes back, and nothing moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.steps.clean.capitals import one_case, recased


def test_names_are_told_from_words() -> None:
    text = "THE KARSK FRONT ATTACKED A CONVOY NEAR VELM ON MONDAY. POLICE BLAMED THE [KRF]."
    wanted = "The Karsk Front attacked a convoy near Velm on Monday. Police blamed the [KRF]."
    assert recased(text).casefold() == wanted.casefold()
    for name in ("Karsk", "Velm", "Monday", "KRF"):
        assert name in recased(text)
    for word in ("attacked", "convoy", "near", "blamed"):
        assert word in recased(text)


def test_only_texts_of_one_case_are_meant() -> None:
    assert one_case("GUNMEN KILLED FOUR POLICEMEN IN VELM ON MONDAY, POLICE SAID.")
    assert one_case("gunmen killed four policemen in velm on monday, police said.")
    assert not one_case("Gunmen killed four policemen in Velm on Monday, police said.")
    assert not one_case("KRF IN VELM")


@given(st.text())
def test_positions_stay(text: str) -> None:
    again = recased(text)
    assert len(again) == len(text)
    assert recased(text) == again

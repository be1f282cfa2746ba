"""The gazetteer that ships: what it holds, how it is looked up, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.steps.link.gazetteer import FILE, Gazetteer, folded_name, gazetteer
from sayso.steps.link.geometry import RADIUS, kilometres, vector


@pytest.mark.parametrize(
    ("name", "kind", "near"),
    [
        ("Nimroz", "province", (31.0, 62.0)),
        ("Nimruz", "province", (31.0, 62.0)),
        ("Khatlon", "province", (38.0, 69.0)),
        ("Kunar", "province", (35.0, 71.0)),
        ("Sughd", "province", (40.0, 69.0)),
        ("Zaranj", "city", (31.0, 62.0)),
        ("Khorog", "city", (37.5, 71.5)),
        ("Termez", "city", (37.2, 67.3)),
        ("Torkham", "point", (34.1, 71.1)),
        ("Central Asia", "region", (43.0, 66.0)),
        ("Tajikistan", "country", (39.0, 71.0)),
    ],
)
def test_the_home_region(name: str, kind: str, near: tuple[float, float]) -> None:
    found = [spot for spot in gazetteer().find(name) if spot.kind == kind]
    assert any(kilometres((spot.latitude, spot.longitude), near) < 150 for spot in found)


def test_badakhshan_lies_on_both_sides_of_the_river() -> None:
    places = gazetteer()
    countries = {spot.country for spot in places.find("Badakhshan") if spot.kind == "province"}
    sides = {places.coded("AF"), places.coded("TJ")}
    assert countries == {side.index for side in sides if side is not None}


def test_the_biggest_comes_first_and_knows_what_holds_it() -> None:
    places = gazetteer()
    cities = [spot for spot in places.find("Paris") if spot.kind == "city"]
    assert [spot.people for spot in cities] == sorted((s.people for s in cities), reverse=True)
    [texas] = [spot for spot in places.find("Texas") if spot.kind == "province"]
    assert any(spot.lies_in(texas) for spot in cities)
    assert cities[0].seat == 2


def test_spellings_of_one_name() -> None:
    assert folded_name("St. Paul") == folded_name("Saint Paul")
    assert folded_name("Côte d’Ivoire") == folded_name("Cote d'Ivoire")
    assert gazetteer().find("No such place at all") == ()


def test_codes() -> None:
    nimroz = gazetteer().coded("AF-NIM")
    assert nimroz is not None
    assert nimroz.id == 1131821
    assert gazetteer().coded("ZZ") is None
    country = gazetteer().coded("AF")
    assert country is not None
    assert nimroz in gazetteer().provinces(country.index)


def test_what_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else" * 200)
    with pytest.raises(ValueError, match="no gazetteer"):
        Gazetteer(path)


def test_the_file_says_its_licence_and_is_small() -> None:
    assert b"CC BY 4.0" in FILE.read_bytes()[:1024]
    assert FILE.stat().st_size < 8_000_000


@given(st.text(max_size=40))
def test_any_name_may_be_asked(name: str) -> None:
    for spot in gazetteer().find(name):
        assert -90 <= spot.latitude <= 90
        assert -180 <= spot.longitude <= 180
        assert spot.index not in spot.above


_POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(_POINTS, _POINTS)
def test_distances(here: tuple[float, float], there: tuple[float, float]) -> None:
    far = kilometres(here, there)
    assert far == pytest.approx(kilometres(there, here))
    assert 0 <= far <= 3.15 * RADIUS
    assert sum(x * x for x in vector(*here)) == pytest.approx(1)

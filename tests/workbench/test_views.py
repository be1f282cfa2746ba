"""The linked views and the brief: what they show, how unsure it is, and that they agree."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.fakes import REPORTS, FakeReader, raw

import sayso
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Place, Time
from sayso.settings import Settings

pytest.importorskip("starlette", reason="needs the extra 'workbench'")

from tests.growth import assert_takes_at_most

from sayso.export.drawings.bars import bars_of, period_of
from sayso.export.drawings.network import layout
from sayso.export.drawings.outlines import countries, country_at

if TYPE_CHECKING:
    from starlette.testclient import TestClient

JSON = {"accept": "application/json"}
PLACES = [
    Place(None, "Velm", None, 34.5, 69.2, "city"),  # type: ignore[arg-type]
    Place(None, "Tarvia", None, 33.0, 66.0, "country"),  # type: ignore[arg-type]
    None,
]
TIMES = ["2031-03", "../2031-12-10", None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger whose claims name a place and a time, or the one, or neither."""
    made = tmp_path / "views.sayso"
    with sayso.open(made) as ledger:
        number = 0
        for uri, text in REPORTS.items():
            reading = FakeReader(Settings()).read(raw(text, uri))
            changed = []
            for claim in reading.claims:
                place, value = PLACES[number % 3], TIMES[number % 3]
                changed.append(_placed(claim, place, value, reading.entities))
                number += 1
            ledger._file.add(replace(reading, claims=tuple(changed)), "recipe")
    return made


def _placed(
    claim: Claim, place: Place | None, value: str | None, entities: tuple[Entity, ...]
) -> Claim:
    spot = claim.span
    located = replace(place, span=spot, quote=place.quote) if place else None
    when = Time(spot, claim.quote, value, None) if value else None
    claim = replace(claim, place=located, time=when)
    if claim.kind != "event":
        return claim
    one, other = (EntityRef(entity.id, spot, claim.quote) for entity in entities[:2])
    return replace(claim, actors=(one,), targets=(other,))


@pytest.fixture
def client(path: Path) -> TestClient:
    from starlette.testclient import TestClient

    from sayso.workbench.app import create_app

    app = create_app(str(path), token="t", host="127.0.0.1", port=7171)
    found = TestClient(app, base_url="http://127.0.0.1:7171")
    found.get("/?token=t")
    return found


def claims_of(path: Path) -> list[Claim]:
    with sayso.open(path) as ledger:
        return list(ledger.claims())


def test_the_timeline_shows_what_has_a_time_and_counts_the_rest(
    client: TestClient, path: Path
) -> None:
    claims = claims_of(path)
    view = client.get("/timeline", headers=JSON).json()
    dated = {c.id for c in claims if c.time is not None and c.time.value is not None}
    assert dated
    assert {row["id"] for row in view["rows"]} == dated
    assert view["undated"] == len(claims) - len(dated)
    month = next(row for row in view["rows"] if row["time"] == "2031-03")
    assert (month["earliest"], month["latest"]) == ("2031-03-01", "2031-03-31")
    other = client.get("/timeline?year=1999", headers=JSON).json()
    assert [row["time"] for row in other["rows"]] == ["../2031-12-10"] * len(other["rows"])
    assert client.get("/timeline?year=99999999999").status_code == 200


def test_a_bar_is_as_long_as_the_time_is_unsure(path: Path) -> None:
    claim = next(c for c in claims_of(path) if c.time is not None)
    assert claim.time is not None
    values = ["2031-01-01", "2031", "2031-06/..", "../2030-01"]
    periods = [period_of(replace(claim, time=replace(claim.time, value=v))) for v in values]
    day, year, since, until = bars_of([p for p in periods if p is not None])
    assert day.width < year.width / 50
    assert since.start + since.width == 100.0
    assert until.start == 0.0
    assert [one.open for one in (day, year, since, until)] == [False, False, True, True]
    assert period_of(replace(claim, time=replace(claim.time, value="no date"))) is None
    assert bars_of([]) == []


@given(st.lists(st.dates(date(1, 1, 1), date(9999, 12, 31)), min_size=1, max_size=8))
def test_bars_stay_on_the_scale(days: list[date]) -> None:
    from sayso.values.dates import Period

    for bar in bars_of([Period(day, day, "day") for day in days]):
        assert 0 <= bar.start <= 100
        assert bar.width > 0


def test_the_map_draws_areas_and_says_how_wide_they_are(client: TestClient, path: Path) -> None:
    claims = claims_of(path)
    view = client.get("/map", headers=JSON).json()
    by_name = {area["name"]: area for area in view["areas"]}
    assert (by_name["Velm"]["radius_km"], by_name["Velm"]["country"]) == (10, None)
    assert by_name["Tarvia"]["country"] == "Afghanistan"
    placed = [c.id for c in claims if c.place is not None]
    assert sorted(id for area in view["areas"] for id in area["claims"]) == sorted(placed)
    assert view["unplaced"] == len(claims) - len(placed)
    page = client.get("/map").text
    assert 'class="area' in page
    assert "http" not in page.split("<main")[1].split("</main>")[0]


def test_countries_are_found_by_a_point() -> None:
    names = {
        (69.2, 34.5): "Afghanistan",
        (2.35, 48.85): "France",
        (-98.0, 39.0): "United States of America",
        (28.23, -29.6): "Lesotho",
        (28.0, -27.0): "South Africa",
        (-30.0, 0.0): None,
        (-175.0, 66.6): "Russia",
        (180.0, 90.0): None,
    }
    found = {point: country_at(point) for point in names}
    assert {point: c.name if c else None for point, c in found.items()} == names
    assert len(countries()) > 230


def test_no_outline_runs_across_the_whole_map() -> None:
    """Countries on both sides of the meridian of 180 degrees are drawn on each side."""
    for country in countries():
        for ring in country.rings:
            steps = [abs(b[0] - a[0]) for a, b in pairwise(ring)]
            assert max(steps) < 60 or country.name == "Antarctica"
    for east, west in (((179.0, 66.5), (-173.0, 66.5)), ((178.0, -17.8), (-179.9, -16.6))):
        found = [country_at(east), country_at(west)]
        assert found[0] is not None
        assert found[1] in (found[0], None)


def test_the_network_ties_whom_claims_tie(client: TestClient, path: Path) -> None:
    view = client.get("/network", headers=JSON).json()
    assert view["ties"]
    known = {claim.id for claim in claims_of(path)}
    drawn = {actor["id"] for actor in view["actors"]}
    for tie in view["ties"]:
        assert set(tie["claims"]) <= known
        assert {tie["from"], tie["to"]} <= drawn
        assert tie["from"] != tie["to"]
    nothing = client.get("/network?kind=status", headers=JSON).json()
    assert nothing["ties"] == nothing["actors"] == []


def test_a_layout_is_the_same_every_time_and_stays_on_its_sheet() -> None:
    nodes = [str(n) for n in range(40)]
    pairs = [(str(n), str((n * 7 + 1) % 40)) for n in range(40)]
    assert_takes_at_most(2, lambda: layout(nodes, pairs))
    one = layout(nodes, pairs)
    assert one == layout(nodes, pairs)
    assert len(set(one)) == 40
    assert all(0 <= x <= 1000 and 0 <= y <= 600 for x, y in one)
    assert layout([], []) == []
    assert layout(["a"], []) == [(500.0, 300.0)]


@pytest.mark.parametrize("page", ["timeline", "map", "network"])
def test_views_carry_their_filters_to_one_another(client: TestClient, page: str) -> None:
    text = client.get(f"/{page}?kind=estimate&about=a%26b%22&since=2031").text
    shared = "kind=estimate&amp;about=a%26b%22&amp;since=2031"
    for other in ("claims", "timeline", "map", "network"):
        assert f'href="/{other}?{shared}"' in text
    kinds = client.get(f"/{page}?kind=nonsense", headers=JSON)
    assert kinds.status_code == 200


def test_the_brief_holds_what_was_picked(client: TestClient, path: Path) -> None:
    with sayso.open(path) as ledger:
        first, second = [s.id for s in ledger.statements()][:2]
        ledger.judge(second, "reject", by="ines")
    view = client.get(f"/brief?pick={first},{second},zzzzzz,{first}&title=A%3Cb%3E", headers=JSON)
    brief = view.json()
    assert brief["title"] == "A<b>"
    assert brief["faults"] == []
    assert [one["id"] for one in brief["left_out"]] == [second, "zzzzzz"]
    assert len(brief["blocks"]) == 1
    assert brief["blocks"][0]["review"] == "not reviewed"
    page = client.get(f"/brief?pick={first}&title=A%3Cb%3E").text
    assert "<b>" not in page.split("<main")[1].split("</main>")[0]
    assert "Nothing was picked" in client.get("/brief").text


def test_the_brief_can_be_taken_along_and_passes(
    client: TestClient, path: Path, tmp_path: Path
) -> None:
    from sayso.briefing import faults_of
    from sayso.export.briefs.files import read_brief

    with sayso.open(path) as ledger:
        ids = ",".join(s.id for s in ledger.statements())
        for form in ("md", "html", "docx"):
            got = client.get(f"/brief.{form}?pick={ids}&title=../../Doss")
            assert got.headers["content-disposition"] == f'attachment; filename="doss.{form}"'
            (tmp_path / f"a.{form}").write_bytes(got.content)
            assert faults_of(read_brief(tmp_path / f"a.{form}"), ledger) == []
    assert client.get(f"/brief.exe?pick={ids}").status_code == 404


def test_reviews_show_the_rate_and_where_people_differ(client: TestClient, path: Path) -> None:
    empty = client.get("/reviews", headers=JSON).json()
    assert (empty["precision"], empty["agreement"], empty["apart"]) == (None, [], [])
    with sayso.open(path) as ledger:
        first, second, *_, last = sorted(s.id for s in ledger.statements())
        ledger.judge(last, "reject", by="ines")  # chosen by hand: no part of the sample's figure
        for id, decision, by in (
            (first, "confirm", "ines"),
            (second, "reject", "ines"),
            (first, "confirm", "omar"),
            (second, "confirm", "omar"),
        ):
            ledger.judge(id, decision, by=by)  # type: ignore[arg-type]
    view = client.get("/reviews", headers=JSON).json()
    assert view["precision"]["words"].endswith("of 2 looked at")
    (pair,) = view["agreement"]
    assert (pair["both"], pair["agreed"], pair["kappa"]) == (2, 0.5, 0.0)
    assert [line["decisions"] for line in view["apart"]] == [{"ines": "reject", "omar": "confirm"}]
    queue = client.get("/queue?order=sample", headers=JSON).json()["sample"]
    assert (queue["looked_at"], queue["wrong"]) == (2, 0)
    page = client.get("/reviews").text
    assert "rejected" in page.split("Where they differ")[1]
    lines = client.get("/training/prodigy").text.splitlines()
    assert len(lines) == 3
    assert len(client.get("/training/label-studio").json()) == 3
    assert client.get("/training/other").status_code == 404

"""The page of a dispute: drawn over time, the same in a table, and into the brief."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from tests.workbench.desk.conftest import serving
from tests.workbench.desk.test_browser import Desk

import sayso
from sayso.settings import ExtractSettings, Settings

_COUNTS = (
    ("March 3, 2031", "The Karsk Front has 300 fighters in Velm, General Mira Sol said on Monday."),
    (
        "March 14, 2031",
        "The Karsk Front has between 700 and 900 fighters in Velm,"
        " the analyst Ilka Brand said on Tuesday.",
    ),
    (None, "The Karsk Front has 650 fighters in Velm, said Dora Mint."),
)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three counts: of a day, of another, and of none that is told."""
    folder = tmp_path_factory.mktemp("dated")
    texts = folder / "reports"
    texts.mkdir()
    for number, (day, words) in enumerate(_COUNTS):
        line = f"VELM, {day} -- " if day else ""
        (texts / f"{number}.txt").write_text(f"Report {number}\n\n{line}{words}\n", "utf-8")
    path = folder / "dated.sayso"
    with sayso.open(path) as ledger:
        rules = Settings(extract=ExtractSettings(attribution="rules"))
        ledger.read(texts, workers=0, settings=rules)
        ledger.match()
    return path


@pytest.fixture
def desk(dated: Path, chromium: Any) -> Iterator[Desk]:
    with serving(dated) as served:
        desk = Desk(served, chromium, viewport={"width": 1280, "height": 900})
        yield desk
        desk.context.close()
    assert desk.errors == []


def _dispute(desk: Desk) -> str:
    found = desk.get("/disputes")["disputes"]
    return str(next(d["id"] for d in found if "fighters" in d["question"]))


def test_counts_are_drawn_over_time_and_told_in_a_table(desk: Desk) -> None:
    id = _dispute(desk)
    told = desk.get(f"/disputes/{id}")["told"]
    assert {t["holder"] for t in told} >= {"Mira Sol", "Ilka Brand"}
    desk.go(f"/disputes/{id}")
    rows = desk.page.locator(".told-table tbody tr")
    assert rows.count() == len(told) == desk.page.locator(".plot .told").count()
    for row, one in zip(rows.all(), told, strict=True):
        words = row.inner_text()
        assert one["holder"] in words
        assert (one["when"] or "no date") in words
    assert [t["holder"] for t in told if t["when"] is None] == ["Dora Mint"]
    margin = desk.page.locator(".plot .undated")
    box = margin.bounding_box()
    assert box is not None
    for mark, one in zip(desk.page.locator(".plot .told").all(), told, strict=True):
        at = mark.bounding_box()
        assert at is not None
        assert (at["x"] + at["width"] / 2 > box["x"]) == (one["when"] is None)
    desk.page.locator(".plot a").first.click()
    assert desk.page.url.endswith("#told-1")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_drawing_keeps_its_letters_on_a_narrow_page(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    desk.go(f"/disputes/{_dispute(desk)}")
    size = desk.page.evaluate(
        "() => document.querySelector('.plot .axis').getBoundingClientRect().height"
    )
    assert size > 11
    assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_dispute_over_time_goes_into_the_brief_by_its_page(desk: Desk) -> None:
    id = _dispute(desk)
    desk.go(f"/disputes/{id}")
    desk.page.locator(".over-time figcaption button.pick").click()
    desk.says("Put into the brief.")
    desk.page.click(".bar nav a[href^='/brief']")
    desk.page.wait_for_url("**picture=dispute**")
    assert desk.page.locator("figure.picture").count() == 2
    assert desk.page.locator("input[value=dispute]").is_checked()
    desk.go(f"/disputes/{id}")
    desk.forget()
    desk.press("b")
    desk.says("Taken out of the brief.")


@pytest.mark.parametrize("view", ["map", "timeline", "network"])
def test_each_view_is_picked_by_its_key(desk: Desk, view: str) -> None:
    desk.go(f"/disputes/{_dispute(desk)}")
    desk.press("b")
    desk.says("Put into the brief.")
    desk.go(f"/{view}")
    desk.forget()
    desk.press("b")
    desk.says("Put into the brief.")
    desk.page.click(".bar nav a[href^='/brief']")
    desk.page.wait_for_url(f"**picture={view}**")
    assert desk.page.locator(f"input[value={view}]").is_checked()


def test_every_form_of_a_brief_holds_the_pictures(desk: Desk) -> None:
    pytest.importorskip("docx", reason="needs sayso[briefs]")
    pytest.importorskip("typst", reason="needs sayso[briefs]")
    query = f"pick={_dispute(desk)}&picture=dispute&picture=map"
    shown = desk.get(f"/brief?{query}")
    assert shown["faults"] == []
    with desk.served.client() as client:
        md = client.get(f"/brief.md?{query}").text
        html = client.get(f"/brief.html?{query}").text
        word = client.get(f"/brief.docx?{query}").content
        pdf = client.get(f"/brief.pdf?{query}").content
    count = html.count("<svg ")
    assert count >= 2
    assert md.count("data:image/svg+xml;base64,") == count
    names = ZipFile(io.BytesIO(word)).namelist()
    assert sum(name.endswith(".svg") for name in names) == count
    assert sum(name.endswith(".png") for name in names) == count
    assert pdf.startswith(b"%PDF")

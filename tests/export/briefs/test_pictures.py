"""Pictures in briefs: the same in every form, and proven in every form that is read back."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import sayso
from sayso.export.briefs.brief import Brief, Picture
from sayso.export.briefs.checking import check
from sayso.export.briefs.composing import compose, illustrate
from sayso.export.briefs.drawing import PICTURES, kinds_in
from sayso.export.briefs.files import read_brief, write_brief
from sayso.export.briefs.markdown import from_markdown, to_markdown
from sayso.settings import ExtractSettings, Settings

_COUNTS = (
    "VELM, March 3, 2031 -- "
    "The Karsk Front has 300 fighters in Velm, General Mira Sol said on Monday.",
    "VELM, March 14, 2031 -- "
    "The Karsk Front has 900 fighters in Velm, the analyst Ilka Brand said on Tuesday.",
    "VELM, May 2, 2031 -- The Karsk Front fights the Dorn Brigade, Mira Sol said.",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sayso.Ledger]:
    folder = tmp_path_factory.mktemp("pictures")
    for number, words in enumerate(_COUNTS):
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n{words}\n", "utf-8")
    with sayso.open(folder / "region.sayso") as opened:
        rules = Settings(extract=ExtractSettings(attribution="rules"))
        opened.read(sorted(folder.glob("*.txt")), workers=0, settings=rules)
        opened.match()
        yield opened


@pytest.fixture(scope="module")
def brief(ledger: sayso.Ledger) -> Brief:
    ids = [*(d.id for d in ledger.disputes()), *(c.id for c in ledger.claims())]
    return compose(ledger, ids, title="All of it", made="Made", pictures=PICTURES)


def _pictures(brief: Brief) -> list[Picture]:
    return [block for block in brief.blocks if isinstance(block, Picture)]


def test_disputes_and_claims_are_drawn(brief: Brief, ledger: sayso.Ledger) -> None:
    words = " ".join(picture.words for picture in _pictures(brief))
    assert "on one scale" in words
    assert "over time" in words
    assert "did what to whom" in words
    assert set(kinds_in(brief)) >= {"network", "dispute"}
    assert check(brief, ledger) == []
    assert illustrate(brief, ledger, kinds_in(brief)) == brief


@pytest.mark.parametrize("form", ["md", "html", "docx"])
def test_pictures_come_back_and_hold(
    brief: Brief, ledger: sayso.Ledger, tmp_path: Path, form: str
) -> None:
    if form == "docx":
        pytest.importorskip("docx", reason="needs sayso[briefs]")
        pytest.importorskip("typst", reason="needs sayso[briefs]")
    path = tmp_path / f"brief.{form}"
    write_brief(brief, path)
    again = read_brief(path)
    assert _pictures(again) == _pictures(brief)
    assert check(again, ledger) == []


def test_a_picture_in_markdown_cannot_be_changed(brief: Brief, ledger: sayso.Ledger) -> None:
    text = to_markdown(brief)
    other = b64encode(b"<svg>another</svg>").decode()
    start = text.index("base64,") + 7
    end = text.index("\n", start)
    count = text.count("base64,")
    for changed, fault in (
        (text[:start] + other + text[end:], "is not what the ledger draws"),
        (text[:start] + "%%%" + text[end:], None),
        (text.replace("on one scale]", "show that 900 is true]"), "does not show"),
        (text.replace("[picture-1]: data", "[picture-77]: data"), "is not what"),
        (text + "\n\n![More](https://example.org/x.png)\n", None),
        (text + f"\n\n[picture-{count + 1}]: data:image/png;base64,{other}\n", None),
    ):
        faults = [f"{one.where} {one.what}" for one in check(from_markdown(changed), ledger)]
        assert faults
        assert fault is None or any(fault in one for one in faults)


def _changed(data: bytes, ending: str, content: bytes) -> bytes:
    """The same Word file with other bytes in the first file of this ending."""
    out, done = io.BytesIO(), False
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            hit = one.filename.endswith(ending) and not done
            done = done or hit
            new.writestr(one.filename, content if hit else old.read(one.filename))
    assert done
    return out.getvalue()


def test_neither_form_of_a_picture_in_word_can_be_changed(
    brief: Brief, ledger: sayso.Ledger, tmp_path: Path
) -> None:
    docx: Any = pytest.importorskip("docx", reason="needs sayso[briefs]")
    pytest.importorskip("typst", reason="needs sayso[briefs]")
    from sayso.export.briefs.raster import png_of

    path = tmp_path / "brief.docx"
    write_brief(brief, path)
    data = path.read_bytes()
    other = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    for ending, content in (
        (".png", png_of(other)),
        (".svg", other.encode()),
        (".svg", b"\xff"),
        (".svg", b"<svg"),
    ):
        path.write_bytes(_changed(data, ending, content))
        assert any(one.where.startswith("picture") for one in check(read_brief(path), ledger))
    path.write_bytes(data)
    document = docx.Document(path)
    document.add_picture(io.BytesIO(png_of(other)))
    document.save(path)
    (fault,) = check(read_brief(path), ledger)
    assert fault.where == f"picture {len(_pictures(brief)) + 1}"

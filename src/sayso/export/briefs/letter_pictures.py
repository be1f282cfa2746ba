"""Pictures in a Word document: as SVG, and as pixels for programs that do not draw SVG."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sayso.export.briefs.brief import Picture
from sayso.export.briefs.raster import WIDTH_CM, png_of

_MOST = 60
"""Pictures of one document that are looked at; one more and it is no brief of ours."""
_LARGEST = 20_000_000
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOC = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_BLIP = f"{{{_A}}}blip"
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""Office's name for "this picture is an SVG too"."""


def add_picture(document: Any, picture: Picture, number: int) -> None:
    """Puts a picture at the end of a document, with its words for who does not see it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.shared import Cm
    from lxml import etree

    shape = document.add_picture(BytesIO(png_of(picture.svg)), width=Cm(WIDTH_CM))
    shape._inline.docPr.set("descr", picture.words)
    package = document.part.package
    name = PackURI(f"/word/media/drawing{number}.svg")
    part = Part(name, "image/svg+xml", picture.svg.encode(), package)
    blip = next(shape._inline.iter(_BLIP))
    extension = etree.SubElement(etree.SubElement(blip, f"{{{_A}}}extLst"), f"{{{_A}}}ext")
    extension.set("uri", _EXTENSION)
    drawn = etree.SubElement(extension, f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    drawn.set(f"{{{_R}}}embed", document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))


def pictures_in(paragraph: Any, part: Any, seen: int) -> list[Picture]:
    """The pictures of a paragraph or table (an lxml element). One that is not drawn as we draw it,
    in both its forms, is an empty `Picture`, which no ledger draws. `seen` came before it."""
    found = []
    drawings = paragraph.iter(
        *(f"{{{_W}}}{name}" for name in ("drawing", "pict", "object", "altChunk"))
    )
    for place, drawing in enumerate(drawings, start=seen):
        words = next((one.get("descr") or "" for one in drawing.iter(f"{{{_DOC}}}docPr")), "")
        svg = _drawn(drawing, part) if place < _MOST else None
        found.append(Picture(svg or "", words))
    return found


def _drawn(drawing: Any, part: Any) -> str | None:
    """The SVG of a drawing whose pixels are those of it; None of any other."""
    blips = list(drawing.iter(_BLIP))
    vectors = list(drawing.iter(f"{{{_SVG}}}svgBlip"))
    if len(blips) != 1 or len(vectors) != 1:
        return None
    pixels = _bytes(part, blips[0].get(f"{{{_R}}}embed"))
    vector = _bytes(part, vectors[0].get(f"{{{_R}}}embed"))
    if pixels is None or vector is None:
        return None
    try:
        svg = vector.decode()
        return svg if png_of(svg) == pixels else None
    except (UnicodeDecodeError, RuntimeError, ValueError):  # Typst refuses what is no picture
        return None


def _bytes(part: Any, relation: str | None) -> bytes | None:
    known = part.related_parts.get(relation or "")
    blob = getattr(known, "blob", None)
    return blob if isinstance(blob, bytes) and len(blob) <= _LARGEST else None

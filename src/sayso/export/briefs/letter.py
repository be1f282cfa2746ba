"""Briefs as Word documents (DOCX), and back."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from sayso.errors import BriefRefused, MissingExtra
from sayso.export.briefs.brief import (
    SOURCES,
    Block,
    Brief,
    Citation,
    Heading,
    Picture,
    Remark,
    Sentence,
    one_line,
)
from sayso.export.briefs.letter_pictures import add_picture, pictures_in
from sayso.export.briefs.markdown import sentences

_NOTE = re.compile("\ue000(\\d{1,6})\ue001")
_MARK = re.compile(r"\[(not reviewed|partly reviewed)\]")
_SOURCE = re.compile(r"(\d{1,6})\. (.*) <(sayso:[^<>\s]+)>")
_REMARK = "Intense Quote"
_LARGEST, _UNPACKED = 20_000_000, 100_000_000
"""Bytes of a file that is read, and of what it unpacks to."""


def to_docx(brief: Brief) -> bytes:
    """The brief as DOCX, with its pictures. Raises `MissingExtra`."""
    document = _docx().Document()
    document.core_properties.title = brief.title[:250]
    document.core_properties.author = "sayso"
    document.add_heading(brief.title, 0)
    document.add_paragraph(brief.made, style="Subtitle")
    for place, block in enumerate(brief.blocks, start=1):
        if isinstance(block, Picture):
            add_picture(document, block, place)
        elif isinstance(block, Heading):
            document.add_heading(block.text, 1)
        elif isinstance(block, Remark):
            document.add_paragraph(block.text, style=_REMARK)
        elif isinstance(block, Sentence):
            paragraph = document.add_paragraph(block.text + " ")
            for nth, number in enumerate(block.cites):
                if nth:
                    paragraph.add_run(" ").font.superscript = True
                paragraph.add_run(str(number)).font.superscript = True
            if block.review:
                paragraph.add_run(f" [{block.review}]").italic = True
    document.add_heading(SOURCES, 1)
    for one in brief.citations:
        document.add_paragraph(f"{one.number}. {one.label} <{one.address}>")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def from_docx(data: bytes) -> Brief:
    """The brief in a DOCX that `to_docx` wrote, also after it was edited. Tables and other text are
    sentences without a citation, and what shows another picture than ours is one that no ledger
    draws. Raises `BriefRefused` or `MissingExtra`."""
    docx = _docx()
    if len(data) > _LARGEST:
        raise BriefRefused(f"a brief of {len(data):,} bytes is too long to be one")
    try:
        if sum(part.file_size for part in ZipFile(BytesIO(data)).infolist()) > _UNPACKED:
            raise BriefRefused("a file that unpacks to so much is no brief")
        document = docx.Document(BytesIO(data))
    except BriefRefused:
        raise
    except Exception as error:  # noqa: BLE001  python-docx lets through whatever zip or XML raise
        raise BriefRefused(f"this is no brief of sayso: {error}") from None
    title, made = "", ""
    blocks: list[Block] = []
    citations: list[Citation] = []
    seen = 0
    for item in document.iter_inner_content():
        pictures = pictures_in(item._element, document.part, seen)
        seen += len(pictures)
        blocks += pictures
        if not hasattr(item, "runs"):  # a table
            words = " ".join(cell.text for row in item.rows for cell in row.cells)
            blocks += [Sentence(one_line(words), ())] if words.strip() else []
            continue
        style, words = item.style.name, one_line(item.text)
        source = _SOURCE.fullmatch(words)
        if not words:
            continue
        if style == "Title" and not title:
            title = words
        elif style == "Subtitle" and not made:
            made = words
        elif style.startswith("Heading"):
            blocks += [Heading(words)] if words != SOURCES else []
        elif style == _REMARK:
            blocks.append(Remark(words))
        elif source is not None:
            citations.append(Citation(int(source[1]), source[2], source[3]))
        else:
            blocks += sentences(_flat(item), _NOTE, _MARK, one_line)
    if not title or not citations:
        raise BriefRefused("this is no brief of sayso: it has no title or no citations")
    return Brief(title, made, tuple(blocks), tuple(citations))


def _flat(paragraph: Any) -> str:
    """The text of a paragraph; raised numbers as characters that no text holds."""
    parts = []
    for item in paragraph.iter_inner_content():
        text = re.sub("[\ue000-\ue003]", " ", item.text)
        raised = getattr(getattr(item, "font", None), "superscript", None)
        if raised and text.strip().isascii():
            text = re.sub(r"\d+", lambda found: f"\ue000{found[0][:6]}\ue001", text)
        parts.append(text)
    return "".join(parts)


def _docx() -> Any:
    try:
        import docx
    except ImportError as error:
        raise MissingExtra(
            "a brief as DOCX needs python-docx: pip install 'sayso[briefs]'", "briefs"
        ) from error
    return docx

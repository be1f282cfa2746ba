"""Briefs as Markdown with footnotes: to be read, edited, checked, and made into the other forms."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Callable

from sayso.errors import BriefRefused
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

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~&!])")
_NOTE = re.compile(r"\[\^(\d{1,6})\]")
_MARK = re.compile(r"\*\((not reviewed|partly reviewed)\)\*")
_DEFINITION = re.compile(r"\[\^(\d{1,6})\]:\s+(.*?)\s*<([^<>\s]+)>\s*")
_PICTURE = re.compile(r"!\[([^\[\]]*(?:\\.[^\[\]]*)*)\]\[picture-(\d{1,4})\]")
_DRAWING = re.compile(r"\[picture-(\d{1,4})\]:\s+data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")
_LARGEST = 20_000_000
"""Characters of a brief that is read."""


def to_markdown(brief: Brief) -> str:
    """The brief as CommonMark with footnotes. A picture stands where it belongs by its words; the
    drawing itself, a long line, stands at the end as a `data:` address."""
    drawings: list[str] = []
    parts = [f"# {_escaped(brief.title)}", f"*{_escaped(brief.made)}*"]
    for block in brief.blocks:
        if isinstance(block, Heading):
            parts.append(f"## {_escaped(block.text)}")
        elif isinstance(block, Remark):
            parts.append(f"> {_escaped(block.text)}")
        elif isinstance(block, Picture):
            name = f"[picture-{len(drawings) + 1}]"
            parts.append(f"![{_escaped(block.words)}]{name}")
            drawn = b64encode(block.svg.encode()).decode()
            drawings.append(f"{name}: data:image/svg+xml;base64,{drawn}")
        elif isinstance(block, Sentence):
            notes = "".join(f" [^{number}]" for number in block.cites)
            mark = f" *({block.review})*" if block.review else ""
            parts.append(f"- {_escaped(block.text)}{notes}{mark}")
    parts.append(f"## {SOURCES}")
    parts += [f"[^{c.number}]: {_escaped(c.label)} <{c.address}>" for c in brief.citations]
    parts += drawings
    return "\n\n".join(parts) + "\n"


def from_markdown(text: str) -> Brief:
    """The brief in a Markdown file. What is no heading, remark or citation is a sentence, so
    nothing that somebody wrote into the file goes unchecked. Raises `BriefRefused`."""
    if len(text) > _LARGEST:
        raise BriefRefused(f"a brief of {len(text):,} characters is too long to be one")
    title = made = None
    blocks: list[Block] = []
    citations: list[Citation] = []
    paragraphs = list(_paragraphs(text))
    drawings = _drawings(paragraphs)
    for paragraph in paragraphs:
        if (shown := _PICTURE.fullmatch(paragraph)) is not None:
            blocks.append(Picture(drawings.get(shown[2], ""), _plain(shown[1])))
        elif (drawn := _DRAWING.fullmatch(paragraph)) is not None and drawn[1] in drawings:
            continue
        elif (found := _DEFINITION.fullmatch(paragraph)) is not None:
            citations.append(Citation(int(found[1]), _plain(found[2]), found[3]))
        elif paragraph.startswith("# ") and title is None:
            title = _plain(paragraph[2:])
        elif paragraph.startswith("#"):
            heading = _plain(paragraph.lstrip("#"))
            if heading != SOURCES:
                blocks.append(Heading(heading))
        elif paragraph.startswith(">"):
            blocks.append(Remark(_plain(paragraph.lstrip("> "))))
        elif made is None and not blocks and paragraph[0] == paragraph[-1] == "*":
            made = _plain(paragraph[1:-1])
        else:
            blocks += sentences(paragraph, _NOTE, _MARK, _plain)
    if title is None or not citations:
        raise BriefRefused("this is no brief of sayso: it has no title or no citations")
    return Brief(title, made or "", tuple(blocks), tuple(citations))


def _drawings(paragraphs: list[str]) -> dict[str, str]:
    """The drawings by their numbers; the first of a number counts, as in CommonMark."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if (drawn := _DRAWING.fullmatch(paragraph)) is not None and drawn[1] not in found:
            try:
                found[drawn[1]] = b64decode(drawn[2], validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                found[drawn[1]] = ""
    return found


def sentences(
    paragraph: str, note: re.Pattern[str], mark: re.Pattern[str], plain: Callable[[str], str]
) -> list[Sentence]:
    """The sentences of a paragraph: each ends with its citations; words after the last citation
    are a sentence without any."""
    found: list[Sentence] = []
    for piece in _pieces(paragraph, note):
        marked = mark.search(piece)
        words = mark.sub(" ", piece)
        cites = tuple(int(one) for one in note.findall(words))
        said = plain(note.sub(" ", words))
        review = marked[1] if marked else ""
        if any(char.isalnum() for char in said):
            found.append(Sentence(said, cites, review))
        elif found and (cites or review):
            last = found.pop()
            found.append(Sentence(last.text, last.cites + cites, last.review or review))
    return found


def _pieces(paragraph: str, note: re.Pattern[str]) -> list[str]:
    """The paragraph cut behind each run of citations."""
    pieces, start, last = [], 0, None
    for found in note.finditer(paragraph):
        between = paragraph[last : found.start()] if last is not None else ""
        if last is not None and any(char.isalnum() for char in between):
            pieces.append(paragraph[start:last])
            start = last
        last = found.end()
    return [*pieces, *_tail(paragraph[start:], last, start)]


def _tail(rest: str, last: int | None, start: int) -> list[str]:
    if last is None:
        return [rest]
    return [rest[: last - start], rest[last - start :]]


def _paragraphs(text: str) -> list[str]:
    """Paragraphs, list items, headings and footnotes, each in one line."""
    found: list[str] = []
    open_ = False
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            open_ = False
            continue
        begins = re.match(r"([-*+] |\d+[.)] |#+ |>|\[\^\d+\]:|\[picture-\d+\]:|!\[)", stripped)
        if begins is not None or not open_:
            found.append(re.sub(r"^([-*+]|\d+[.)]) +", "", stripped))
        else:
            found[-1] += " " + stripped
        open_ = not stripped.startswith("#")
    return [one for one in found if one]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _plain(text: str) -> str:
    return one_line(_ESCAPED.sub(r"\1", text))

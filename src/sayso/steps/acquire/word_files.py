"""The text of a DOCX, with what the file says of itself.

A DOCX is a ZIP of XML. It is read here part by part within a budget rather than by a library that
inflates the whole: a file of 3 MB can hold a gigabyte (docs/decisions/0105-binary-formats.md).
Deleted text of tracked changes is left out, inserted text is read; headers, footers, notes and
comments are not read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sayso.errors import SetAside

ENCODING = "docx"
"""What stands for an encoding in a document that was read from a DOCX."""
_BODY = "word/document.xml"
_TOLD = "docProps/core.xml"
_MOST_ENTRIES = 10_000
_INFLATED = 100_000_000
_RATIO = 200
"""XML of an honest file shrinks to a tenth; past 1 MB more than this is a bomb."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "txbxContent"})
"""Elements whose text is no part of the page: deleted, doubled for old readers, or a formula."""


@dataclass(frozen=True, slots=True)
class WordText:
    """`text` has a paragraph a line and a blank line between two."""

    text: str
    title: str | None = None
    """The paragraph in the style "Title", else the title in the file's own data."""
    author: str | None = None
    created: str | None = None
    """The day in the file's own data, EDTF."""


def word_text(data: bytes, *, max_characters: int) -> WordText:
    """The text of a DOCX in order, tables cell by cell.

    Raises SetAside: `damaged`, `unsupported` (it is encrypted or no DOCX), `too_large` (its parts
    or its text) or `no_text`.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SetAside("unsupported", "it is encrypted, or an old .doc", "save it as .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                raise SetAside("too_large", "it has too many parts", "save it anew")
            body = _part(archive, _BODY)
            told = _part(archive, _TOLD) if _TOLD in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise SetAside("damaged", "the file is damaged", "save it anew") from None
    except KeyError:
        raise SetAside("unsupported", "it is no DOCX: it has no body", "save it anew") from None
    except RuntimeError:  # zipfile's word for a password
        raise SetAside("unsupported", "it asks for a password", "save it without one") from None
    paragraphs, title = _paragraphs(body, max_characters)
    if not paragraphs:
        raise SetAside("no_text", "there is no text in the file", "look at the file itself")
    fields = _fields(told)
    return WordText(
        "\n\n".join(paragraphs),
        title or fields.get("title"),
        fields.get("creator"),
        _day(fields.get("created", "")),
    )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, within the budget whatever its header says."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise RuntimeError("encrypted")
    budget = min(_INFLATED, max(1_000_000, _RATIO * info.compress_size))
    with archive.open(info) as part:
        data = part.read(budget + 1)
    if len(data) > budget:
        raise SetAside("too_large", "it inflates to more than is allowed", "save it anew")
    return data


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise SetAside("damaged", "the file's XML is damaged", "save it anew") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise SetAside("unsupported", "the file's XML defines entities", "save it anew")
    return root


def _paragraphs(body: bytes, limit: int) -> tuple[list[str], str | None]:
    """The texts of the paragraphs, and that of the first in the style of a title."""
    from lxml import etree

    found: list[str] = []
    title: str | None = None
    parts: list[str] = []
    styles: list[str] = []
    length, hidden = 0, 0
    for event, element in etree.iterwalk(_parsed(body), events=("start", "end")):
        name = _name(element)
        if name in _LEFT_OUT:
            hidden += 1 if event == "start" else -1
        if hidden:
            continue
        if event == "start":
            if name == "p":
                parts, styles = [], []
            elif name == "pStyle":
                styles.append(element.get(f"{_WORD}val") or element.get(f"{_STRICT}val") or "")
            elif name == "t":
                parts.append(element.text or "")
            elif name in ("tab", "br", "cr"):
                parts.append(" ")
            elif name == "noBreakHyphen":
                parts.append("-")
        elif name == "p":
            text = " ".join(_CONTROL.sub(" ", "".join(parts)).split())
            parts = []
            if not text:
                continue
            if title is None and any(style.lower() == "title" for style in styles):
                title = text
            found.append(text)
            length += len(text) + 2
            if length > 2 * limit:
                raise SetAside(
                    "too_large",
                    f"its text has more than {2 * limit:,} characters",
                    "raise max_characters or split the file",
                )
    return found, title


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _fields(data: bytes) -> dict[str, str]:
    """The file's own data by name; nothing where it cannot be read."""
    if not data:
        return {}
    try:
        root = _parsed(data)
    except SetAside:
        return {}
    return {
        _name(child): " ".join((child.text or "").split())[:500]
        for child in root
        if (child.text or "").strip()
    }


def _day(value: str) -> str | None:
    found = _DATE.match(value)
    return found.group() if found else None

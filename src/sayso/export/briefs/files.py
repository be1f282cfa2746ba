"""Briefs in files: the ending tells the form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sayso.errors import BriefRefused
from sayso.export.briefs.brief import Brief
from sayso.export.briefs.letter import from_docx, to_docx
from sayso.export.briefs.markdown import from_markdown, to_markdown
from sayso.export.briefs.page import from_html, to_html
from sayso.export.briefs.print import to_pdf
from sayso.export.files import whole_file

WRITERS: dict[str, Callable[[Brief], bytes]] = {
    ".md": lambda brief: to_markdown(brief).encode(),
    ".html": lambda brief: to_html(brief).encode(),
    ".docx": to_docx,
    ".pdf": to_pdf,
}
_READERS: dict[str, Callable[[bytes], Brief]] = {
    ".md": lambda data: from_markdown(_text(data)),
    ".html": lambda data: from_html(_text(data)),
    ".docx": from_docx,
}
_LARGEST = 50_000_000


def write_brief(brief: Brief, path: str | Path) -> None:
    """Writes the brief, whole or not at all. Raises `BriefRefused`, `MissingExtra` or `OSError`."""
    suffix = Path(path).suffix.lower()
    if suffix not in WRITERS:
        raise BriefRefused(f"{path}: a brief is written as {', '.join(WRITERS)}")
    data = WRITERS[suffix](brief)
    with whole_file(path) as stream:
        stream.write(data)


def read_brief(path: str | Path) -> Brief:
    """The brief in a file. Raises `BriefRefused`, `MissingExtra` or `OSError`."""
    suffix = Path(path).suffix.lower()
    if suffix not in _READERS:
        raise BriefRefused(
            f"{path}: only {', '.join(_READERS)} are read; of a PDF, check what it was made from"
        )
    if Path(path).stat().st_size > _LARGEST:
        raise BriefRefused(f"{path}: too large to be a brief")
    return _READERS[suffix](Path(path).read_bytes())


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BriefRefused("this is no brief of sayso: it is not UTF-8 text") from None

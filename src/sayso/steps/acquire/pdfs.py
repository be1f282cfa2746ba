"""The text of a PDF, page by page, with what the file says of itself.

pypdf, because it alone of those measured refuses hostile files cleanly
(docs/decisions/0105-binary-formats.md). It runs in the reading process, which may crash, hang or
run out of memory at the cost of this one document.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from sayso.errors import SetAside
from sayso.steps.acquire.pdf_lines import Lines

if TYPE_CHECKING:
    from pypdf import PdfReader

ENCODING = "pdf"
"""What stands for an encoding in a document that was read from a PDF."""
_MOST_PAGES = 5_000
_PAGE_BREAK = "\f"
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PdfText:
    """`text` is that of all pages with a form feed between two; `starts` where each begins."""

    text: str
    starts: tuple[int, ...]
    title: str | None = None
    author: str | None = None
    created: str | None = None
    """The day in the file's own data, EDTF: of the file, which need not be the report's."""
    failed: tuple[int, ...] = ()
    """Numbers, from 1, of pages that could not be read."""


def pdf_text(data: bytes, *, max_characters: int) -> PdfText:
    """The text of a PDF in the order in which it is drawn.

    Raises SetAside: `damaged`, `unsupported` (it is encrypted), `too_large` (more than 5,000 pages
    or `max_characters`) or `no_text` (its pages are pictures).
    """
    reader = _opened(data)
    parts: list[str] = []
    starts: list[int] = []
    failed: list[int] = []
    length = 0
    for number, page in enumerate(_pages(reader), 1):
        if number > _MOST_PAGES:
            raise SetAside("too_large", f"it has more than {_MOST_PAGES:,} pages", "split the file")
        try:
            lines = Lines()
            page.extract_text(visitor_text=lines.add)
            text = _CONTROL.sub(" ", lines.text())
        except MemoryError:
            raise
        # A page's content is a program in a format with a thousand readers; what it makes this one
        # raise costs the page.
        except Exception:  # noqa: BLE001
            failed.append(number)
            text = ""
        starts.append(length)
        parts.append(text)
        length += len(text) + len(_PAGE_BREAK)
        if length > 2 * max_characters:
            raise SetAside(
                "too_large",
                f"its text has more than {2 * max_characters:,} characters",
                "raise max_characters or split the file",
            )
    whole = _PAGE_BREAK.join(parts)
    if not whole.strip():
        if failed:
            raise SetAside("damaged", "none of its pages can be read", "save it anew")
        raise SetAside(
            "no_text", "the PDF holds no text: its pages are pictures", "run it through OCR first"
        )
    return PdfText(whole, tuple(starts), *_told(reader), tuple(failed))


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    _quieten()
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SetAside("unsupported", "the PDF asks for a password", "save it without one")
    except DependencyError:
        message = "the PDF is encrypted in a way that is not supported"
        raise SetAside("unsupported", message, "save it without encryption") from None
    except PyPdfError as error:
        raise _damaged(error) from None
    except (MemoryError, SetAside):
        raise
    except Exception as error:  # noqa: BLE001  as above: the format is hostile
        raise _damaged(error) from None
    return reader


def _pages(reader: PdfReader):  # type: ignore[no-untyped-def]  # pypdf's own page type
    try:
        yield from reader.pages
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  as above
        raise _damaged(error) from None


def _damaged(error: Exception) -> SetAside:
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return SetAside("damaged", f"the PDF cannot be read ({what})", "save it anew")


def _told(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    """Title, author and day of creation from the file's own data."""
    try:
        info = reader.metadata
        values = [
            None if info is None else info.get(key)
            for key in ("/Title", "/Author", "/CreationDate")
        ]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above: without them the text is still good
        return None, None, None
    title, author, created = (
        " ".join(_CONTROL.sub(" ", value).split())[:500] if isinstance(value, str) else ""
        for value in values
    )
    day = _DATE.match(created)
    return title or None, author or None, "-".join(day.groups()) if day else None


@cache
def _quieten() -> None:
    # What it warns of is in the text or in a problem; its lines would mix with ours.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    logging.getLogger("pypdf").propagate = False

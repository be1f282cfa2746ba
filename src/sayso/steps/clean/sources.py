"""From the bytes of any kind of file to the characters in it, and the draft made of them.

What a document's `source_map` leads back to are the characters that `source_of` gives for its
bytes, its media type and its `encoding`: the decoded file, the text of a PDF or a DOCX as it was
taken out, or the decoded part of a letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from sayso.records.documents import Evidence, Published, RawDocument
from sayso.records.spans import OffsetMap, Span
from sayso.settings import CleanSettings
from sayso.steps.clean.decode import Decoded, decode, decoded
from sayso.steps.clean.draft import Draft
from sayso.steps.clean.reading_texts import read_flowing, read_markdown_text, read_plain

_WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PART = "part "
"""How the encoding of a letter's part begins: `part 1.2, utf-8`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The draft of an input and how its characters were found."""

    draft: Draft
    encoding: str
    starts: tuple[int, ...] = ()
    """Where in the source each page begins, for what has pages."""

    def pages(self, source_map: OffsetMap) -> tuple[Span, ...]:
        """The text of each page in the cleaned text."""
        from sayso.steps.clean.pages_of_text import page_spans

        if not self.starts:
            return ()
        return page_spans(source_map, self.starts, len(self.draft.content.text))


def open_source(raw: RawDocument, settings: CleanSettings) -> Opened:
    """The draft of `raw`, whatever kind of file it is. Raises SetAside."""
    if raw.media_type == "application/pdf":
        return _pdf(raw, settings)
    if raw.media_type == _WORD_FILE:
        return _word_file(raw, settings)
    if raw.media_type in ("message/rfc822", "multipart/related"):
        return _message(raw, settings)
    found = decode(raw)
    return Opened(_read(raw, found, settings), found.encoding)


def source_of(data: bytes, media_type: str, encoding: str) -> str:
    """The characters that a document's `source_map` leads back to.

    The same bytes and encoding give the same characters with the same version of the parsers.
    """
    if encoding == "pdf":
        from sayso.steps.acquire.pdfs import pdf_text

        return pdf_text(data, max_characters=len(data) * 1000).text
    if encoding == "docx":
        from sayso.steps.acquire.word_files import word_text

        return word_text(data, max_characters=len(data) * 1000).text
    if encoding.startswith(_PART):
        from sayso.steps.acquire.mail import part_at

        path, _, name = encoding.removeprefix(_PART).partition(", ")
        return decoded(part_at(data, path), name)
    return decoded(data, encoding)


def _read(raw: RawDocument, found: Decoded, settings: CleanSettings) -> Draft:
    if raw.media_type == "text/html":
        from sayso.steps.clean.reading_pages import read_html

        return read_html(found.text, raw.uri, settings)
    reader = read_markdown_text if raw.media_type == "text/markdown" else read_plain
    return reader(found.text, raw.uri, settings)


def _pdf(raw: RawDocument, settings: CleanSettings) -> Opened:
    from sayso.steps.acquire.pdfs import ENCODING, pdf_text
    from sayso.steps.clean.pages_of_text import flowing

    found = pdf_text(raw.data, max_characters=settings.max_characters)
    content, repairs = flowing(found.text, found.starts)
    draft = read_flowing(content, raw.uri)
    draft.repairs.update(repairs)
    if draft.title is None and found.title and not _is_file_name(found.title):
        draft.set("title", Evidence("metadata", found.title))
    if found.author:
        draft.set("byline", Evidence("metadata", found.author))
    if found.failed:
        numbers = ", ".join(map(str, found.failed[:10]))
        draft.troubles.append(
            ("text_lost", f"these pages cannot be read: {numbers}", "compare it with the file")
        )
    return Opened(draft, ENCODING, found.starts)


def _word_file(raw: RawDocument, settings: CleanSettings) -> Opened:
    from sayso.steps.acquire.word_files import ENCODING, word_text

    found = word_text(raw.data, max_characters=settings.max_characters)
    draft = read_plain(found.text, raw.uri, settings)
    if found.title:
        draft.set("title", Evidence("metadata", found.title))
    if found.author:
        draft.set("byline", Evidence("metadata", found.author))
    return Opened(draft, ENCODING)


def _message(raw: RawDocument, settings: CleanSettings) -> Opened:
    from sayso.steps.acquire.mail import read_letter, read_saved_page

    is_letter = raw.media_type == "message/rfc822"
    letter = read_letter(raw.data) if is_letter else read_saved_page(raw.data)
    part = letter.part
    inner = replace(
        raw,
        data=part.data,
        media_type=part.media_type,
        charset=part.charset,
        uri=letter.location or raw.uri,
    )
    found = decode(inner)
    draft = _read(inner, found, settings)
    if is_letter:
        _from_header(draft, letter.subject, letter.sender)
        if letter.date is not None:
            draft.published = Published(letter.date, "metadata", letter.date_words)
    return Opened(draft, f"{_PART}{part.path}, {found.encoding}")


def _from_header(draft: Draft, subject: str | None, sender: str | None) -> None:
    """A letter's subject is its title, and who sent it stands in for a byline."""
    if subject is not None:
        draft.title = None
        draft.evidence.pop("title", None)
        draft.set("title", Evidence("metadata", subject))
    if sender is not None:
        draft.set("byline", Evidence("metadata", sender))


def _is_file_name(title: str) -> bool:
    """Word processors write the file's name where the title belongs."""
    return title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt"))

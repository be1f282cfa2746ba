"""What a report is: bytes as they came, and the cleaned text with its zones."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from msgspec import Struct

from sayso.records.spans import OffsetMap, Span

ZoneKind = Literal["title", "byline", "dateline", "body", "caption", "comment", "related", "notice"]
"""`notice` is everything that is none of the others: menus, share and copyright lines."""

Basis = Literal["metadata", "text", "url"]
"""Where a document's field was read: the page's metadata, its text, or its address."""

MediaType = Literal[
    "text/plain",
    "text/html",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "message/rfc822",
    "multipart/related",
]
"""`message/rfc822` is a letter (EML), `multipart/related` a page saved whole (MHTML)."""


class ByteRange(Struct, frozen=True):
    """`[start, end)` of the bytes with this SHA-256."""

    sha256: str
    start: int
    end: int


class RawDocument(Struct, frozen=True):
    """One input as it came. Nothing has been decoded yet."""

    uri: str
    """The path as the user gave it, with forward slashes; never resolved against the machine."""
    data: bytes
    media_type: MediaType
    retrieved: str
    """RFC 3339, UTC."""
    charset: str | None = None
    """The encoding that came with it (a server's or a letter's header), as it stood there."""
    place: str = ""
    """Where the bytes were on this machine, where `uri` does not say so: `news.warc.gz@1204`."""
    made_from: tuple[ByteRange, ...] = ()
    """The ranges of other inputs that `data` was put together from, in order; empty where `data` is
    what came in: an entry of a live blog, or the pages of one report."""
    cut: str | None = None
    """Why the bytes are not all there were (a limit of length or time); None where they are."""


class Zone(Struct, frozen=True):
    """One paragraph (or line, or dateline) of the text and what it is.

    Zones are in order, do not overlap, and cover every character that is not white space.
    """

    kind: ZoneKind
    span: Span
    language: str | None = None
    """BCP 47, where the zone is in another language than the document."""


class Evidence(Struct, frozen=True):
    """Where one field of a document was read.

    For `basis` text, `span` cuts `quote` out of the cleaned text. For metadata and url there is no
    place in the cleaned text: `span` is None and `quote` is the value as it stood there.
    """

    basis: Basis
    quote: str
    span: Span | None = None


class Published(Struct, frozen=True):
    """When the report was published, as far as it says so itself."""

    value: str | None = None
    """EDTF: `2019-12-18`, `2019-12`."""
    basis: Basis | None = None
    quote: str | None = None
    """The words or the metadata the date was read from."""
    span: Span | None = None


class Dateline(Struct, frozen=True):
    """`DUSHANBE, September 15. /TASS/.`: where, when and by which agency a report was filed."""

    span: Span
    quote: str
    place: str | None = None
    date: str | None = None
    """The date's words as written (`September 15`), not resolved."""
    agency: str | None = None


class Document(Struct, frozen=True, tag_field="type", tag="document"):
    """A report: its cleaned text, zones and what it says of itself."""

    id: str
    uri: str
    sha256: str
    media_type: MediaType
    encoding: str
    retrieved: str
    text: str
    language: str | None
    title: str | None
    byline: str | None
    outlet: str | None
    origin: str | None
    published: Published
    dateline: Dateline | None
    zones: tuple[Zone, ...]
    evidence: dict[str, Evidence]
    """By field name (`title`, `byline`, `outlet`, `origin`): where it was read."""
    repairs: dict[str, int]
    """What cleaning mended or removed, and how often (`mojibake`, `control_characters`, ...)."""
    source_map: OffsetMap
    made_by: str
    pages: tuple[Span, ...] = ()
    """The text of each page, in order, for what has pages (PDF); empty for everything else."""

    def page_of(self, span: Span) -> int | None:
        """The number, from 1, of the page on which `span` begins; None where there are no pages."""
        number = bisect_right(self.pages, span.start, key=lambda page: page.end) + 1
        return number if number <= len(self.pages) else None

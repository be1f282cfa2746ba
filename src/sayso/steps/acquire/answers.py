"""A server's answer as an archive keeps it: status, header fields, and the bytes of the page."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from sayso.errors import SetAside
from sayso.records.captures import Capture
from sayso.records.documents import MediaType, RawDocument
from sayso.steps.acquire.kinds import SNIFFED, by_signature, kind_of, sniff

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_MOST_FIELDS = 500
_CHUNK_HEAD = re.compile(rb"[ \t]{0,8}([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE_TYPES: dict[str, MediaType] = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
    "application/pdf": "application/pdf",
    "message/rfc822": "message/rfc822",
    "multipart/related": "multipart/related",
    "application/x-mimearchive": "multipart/related",
    _WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What is read, by the media type that a server names."""
_SIGNED = {"application/pdf", PAGE_TYPES[_WORD]}
_GENERIC = {
    "",
    "application/octet-stream",
    "application/binary",
    "application/download",
    "application/force-download",
    "application/x-download",
    "application/unknown",
    "application/zip",
    "binary/octet-stream",
}
"""Media types that say nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. Names of fields are in lower case, of two the first counts."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def content_type(self) -> tuple[str, str | None]:
        """The media type in lower case, and the charset; empty and None where not named."""
        return content_type(self.fields.get("content-type", ""))


def content_type(value: str) -> tuple[str, str | None]:
    """The media type that a header field names, in lower case, and its charset."""
    message = Message()
    message["content-type"] = " ".join(value.split())[:500]
    named = message.get_param("charset")
    charset = named if isinstance(named, str) else None
    return value.partition(";")[0].strip().lower(), charset or None


def kind_of_capture(capture: Capture) -> MediaType | None:
    """What a server's answer holds; None for what is not read.

    The first bytes of a format with a signature go before what the server says of them, since many
    hand out every file as `application/octet-stream` or a mistaken page as a PDF. Where neither
    tells, the name of the file does (as the header or the address has it), then its first bytes.
    """
    head = capture.content[:SNIFFED]
    signed = by_signature(head)
    if signed is not None:
        return None if signed == "application/warc" else signed
    named, _ = content_type(capture.header("content-type") or "")
    kind = PAGE_TYPES.get(named)
    if kind in _SIGNED:  # damaged, or a page that says why there is no file
        return "text/html" if sniff(head) == "text/html" else kind
    if kind == "text/plain" or named in _GENERIC:
        by_name = kind_of(_file_name(capture))
        if by_name is not None and by_name not in _SIGNED and by_name != "application/warc":
            return by_name
        if kind is None:
            sniffed = sniff(head)
            return None if sniffed == "application/warc" else sniffed
    return kind


def _file_name(capture: Capture) -> str:
    """The name that the server gives the file, else the end of its address."""
    message = Message()
    disposition = capture.header("content-disposition") or ""
    message["content-disposition"] = " ".join(disposition.split())[:500]
    named = message.get_filename()
    return named or urlsplit(capture.final_uri).path.rpartition("/")[2]


def input_of(capture: Capture) -> RawDocument | None:
    """What a capture gives to read; None where it is no page that was found.

    It has no `place`: its bytes are in custody.
    """
    kind = kind_of_capture(capture)
    if kind is None or capture.status != 200 or not capture.content:
        return None
    _, charset = content_type(capture.header("content-type") or "")
    return RawDocument(
        capture.final_uri,
        capture.content,
        kind,
        capture.retrieved,
        charset=charset,
        cut=capture.truncated,
    )


def read_answer(block: bytes) -> Answer | None:
    """The answer that a record's block holds; None where it is no answer of HTTP."""
    found = _STATUS.match(block)
    if found is None:
        return None
    end = re.search(rb"\r?\n\r?\n", block)
    if end is None:
        return None
    fields: dict[str, str] = {}
    for line in block[found.end() : end.start()].split(b"\n")[1 : _MOST_FIELDS + 1]:
        name, colon, value = line.partition(b":")
        if colon:
            key = name.strip().decode("latin-1").lower()
            fields.setdefault(key, value.strip().decode("latin-1"))
    return Answer(int(found.group(1)), fields, block[end.end() :])


def page_of(answer: Answer, limit: int) -> bytes:
    """The bytes of the page: chunks put together and content codings undone.

    Raises SetAside: `too_large` (more than `limit` bytes), `damaged` or `unsupported` (a coding
    that is not known). Archives often keep a body that is decoded already under the old header, so
    one that does not look coded is taken as it is.
    """
    body = answer.body
    if "chunked" in answer.fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    codings = [c.strip().lower() for c in answer.fields.get("content-encoding", "").split(",")]
    for coding in reversed([c for c in codings if c and c != "identity"][:3]):
        body = _decoded(body, coding, limit)
    return body


def _decoded(body: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        if not body or body[0] & 0x0F != 8:
            return body if body.lstrip()[:1] == b"<" else inflated(body, -15, limit)
        return inflated(body, 15, limit)
    if body.lstrip()[:1] == b"<":
        return body
    raise SetAside(
        "unsupported", f"the page is coded as {coding[:40]}", "have it archived without that coding"
    )


def inflated(data: bytes, window: int, limit: int) -> bytes:
    """`data` without its compression. Raises SetAside: `too_large` or `damaged`."""
    parts: list[bytes] = []
    size = 0
    while data:
        inflater = zlib.decompressobj(window)
        while data and not inflater.eof:
            try:
                part = inflater.decompress(data, 1 << 20)
            except zlib.error:
                raise SetAside(
                    "damaged", "the compressed page is damaged", "fetch it again"
                ) from None
            size += len(part)
            if size > limit:
                raise SetAside(
                    "too_large",
                    f"the page inflates to more than {limit:,} bytes",
                    "raise max_bytes or leave it out",
                )
            parts.append(part)
            data = inflater.unconsumed_tail
            if not part and not data and not inflater.eof:
                raise SetAside("damaged", "the compressed page is cut off", "fetch it again")
        if not inflater.eof:
            raise SetAside("damaged", "the compressed page is cut off", "fetch it again")
        data = inflater.unused_data
        if not data.startswith(b"\x1f\x8b"):
            break
    return b"".join(parts)


def _unchunked(body: bytes) -> bytes:
    """The chunks put together; the body itself where it is not in chunks."""
    parts: list[bytes] = []
    position = 0
    while found := _CHUNK_HEAD.match(body, position):
        length = int(found.group(1), 16)
        if not length:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + length])
        position = found.end() + length
        if position > len(body):
            break
        position += 2 if body[position : position + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else body

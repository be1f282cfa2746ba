"""What kind of file it is: by its ending, else by its first bytes."""

from __future__ import annotations

import os
import re
import zlib
from typing import Literal

from sayso.records.documents import MediaType

MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
}
"""By file ending, in lower case. Files with other endings are read only where they are named."""

Kind = MediaType | Literal["application/warc"]
"""What a file is: one input, or an archive of many."""
ARCHIVE_ENDINGS = (".warc", ".warc.gz")

SNIFFED = 4096
"""Bytes looked at to tell what a file without a known ending holds."""
_MAIL_FIELD = re.compile(
    rb"^(from|date|subject|mime-version|received|return-path|message-id|to):", re.I | re.M
)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_PACKED = b"\x1f\x8b\x08"
_HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>")


def kind_of(name: str) -> Kind | None:
    """What a file of this name is by its ending; None where that does not say."""
    lower = name.lower()
    if lower.endswith(ARCHIVE_ENDINGS):
        return "application/warc"
    return MEDIA_TYPES.get(os.path.splitext(lower)[1])


def sniff(head: bytes) -> Kind | None:
    """What the first bytes look like; None for what is not read. An empty file is text."""
    if head.startswith(b"{\\rtf"):
        return None
    known = by_signature(head)
    if known is not None:
        return known
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if b"\x00" in head or head.startswith(_PACKED):
        return None
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML_SIGNS) or b"<html" in start[:1000]:
        return "multipart/related" if _RELATED.search(head) else "text/html"
    if _is_letter(head):
        return "multipart/related" if _RELATED.search(head) else "message/rfc822"
    return "text/plain"


def by_signature(head: bytes) -> Kind | None:
    """What files with a signature are."""
    if head.lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head and b"word/" in head:
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if head.startswith(b"WARC/"):
        return "application/warc"
    if head.startswith(_PACKED):
        try:
            inside = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return None
        return "application/warc" if inside.startswith(b"WARC/") else None
    return None


def _is_letter(head: bytes) -> bool:
    """Whether the file begins with header fields, and with three that letters have."""
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = fields.partition(b"\n")[0]
    if re.match(rb"[!-9;-~]{1,60}:\s", first) is None and not first.startswith(b"From "):
        return False
    return len({name.lower() for name in _MAIL_FIELD.findall(fields)}) >= 3

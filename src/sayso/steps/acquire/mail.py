"""Letters (EML) and pages saved whole (MHTML): the part to read, and what the header says.

Both are MIME. Of a letter the body is read, plain text before HTML, never an attachment; a letter
that does nothing but pass on another is read as that one. Of a saved page the root is read.
"""

from __future__ import annotations

import email
import email.policy
import re
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from sayso.errors import SetAside
from sayso.records.documents import MediaType

_MOST_PARTS = 500
_DEEPEST = 20
_TEXTS: dict[str, MediaType] = {
    "text/plain": "text/plain",
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/markdown": "text/markdown",
}

_ORDER = ("text/plain", "text/html", "application/xhtml+xml", "text/markdown")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message. `path` is its place: `1.2` is the second of the first."""

    path: str
    data: bytes
    media_type: MediaType
    charset: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """The part that holds the report, and what the header says of it."""

    part: Part
    subject: str | None = None
    sender: str | None = None
    """The sender's name, else the address."""
    date: str | None = None
    """The day on which it was sent, where it was sent; EDTF."""
    date_words: str | None = None
    location: str | None = None
    """Where a saved page came from."""


def read_letter(data: bytes) -> Letter:
    """What a letter says, and the part that holds its text.

    Raises SetAside: `damaged` or `no_text`.
    """
    message = _parsed(data)
    parts = _parts(message)
    # The letter's own text before that of one it passes on, plain before HTML.
    bodies = sorted(
        (len(_holders(parts, path)), _ORDER.index(part.get_content_type()), index, path, part)
        for index, (path, part) in enumerate(parts)
        if _is_body(part)
    )
    for _, _, _, path, part in bodies:
        found = _part(path, part)
        if found.data.strip():
            holders = _holders(parts, path)
            return _letter(_inside(holders[-1]) if holders else message, found)
    raise SetAside("no_text", "the letter holds no text", "look at its attachments")


def read_saved_page(data: bytes) -> Letter:
    """The root of a page that was saved whole: the part that `start` names, else the first HTML.

    Raises SetAside: `damaged` or `no_text`.
    """
    message = _parsed(data)
    parts = [(path, part) for path, part in _parts(message) if part.get_content_type() in _TEXTS]
    start = message.get_param("start")
    named = [p for p in parts if isinstance(start, str) and p[1].get("content-id") == start]
    pages = [p for p in parts if _TEXTS[p[1].get_content_type()] == "text/html"]
    for path, part in (*named, *pages, *parts):
        found = _part(path, part)
        if found.data.strip():
            location = _header(message, "snapshot-content-location") or _header(
                part, "content-location"
            )
            return Letter(found, date=None, location=location)
    raise SetAside("no_text", "there is no page in the file", "save it anew")


def part_at(data: bytes, path: str) -> bytes:
    """The bytes of the part with this path, as `read_letter` gave them; empty if there is none."""
    for place, part in _parts(_parsed(data)):
        if place == path:
            return _part(place, part).data
    return b""


def _parsed(data: bytes) -> Message:
    # The older interface: it does not raise on headers that break the rules.
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except (MessageError, ValueError, RecursionError):
        raise SetAside("damaged", "the message cannot be read", "save it anew") from None


def _parts(message: Message) -> list[tuple[str, Message]]:
    """The leaves with their paths, in order; not recursive, since messages may nest deep."""
    found: list[tuple[str, Message]] = []
    waiting: list[tuple[str, Message, int]] = [("1", message, 0)]
    while waiting and len(found) < _MOST_PARTS:
        path, part, depth = waiting.pop()
        if part.is_multipart():
            inner = _children(part)
            if depth < _DEEPEST:
                numbered = [
                    (f"{path}.{number}", child, depth + 1) for number, child in enumerate(inner, 1)
                ]
                waiting.extend(reversed(numbered))
            if part.get_content_type() == "message/rfc822":
                found.append((path, part))
        else:
            found.append((path, part))
    return found


def _is_body(part: Message) -> bool:
    if part.get_content_type() not in _TEXTS or part.get_filename():
        return False
    disposition = (_header(part, "content-disposition") or "").lower()
    return not disposition.startswith("attachment")


def _holders(parts: list[tuple[str, Message]], path: str) -> list[Message]:
    """The letters passed on in which the part at `path` lies, the innermost last."""
    return [
        part
        for place, part in parts
        if path.startswith(f"{place}.") and part.get_content_type() == "message/rfc822"
    ]


def _inside(holder: Message) -> Message:
    return next(iter(_children(holder)), holder)


def _children(part: Message) -> list[Message]:
    """The parts of a part. Asked of a leaf, `get_payload` decodes, which raises on odd charsets."""
    inner = part.get_payload() if part.is_multipart() else None
    if not isinstance(inner, list):
        return []
    return [child for child in inner[:_MOST_PARTS] if isinstance(child, Message)]


def _part(path: str, part: Message) -> Part:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_param("charset")
    named = charset if isinstance(charset, str) else None
    return Part(path, data, _TEXTS.get(part.get_content_type(), "text/plain"), named)


def _letter(message: Message, part: Part) -> Letter:
    words = _header(message, "date")
    sender = _sender(_header(message, "from") or "")
    return Letter(part, _header(message, "subject"), sender, _day(words), words)


def _sender(words: str) -> str | None:
    """The name before the address, else the address."""
    name, bracket, address = words.rpartition("<")
    if not bracket:
        return words[:200] or None
    return (name.strip(" \"'") or address.strip(" >"))[:200] or None


def _day(words: str | None) -> str | None:
    try:
        return parsedate_to_datetime(words or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _header(message: Message, name: str) -> str | None:
    """A header field as readable text on one line; None where there is none."""
    value = message.get(name)
    if value is None:
        return None
    text = str(value)[:2000]
    with suppress(MessageError, ValueError, LookupError):
        text = str(make_header(decode_header(text)))
    text = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", text)
    return " ".join(text.split()) or None

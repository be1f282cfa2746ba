"""Archives of web pages (WARC, ISO 28500) as inputs: streamed, a page at a time.

Every record is read or set aside with its place in the file; what a damaged record holds is lost
alone, and the search goes on for the next one. Written here rather than taken from a library
because those measured pass over damage in silence (docs/decisions/0104-reading-archives.md).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from sayso.errors import Reason, SetAside
from sayso.records.documents import MediaType, RawDocument
from sayso.records.provenance import Problem
from sayso.settings import CleanSettings
from sayso.steps.acquire.answers import PAGE_TYPES, content_type, page_of, read_answer
from sayso.steps.acquire.members import Damaged, Members

STEP = "acquire"
_LONGEST_HEAD = 1 << 16
_FARTHEST = 256 << 20
"""A record with a longer block is not passed over byte by byte: the next one is searched for."""
_MOST_DAMAGED = 1_000
"""After so many damaged places the rest of a file is given up."""
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
_DIGESTS = {"sha1", "sha256", "sha512", "md5"}
_READ = frozenset({"response", "resource"})


@dataclass(slots=True)
class Tally:
    """What an archive held, in numbers of records."""

    kinds: dict[str, int] = field(default_factory=dict)
    """By WARC-Type."""
    pages: int = 0
    """Records that were given out as inputs."""
    damaged: int = 0
    """Places at which nothing could be read."""


def read_warc(
    file: BinaryIO,
    uri: str,
    settings: CleanSettings,
    *,
    now: str,
    tally: Tally | None = None,
) -> Iterator[RawDocument | Problem]:
    """The pages of an archive in their order, and a problem for each record that cannot be read.

    A page is a `response` with status 200, or a `resource`, of a kind that sayso reads. Its `uri`
    is the address it was fetched from, `retrieved` the record's date (`now` where it has none).
    Other records are passed over: requests, redirects, pictures, and `revisit` records, which say
    that a page had not changed and hold no page. Memory is bounded by `max_bytes`.
    """
    stream = Members(file)
    counts = tally if tally is not None else Tally()
    while True:
        place = f"{uri}@{stream.start}"
        try:
            if not stream.skip_blank():
                return
            place = f"{uri}@{stream.start}"
            item = _record(stream, place, settings, now, counts)
        except Damaged as damage:
            counts.damaged += 1
            place = f"{uri}@{damage.at}"
            yield _problem(place, "damaged", f"{damage.what}; it was passed over")
            if counts.damaged >= _MOST_DAMAGED:
                yield _problem(uri, "damaged", "too much of it is damaged: the rest was not read")
                return
            if not stream.find_next():
                return
            continue
        if item is not None:
            counts.pages += isinstance(item, RawDocument)
            yield item


def _record(
    stream: Members, place: str, settings: CleanSettings, now: str, counts: Tally
) -> RawDocument | Problem | None:
    """The next record as an input; None where it is no page."""
    start = stream.start
    fields = _fields(stream, start)
    length = _length(fields, start)
    kind = fields.get("warc-type", "").lower()
    counts.kinds[kind] = counts.kinds.get(kind, 0) + 1
    if kind not in _READ or length > 2 * settings.max_bytes:
        _pass_over(stream, length, start)
        if kind not in _READ or not _may_be_page(fields):
            return None
        message = f"the record has {length:,} bytes, more than {settings.max_bytes:,}"
        return _problem(place, "too_large", message, "raise max_bytes or leave it out")
    block = stream.take(length)
    if len(block) < length:
        raise Damaged("the file ends in the middle of a record", start)
    if not _digest_holds(block, fields.get("warc-block-digest", "")):
        counts.damaged += 1
        return _problem(place, "damaged", "the record's bytes are not those of its digest")
    return _page(block, fields, kind, place, settings, now)


def _page(
    block: bytes,
    fields: dict[str, str],
    kind: str,
    place: str,
    settings: CleanSettings,
    now: str,
) -> RawDocument | Problem | None:
    media_type, charset = content_type(fields.get("content-type", ""))
    data = block
    if kind == "response":
        answer = read_answer(block)
        if answer is None or answer.status != 200:
            return None
        media_type, charset = answer.content_type
    page_type = _page_type(media_type, fields)
    if page_type is None:
        return None
    uri = _clean(fields.get("warc-target-uri", "").strip("<> ")) or place
    if uri.endswith("/robots.txt"):
        return None
    try:
        if kind == "response" and answer is not None:
            data = page_of(answer, settings.max_bytes)
        _check_size(data, settings)
    except SetAside as cause:
        return _problem(place, cause.reason, f"{uri}: {cause.message}", cause.advice)
    date = _DATE.fullmatch(fields.get("warc-date", ""))
    return RawDocument(
        uri,
        data,
        page_type,
        f"{date.group(1)}Z" if date else now,
        charset=charset,
        place=place,
        cut=fields.get("warc-truncated") or None,
    )


def _check_size(data: bytes, settings: CleanSettings) -> None:
    if not data:
        raise SetAside("empty", "the page is empty", "nothing to do")
    if len(data) > settings.max_bytes:
        raise SetAside(
            "too_large",
            f"the page has {len(data):,} bytes, more than {settings.max_bytes:,}",
            "raise max_bytes or leave it out",
        )


def _page_type(media_type: str, fields: dict[str, str]) -> MediaType | None:
    """Which kind of page it is: as its server says, else as the archive found out."""
    told = PAGE_TYPES.get(media_type)
    if told is not None or (media_type and media_type != "application/octet-stream"):
        return told
    return PAGE_TYPES.get(fields.get("warc-identified-payload-type", "").lower())


def _may_be_page(fields: dict[str, str]) -> bool:
    identified = fields.get("warc-identified-payload-type", "").lower()
    return not identified or identified in PAGE_TYPES


def _fields(stream: Members, start: int) -> dict[str, str]:
    """The record's own header fields, names in lower case."""
    head = stream.line_end(b"\r\n\r\n", _LONGEST_HEAD)
    if head is None:
        raise Damaged("the file ends in the middle of a record", start)
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not first.startswith("WARC/"):
        raise Damaged("what stands here is no record", start)
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _length(fields: dict[str, str], start: int) -> int:
    value = fields.get("content-length", "")
    if not value.isdecimal() or not value.isascii() or len(value) > 15:
        raise Damaged("the record does not say how long it is", start)
    return int(value)


def _pass_over(stream: Members, length: int, start: int) -> None:
    if length > _FARTHEST:
        raise Damaged(f"the record claims {length:,} bytes", start)
    if stream.leave_out(length) < length:
        raise Damaged("the file ends in the middle of a record", start)


def _digest_holds(block: bytes, named: str) -> bool:
    """Whether the block has the digest that its record names; True where none can be checked."""
    name, _, value = named.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in _DIGESTS:
        return True
    digest = hashlib.new(name, block, usedforsecurity=False).digest()
    value = value.strip()
    try:
        if len(value) == 2 * len(digest):
            return binascii.unhexlify(value) == digest
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8)) == digest
    except (binascii.Error, ValueError):
        return True


def _clean(uri: str) -> str:
    return "".join(c if c.isprintable() else f"%{ord(c):02X}" for c in uri[:4000])


def _problem(place: str, reason: Reason, message: str, advice: str = "") -> Problem:
    return Problem.of(place, STEP, reason, message, advice=advice or "compare it with its source")

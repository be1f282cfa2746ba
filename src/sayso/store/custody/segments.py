"""The bytes as received, in WARC files that only grow: `00001.warc.gz`, `00002.warc.gz`, ...

Each record is a gzip member of its own, so a part can be read alone and a torn end cuts nothing
before it. ISO 28500 (WARC 1.1); every record carries its SHA-256 beside the usual digests.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from sayso.store.custody.entries import Stored
from sayso.store.custody.log import SUFFIX

_OF_THE_TRANSPORT = {"transfer-encoding"}
"""Header fields that are no longer true of bytes whose chunks were put together. They are kept
under the prefix that Common Crawl gave them; under their own names readers would do it again."""
_TRUNCATED = {"length", "time", "disconnect"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be kept of one input. Without a status it is no answer of a server but a file.

    `data` are the bytes as received but for their chunks: a content coding stays.
    """

    uri: str
    data: bytes
    media_type: str
    date: str
    """RFC 3339, UTC."""
    status: int = 0
    reason: str = ""
    headers: Sequence[tuple[str, str]] = ()
    request: Sequence[tuple[str, str]] = ()
    """The request's own header fields; empty where they are not known."""
    method: str = "GET"
    protocol: str = "HTTP/1.1"
    peer: str = ""
    truncated: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """More named fields for a metadata record (`via`, `hopsFromSeed`, ...)."""


def name_of(number: int) -> str:
    """The name of the segment with this number, which starts at 1."""
    return f"{number:05}{SUFFIX}"


def append(folder: Path, segment: str, filled: int, records: bytes) -> Stored:
    """Adds whole records to a segment that is `filled` bytes long, and waits for the disk."""
    path = folder / segment
    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
    handle = os.open(path, flags, 0o644)
    try:
        view, at = memoryview(records), filled
        while view:
            written = os.pwrite(handle, view, at)
            view, at = view[written:], at + written
        os.fsync(handle)
    finally:
        os.close(handle)
    return Stored(segment, filled, len(records), sha256(records).hexdigest())


def cut_back(folder: Path, segment: str, filled: int) -> bytes:
    """Takes off what a stopped run wrote after the last confirmed record, and gives it back.

    A segment of which nothing is confirmed goes as a whole. The bytes given back
    are at most the last 16 MiB of what was taken off.
    """
    path = folder / segment
    if not segment or not path.exists():
        return b""
    if path.stat().st_size <= filled and filled:
        return b""
    with path.open("r+b") as file:
        file.seek(max(filled, path.stat().st_size - (1 << 24)))
        torn = file.read()
        file.truncate(filled)
        os.fsync(file.fileno())
    if not filled:
        path.unlink()
    return torn


def opening(segment: str, software: str, date: str) -> bytes:
    """The record that opens a segment: what wrote it, and by which standard."""
    from warcio.warcwriter import BufferWARCWriter

    writer = BufferWARCWriter(gzip=True, warc_version="WARC/1.1")
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    record = writer.create_warcinfo_record(segment, info)
    record.rec_headers.replace_header("WARC-Date", date)
    writer.write_record(record)
    return bytes(writer.get_contents())


def records_of(kept: Kept) -> bytes:
    """The WARC records of one input, each a gzip member: request, response and metadata, or the
    file itself."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import BufferWARCWriter

    writer = BufferWARCWriter(gzip=True, warc_version="WARC/1.1")
    uri = _safe(kept.uri)
    digest = f"sha256:{sha256(kept.data).hexdigest()}"
    own = {"WARC-Date": kept.date, "Sayso-Payload-SHA256": digest}
    if not kept.status:
        record = writer.create_warc_record(
            uri,
            "resource",
            payload=BytesIO(kept.data),
            warc_content_type=kept.media_type,
            warc_headers_dict=own,
        )
        writer.write_record(record)
        return bytes(writer.get_contents())
    line = f"{kept.status} {kept.reason}".strip()
    answer = writer.create_warc_record(
        uri,
        "response",
        payload=BytesIO(kept.data),
        http_headers=StatusAndHeaders(line, _told(kept.headers), protocol=kept.protocol),
        warc_headers_dict={**own, **_of_connection(kept)},
    )
    id = answer.rec_headers.get_header("WARC-Record-ID")
    if kept.request:
        asked = StatusAndHeaders(
            f"{kept.method} {_target(uri)} HTTP/1.1", _fields(kept.request), is_http_request=True
        )
        request = writer.create_warc_record(
            uri,
            "request",
            http_headers=asked,
            warc_headers_dict={"WARC-Date": kept.date, "WARC-Concurrent-To": id},
        )
        writer.write_record(request)
    writer.write_record(answer)
    if kept.fields:
        text = "".join(f"{name}: {_safe(value)}\r\n" for name, value in kept.fields.items())
        metadata = writer.create_warc_record(
            uri,
            "metadata",
            payload=BytesIO(text.encode()),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": kept.date, "WARC-Refers-To": id},
        )
        writer.write_record(metadata)
    return bytes(writer.get_contents())


def _of_connection(kept: Kept) -> dict[str, str]:
    fields: dict[str, str] = {}
    if kept.peer:
        fields["WARC-IP-Address"] = _safe(kept.peer)
    if kept.truncated:
        known = kept.truncated in _TRUNCATED
        fields["WARC-Truncated"] = kept.truncated if known else "unspecified"
    return fields


def _fields(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_safe(name), _safe(value)) for name, value in pairs]


def _told(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (f"X-Crawl-{name}" if name.lower() in _OF_THE_TRANSPORT else name, value)
        for name, value in _fields(headers)
    ]


def _safe(value: str) -> str:
    """One line: a line break in a header or an address would forge the next header."""
    return "".join(c if c >= " " and c != "\x7f" else f"%{ord(c):02X}" for c in value)


def _target(uri: str) -> str:
    """The path and query of an address, as a request names it."""
    rest = uri.split("://", 1)[-1]
    slash = rest.find("/")
    return rest[slash:].split("#", 1)[0] if slash >= 0 else "/"

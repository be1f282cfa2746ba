"""Undoing a content coding without ever holding more than was allowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sayso.settings import FetchSettings

ACCEPTED = "gzip, deflate"
"""What is asked for. Brotli and zstd are not: their windows can be told to be gigabytes."""
_FREE = 1_000_000
"""Bytes that may be unpacked whatever the ratio."""
_PIECE = 65_536
_MOST_CODINGS = 2


class NotUnpacked(Exception):
    """The content coding is unknown, broken or a bomb. `content` is what came out before."""

    def __init__(self, message: str, content: bytes = b"") -> None:
        super().__init__(message)
        self.content = content


def unpacked(body: bytes, codings: str | None, settings: FetchSettings) -> bytes:
    """`body` without its content codings (the header's value, as `gzip`). Raises `NotUnpacked`.

    Memory: at most `max_content` and one piece beyond. Time is linear in what comes out.
    """
    names = [name.strip().lower() for name in (codings or "").split(",")]
    wanted = [name for name in names if name not in ("", "identity")]
    if len(wanted) > _MOST_CODINGS:
        raise NotUnpacked("packed more than twice")
    content = body
    for name in reversed(wanted):
        content = _one(content, name, settings)
    return content


def _one(body: bytes, name: str, settings: FetchSettings) -> bytes:
    if name not in ("gzip", "x-gzip", "deflate"):
        raise NotUnpacked(f"packed by {name[:20]!r}, which was not asked for")
    if not body:
        return b""
    limit = min(settings.max_content, max(_FREE, settings.max_ratio * len(body)))
    out = bytearray()
    try:
        for piece in _inflated(body, name):
            out += piece
            if len(out) > limit:
                raise NotUnpacked(f"unpacks to more than {limit:,} bytes", bytes(out[:limit]))
    except zlib.error as error:
        raise NotUnpacked(f"cannot be unpacked: {error}", bytes(out)) from error
    return bytes(out)


def _inflated(body: bytes, name: str) -> Iterator[bytes]:
    wbits = 31 if name.endswith("gzip") else 15
    if name == "deflate" and not _has_zlib_header(body):
        wbits = -15  # bare deflate, as some servers send
    at = 0
    while at < len(body):
        inflater = zlib.decompressobj(wbits)
        ended = False
        while not ended:
            given = body[at : at + _PIECE]
            piece = inflater.decompress(given, _PIECE)
            ended = inflater.eof
            fed = len(given) - len(inflater.unused_data if ended else inflater.unconsumed_tail)
            at += fed
            yield piece
            if not ended and not fed and not piece:
                raise zlib.error("it is cut off")
        if wbits != 31 or body[at : at + 2] != b"\x1f\x8b":
            return  # what follows the end is padding, unless another gzip member


def _has_zlib_header(body: bytes) -> bool:
    return len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0

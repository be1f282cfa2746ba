"""One line of the custody log, and the chain that the lines make.

A line is a JSON object whose last member is its hash: the SHA-256 of the line's own bytes without
that member. The member before it is the hash of the line above. Nothing has to be brought into a
canonical form to be checked: what is hashed is what stands in the file.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal

import msgspec
from msgspec import Struct

from sayso.errors import LedgerError
from sayso.records.captures import Headers, Redirect
from sayso.records.documents import ByteRange

Action = Literal["begun", "received", "captured", "derived", "recovered", "resumed"]
"""`begun`: the log itself; `received`: a file or a record of an archive was read; `captured`: it
was fetched; `derived`: made from what came before; `recovered`: a stopped run left half an entry;
`resumed`: the log did not end where its head said, and was gone on with all the same.
"""

ORIGIN = "0" * 64
"""What the first line names as the line above it."""


class Stored(Struct, frozen=True, omit_defaults=True):
    """Where bytes are kept: `length` bytes of a segment from `offset` on, and their SHA-256."""

    segment: str
    offset: int
    length: int
    sha256: str


class Entry(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One event. Times are RFC 3339 in UTC; digests are hexadecimal."""

    seq: int
    time: str
    action: Action
    by: str
    """The program and its version."""
    uri: str = ""
    final_uri: str = ""
    """Where the answer came from, where that is another address."""
    sha256: str = ""
    """Of the bytes that are read: those received, without their content coding."""
    body_sha256: str = ""
    """Of the bytes as received, where they had a content coding (gzip)."""
    size: int = 0
    """Of the bytes that are read."""
    media_type: str = ""
    retrieved: str = ""
    place: str = ""
    """Where the bytes were on this machine: a path, or a path and `@` and a position in it."""
    status: int = 0
    headers: Headers = ()
    redirects: tuple[Redirect, ...] = ()
    peer: str = ""
    """The IP address that answered."""
    truncated: str = ""
    made_from: tuple[ByteRange, ...] = ()
    stored: Stored | None = None
    note: str = ""
    previous: str = ""


class EntryError(LedgerError):
    """A line of the log that is not what was written."""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)
_HEAD = b',"hash":"'
_TAIL = len(_HEAD) + 64 + len(b'"}')


def to_line(entry: Entry) -> tuple[bytes, str]:
    """The line of `entry`, with its line break, and its hash."""
    body = _encoder.encode(entry)
    digest = sha256(body).hexdigest()
    return body[:-1] + _HEAD + digest.encode() + b'"}\n', digest


def from_line(line: bytes) -> tuple[Entry, str]:
    """The entry of a line (without its line break) and its hash.

    Raises `EntryError` where the line is no entry or does not have the hash that it names.
    """
    body, tail = line[:-_TAIL] + b"}", line[-_TAIL:]
    digest = sha256(body).hexdigest()
    if tail != _HEAD + digest.encode() + b'"}':
        raise EntryError("its hash does not fit its words", "")
    try:
        return _decoder.decode(body), digest
    except msgspec.MsgspecError as error:
        raise EntryError(f"it is no entry ({error})", "") from error

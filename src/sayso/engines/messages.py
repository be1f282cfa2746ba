"""What the parent and a worker say to each other: length-prefixed MessagePack."""

from __future__ import annotations

import struct
from typing import Literal

import msgspec
from msgspec import Struct

from sayso.engines.outcomes import Refusal
from sayso.errors import ActorsError, MissingExtra, SaysoError, SettingsError
from sayso.records.documents import RawDocument
from sayso.records.readings import Reading
from sayso.settings import FetchSettings, Settings
from sayso.steps.acquire.found_pages import FoundPage

_LENGTH = struct.Struct(">Q")
MAX_BYTES = 1 << 30
"""No honest message is longer; a longer one means a worker gone wild."""


class Start(Struct, frozen=True, tag=True):
    """Parent to worker, once: which reader to make, and how."""

    reader: str
    settings: Settings


class Read(Struct, frozen=True, tag=True):
    """Parent to worker: one input."""

    raw: RawDocument


class Ready(Struct, frozen=True, tag=True):
    """Worker to parent: the reader is made."""


class CannotStart(Struct, frozen=True, tag=True):
    """Worker to parent: no reader could be made, so no document can be read."""

    error: str
    message: str
    extra: str = ""


class Done(Struct, frozen=True, tag=True):
    """Worker to parent: what became of the input. `spent`: the worker must be replaced."""

    reading: Reading | None = None
    refusal: Refusal | None = None
    spent: bool = False


Format = Literal["feed", "sitemap", "page"]
"""What is looked through for addresses; a page is looked through for the feeds it names."""


class StartFinding(Struct, frozen=True, tag=True):
    """Parent to worker, in place of `Start`: which function finds, as `module:function`."""

    finder: str


class Find(Struct, frozen=True, tag=True):
    """Parent to worker: bytes of a stranger that name addresses, from `base`."""

    format: Format
    data: bytes
    base: str
    content_type: str = ""
    fetch: FetchSettings = FetchSettings()


class Found(Struct, frozen=True, tag=True):
    """Worker to parent: what they name. `spent`: the worker must be replaced."""

    pages: tuple[FoundPage, ...] = ()
    addresses: tuple[str, ...] = ()
    """Further sitemaps of a sitemap, feeds of a page."""
    refusal: Refusal | None = None
    spent: bool = False


Task = Start | Read | StartFinding | Find
Report = Ready | CannotStart | Done | Found

_encoder = msgspec.msgpack.Encoder()
_tasks: msgspec.msgpack.Decoder[Task] = msgspec.msgpack.Decoder(Task)
_reports: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)


def pack(message: Task | Report) -> bytes:
    """The message as it goes over the wire."""
    body = _encoder.encode(message)
    return _LENGTH.pack(len(body)) + body


def unpack_task(body: bytes) -> Task:
    """What the parent sent."""
    return _tasks.decode(body)


def unpack_report(body: bytes | bytearray) -> Report:
    """What a worker sent. Raises `msgspec.MsgspecError` if it is no report."""
    return _reports.decode(body)


class Inbox:
    """Bytes as they come in; whole messages as they go out."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        self._data += data

    def message(self) -> bytes | None:
        """The next whole message; None while there is none. Raises `ValueError` for a wild one."""
        if len(self._data) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._data)
        if length > MAX_BYTES:
            raise ValueError(f"a message of {length} bytes")
        end = _LENGTH.size + length
        if len(self._data) < end:
            return None
        body = bytes(memoryview(self._data)[_LENGTH.size : end])
        del self._data[:end]
        return body


def as_error(message: CannotStart) -> SaysoError:
    """The error that kept a worker from starting, for the parent to raise."""
    if message.error == "MissingExtra":
        return MissingExtra(message.message, message.extra)
    if message.error == "ActorsError":
        return ActorsError(message.message)
    if message.error == "SettingsError":
        return SettingsError(message.message)
    return SaysoError(f"the reading process cannot start: {message.error}: {message.message}")

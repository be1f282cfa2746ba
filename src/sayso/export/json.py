"""Records as JSON: one a line, or one array of plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct


def json_lines(records: Iterable[Struct]) -> Iterator[bytes]:
    """One record a line, as the ledger format has it; equal records give equal bytes."""
    encoder = msgspec.json.Encoder(order="deterministic")
    for record in records:
        yield encoder.encode(record) + b"\n"


def json_array(records: Iterable[Struct]) -> Iterator[bytes]:
    """The same records as one JSON array, a record a line."""
    before = b"[\n"
    for line in json_lines(records):
        yield before + line.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"

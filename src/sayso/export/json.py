"""Records as JSON, one a line or in one array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec


def json_lines(records: Iterable[object]) -> Iterator[bytes]:
    """One record a line, as the ledger format has it; equal records give equal bytes."""
    # Sorts the keys of what is a dictionary in a record, and leaves fields in their order.
    encoder = msgspec.json.Encoder(order="deterministic")
    for record in records:
        yield encoder.encode(record) + b"\n"


def json_objects(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """One dictionary a line, its keys in their order."""
    encoder = msgspec.json.Encoder()
    for row in rows:
        yield encoder.encode(row) + b"\n"


def as_array(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines as one JSON array."""
    before = b"[\n"
    for line in lines:
        yield before + line.rstrip(b"\n")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"

"""Records to JSON and back: one shape for the store, the export and the worker processes."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.records.judgements import Judgement, Standing
from sayso.records.matches import Copies, Dispute, Joining, Story
from sayso.records.provenance import MadeBy, Problem
from sayso.records.readings import Reading

Found = Document | Entity | Mention | Statement | Claim | Event | MadeBy | Problem
"""What is found in documents, one by one."""
Matched = Joining | Copies | Story | Dispute
"""What is found across documents."""
Record = Found | Matched | Judgement | Standing
"""Everything that has an id and a line of its own in an export."""

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def to_json(record: Record) -> str:
    """The record as one line of JSON; equal records give equal lines."""
    return _encoder.encode(record).decode()


def from_json(line: str | bytes) -> Record:
    """The record that a line holds. Raises `msgspec.ValidationError` or `msgspec.DecodeError`."""
    return _decoder.decode(line)


def digest_of(reading: Reading) -> str:
    """A hash of everything in a reading except the time at which its file was fetched."""
    plain = replace(reading, document=replace(reading.document, retrieved=""))
    return blake2b(_encoder.encode(plain), digest_size=16).hexdigest()

"""A stand-in reader that reads in no time: real findings under new ids.

It reads one report for real when it is made, and gives that reading for each input with every id
exchanged for another. So ten thousand documents go through the workers, the parent and the ledger
in a minute, and what grows with their number shows.
"""

from __future__ import annotations

import hashlib
import re

import msgspec

from benchmarks.corpora import SHARED
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument
from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading
from sayso.settings import Settings

_ID = re.compile(rb'"[0-9a-f]{24}"')


class Replay:
    """`ports.ReadsDocuments` that replays one reading."""

    def __init__(self, settings: Settings) -> None:
        reader = Reader(settings)
        path = sorted((SHARED / "seeds").glob("*.txt"))[1]
        first = reader.read(
            RawDocument(path.name, path.read_bytes(), "text/plain", "2020-01-01T00:00:00Z")
        )
        self.made_by: dict[str, MadeBy] = reader.made_by
        self._kept = {made.id.encode() for made in reader.made_by.values()}
        self._json = msgspec.json.encode(first)

    def read(self, raw: RawDocument) -> Reading:
        """The replayed reading, as if of `raw`."""

        def renamed(match: re.Match[bytes]) -> bytes:
            old = match[0][1:-1]
            if old in self._kept:
                return match[0]
            new = hashlib.blake2b(old + raw.uri.encode(), digest_size=12).hexdigest()
            return b'"' + new.encode() + b'"'

        reading = msgspec.json.decode(_ID.sub(renamed, self._json), type=Reading)
        document = msgspec.structs.replace(
            reading.document, uri=raw.uri, sha256=hashlib.sha256(raw.data).hexdigest()
        )
        return msgspec.structs.replace(reading, document=document)

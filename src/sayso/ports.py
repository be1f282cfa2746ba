"""The ports: what sayso asks of the parts that can be swapped, with their contracts in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sayso.records.documents import Zone
from sayso.records.parses import Parse


class LanguageModel(Protocol):
    """A language back end: tokens, tags, a dependency tree and names for each zone given.

    Contract: `parse` returns one `Parse` a zone, in order; token positions are code points of
    `text`, lie inside their zone, never overlap and leave out nothing but white space and what is
    reported in `unread`. It keeps no state between calls that changes results, and its memory does
    not grow with the number of calls. Not thread-safe: one object a process.
    """

    @property
    def name(self) -> str:
        """The model's name, as provenance records it."""
        ...

    @property
    def version(self) -> str:
        """The model's version, as provenance records it."""
        ...

    def parse(self, text: str, zones: Sequence[Zone]) -> list[Parse]:
        """Parse each zone of `text` on its own."""
        ...

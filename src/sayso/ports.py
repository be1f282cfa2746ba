"""The ports: what sayso asks of the parts that can be swapped, with their contracts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sayso.records.analyses import TaggedAttribution
from sayso.records.captures import Capture, Validators
from sayso.records.documents import RawDocument, Zone
from sayso.records.parses import Parse, Parsed
from sayso.records.provenance import MadeBy
from sayso.records.readings import Reading


class LanguageModel(Protocol):
    """A language back end: tokens, tags, a dependency tree and names for each zone given.

    Contract: `parse` returns at least one `Parse` a zone, in text order (a very long zone comes in
    several pieces); token positions are code points of `text`, lie inside their zone, never overlap
    and leave out nothing but white space and what `unread` names. It keeps no state between calls
    that changes results, and its memory does not grow with the number of calls. Time is linear in
    the text. Not thread-safe: one object a process.
    """

    @property
    def name(self) -> str:
        """The model's name, as provenance records it."""
        ...

    @property
    def version(self) -> str:
        """The model's version, as provenance records it."""
        ...

    def parse(self, text: str, zones: Sequence[Zone]) -> Parsed:
        """Parse each zone of `text` on its own."""
        ...


class AttributionTagger(Protocol):
    """A trained finder of attributions. The rules of `steps.extract` do without one.

    Contract: `tag` gives the attributions of a document's parses, in the order of their cues; each
    range is not empty and lies in the parse it names. The same parses give the same attributions,
    whatever was tagged before. Time is linear in the text, and memory does not grow with the number
    of calls. Not thread-safe: one object a process.
    """

    @property
    def name(self) -> str:
        """The tagger's name, as provenance records it."""
        ...

    @property
    def version(self) -> str:
        """A hash of the weights, as provenance records it."""
        ...

    def tag(self, parses: Sequence[Parse]) -> list[TaggedAttribution]:
        """The attributions of one document."""
        ...


class ReadsDocuments(Protocol):
    """What reads one document: `pipeline.Reader`, or a stand-in for it.

    Contract: made once in each process from the settings (which may take seconds), then asked for
    one document after another. The same bytes, path and settings give the same reading, whatever
    was read before. Raises `SetAside` for an input that cannot be read; any other exception is a
    defect that costs this one document. Not thread-safe.
    """

    @property
    def made_by(self) -> Mapping[str, MadeBy]:
        """The stamps of its steps. Asking for them loads all that is heavy, and raises what keeps
        it from being loaded (`MissingExtra`, `ActorsError`)."""
        ...

    def read(self, raw: RawDocument) -> Reading:
        """The document and all its findings."""
        ...


class CaptureSink(Protocol):
    """Where captures are kept.

    Contract: when `put` returns, the capture outlives a kill of the process; a kill before leaves
    it absent, never half. Putting the same capture again changes nothing. A capture whose content
    is `seen` is noted under its address, and its bytes are not stored a second time. Not
    thread-safe; two processes may write to two sinks, not to one.
    """

    def put(self, capture: Capture) -> None:
        """Keeps one capture."""
        ...

    def known(self, uri: str) -> Validators | None:
        """What the last capture of `uri` (as asked for) can be compared by; None: never kept."""
        ...

    def seen(self, sha256: str) -> bool:
        """Whether content with this SHA-256 is kept already, under any address."""
        ...


class Visits(Protocol):
    """What a collector remembers between its runs, beside the captures themselves.

    Contract: when a method that notes something returns, it outlives a kill of the process.
    """

    def last(self, uri: str) -> Validators | None:
        """What was noted of the last visit of a feed, a sitemap or a page that was left out."""
        ...

    def note(self, uri: str, validators: Validators) -> None:
        """Notes a visit, in place of the one before."""
        ...

    def due(self, source: str) -> tuple[datetime, int] | None:
        """When the source of this name is to be looked at next, in UTC, and how often in a row it
        failed; None: never looked at."""
        ...

    def schedule(self, source: str, due: datetime, failures: int) -> None:
        """Notes when a source is to be looked at next."""
        ...

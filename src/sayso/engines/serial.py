"""Reads one document after another in this process: no deadline, no limit, nothing to start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.engines.loading import DEFAULT_READER, load_reader
from sayso.engines.outcomes import OUT_OF_MEMORY, Outcome, Refusal, attempt
from sayso.records.documents import RawDocument
from sayso.settings import Settings


def read_serially(
    inputs: Iterable[RawDocument], settings: Settings, *, reader: str = DEFAULT_READER
) -> Iterator[Outcome]:
    """The outcome of each input, in order. The reader is loaded with the first input."""
    loaded = None
    for raw in inputs:
        if loaded is None:
            loaded = load_reader(reader, settings)
        try:
            result = attempt(loaded, raw)
        except MemoryError:
            result = OUT_OF_MEMORY
        if isinstance(result, Refusal):
            yield Outcome(raw.uri, refusal=result)
        else:
            yield Outcome(raw.uri, reading=result)

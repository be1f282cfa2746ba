"""Reads one document after another in this process: no deadline, no limit, nothing to start."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from sayso.engines.child import ONE_THREAD
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
            _hold_to_one_thread()
            loaded = load_reader(reader, settings)
        try:
            result = attempt(loaded, raw)
        except MemoryError:
            result = OUT_OF_MEMORY
        if isinstance(result, Refusal):
            yield Outcome(raw.uri, refusal=result)
        else:
            yield Outcome(raw.uri, reading=result)


def _hold_to_one_thread() -> None:
    """As in a worker process: more threads cost more than they bring on matrices this small (the
    trained tagger took three times the CPU). A BLAS looks only once, when it is first loaded; what
    the user has set stands."""
    if "numpy" not in sys.modules:
        for name, number in ONE_THREAD.items():
            os.environ.setdefault(name, number)

"""One capture into two sinks: the ledger's custody, and the folder that collecting goes by."""

from __future__ import annotations

from sayso.ports import CaptureSink
from sayso.records.captures import Capture, Validators


class KeptTwice:
    """A `CaptureSink` of two. `last` answers what is known.

    `last` is written to last: after a kill between the two, `last` does not know the capture, so
    the address is visited again, and `first` notes it a second time at most.
    """

    def __init__(self, first: CaptureSink, last: CaptureSink) -> None:
        self._first = first
        self._last = last

    def put(self, capture: Capture) -> None:
        """See `CaptureSink.put`."""
        self._first.put(capture)
        self._last.put(capture)

    def known(self, uri: str) -> Validators | None:
        """See `CaptureSink.known`."""
        return self._last.known(uri)

    def seen(self, sha256: str) -> bool:
        """See `CaptureSink.seen`."""
        return self._last.seen(sha256)

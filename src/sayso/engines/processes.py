"""Reads documents in supervised worker processes.

A worker has a limit of memory and, for each document, a deadline. One that hangs, crashes or runs
out of memory costs the document it was reading and is replaced; the others go on.
`multiprocessing.Pool` is not used because it waits for ever when a worker is killed.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sayso.engines.child import Child
from sayso.engines.loading import DEFAULT_READER
from sayso.engines.messages import CannotStart, Done, Found, Ready, Start, as_error
from sayso.engines.outcomes import OUT_OF_MEMORY, Outcome, Refusal
from sayso.errors import SaysoError, SpanError
from sayso.records.documents import RawDocument
from sayso.settings import Settings

_AHEAD = 2
"""Inputs that a worker holds: one it reads, one so that it need not wait for the next."""
_MAX_FAILED_STARTS = 3


def read_in_processes(
    inputs: Iterable[RawDocument], settings: Settings, *, reader: str = DEFAULT_READER
) -> Iterator[Outcome]:
    """The outcome of each input, in the order in which they are finished.

    Inputs are taken only as fast as they are read. Stopping the iteration ends the workers.
    Raises what keeps every worker from starting (`MissingExtra`, `ActorsError`, `SettingsError`).
    """
    supervisor = _Supervisor(iter(inputs), Start(reader, settings))
    try:
        yield from supervisor.run()
    finally:
        supervisor.stop()


class _Supervisor:
    def __init__(self, inputs: Iterator[RawDocument], start: Start) -> None:
        self._inputs = inputs
        self._start = start
        self._again: deque[RawDocument] = deque()
        """Inputs to be given out (once more), before new ones."""
        self._tried: set[str] = set()
        """Paths of inputs that have cost a worker once."""
        self._children: list[Child] = []
        self._failed_starts = 0
        self._exhausted = False

    def run(self) -> Iterator[Outcome]:
        while True:
            with self._stopped_clocks():
                self._hand_out()
            if not self._children:
                return
            for outcome in self._wait():
                with self._stopped_clocks():
                    yield outcome

    @contextmanager
    def _stopped_clocks(self) -> Iterator[None]:
        """While inputs are fetched or an outcome is written, no worker is kept from its time."""
        start = time.monotonic()
        yield
        spent = time.monotonic() - start
        for child in self._children:
            child.allow(spent)

    def stop(self) -> None:
        for child in self._children:
            child.kill()
        self._children.clear()

    def _hand_out(self) -> None:
        """Fills up the workers, starts those that are missing, lets go of those without work."""
        # New workers first: an input that cost its worker is to have a fresh one.
        while len(self._children) < self._start.settings.read.workers:
            raw = self._next()
            if raw is None:
                break
            self._children.append(Child(self._start))
            self._children[-1].give(raw)
        for depth in range(1, _AHEAD + 1):
            for child in self._children:
                if len(child.waiting) < depth and (raw := self._next()) is not None:
                    child.give(raw)
        for child in [child for child in self._children if not child.waiting]:
            self._children.remove(child)
            child.kill()

    def _next(self) -> RawDocument | None:
        if self._again:
            return self._again.popleft()
        if self._exhausted:
            return None
        raw = next(self._inputs, None)
        self._exhausted = raw is None
        return raw

    def _wait(self) -> Iterator[Outcome]:
        with selectors.DefaultSelector() as selector:
            for child in self._children:
                events = selectors.EVENT_READ
                if child.wants_to_send:
                    events |= selectors.EVENT_WRITE
                selector.register(child.end, events, child)
            first = min(child.deadline for child in self._children)
            patience = None if first == float("inf") else max(0.0, first - time.monotonic())
            ready = [(key.data, events) for key, events in selector.select(patience)]
        for child, events in ready:
            yield from self._serve(child, events)
        now = time.monotonic()
        for child in [child for child in self._children if child.deadline <= now]:
            yield from self._expire(child)

    def _serve(self, child: Child, events: int) -> Iterator[Outcome]:
        if events & selectors.EVENT_WRITE:
            try:
                child.send()
            except BlockingIOError:
                pass
            except OSError:
                yield from self._lose(child)
                return
        if not events & selectors.EVENT_READ:
            return
        open_ = child.receive()
        try:
            yield from self._reports(child)
        except (ValueError, SpanError):  # a worker that talks nonsense is as good as dead
            yield from self._lose(child)
            return
        if not open_ and child in self._children:
            yield from self._lose(child)

    def _reports(self, child: Child) -> Iterator[Outcome]:
        while child in self._children and (report := child.report()) is not None:
            if isinstance(report, CannotStart):
                raise as_error(report)
            if isinstance(report, Ready):
                child.ready = True
                self._failed_starts = 0
                child.start_clock()
            elif isinstance(report, Found):
                raise ValueError("a reader has nothing to find")
            elif report.spent:
                yield from self._lose(child, OUT_OF_MEMORY)
            else:
                yield _outcome(child.finish(), report)

    def _expire(self, child: Child) -> Iterator[Outcome]:
        """A worker whose time is up: its input is set aside."""
        self._retire(child)
        child.kill()
        if not child.ready:
            self._count_failed_start("it is not ready after minutes")
            self._again.extend(child.waiting)
            return
        raw = child.waiting.popleft()
        self._again.extend(child.waiting)
        message = "reading it took longer than is allowed"
        advice = "allow more with --deadline, or leave it out"
        yield Outcome(raw.uri, refusal=Refusal("deadline", message, advice))

    def _lose(self, child: Child, refusal: Refusal | None = None) -> Iterator[Outcome]:
        """A worker that is gone. Its input gets one more try where others may have been the cause:
        memory that earlier inputs left behind, or a kill from outside."""
        self._retire(child)
        status = child.wait()
        if not child.ready:
            self._count_failed_start(_ended(status))
            self._again.extend(child.waiting)
            return
        raw = child.waiting.popleft()
        again = raw.uri not in self._tried
        if again:
            self._tried.add(raw.uri)
            self._again.append(raw)
        self._again.extend(child.waiting)
        if not again:
            advice = "this is a defect of a library: please report it with the file"
            yield Outcome(raw.uri, refusal=refusal or Refusal("crashed", _ended(status), advice))

    def _retire(self, child: Child) -> None:
        self._children.remove(child)

    def _count_failed_start(self, how: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _MAX_FAILED_STARTS:
            limit = self._start.settings.read.memory_mb
            raise SaysoError(
                f"the reading processes do not start ({how}); allow more memory than {limit} MiB"
                " with --memory-mb, or read in one process with --workers 0"
            )


def _outcome(raw: RawDocument, report: Done) -> Outcome:
    return Outcome(raw.uri, report.reading, report.refusal)


def _ended(status: int) -> str:
    if status >= 0:
        return f"the reading process ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    return f"the reading process was ended by {name}"

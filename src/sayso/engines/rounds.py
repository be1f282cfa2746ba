"""Several hosts at once: visits in threads, everything else in the one that keeps what comes.

A look at a source is a generator, a `Run`. It yields what it wants: a page to be visited, or an
answer it cannot go on without. Pages wait in a line for each host, in which sources take turns; a
host has one visit at a time, and none before it is free again, so that a slow host holds up its own
line only. What comes back is settled in the calling thread: one writer, whatever the number of
visits.
"""

from __future__ import annotations

import heapq
import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sayso.engines.gathered import Gathered
from sayso.errors import SaysoError, SetAside
from sayso.records.captures import Capture, Validators
from sayso.steps.acquire.fetching.visiting import Later, Visit, Visitor

_NAP = 0.2
"""Seconds; being asked to stop is noticed so soon."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Wants what `uri` answers before it goes on: it is sent a `Capture`, what `then` made of it
    (in the visit's thread), or the `SetAside` that kept it from coming."""

    uri: str
    known: Validators | None = None
    then: Callable[[Capture], object] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Wants a page visited and goes on at once. Both functions are called in the keeping thread."""

    uri: str
    is_wanted: Callable[[], bool]
    """Asked when its turn comes: another source may have had it meanwhile."""
    settle: Callable[[Capture | SetAside], Gathered]


@dataclass(frozen=True, slots=True)
class AllSettled:
    """Goes on when all its pages are settled."""


Run = Generator[Gathered | Answer | Page | AllSettled, Any, None]
Over = Callable[[Counter[str]], None]
"""Told how many addresses of a run had which result, when it is over."""


@dataclass(eq=False, slots=True)
class _Running:
    run: Run
    over: Over | None
    counts: Counter[str] = field(default_factory=Counter)
    open: int = 0
    """Pages that are not settled."""
    is_waiting: bool = False
    has_ended: bool = False


@dataclass(eq=False, slots=True)
class _Job:
    running: _Running
    wanted: Answer | Page
    host: str
    visit: Visit


class _Line:
    """The jobs for one host, in which runs take turns."""

    def __init__(self) -> None:
        self._of: dict[int, deque[_Job]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def add(self, job: _Job, *, first: bool = False) -> None:
        key = id(job.running)
        if first:
            self._of = {key: self._of.pop(key, deque()), **self._of}
            self._of[key].appendleft(job)
        else:
            self._of.setdefault(key, deque()).append(job)

    def next(self) -> _Job:
        key = next(iter(self._of))
        jobs = self._of.pop(key)
        job = jobs.popleft()
        if jobs:
            self._of[key] = jobs
        return job


class Rounds:
    """Drives runs. `at_once` hosts are visited at a time; `stop` begins no more visits."""

    def __init__(
        self,
        visitor: Visitor,
        *,
        at_once: int,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._visitor = visitor
        self._at_once = at_once
        self._stop = stop or threading.Event()
        self._clock = clock
        self._ready: deque[tuple[_Running, object]] = deque()
        self._lines: dict[str, _Line] = {}
        self._free: list[tuple[float, int, str]] = []
        """Hosts with a line and no visit, by when they may be visited; a heap."""
        self._queued = 0
        self._visited: set[str] = set()
        """Hosts that are visited now."""
        self._out: deque[Gathered | Callable[[], None]] = deque()
        self._work: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        # No SimpleQueue: its get() waits for ever where a short timeout is over before the wait has
        # begun (CPython 3.11, on a busy machine), and a signal does not end that either.
        self._back: queue.Queue[tuple[_Job, object]] = queue.Queue()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Rounds:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the threads end; visits under way are not waited for."""
        for _ in self._threads:
            self._work.put(None)
        self._threads.clear()

    def add(self, run: Run, over: Over | None = None) -> None:
        """Takes in one more run."""
        self._ready.append((_Running(run, over), None))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to be done."""
        return not (self._ready or self._lines or self._visited or self._out)

    def results(self, patience: float = float("inf")) -> Iterator[Gathered]:
        """What becomes of addresses, as it happens, until all runs are over.

        Ends after `patience` seconds, whatever is under way. Where `stop` is set, visits under way
        are finished and kept, and it ends. Raises what a run may raise: its sink's errors.
        """
        until = self._clock() + patience
        while True:
            self._go_on()
            self._begin_visits()
            while self._out:
                item = self._out.popleft()
                if isinstance(item, Gathered):
                    yield item
                else:
                    item()
            if self._stop.is_set():
                if not self._visited:
                    return
            elif self._clock() >= until or not (self._ready or self._lines):
                return
            elif self._ready:
                continue
            self._wait(until)

    def _wait(self, until: float) -> None:
        """For the next answer, or the next host that may be visited."""
        first = self._free[0][0] if self._free and self._has_room else until
        try:
            patience = min(max(min(first, until) - self._clock(), 0.0), _NAP)
            job, answer = self._back.get(timeout=patience)
        except queue.Empty:
            return
        self._take_back(job, answer)
        while not self._back.empty():
            self._take_back(*self._back.get())

    @property
    def _has_room(self) -> bool:
        return len(self._visited) < self._at_once and not self._stop.is_set()

    def _go_on(self) -> None:
        """Each run that is ready goes on for one step, in turns."""
        for _ in range(len(self._ready)):
            if self._stop.is_set():
                return
            running, sent = self._ready.popleft()
            self._step(running, sent)

    def _step(self, running: _Running, sent: object) -> None:
        while True:
            try:
                wanted = running.run.send(sent)
            except StopIteration:
                running.has_ended = True
                self._end(running)
                return
            sent = None
            if isinstance(wanted, Page):
                running.open += 1
                self._queue(running, wanted, Visit(wanted.uri))
            elif isinstance(wanted, Answer):
                self._queue(running, wanted, Visit(wanted.uri, wanted.known))
                return
            elif isinstance(wanted, Gathered):
                self._say(running, wanted)
                self._ready.append((running, None))
                return
            elif running.open:
                running.is_waiting = True
                return

    def _say(self, running: _Running, gathered: Gathered) -> None:
        running.counts[gathered.result] += 1
        self._out.append(gathered)

    def _end(self, running: _Running) -> None:
        if running.has_ended and not running.open and running.over is not None:
            over, counts = running.over, running.counts
            self._out.append(lambda: over(counts))

    def _queue(self, running: _Running, wanted: Answer | Page, visit: Visit) -> None:
        job = _Job(running, wanted, _host(wanted.uri), visit)
        line = self._lines.setdefault(job.host, _Line())
        if not line and job.host not in self._visited:
            self._line_up(job.host, self._visitor.free_at(job.host))
        line.add(job)

    def _line_up(self, host: str, at: float) -> None:
        self._queued += 1
        heapq.heappush(self._free, (at, self._queued, host))

    def _begin_visits(self) -> None:
        while self._has_room and self._free and self._free[0][0] <= self._clock():
            _, _, host = heapq.heappop(self._free)
            self._begin_visit(host)

    def _begin_visit(self, host: str) -> None:
        line = self._lines[host]
        while line:
            job = line.next()
            if isinstance(job.wanted, Answer) or job.wanted.is_wanted():
                break
            self._settled(job.running)
        else:
            del self._lines[host]
            return
        self._visited.add(host)
        self._work.put(job)
        if len(self._threads) < min(len(self._visited), self._at_once):
            name = f"visit-{len(self._threads)}"
            thread = threading.Thread(target=self._visit, daemon=True, name=name)
            self._threads.append(thread)
            thread.start()

    def _visit(self) -> None:
        """What a thread does."""
        while (job := self._work.get()) is not None:
            answer: object
            try:
                answer = self._visitor.attempt(job.visit)
                then = job.wanted.then if isinstance(job.wanted, Answer) else None
                if then is not None and isinstance(answer, Capture):
                    answer = then(answer)
            except SetAside as cause:
                answer = cause
            except SaysoError as error:
                answer = error
            except Exception as error:  # noqa: BLE001 - a defect costs this one address
                answer = SetAside("failed", f"a defect: {type(error).__name__}: {error}"[:300])
            except BaseException as error:  # noqa: BLE001 - the keeping thread decides
                answer = error
            self._back.put((job, answer))

    def _take_back(self, job: _Job, answer: object) -> None:
        self._visited.discard(job.host)
        line = self._lines[job.host]
        at = self._visitor.free_at(job.host)
        if isinstance(answer, Later):
            line.add(job, first=True)
            at = max(at, self._clock() + answer.seconds)
        if line:
            self._line_up(job.host, at)
        else:
            del self._lines[job.host]
        if isinstance(answer, Later):
            return
        if isinstance(answer, BaseException) and not isinstance(answer, SetAside):
            if self._stop.is_set():
                return  # it was to stop, and did
            raise answer
        if isinstance(job.wanted, Answer):
            self._ready.append((job.running, answer))
            return
        assert isinstance(answer, Capture | SetAside)
        self._say(job.running, job.wanted.settle(answer))
        self._settled(job.running)

    def _settled(self, running: _Running) -> None:
        """One page less."""
        running.open -= 1
        if running.open:
            return
        if running.is_waiting:
            running.is_waiting = False
            self._ready.append((running, None))
        self._end(running)


def _host(uri: str) -> str:
    """The host of an address in its normal form."""
    return urlsplit(uri).hostname or ""

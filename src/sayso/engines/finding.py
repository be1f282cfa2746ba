"""Looking through feeds, sitemaps and pages for addresses, in processes that may die.

What feedparser and lxml are given was written by strangers. So it is parsed in a worker process
with a limit of memory and a deadline; one that crashes, hangs or fills its memory costs the feed
that it was given, and is replaced.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from subprocess import Popen
from typing import Protocol, cast

from sayso.engines.child import START_SECONDS, begin
from sayso.engines.messages import (
    Find,
    Found,
    Inbox,
    Ready,
    StartFinding,
    pack,
    unpack_report,
)
from sayso.engines.outcomes import Refusal
from sayso.errors import SaysoError, SetAside
from sayso.steps.acquire.discovery import feeds_of
from sayso.steps.acquire.feeds import read_feed
from sayso.steps.acquire.sitemaps import read_sitemap

Finds = Callable[[Find], Found]
DEFAULT_FINDER = "sayso.engines.finding:find"
_MEMORY_MB = 1_000
"""Address space. The largest sitemap that is read (60 MB) takes a third of it."""
_SECONDS = 20.0
_SECONDS_PER_MILLION = 2.0
_CHUNK = 1 << 20
_IDLE = 2
"""So many processes stay for the next feed."""
_TRIES = 3
"""A process that does not even start is tried anew so often."""


class FindsPages(Protocol):
    """What looks through one answer. Raises `SetAside` where it cannot be used. Threads may share
    it."""

    def __call__(self, task: Find) -> Found:
        """What the bytes of `task` name."""
        ...


def find(task: Find) -> Found:
    """What the bytes of `task` name, found in this process. Raises `SetAside`."""
    if task.format == "feed":
        return Found(tuple(read_feed(task.data, task.base, content_type=task.content_type)))
    if task.format == "sitemap":
        read = read_sitemap(task.data, task.base, task.fetch)
        return Found(tuple(read.pages), tuple(read.sitemaps))
    return Found(addresses=tuple(feeds_of(task.data, task.base)))


def attempt_finding(finds: Finds, task: Find) -> Found:
    """What `finds` gives, or why it gives nothing: nothing that the bytes do to it is raised."""
    try:
        return finds(task)
    except SetAside as cause:
        return Found(refusal=Refusal(cause.reason, cause.message, cause.advice))
    except MemoryError:
        return Found(refusal=_TOO_MUCH, spent=True)
    # Bytes are hostile and pass through large libraries: whatever they raise costs this feed.
    except Exception as error:  # noqa: BLE001
        words = f"a defect: {type(error).__name__}: {error}"[:300]
        return Found(refusal=Refusal("failed", words.encode("utf-8", "replace").decode()))


def load_finder(name: str) -> Finds:
    """The function named `module:function`."""
    module, _, attribute = name.partition(":")
    if name == DEFAULT_FINDER:
        import feedparser  # noqa: F401  now: not on the first feed's time
    return cast(Finds, getattr(import_module(module), attribute))


class FindingProcesses:
    """Finds in worker processes, one for each thread that asks at a time. Close it in the end."""

    def __init__(
        self,
        *,
        finder: str = DEFAULT_FINDER,
        memory_mb: int = _MEMORY_MB,
        seconds: float = _SECONDS,
    ) -> None:
        """`seconds` for each answer; two more for each million bytes."""
        self._finder = finder
        self._memory_mb = memory_mb
        self._seconds = seconds
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        self._closed = False
        # A worker dies with the thread that began it (it is told so by Linux), and those that ask
        # here come and go.
        self._beginner = ThreadPoolExecutor(1, thread_name_prefix="finding")

    def __enter__(self) -> FindingProcesses:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the processes."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.kill()
        self._beginner.shutdown(wait=False)

    def __call__(self, task: Find) -> Found:
        """What the bytes of `task` name. Raises `SetAside`: what `find` does, and `crashed`,
        `deadline` or `memory`."""
        process = self._take()
        try:
            found = process.ask(task, self._seconds + _SECONDS_PER_MILLION * len(task.data) / 1e6)
        except BaseException:
            process.kill()
            raise
        if found.spent:
            process.kill()
        else:
            self._give_back(process)
        if found.refusal is not None:
            cause = found.refusal
            raise SetAside(cause.reason, cause.message, cause.advice)
        return found

    def _take(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        for _ in range(_TRIES):
            process = _Process(*self._beginner.submit(begin, self._memory_mb).result())
            try:
                process.start(self._finder)
            except (EOFError, OSError, ValueError):
                process.kill()
            else:
                return process
        raise SaysoError("the process that looks through feeds does not start; see 'sayso doctor'")

    def _give_back(self, process: _Process) -> None:
        with self._lock:
            if len(self._idle) < _IDLE and not self._closed:
                self._idle.append(process)
                return
        process.kill()


class _Process:
    """One worker process, asked one thing at a time."""

    def __init__(self, end: socket.socket, process: Popen[bytes]) -> None:
        self._end = end
        self._process = process
        self._inbox = Inbox()

    def start(self, finder: str) -> None:
        """Waits until it is ready. Raises `EOFError`, `OSError` or `ValueError` where it dies."""
        until = time.monotonic() + START_SECONDS
        self._send(pack(StartFinding(finder)), until)
        if not isinstance(self._answer(until), Ready):
            raise ValueError("it does not begin as it should")

    def ask(self, task: Find, seconds: float) -> Found:
        """Its answer. Raises `SetAside` where it dies or takes too long."""
        until = time.monotonic() + seconds
        try:
            self._send(pack(task), until)
            report = self._answer(until)
        except TimeoutError:
            raise SetAside(
                "deadline", f"looking through it took longer than {seconds:.0f} seconds"
            ) from None
        except (EOFError, OSError, ValueError):
            raise SetAside(
                "crashed",
                f"the process that looked through it ended with status {self.kill()}",
                "this is a defect of a library: please report the address",
            ) from None
        if not isinstance(report, Found):
            raise SetAside("crashed", "the process that looked through it talks nonsense")
        return report

    def kill(self) -> int:
        """Ends it and gives back its exit status (negative: the signal)."""
        self._end.close()
        with suppress(Exception):
            return self._process.wait(timeout=0.5)  # dead already, or at the end of its pipe
        self._process.kill()
        return self._process.wait()

    def _send(self, data: bytes, until: float) -> None:
        view = memoryview(data)
        while view:
            self._end.settimeout(_left(until))
            view = view[self._end.send(view[:_CHUNK]) :]

    def _answer(self, until: float) -> object:
        while (body := self._inbox.message()) is None:
            self._end.settimeout(_left(until))
            data = self._end.recv(_CHUNK)
            if not data:
                raise EOFError
            self._inbox.feed(data)
        return unpack_report(body)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


_TOO_MUCH = Refusal("memory", "looking through it took more memory than is allowed")

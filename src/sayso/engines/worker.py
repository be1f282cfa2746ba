"""The worker process: makes a reader, then reads what it is sent until the pipe closes.

Run as `python -P -m sayso.engines.worker DESCRIPTOR MEMORY_MB PARENT`; never by hand.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys

from sayso.engines.messages import (
    CannotStart,
    Done,
    Find,
    Inbox,
    Read,
    Ready,
    Report,
    Start,
    StartFinding,
    Task,
    pack,
    unpack_task,
)
from sayso.engines.outcomes import OUT_OF_MEMORY, Refusal, attempt
from sayso.errors import SaysoError
from sayso.ports import ReadsDocuments

_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 20


def main(arguments: list[str]) -> int:
    """The exit status: 0 when the parent has closed the pipe."""
    descriptor, memory_mb, parent = (int(argument) for argument in arguments)
    _confine(memory_mb, parent)
    channel = _Channel(socket.socket(fileno=descriptor))
    start = channel.receive()
    if isinstance(start, StartFinding):
        return _find(start, channel)
    if not isinstance(start, Start):
        return 0
    reader = _make(start, channel)
    if reader is None:
        return 0
    channel.send(Ready())
    while True:
        task = channel.receive()
        if not isinstance(task, Read):
            return 0
        done = _read(reader, task)
        channel.send(done)
        if done.spent:
            return 0


def _find(start: StartFinding, channel: _Channel) -> int:
    """Looks through what collecting fetched, instead of reading documents."""
    from sayso.engines.finding import attempt_finding, load_finder

    find = load_finder(start.finder)
    channel.send(Ready())
    while isinstance(task := channel.receive(), Find):
        found = attempt_finding(find, task)
        channel.send(found)
        if found.spent:
            break
    return 0


def _read(reader: ReadsDocuments, task: Read) -> Done:
    try:
        result = attempt(reader, task.raw)
    except MemoryError:
        return Done(refusal=OUT_OF_MEMORY, spent=True)
    return Done(refusal=result) if isinstance(result, Refusal) else Done(reading=result)


def _make(start: Start, channel: _Channel) -> ReadsDocuments | None:
    # On first use: a worker has its limits before anything heavy is loaded.
    from sayso.engines.loading import load_reader

    try:
        return load_reader(start.reader, start.settings)
    except SaysoError as error:
        extra = getattr(error, "extra", "")
        channel.send(CannotStart(type(error).__name__, str(error), str(extra)))
    except MemoryError:
        channel.send(CannotStart("MemoryError", "too little memory is allowed: see --memory-mb"))
    # A library that fails to load must be told to the parent, which cannot see this process's
    # standard error; there is nothing else to do about it here.
    except Exception as error:  # noqa: BLE001
        channel.send(CannotStart(type(error).__name__, str(error)))
    return None


def _confine(memory_mb: int, parent: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_mb:
        limit = memory_mb << 20
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    # Ctrl-C reaches every process of the terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        # The pipe tells an idle worker that its parent is gone; this tells a busy one.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


class _Channel:
    """The worker's end of the pipe."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._inbox = Inbox()

    def send(self, message: Report) -> None:
        self._end.sendall(pack(message))

    def receive(self) -> Task | None:
        """The next task; None when the parent has closed the pipe."""
        while (body := self._inbox.message()) is None:
            data = self._end.recv(_CHUNK)
            if not data:
                return None
            self._inbox.feed(data)
        return unpack_task(body)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (BrokenPipeError, ConnectionResetError):
        sys.exit(0)  # the parent is gone, and with it the reason to work

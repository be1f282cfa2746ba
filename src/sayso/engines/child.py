"""The parent's side of one worker process: start it, talk to it, watch its clock, end it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import deque

from sayso.engines.messages import Inbox, Read, Report, Start, pack, unpack_report
from sayso.records.documents import RawDocument
from sayso.settings import ReadSettings

_CHUNK = 1 << 20
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
"""Many threads in each of many workers only get in one another's way, and each thread of a BLAS
takes tens of MiB of the address space that is limited."""
START_SECONDS = 180.0
"""A worker that is not ready after this long will not be."""


class Child:
    """One worker process and the inputs it has been given, oldest first.

    `deadline` is a time of `time.monotonic()`: when the worker is to be killed.
    """

    def __init__(self, start: Start) -> None:
        limits = start.settings.read
        self._limits: ReadSettings = limits
        self.waiting: deque[RawDocument] = deque()
        self.ready = False
        self.reads = 0
        """Inputs that it has finished."""
        self.deadline = time.monotonic() + START_SECONDS
        self._inbox = Inbox()
        self._outgoing = bytearray(pack(start))
        self.end, self._process = begin(limits.memory_mb)
        self.end.setblocking(False)

    @property
    def wants_to_send(self) -> bool:
        return bool(self._outgoing)

    def give(self, raw: RawDocument) -> None:
        """Hands an input to the worker; its clock starts when those before it are done."""
        self.waiting.append(raw)
        self._outgoing += pack(Read(raw))
        if self.ready and len(self.waiting) == 1:
            self.start_clock()

    def start_clock(self) -> None:
        """The oldest waiting input is now being read."""
        if not self.waiting:
            self.deadline = float("inf")
            return
        # Bytes are never fewer than characters, so this is never too short.
        millions = len(self.waiting[0].data) / 1e6
        seconds = self._limits.deadline_seconds + self._limits.seconds_per_million * millions
        self.deadline = time.monotonic() + min(seconds, self._limits.longest_seconds)

    def allow(self, seconds: float) -> None:
        """Moves the deadline by time in which nobody could listen to the worker."""
        self.deadline += seconds

    def send(self) -> None:
        """Sends as much as the pipe takes. Raises `OSError` if the worker is gone."""
        sent = self.end.send(memoryview(self._outgoing)[:_CHUNK])
        del self._outgoing[:sent]

    def receive(self) -> bool:
        """Takes in what has come; False if the worker has closed its end."""
        try:
            data = self.end.recv(_CHUNK)
        except BlockingIOError:
            return True
        except ConnectionResetError:
            return False
        self._inbox.feed(data)
        return bool(data)

    def report(self) -> Report | None:
        """The next report; None while there is none. Raises `ValueError` for what is none."""
        body = self._inbox.message()
        return None if body is None else unpack_report(body)

    def finish(self) -> RawDocument:
        """The input that was just reported on; the clock of the next one starts."""
        self.reads += 1
        raw = self.waiting.popleft()
        self.start_clock()
        return raw

    def kill(self) -> int:
        """Ends the process and gives back its exit status (negative: the signal)."""
        self.end.close()
        self._process.kill()
        return self._process.wait()

    def wait(self) -> int:
        """The exit status of a process that has closed its end of the pipe."""
        self.end.close()
        try:
            return self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return self.kill()


def begin(memory_mb: int) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A worker process with so much address space (MiB; 0 sets no limit), and the pipe to it."""
    end, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [*_COMMAND, str(theirs.fileno()), str(memory_mb), str(os.getpid())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("SAYSO_DEBUG") else subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": _search_path()},
        )
    return end, process


_COMMAND = (sys.executable, "-P", "-m", "sayso.engines.worker")
"""`-P`: the current folder may be full of strangers' files and is no place to load modules from."""


def _search_path() -> str:
    """Where this process finds its modules, for the worker too; relative folders left out."""
    return os.pathsep.join(path for path in sys.path if os.path.isabs(path))

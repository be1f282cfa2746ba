"""Runs a program and measures it from outside: wall time, CPU time, memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    """What a run cost. Memory is resident set size in MiB; shared pages count in each process."""

    wall: float
    cpu: float
    """User and system seconds of the program and of all children it waited for."""
    peak_parent: float
    peak_worker: float
    """The largest child; 0 without children."""
    peak_total: float
    output: str


def run(module: str, arguments: Sequence[str], *, timeout: float = 3600) -> Run:
    """Run `python -m module arguments`.

    Raises RuntimeError if it fails, subprocess.TimeoutExpired after `timeout` seconds.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=out,
            stderr=err,
            cwd=Path(__file__).resolve().parents[1],
        )
        watch = _MemoryWatch(process.pid)
        watch.start()
        status, usage = _wait(process, began + timeout)
        wall = time.perf_counter() - began
        watch.stop()
        out.seek(0)
        err.seek(0)
        if status != 0:
            raise RuntimeError(f"{module} {' '.join(arguments)} failed:\n{err.read()[-2000:]}")
        cpu = usage.ru_utime + usage.ru_stime
        return Run(wall, cpu, watch.parent, watch.worker, watch.total, out.read())


def _wait(process: subprocess.Popen[bytes], until: float) -> tuple[int, os.struct_rusage]:  # type: ignore[name-defined]
    """The exit status and what the process used; `wait4` since `Popen.wait` keeps the latter."""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.perf_counter() > until:
            process.kill()
            raise subprocess.TimeoutExpired(process.args, until)
        time.sleep(0.01)


class _MemoryWatch(threading.Thread):
    """Looks at the resident memory of a process and its descendants until stopped (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.parent = self.worker = self.total = 0.0

    def run(self) -> None:
        while not self._over.wait(_EVERY):
            parent = resident(self._pid)
            workers = [resident(pid) for pid in descendants(self._pid)]
            self.parent = max(self.parent, parent)
            self.worker = max([self.worker, *workers])
            self.total = max(self.total, parent + sum(workers))

    def stop(self) -> None:
        self._over.set()
        self.join()


def resident(pid: int) -> float:
    """Resident memory of a process in MiB; 0 if it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def descendants(pid: int) -> list[int]:
    """All processes below `pid`."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                kids = [int(kid) for kid in task.read_text().split()]
            except OSError:
                continue
            found += kids
            waiting += kids
    return found

"""A run of 100,000 pages from WARC into one ledger: rate and memory over time, and each page once.

    python -m benchmarks.long_run FOLDER [--pages 100000] [--archive 2000]

The archives are made from a seed while the run goes on (varied_pages.py), one ahead, by a process
of its own whose memory is not counted and whose time is not taken off. Two workers clean; one
process reads the archives, keeps custody and writes the ledger. There are no findings: text, zones,
metadata and languages.

Stop it at any time, by Ctrl-C or kill -9, and start it again: it goes on. Every 500 pages it adds
a line to FOLDER/progress.jsonl. At the end, or with --check, it counts what is in the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.runs import descendants, resident
from benchmarks.varied_pages import write
from sayso.engines.collecting import Collector, Progress, load_all
from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.settings import ExtractSettings, ReadSettings, Settings
from sayso.steps.acquire.files import find, inputs
from sayso.store.custody import Custody
from sayso.store.ledger_file import LedgerFile

_EVERY = 500
_LOOK = 0.25


class Memory(threading.Thread):
    """Peak MiB of this process and its workers since the last question; writers aside."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.parent = self.worker = self.total = 0.0
        self.not_counted: set[int] = set()

    def run(self) -> None:
        while True:
            time.sleep(_LOOK)
            parent = resident(os.getpid())
            workers = [resident(p) for p in descendants(os.getpid()) if p not in self.not_counted]
            self.parent = max(self.parent, parent)
            self.worker = max([self.worker, *workers])
            self.total = max(self.total, parent + sum(workers))

    def worker_cpu(self) -> float:
        """Seconds of all workers there are now."""
        return sum(_cpu_of(pid) for pid in descendants(os.getpid()) if pid not in self.not_counted)

    def taken(self) -> dict[str, int]:
        peaks = {"parent": self.parent, "worker": self.worker, "total": self.total}
        self.parent = self.worker = self.total = 0.0
        return {name: round(value) for name, value in peaks.items()}


def _cpu_of(pid: int) -> float:
    """User and system seconds of a process; 0 if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Log:
    """Adds a line to the progress for every 500 inputs."""

    def __init__(self, path: Path, memory: Memory) -> None:
        self._path = path
        self._memory = memory
        self._results: Counter[str] = Counter()
        self._since = time.perf_counter()
        self._cpu = time.process_time()
        self._workers = 0.0

    def take(self, progress: Progress) -> None:
        self._results[progress.result] += 1
        if progress.done % _EVERY:
            return
        seconds = time.perf_counter() - self._since
        workers = self._memory.worker_cpu()
        line = {
            "done": progress.done,
            **self._results,
            "seconds": round(seconds, 1),
            "rate": round(_EVERY / seconds, 1),
            "parent_cpu": round(time.process_time() - self._cpu, 1),
            "worker_cpu": round(workers - self._workers, 1),
            **self._memory.taken(),
            "load": os.getloadavg()[0],
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self._results.clear()
        self._since, self._cpu = time.perf_counter(), time.process_time()
        self._workers = workers


def archives(folder: Path, pages: int, size: int, memory: Memory) -> Iterator[Path]:
    """The archives one after another, the next always in the making; each is removed when read."""
    numbers = [range(a, min(a + size, pages)) for a in range(0, pages, size)]
    waiting: list[tuple[Path, subprocess.Popen[bytes]]] = []
    for number in numbers:
        waiting.append(_begin(folder, number, memory))
        if len(waiting) == 2:
            yield from _whole(*waiting.pop(0))
    while waiting:
        yield from _whole(*waiting.pop(0))


def _begin(folder: Path, numbers: range, memory: Memory) -> tuple[Path, subprocess.Popen[bytes]]:
    path = folder / f"{numbers.start:07}-{numbers.stop:07}.warc.gz"
    command = [sys.executable, "-m", "benchmarks.long_run", str(folder), "--write"]
    span = [str(numbers.start), str(numbers.stop)]
    process = subprocess.Popen([*command, *span], start_new_session=True)
    memory.not_counted.add(process.pid)
    return path, process


def _whole(path: Path, process: subprocess.Popen[bytes]) -> Iterator[Path]:
    if process.wait():
        raise RuntimeError(f"{path} could not be written")
    yield path
    path.unlink()


def read(folder: Path, pages: int, size: int) -> None:
    """Reads all pages into FOLDER/run.sayso."""
    settings = Settings(extract=ExtractSettings(attribution="rules"), read=ReadSettings(workers=2))
    memory = Memory()
    memory.start()
    log = Log(folder / "progress.jsonl", memory)
    ledger = folder / "run.sayso"
    file = LedgerFile(str(ledger))
    try:
        with Custody(ledger) as custody:
            collector = Collector(
                file,
                settings,
                reader="benchmarks.warc:CleaningReader",
                report=log.take,
                custody=custody,
            )
            collector.collect(_inputs(archives(folder, pages, size, memory), settings))
    finally:
        file.close()


def _inputs(paths: Iterator[Path], settings: Settings) -> Iterator[RawDocument | Problem]:
    for path in paths:
        yield from load_all(
            find([path]), lambda found: inputs(found, settings.clean), lambda found: found.uri
        )


def check(folder: Path) -> dict[str, int]:
    """What the ledger holds: pages, the addresses they came from, and what is there twice."""
    file = LedgerFile(str(folder / "run.sayso"), create=False)
    with file.reading() as db:
        counts = {
            name: int(db.execute(sql).get)
            for name, sql in {
                "documents": "SELECT count(*) FROM documents",
                "different_bytes": "SELECT count(DISTINCT sha256) FROM documents",
                "addresses": "SELECT count(DISTINCT uri) FROM sightings",
                "sightings": "SELECT count(*) FROM sightings",
                "set_aside": "SELECT count(*) FROM problems WHERE document IS NULL",
                "with_problems": (
                    "SELECT count(DISTINCT document) FROM problems WHERE document IS NOT NULL"
                ),
            }.items()
        }
    file.close()
    log = folder / "run.sayso.custody" / "log.jsonl"
    with log.open("rb") as lines:
        counts["received"] = sum(b'"action":"received"' in line for line in lines)
    return counts


def main() -> None:
    """Run, or (with --write) make one archive."""
    parser = argparse.ArgumentParser(description="100,000 pages from WARC.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--archive", type=int, default=2_000, help="pages in one archive")
    parser.add_argument("--check", action="store_true", help="count, and read nothing")
    parser.add_argument("--write", type=int, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True, parents=True)
    if options.write:
        first, end = options.write
        write(options.folder / f"{first:07}-{end:07}.warc.gz", range(first, end))
        return
    if not options.check:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
        try:
            read(options.folder, options.pages, options.archive)
        except KeyboardInterrupt:
            print("stopped; start it again to go on")
    print(json.dumps(check(options.folder)))


if __name__ == "__main__":
    main()

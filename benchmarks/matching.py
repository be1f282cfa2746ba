"""What laying documents side by side costs, beside what reading as many words takes.

    python -m benchmarks.matching                     1,000 and 10,000 documents
    python -m benchmarks.matching --sizes 1000,10000,100000
    python -m benchmarks.matching --articles 40       the rate of reading comes from so many
    python -m benchmarks.matching --sizes 100000 --filled big.sayso     a ledger filled before by
        `benchmarks.synthetic_readings`; it is copied and topped up

For each size a ledger is filled from `synthetic_readings` (not timed), then `Ledger.match` joins,
finds copies, gathers stories and disputes. Afterwards one more document is written and matched, a
few times; the median counts. The time of reading is the number of words in the ledger by the rate
at which `Ledger.read` reads articles of PolNeAR with two workers in this very run (attribution by
rules, the fastest). Both are also told in seconds of CPU, which a machine that others use changes
less: there, matching's one process stands beside the sum of reading's. The aims: matching takes
less time than reading, and one more document less than a second. Memory is the peak of the matching
process, with filling before it, which takes
little. The texts are synthetic: short, and alike in form.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice
from pathlib import Path
from shutil import copy2
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.runs import Run, run
from benchmarks.scaling import growth
from benchmarks.synthetic_readings import readings
from sayso.ledger import Ledger
from sayso.records.readings import Reading
from sayso.store.ledger_file import LedgerFile

_MORE = 5
"""So many documents are added one by one at the end."""


def main() -> None:
    """Print the table, or do the work of one size."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--sizes", default="1000,10000", help="numbers of documents")
    arguments.add_argument("--articles", type=int, default=40)
    arguments.add_argument("--one", type=int, metavar="N", help="this size only, as JSON")
    arguments.add_argument("--filled", type=Path, help="a ledger to begin with")
    given = arguments.parse_args()
    if given.one is not None:
        print(json.dumps(matched(given.one, given.filled)))
        return
    rate = reading_rate(given.articles)
    print(
        f"reading: {rate.wall:.0f} words a second with two workers, {rate.cpu:.0f} a second of CPU"
    )
    print(
        f"{'documents':>9} {'words':>10} {'match s':>8} {'read s':>8} {'ratio':>6}"
        f" {'match CPU':>9} {'read CPU':>8} {'ratio':>6}"
        f" {'one more s':>10} {'(most)':>7} {'peak MiB':>8}"
    )
    sizes = [int(size) for size in given.sizes.split(",")]
    times = []
    for size in sizes:
        filled = ["--filled", str(given.filled)] if given.filled is not None else []
        measured = run("benchmarks.matching", ["--one", str(size), *filled], timeout=12 * 3600)
        figures = json.loads(measured.output.splitlines()[-1])
        times.append(figures["match_cpu"])
        _line(size, figures, rate, measured)
    exponent = growth(sizes, times)
    if exponent is not None:
        print(f"CPU time grows as documents to the {exponent:.2f}")


def _line(size: int, figures: dict[str, float], rate: Rate, measured: Run) -> None:
    reading, reading_cpu = figures["words"] / rate.wall, figures["words"] / rate.cpu
    print(
        f"{size:9} {figures['words']:10.0f} {figures['match']:8.1f} {reading:8.1f}"
        f" {figures['match'] / reading:6.2f} {figures['match_cpu']:9.1f} {reading_cpu:8.1f}"
        f" {figures['match_cpu'] / reading_cpu:6.2f} {figures['one_more']:10.2f}"
        f" {figures['one_more_most']:7.2f} {measured.peak_total:8.0f}",
        flush=True,
    )
    stages = {name[4:]: seconds for name, seconds in figures.items() if name.startswith("cpu_")}
    print("  CPU by stage:", ", ".join(f"{name} {value:.1f}" for name, value in stages.items()))


class Rate(NamedTuple):
    """Words that are read in a second."""

    wall: float
    """Of the clock, with two workers."""
    cpu: float
    """Of CPU, all processes together."""


def reading_rate(articles: int) -> Rate:
    """How fast files become a written ledger, claims and all."""
    with corpora.folder("polnear", articles) as folder:
        words = corpora.words(folder)
        read = run("benchmarks.sides", ["sayso", str(folder), "--attribution", "rules"])
    return Rate(words / read.wall, words / read.cpu)


def matched(size: int, filled: Path | None = None) -> dict[str, float]:
    """Seconds of matching so many documents and of one more, and words in them."""
    made = readings(size + _MORE)
    with TemporaryDirectory(prefix="sayso-matching-") as name:
        path = Path(name) / "big.sayso"
        held = 0
        if filled is not None:
            held = _copied(filled, path)
        words = 0
        file = LedgerFile(str(path))
        try:
            for number, reading in enumerate(islice(made, size)):
                words += len(reading.document.text.split())
                if number >= held:
                    file.add(reading, "synthetic")
        finally:
            file.close()
        stages = _Stages()
        with Ledger(path) as ledger:
            began, used = time.perf_counter(), time.process_time()
            ledger.match(progress=stages.enter)
            match, match_cpu = time.perf_counter() - began, time.process_time() - used
        stages.enter("")
        more = [_one_more(path, reading) for reading in made]
    return {
        "words": words,
        "match": match,
        "match_cpu": match_cpu,
        **{f"cpu_{stage}": seconds for stage, seconds in stages.seconds.items()},
        "one_more": median(more),
        "one_more_most": max(more),
    }


def _copied(filled: Path, path: Path) -> int:
    """Copies a ledger; gives back how many documents are in it."""
    copy2(filled, path)
    file = LedgerFile(str(path))
    try:
        return int(file.db.execute("SELECT count(*) FROM documents").get)
    finally:
        file.close()


class _Stages:
    """Seconds of CPU by stage of a matching."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._since = time.process_time()

    def enter(self, stage: str, done: int = 0, total: int = 0) -> None:
        """As `Ledger.match` calls it: the stage that has begun or goes on."""
        now = time.process_time()
        # The first call comes at the end of what it tells of.
        own = self._stage or stage
        self.seconds[own] = self.seconds.get(own, 0.0) + now - self._since
        self._stage, self._since = stage, now


def _one_more(path: Path, reading: Reading) -> float:
    """Seconds to write and match one document in a ledger that is opened for it."""
    began = time.perf_counter()
    file = LedgerFile(str(path))
    try:
        file.add(reading, "synthetic")
    finally:
        file.close()
    with Ledger(path) as ledger:
        ledger.match()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

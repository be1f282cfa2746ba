"""What laying documents side by side costs, beside what reading as many words takes.

    python -m benchmarks.matching                     1,000 and 10,000 documents
    python -m benchmarks.matching --sizes 1000,10000,100000
    python -m benchmarks.matching --articles 40       the rate of reading comes from so many

For each size a ledger is filled from `synthetic_readings` (not timed), then `Ledger.match` joins,
finds copies, gathers stories and disputes. Afterwards one more document is written and matched, a
few times; the median counts. The time of reading is the number of words in the ledger by the rate
at which `Ledger.read` reads articles of PolNeAR with two workers in this very run (attribution by
rules, the fastest). The aims: matching takes less time than reading, and one more document less
than a second. Memory is the peak of the matching process, with filling before it, which takes
little. The texts are synthetic: short, and alike in form.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

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
    given = arguments.parse_args()
    if given.one is not None:
        print(json.dumps(matched(given.one)))
        return
    rate = reading_rate(given.articles)
    print(f"reading: {rate:.0f} words a second with two workers")
    print(
        f"{'documents':>9} {'words':>10} {'match s':>8} {'read s':>8} {'ratio':>6}"
        f" {'one more s':>10} {'(most)':>7} {'peak MiB':>8}"
    )
    sizes = [int(size) for size in given.sizes.split(",")]
    times = []
    for size in sizes:
        measured = run("benchmarks.matching", ["--one", str(size)], timeout=4 * 3600)
        figures = json.loads(measured.output.splitlines()[-1])
        times.append(figures["match"])
        _line(size, figures, rate, measured)
    exponent = growth(sizes, times)
    if exponent is not None:
        print(f"time grows as documents to the {exponent:.2f}")


def _line(size: int, figures: dict[str, float], rate: float, measured: Run) -> None:
    reading = figures["words"] / rate
    print(
        f"{size:9} {figures['words']:10.0f} {figures['match']:8.1f} {reading:8.1f}"
        f" {figures['match'] / reading:6.2f} {figures['one_more']:10.2f}"
        f" {figures['one_more_most']:7.2f} {measured.peak_total:8.0f}",
        flush=True,
    )


def reading_rate(articles: int) -> float:
    """Words a second from files to a written ledger, claims and all."""
    with corpora.folder("polnear", articles) as folder:
        words = corpora.words(folder)
        read = run("benchmarks.sides", ["sayso", str(folder), "--attribution", "rules"])
    return words / read.wall


def matched(size: int) -> dict[str, float]:
    """Seconds of matching so many documents and of one more, and words in them."""
    made = readings(size + _MORE)
    with TemporaryDirectory(prefix="sayso-matching-") as name:
        path = Path(name) / "big.sayso"
        words = 0
        file = LedgerFile(str(path))
        try:
            for reading in islice(made, size):
                words += len(reading.document.text.split())
                file.add(reading, "synthetic")
        finally:
            file.close()
        with Ledger(path) as ledger:
            began = time.perf_counter()
            ledger.match()
            match = time.perf_counter() - began
        more = [_one_more(path, reading) for reading in made]
    return {
        "words": words,
        "match": match,
        "one_more": median(more),
        "one_more_most": max(more),
    }


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

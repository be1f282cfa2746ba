"""Words a second for the whole way (bytes in, ledger written), beside bare spaCy in the same run.

    python -m benchmarks.throughput                              200 articles of PolNeAR train
    python -m benchmarks.throughput --source seeds --documents 200

The aim: the rest of the way costs no more than spaCy itself, a ratio of CPU time of at most 2.
CPU seconds are the steadier figure where other programs run beside; wall time needs quiet.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import get_args

from benchmarks import corpora
from benchmarks.runs import Run, run
from sayso.settings import AttributionName


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Throughput beside bare spaCy.")
    parser.add_argument("--source", choices=("polnear", "seeds"), default="polnear")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--no-shares", action="store_true", help="leave out time by step")
    parser.add_argument("--attribution", choices=get_args(AttributionName), default="auto")
    options = parser.parse_args()
    with corpora.folder(options.source, options.documents) as folder:
        words = corpora.words(folder)
        print(f"{options.documents} documents of {options.source}, {words} words")
        for workers in (2, 0):
            _compare(folder, words, workers, options.attribution)
        if not options.no_shares:
            _shares(folder, options.attribution)


def _compare(folder: Path, words: int, workers: int, attribution: str) -> None:
    title = f"{workers} workers" if workers else "one process"
    print(f"\n{title:26} {'words/s':>9} {'wall s':>8} {'CPU s':>8}   peak MiB: parent worker total")
    count = ["--workers", str(workers)]
    bare = {
        by: run("benchmarks.sides", ["bare", str(folder), *count, "--by", by])
        for by in ("document", "paragraph")
    }
    sayso = run("benchmarks.sides", ["sayso", str(folder), *count, "--attribution", attribution])
    for by, measured in bare.items():
        _line(f"bare spaCy, by {by}", words, measured)
    _line("sayso, the whole way", words, sayso)
    for by, measured in bare.items():
        wall, cpu = sayso.wall / measured.wall, sayso.cpu / measured.cpu
        print(f"  sayso / bare by {by}: {wall:.2f} of wall time, {cpu:.2f} of CPU time")


def _line(name: str, words: int, measured: Run) -> None:
    print(
        f"{name:26} {words / measured.wall:9.0f} {measured.wall:8.1f} {measured.cpu:8.1f}"
        f"   {measured.peak_parent:16.0f} {measured.peak_worker:6.0f} {measured.peak_total:5.0f}"
    )


def _shares(folder: Path, attribution: str) -> None:
    how = ["--workers", "0", "--shares", "--attribution", attribution]
    output = run("benchmarks.sides", ["sayso", str(folder), *how]).output
    spent: dict[str, float] = json.loads(output.splitlines()[-1])["shares"]
    total = sum(spent.values())
    print("\nCPU time by step, one process")
    for step, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        if seconds >= 0.005 * total:
            print(f"  {step:34} {seconds:7.2f} s {seconds / total:6.1%}")


if __name__ == "__main__":
    main()

"""Peak memory at N, 2N and 4N documents: it must not grow with their number.

    python -m benchmarks.memory --documents 200
    python -m benchmarks.memory --replay --documents 1000    one reading replayed under new ids

Fails (exit code 1) if the parent or a worker at 4N needs over 10% and 16 MiB more than at N. A
worker's first documents fill caches, and the parent's page cache fills with the first 500 or so, so
N should not be small: replaying makes thousands cheap, and shows what the parent and the ledger do.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import corpora
from benchmarks.runs import Run, run

_RATIO = 1.10
_SLACK = 16.0


def main() -> int:
    """Print the table; gives the exit code."""
    parser = argparse.ArgumentParser(description="Peak memory at growing numbers of documents.")
    parser.add_argument("--source", choices=("polnear", "seeds"), default="polnear")
    parser.add_argument("--documents", type=int, default=200, help="N")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--replay", action="store_true", help="replay one reading, see replay.py")
    options = parser.parse_args()
    source: corpora.Source = "numbered" if options.replay else options.source
    how = ["--workers", str(options.workers), *(["--replay"] if options.replay else [])]
    print(f"{'documents':>10} {'parent':>8} {'worker':>8} {'total':>8}  MiB")
    runs: list[Run] = []
    for factor in (1, 2, 4):
        with corpora.folder(source, factor * options.documents) as folder:
            measured = run("benchmarks.sides", ["sayso", str(folder), *how])
        runs.append(measured)
        print(
            f"{factor * options.documents:10} {measured.peak_parent:8.0f} "
            f"{measured.peak_worker:8.0f} {measured.peak_total:8.0f}"
        )
    grew = [
        name
        for name in ("peak_parent", "peak_worker")
        if getattr(runs[-1], name) > getattr(runs[0], name) * _RATIO + _SLACK
    ]
    print(f"grows: {', '.join(grew)}" if grew else "does not grow")
    return 1 if grew else 0


if __name__ == "__main__":
    sys.exit(main())

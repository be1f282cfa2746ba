"""Words a second from clean text to statements, or to claims, by setting, beside bare spaCy in the
same run.

    python -m benchmarks.attribution                  200 articles of PolNeAR train, two processes
    python -m benchmarks.attribution --to claims
    python -m benchmarks.attribution --documents 50 --workers 1

Each side runs in processes of its own, one a core, every process taking each n-th text. Loading and
cleaning are done before the clock starts, on both sides; then bare spaCy parses whole documents,
and sayso parses, finds names, statements and their holders, and claims if asked to. The slowest
process counts. The sides are gone through several times in turn, and the median ratio is given.
"""

from __future__ import annotations

import argparse
import json
from statistics import median

from benchmarks import corpora
from benchmarks.runs import Run, run

SIDES = ("bare", "rules", "fast", "best")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="From clean text to statements.")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--to", choices=("statements", "claims"), default="statements")
    options = parser.parse_args()
    seconds: dict[str, list[float]] = {side: [] for side in SIDES}
    peaks: dict[str, Run] = {}
    with corpora.folder("polnear", options.documents) as folder:
        words = corpora.words(folder)
        print(f"{options.documents} articles, {words} words, {options.workers} processes")
        for _ in range(options.rounds):
            for side in SIDES:
                given = ["--setting", side, str(folder), "--workers", str(options.workers)]
                given += ["--to", options.to]
                peaks[side] = run("benchmarks.statements", given)
                seconds[side].append(json.loads(peaks[side].output.splitlines()[-1])["seconds"])
    print(f"{'':8} {'words/s':>8} {'of bare':>8} {'(least, most)':>15} {'MiB a process, all':>20}")
    for side, spent in seconds.items():
        ratios = [b / s for b, s in zip(seconds["bare"], spent, strict=True)]
        print(
            f"{side:8} {words / median(spent):8.0f} {median(ratios):8.2f}"
            f"    ({min(ratios):.2f}, {max(ratios):.2f})"
            f" {peaks[side].peak_worker:12.0f} {peaks[side].peak_total:6.0f}"
        )


if __name__ == "__main__":
    main()

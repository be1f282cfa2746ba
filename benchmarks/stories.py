"""How long stories take on made-up features, by the number of reports.

    python -m benchmarks.stories 1000 10000 100000

News as it may be: some three reports a story, 270 reports a day, 50 words each by Zipf's law, no
dates in doubt. Prints seconds of CPU, milliseconds a report and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import random
from resource import RUSAGE_SELF, getrusage
from time import process_time

from sayso.steps.match.stories.features import StoryFeatures, Term
from sayso.steps.match.stories.gathering import partition

_WORDS = 40_000
_A_DAY = 270


def synthetic(count: int) -> list[StoryFeatures]:
    """So many reports in no order; the same each time."""
    chance = random.Random(count)

    def words(number: int) -> list[str]:
        return [f"s{int(chance.paretovariate(0.6)) % _WORDS}" for _ in range(number)]

    made: list[StoryFeatures] = []
    story: list[str] = []
    for number in range(count):
        if number % 3 == 0:
            story = words(30)
        stems = sorted({*story[:20], *words(20)})
        terms = tuple(Term(stem, stem, 1.0) for stem in stems)
        day = 738_000 + number // _A_DAY
        made.append(StoryFeatures(f"{number:06d}", day, (), terms, (), (), ()))
    chance.shuffle(made)
    return made


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="+")
    for count in parser.parse_args().counts:
        reports = synthetic(count)
        started = process_time()
        groups = partition(reports)
        seconds = process_time() - started
        peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{count:7} reports  {seconds:7.1f} s  {1000 * seconds / count:5.2f} ms each"
            f"  {len(groups)} stories  {peak} MiB"
        )


if __name__ == "__main__":
    main()

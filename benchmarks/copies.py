"""Growth of finding copies with the number of documents: time, memory and the exponent.

    python -m benchmarks.copies [--largest 100000] [--words 60] [--start 1000]

Texts are made of words drawn by Zipf's law from a vocabulary of 50,000; one in eight is an edited
copy of an earlier one, and every tenth carries the same notice of its site. Each is sketched,
looked up in a library in memory, and compared with its candidates; texts are made again from
their numbers when a candidate is read, as a ledger would read them from disk. Making the texts is
not counted. Time grows like the number to the exponent; exit code 1 if it is above 1.2.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from bisect import bisect_left
from itertools import accumulate

from evals.planted_copies import document

from sayso.records.documents import Document
from sayso.steps.match.copies.library import Library

LIMIT = 1.2
_VOCABULARY = 50_000
_EVERY = 8
_NOTICE = (
    " ".join(f"notice{n}" for n in range(40))
    + ". All of this is printed under every page of the site of the Karsk Post."
)


class Texts:
    """Small texts by number, always the same for the same number."""

    def __init__(self, words: int) -> None:
        self._words = words
        self._sums = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
        self.seconds = 0.0

    def fetch(self, id: str) -> Document:
        """The document of a number; its time is kept account of."""
        started = time.process_time()
        number = int(id)
        words = self._source(number)
        if number % _EVERY == 0 and number:
            chance = random.Random(f"edit {number}")
            words = self._source(chance.randrange(number))
            for _ in range(len(words) // 20):
                words[chance.randrange(len(words))] = f"x{chance.randrange(_VOCABULARY)}"
        text = " ".join(words)
        if number % 10 == 1:
            text = f"{text}\n{_NOTICE}"
        made = document(id, text, outlet="Karsk Post" if number % 10 == 1 else None)
        self.seconds += time.process_time() - started
        return made

    def _source(self, number: int) -> list[str]:
        chance = random.Random(number)
        top = self._sums[-1]
        return [f"w{bisect_left(self._sums, chance.random() * top)}" for _ in range(self._words)]


def grown(counts: list[int], words: int) -> list[tuple[int, float, int, int]]:
    """By number of documents: CPU seconds, pairs, and peak memory of the process in MiB."""
    texts = Texts(words)
    library = Library(texts.fetch)
    started = time.process_time()
    pairs = done = 0
    rows: list[tuple[int, float, int, int]] = []
    for count in counts:
        while done < count:
            pairs += len(library.add(texts.fetch(str(done))))
            done += 1
        own = time.process_time() - started - texts.seconds
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append((count, own, pairs, memory))
        print(
            f"{count:>9,} documents {own:9.2f} s {1e6 * own / count:7.0f} µs each"
            f" {pairs:>8,} pairs {memory:>6,} MiB",
            flush=True,
        )
    return rows


def exponent(rows: list[tuple[int, float, int, int]]) -> float:
    """The slope of the logarithm of time over that of the number, first row to last."""
    (first, early, *_), (last, late, *_) = rows[0], rows[-1]
    return math.log(late / early) / math.log(last / first)


def main() -> int:
    """Print the table; gives the exit code."""
    parser = argparse.ArgumentParser(description="Growth of finding copies.")
    parser.add_argument("--start", type=int, default=1000)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=60, help="of a text")
    options = parser.parse_args()
    counts = [options.start]
    while counts[-1] * 10 <= options.largest:
        counts.append(counts[-1] * 10)
    rows = grown(counts, options.words)
    grows = exponent(rows) if len(rows) > 1 else 1.0
    print(f"exponent {grows:.3f}")
    return 1 if grows > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())

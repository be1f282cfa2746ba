"""Shingles: runs of so many words, each as a number.

A shingle's number is a polynomial of its words' 64-bit hashes, stirred by the finaliser of
splitmix64 (Steele, Lea and Flood 2014), so that its size says nothing about its words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

Numbers = npt.NDArray[np.uint64]

WIDTH = 4
"""Words of a shingle by which texts are compared."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def shingles(words: Sequence[str], width: int = WIDTH) -> Numbers:
    """The shingle that starts at each word, as far as whole ones reach.

    A text of fewer words than a shingle has is one shingle; an empty one has none.
    """
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array(RMinHash.hash_token_sets([list(words)])[0], dtype=np.uint64)
    width = min(width, len(words))
    total = np.zeros(len(hashes) - width + 1, dtype=np.uint64)
    for place in range(width):
        total = total * _BASE + hashes[place : place + len(total)]
    return stirred(total)


def stirred(numbers: Numbers) -> Numbers:
    """The numbers, each mapped to one that is spread evenly over 64 bits."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _SECOND
    return numbers ^ (numbers >> np.uint64(31))

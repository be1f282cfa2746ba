"""How near two words are in meaning, by small vectors of words: `buy` and `acquire`."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "weights/words.npz"
"""In this package; made by `training/word_vectors.py` from spaCy's vectors."""


class Words:
    """The vectors of the stems of news."""

    def __init__(self, rows: dict[str, int], vectors: NDArray[np.float32]) -> None:
        self._rows = rows
        self._vectors = vectors

    @classmethod
    def load(cls, path: Path) -> Words:
        """The vectors that lie at `path`."""
        with np.load(path, allow_pickle=False) as data:
            stems = bytes(data["stems"].tobytes()).decode().split("\n")
            vectors = data["vectors"].astype(np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return cls({stem: row for row, stem in enumerate(stems)}, vectors)

    def nearness(self, one: str, other: str) -> float | None:
        """The cosine of two stems, -1..1; None where one is not known."""
        if one == other:
            return 1.0
        left, right = self._rows.get(one), self._rows.get(other)
        if left is None or right is None:
            return None
        return float(self._vectors[left] @ self._vectors[right])


@cache
def built_in() -> Words:
    """The vectors that come with the package."""
    with as_file(files(__package__).joinpath(WEIGHTS)) as path:
        return Words.load(path)


@lru_cache(maxsize=200_000)
def nearness(one: str, other: str) -> float | None:
    """The cosine of two stems by the vectors that come with the package."""
    return built_in().nearness(one, other)

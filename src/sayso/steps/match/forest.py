"""Boosted trees over named features, as scikit-learn grows them, weighed with numpy alone.

Method: Friedman 2001, on histograms (Ke et al. 2017). The trees come as flat arrays; a feature that
is not given is 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TOGETHER = 2_048
"""Rows weighed side by side: bounds the memory."""


class Forest:
    """Gives the probability of rows of features. Nothing in it changes."""

    def __init__(
        self,
        names: Sequence[str],
        nodes: Mapping[str, NDArray[np.float64]],
        roots: NDArray[np.int64],
        bias: float,
        threshold: float,
    ) -> None:
        self._columns = {name: column for column, name in enumerate(names)}
        self._feature = nodes["feature"].astype(np.int64)
        self._limit = nodes["limit"]
        self._left = nodes["left"].astype(np.int64)
        self._right = nodes["right"].astype(np.int64)
        self._value = nodes["value"]
        self._roots = roots
        self._bias = bias
        self.threshold = threshold
        """Mean probability from which two groups are one, found in training."""

    @classmethod
    def load(cls, path: Path) -> Forest:
        """The forest that lies at `path`, as `training/trees.py` writes it."""
        with np.load(path, allow_pickle=False) as data:
            names = bytes(data["names"].tobytes()).decode().split("\n")
            keys = ("feature", "limit", "left", "right", "value")
            nodes = {name: data[name].astype(np.float64) for name in keys}
            return cls(
                names,
                nodes,
                data["roots"].astype(np.int64),
                float(data["bias"]),
                float(data["threshold"]),
            )

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """Of each row of features, 0..1; features that the trees do not know count nothing."""
        found = np.zeros(len(rows))
        for start in range(0, len(rows), _TOGETHER):
            part = rows[start : start + _TOGETHER]
            found[start : start + len(part)] = self._weigh(self.matrix(part))
        return found

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
        """The rows as an array, a column a feature."""
        table = np.zeros((len(rows), len(self._columns)))
        columns = self._columns
        for number, row in enumerate(rows):
            for name, value in row.items():
                column = columns.get(name)
                if column is not None:
                    table[number, column] = value
        return table

    def _weigh(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        # All rows go down all trees a level at a time; a leaf points to itself.
        at = np.broadcast_to(self._roots, (len(table), len(self._roots))).copy()
        row = np.arange(len(table))[:, None]
        while True:
            left = table[row, self._feature[at]] <= self._limit[at]
            down = np.where(left, self._left[at], self._right[at])
            if np.array_equal(down, at):
                break
            at = down
        total = self._bias + self._value[at].sum(axis=1)
        weighed: NDArray[np.float64] = 1 / (1 + np.exp(-total))
        return weighed


@cache
def load(name: str) -> Forest:
    """The forest `name` of this package (`weights/<name>.npz`)."""
    with as_file(files(__package__).joinpath(f"weights/{name}.npz")) as path:
        return Forest.load(path)

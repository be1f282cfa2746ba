"""The phrase tagger: a linear-chain conditional random field over hand-made features.

Method: Lafferty, McCallum and Pereira, Conditional Random Fields, ICML 2001. Trained by
`training/phrases.py`, decoded here with numpy alone; the weights' card stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "weights/phrases.npz"
"""In this package."""
_START = -1e4
"""Score of a path that begins inside a phrase."""
_BATCH = 2_000
"""Tokens whose weights are gathered together: bounds the memory."""
_TOGETHER = 64
"""Sentences decoded side by side."""


class PhraseTagger:
    """Labels tokens with `O`, `B-x`, `I-x`; needs their features, keeps nothing between calls."""

    def __init__(
        self,
        labels: Sequence[str],
        rows: dict[str, int],
        weights: NDArray[np.float32],
        transitions: NDArray[np.float32],
    ) -> None:
        self._labels = tuple(labels)
        self._rows = rows
        self._weights = weights
        # Turned round, so that the scores of the ways into one label lie side by side.
        self._into = np.ascontiguousarray(transitions.T)
        self._first = np.array([_START * label.startswith("I-") for label in labels], np.float32)

    @classmethod
    def load(cls, path: Path) -> PhraseTagger:
        """The tagger whose weights lie at `path` (as `training/phrases.py` writes them)."""
        with np.load(path, allow_pickle=False) as data:
            names: list[str] = _words(data["features"])
            weights = np.zeros((len(names) + 1, len(_words(data["labels"]))), np.float32)
            weights[data["rows"], data["columns"]] = data["values"]
            rows = {name: row for row, name in enumerate(names)}
            transitions = data["transitions"].astype(np.float32)
            return cls(_words(data["labels"]), rows, weights, transitions)

    def tags(
        self, features: Iterable[Sequence[str]], sentences: Sequence[tuple[int, int]]
    ) -> list[str]:
        """A label for each token. `sentences`: token ranges that are labelled by themselves; a
        token outside all of them gets `O`. Give many together: that is faster."""
        scores = self._scores(features)
        labels = ["O"] * len(scores)
        longest_first = sorted(sentences, key=lambda sentence: sentence[0] - sentence[1])
        for first in range(0, len(longest_first), _TOGETHER):
            part = longest_first[first : first + _TOGETHER]
            for (start, end), path in zip(part, self._best(scores, part), strict=True):
                labels[start:end] = [self._labels[label] for label in path]
        return labels

    def _scores(self, features: Iterable[Sequence[str]]) -> NDArray[np.float32]:
        """By token and label: the sum of its features' weights."""
        get, unknown = self._rows.get, len(self._rows)
        parts: list[NDArray[np.float32]] = []
        rest = iter(features)
        while batch := list(islice(rest, _BATCH)):
            rows: list[int] = []
            starts: list[int] = []
            for own in batch:
                starts.append(len(rows))
                rows += [get(name, unknown) for name in own] or [unknown]
            parts.append(np.add.reduceat(self._weights[rows], starts))
        return np.concatenate(parts) if parts else np.zeros((0, len(self._labels)), np.float32)

    def _best(
        self, scores: NDArray[np.float32], sentences: Sequence[tuple[int, int]]
    ) -> list[list[int]]:
        """The paths of labels with the highest scores (Viterbi), all sentences side by side.

        Needs them longest first, and none empty.
        """
        starts = np.array([first for first, _ in sentences])
        lengths = np.array([last - first for first, last in sentences])
        best = self._first + scores[starts]
        back: list[NDArray[np.intp]] = []
        for step in range(1, int(lengths[0])):
            going = int((lengths > step).sum())
            ways = best[:going, None, :] + self._into
            back.append(ways.argmax(axis=2))
            best[:going] = ways.max(axis=2) + scores[starts[:going] + step]
        paths: list[list[int]] = []
        for index, length in enumerate(lengths):
            path = [int(best[index].argmax())]
            for came in reversed(back[: int(length) - 1]):
                path.append(int(came[index, path[-1]]))
            path.reverse()
            paths.append(path)
        return paths


def _words(data: NDArray[Any]) -> list[str]:
    return bytes(data.tobytes()).decode().split("\n")


@cache
def built_in() -> PhraseTagger:
    """The tagger whose weights come with the package."""
    with as_file(files(__package__).joinpath(WEIGHTS)) as path:
        return PhraseTagger.load(path)


def ranges(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The labelled stretches: first token, last token + 1, and the label without its `B-`."""
    start = 0
    for index in range(1, len(labels) + 1):
        if index < len(labels) and labels[index].startswith("I-"):
            continue
        if labels[start] != "O":
            yield start, index, labels[start][2:]
        start = index

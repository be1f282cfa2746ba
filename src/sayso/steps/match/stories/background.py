"""How common words are in news: what makes two reports alike is what other reports lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import log
from pathlib import Path

import numpy as np

WEIGHTS = "weights/background.npz"
"""In the package above; made by `training/background.py`."""


class Background:
    """In how many of so many reports each stem stands. Nothing in it changes."""

    def __init__(self, reports: float, counts: Mapping[str, float]) -> None:
        self.reports = reports
        self._counts = counts

    @classmethod
    def load(cls, path: Path) -> Background:
        """The background that lies at `path`, as `training/background.py` writes it."""
        with np.load(path, allow_pickle=False) as data:
            stems = bytes(data["stems"].tobytes()).decode().split("\n")
            counts = dict(zip(stems, data["counts"].tolist(), strict=True))
            return cls(int(data["reports"]), counts)

    def rarity(self, stem: str) -> float:
        """How much a stem tells, 0..1: 1 in no report, 0 in all of them (smoothed idf)."""
        return log((self.reports + 1) / (self._counts.get(stem, 0) + 1)) / self._top

    def with_reports(self, reports: Iterable[Iterable[str]], *, own: float = 1.0) -> Background:
        """This background with more reports counted in, each as the stems it has.

        `own`: what a report of this background counts beside one of the new. The order of the
        reports and of their stems does not matter.
        """
        counts = {stem: count * own for stem, count in self._counts.items()}
        number = 0
        for stems in reports:
            number += 1
            for stem in set(stems):
                counts[stem] = counts.get(stem, 0) + 1
        return Background(number + self.reports * own, counts)

    @property
    def counted(self) -> tuple[float, Mapping[str, float]]:
        """How many reports, and in how many of them each stem stands: what it is made of."""
        return self.reports, self._counts

    @cached_property
    def _top(self) -> float:
        return log(self.reports + 1) or 1.0


@cache
def built_in() -> Background:
    """The background that comes with the package: some 2,900 reports of 1988 to 2017."""
    with as_file(files("sayso.steps.match").joinpath(WEIGHTS)) as path:
        return Background.load(path)

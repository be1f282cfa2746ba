"""What `sayso collect` and `sayso watch` say while they go."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sayso.cli.console import note
from sayso.cli.plain import one_line

if TYPE_CHECKING:
    from sayso.engines.gathering import Gathered
    from sayso.store.captures import CaptureFolder


class CollectingReport:
    """Says what happens, and keeps the problems."""

    def __init__(self, folder: CaptureFolder, *, quiet: bool) -> None:
        self.counts: Counter[str] = Counter()
        self._bytes = 0
        self._left: dict[str, int] = {}
        self._folder = folder
        self._quiet = quiet
        self._start = time.monotonic()

    def follow(self, run: Iterable[Gathered]) -> None:
        """Takes all that comes."""
        for gathered in run:
            self.counts[gathered.result] += 1
            self._bytes += gathered.size
            self._left[gathered.source] = gathered.left
            if gathered.problem is not None:
                self._folder.set_aside(gathered.problem, datetime.now(UTC))
            else:
                self._folder.solved(gathered.uri)
            if not self._quiet:
                self._line(gathered)

    def summarise(self) -> None:
        """The numbers, at the end."""
        words = {
            "kept": "kept",
            "same_content": "the same as another",
            "unchanged": "unchanged",
            "left_out": "left out",
            "failed": "failed",
        }
        parts = [f"{self.counts[key]:,} {word}" for key, word in words.items() if self.counts[key]]
        seconds = time.monotonic() - self._start
        done = ", ".join(parts) or "nothing new"
        note(f"{done}; {self._bytes / 1e6:.1f} MB in {seconds:.0f} s")

    def _line(self, gathered: Gathered) -> None:
        number = sum(self.counts.values())
        rate = number / max(time.monotonic() - self._start, 0.001)
        said = gathered.result.replace("_", " ")
        if gathered.problem is not None:
            problem = gathered.problem
            said = f"{said}: {problem.reason}: {problem.message}"
            if problem.advice:
                said += f" ({problem.advice})"
        pace = f"{rate * 60:.0f}/min"
        left = sum(self._left.values())
        if left:
            pace += f", {left:,} left, {timedelta(seconds=round(left / rate))}"
        note(one_line(f"{number:,} ({pace}) {gathered.uri}: {said}", 300))

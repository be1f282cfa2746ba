"""Text that knows which characters of an earlier text it came from, and how to build it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.records.spans import Run


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and the runs that lead from it back to its source, in order and without a gap."""

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def same(cls, text: str, offset: int = 0) -> Mapped:
        """`text` as it stands in the source at `offset`."""
        if not text:
            return cls("", ())
        return cls(text, (Run(0, len(text), offset, offset + len(text)),))

    def over(self, inner: Mapped) -> Mapped:
        """This text, made from `inner.text`, mapped through to the source of `inner`."""
        builder = Builder()
        builder.through(self, inner)
        return builder.build()


class Builder:
    """Collects pieces of text in source order. Time is linear in the pieces."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, int]] = []
        """As `Run`, neighbouring one-to-one runs joined: numbers alone, as a page has thousands."""

    def copy(self, text: str, start: int) -> None:
        """Add `text` as it stands in the source at `start`."""
        self.replace(text, start, start + len(text))

    def replace(self, text: str, start: int, end: int) -> None:
        """Add `text` that was made from `[start, end)` of the source."""
        if not text:
            return
        self._parts.append(text)
        before = self.length
        self.length = before + len(text)
        self._run(before, self.length, start, end)

    def extend(self, mapped: Mapped) -> None:
        """Add a mapped text whose runs already lead to the source."""
        base = self.length
        self._parts.append(mapped.text)
        for run in mapped.runs:
            low, high = run.clean_start + base, run.clean_end + base
            self._run(low, high, run.source_start, run.source_end)
        self.length += len(mapped.text)

    def through(self, outer: Mapped, inner: Mapped) -> None:
        """Add `outer`, whose source is the text of `inner`, mapped to the source of `inner`."""
        if outer.text == inner.text and len(outer.runs) == 1:  # nothing was changed in between
            self.extend(inner)
            return
        base = self.length
        self._parts.append(outer.text)
        floor = 0
        for run in outer.runs:
            for low, high, start, end in _compose(run, inner.runs):
                # A piece that was cut gives its source to the first part that is left of it.
                start, floor = max(start, floor), max(end, floor)
                self._run(low + base, high + base, start, floor)
        self.length += len(outer.text)

    def build(self) -> Mapped:
        """What was added, neighbouring one-to-one runs joined."""
        return Mapped("".join(self._parts), tuple([Run(*run) for run in self._runs]))

    def _run(self, low: int, high: int, start: int, end: int) -> None:
        if self._runs and high - low == end - start:
            last_low, last_high, last_start, last_end = self._runs[-1]
            if (
                last_high == low
                and last_end == start
                and last_high - last_low == last_end - last_start
            ):
                self._runs[-1] = (last_low, high, last_start, end)
                return
        if high > low:
            self._runs.append((low, high, start, end))


Piece = tuple[int, int, int, int]


def _compose(run: Run, inner: Sequence[Run]) -> list[Piece]:
    """`run` (clean from middle) carried through `inner` (middle from source)."""
    if not inner:
        return [(run.clean_start, run.clean_end, 0, 0)]
    first = max(0, bisect_right(inner, run.source_start, key=lambda r: r.clean_start) - 1)
    if run.source_start == run.source_end:
        point = _point(run.source_start, inner[first])
        return [(run.clean_start, run.clean_end, point, point)]
    if not run.is_one_to_one:
        return [_indivisible(run, inner, first)]
    pieces: list[Piece] = []
    for index in range(first, len(inner)):
        middle = inner[index]
        if middle.clean_start >= run.source_end:
            break
        low = max(middle.clean_start, run.source_start)
        high = min(middle.clean_end, run.source_end)
        if low >= high:
            continue
        shift = run.clean_start - run.source_start
        if middle.is_one_to_one:
            back = middle.source_start - middle.clean_start
            pieces.append((low + shift, high + shift, low + back, high + back))
        else:
            pieces.append((low + shift, high + shift, middle.source_start, middle.source_end))
    return pieces


def _point(position: int, middle: Run) -> int:
    """Where in the source a position of the middle text lies."""
    if middle.is_one_to_one:
        offset = min(position, middle.clean_end) - middle.clean_start
        return middle.source_start + offset
    return middle.source_start if position <= middle.clean_start else middle.source_end


def _indivisible(run: Run, inner: Sequence[Run], first: int) -> Piece:
    start, end = -1, 0
    for index in range(first, len(inner)):
        middle = inner[index]
        if middle.clean_start >= run.source_end and start >= 0:
            break
        low = max(middle.clean_start, run.source_start)
        high = min(middle.clean_end, max(run.source_end, run.source_start))
        a, b = middle.source_start, middle.source_end
        if middle.is_one_to_one:
            back = middle.source_start - middle.clean_start
            a, b = low + back, max(low, high) + back
        start = a if start < 0 else start
        end = max(start, b)
    return (run.clean_start, run.clean_end, start, end)

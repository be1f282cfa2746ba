"""Spans, quotes and the map from cleaned text back to its source.

Every position in sayso is a code point of one stored text. Nothing else (bytes, UTF-16 units,
graphemes) is ever stored.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from sayso.errors import SpanError


class Span(Struct, frozen=True, array_like=True, order=True):
    """`[start, end)` in code points. Written as a pair: `[12, 20]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise SpanError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:  # an empty span is still a span
        return True

    def cut(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that share a character joined into one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


class Quote(Struct, frozen=True):
    """A span and the exact characters it covers."""

    span: Span
    quote: str

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise SpanError(
                f"span [{self.span.start}, {self.span.end}) cannot cut {len(self.quote)} characters"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Quote:
        """The quote that `[start, end)` cuts out of `text`."""
        if end > len(text):
            raise SpanError(f"span [{start}, {end}) ends after the text ({len(text)})")
        return cls(Span(start, end), text[start:end])


class Run(Struct, frozen=True, array_like=True):
    """`clean[clean_start:clean_end]` came from `source[source_start:source_end]`.

    Where both lengths are equal the characters correspond one to one; where they differ
    (`&amp;` and `&`, a mended letter, an inserted line break) the run is one indivisible piece.
    """

    clean_start: int
    clean_end: int
    source_start: int
    source_end: int

    @property
    def is_one_to_one(self) -> bool:
        return self.clean_end - self.clean_start == self.source_end - self.source_start


class OffsetMap(Struct, frozen=True):
    """Carries spans between the cleaned text and the decoded source it was made from.

    Runs cover the cleaned text from 0 to its end without a gap, in order; source positions never
    go back. Source text that was dropped (a script, a tag) belongs to no run.

        >>> m = OffsetMap((Run(0, 5, 3, 8), Run(5, 6, 8, 13), Run(6, 9, 13, 16)))
        >>> m.to_source(Span(5, 6))
        Span(start=8, end=13)
    """

    runs: tuple[Run, ...]

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that was not changed; `length` in code points."""
        return cls((Run(0, length, 0, length),) if length else ())

    @classmethod
    def of(cls, runs: Iterable[Run]) -> OffsetMap:
        """The map of these runs, neighbouring one-to-one runs joined."""
        joined: list[Run] = []
        for run in runs:
            last = joined[-1] if joined else None
            if (
                last is not None
                and last.is_one_to_one
                and run.is_one_to_one
                and last.clean_end == run.clean_start
                and last.source_end == run.source_start
            ):
                joined[-1] = Run(last.clean_start, run.clean_end, last.source_start, run.source_end)
            elif run.clean_end > run.clean_start:
                joined.append(run)
        return cls(tuple(joined))

    def to_source(self, span: Span) -> Span:
        """The smallest source span that holds everything `span` came from."""
        if not self.runs:
            return Span(0, 0)
        first = self._run_at(span.start)
        start = first.source_start
        if first.is_one_to_one:
            start += min(span.start, first.clean_end) - first.clean_start
        if len(span) == 0:
            return Span(start, start)
        last = self._run_at(span.end - 1)
        end = last.source_end
        if last.is_one_to_one:
            end = last.source_start + span.end - last.clean_start
        return Span(start, max(start, end))

    def to_clean(self, span: Span) -> Span | None:
        """The cleaned span made from `span` of the source; None where all of it was dropped."""
        start: int | None = None
        end = 0
        for run in self.runs:
            if run.source_end <= span.start or run.source_start >= span.end:
                continue
            if run.is_one_to_one:
                a = run.clean_start + max(0, span.start - run.source_start)
                b = run.clean_end - max(0, run.source_end - span.end)
            else:
                a, b = run.clean_start, run.clean_end
            start = a if start is None else start
            end = b
        return None if start is None else Span(start, end)

    def _run_at(self, position: int) -> Run:
        index = bisect_right(self.runs, position, key=lambda run: run.clean_start) - 1
        return self.runs[max(index, 0)]

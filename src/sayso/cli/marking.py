"""A stretch of text with spans marked, in colours or, without them, in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.text import Text

from sayso.cli.plain import visible
from sayso.records.spans import Span

AROUND = 240
"""Characters of text shown before and after what is marked."""
STYLES = {
    "holder": "bold cyan",
    "role": "cyan",
    "cue": "bold yellow",
    "content": "green",
    "exact": "bold green",
    "via": "bold magenta",
    "said": "blue",
    "setting": "blue",
    "claim": "green",
    "subject": "bold cyan",
    "object": "bold magenta",
    "actor": "bold cyan",
    "target": "bold magenta",
    "hedge": "bold yellow",
    "time": "bold blue",
    "place": "bold red",
    "outcome": "bold yellow",
    "mention": "bold cyan",
}


class Mark(NamedTuple):
    """What a span is; later marks are drawn over earlier ones."""

    label: str
    span: Span


def passage(text: str, marks: Sequence[Mark], *, colours: bool, whole: bool = False) -> Text:
    """The text around `marks`, cut at line ends where one is near; all of it if `whole`."""
    windows = [(0, len(text))] if whole else list(_windows(text, marks))
    drawn = Text()
    for number, (start, end) in enumerate(windows):
        if number or start:
            drawn.append("… " if not number else " … ")
        _draw(drawn, text, start, end, _labels(marks, start, end), colours)
        if number == len(windows) - 1 and end < len(text):
            drawn.append(" …")
    return drawn


def legend(marks: Iterable[Mark]) -> Text:
    """The labels in use, each in its colour."""
    drawn = Text("marked: ")
    for number, label in enumerate(dict.fromkeys(mark.label for mark in marks)):
        drawn.append(", " if number else "")
        drawn.append(label, style=STYLES[label])
    return drawn


def _windows(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Stretches that hold all marks, near ones joined."""
    spans = sorted(mark.span for mark in marks)
    if not spans:
        return
    start, end = spans[0].start, spans[0].end
    for span in spans[1:]:
        if span.start - end <= 2 * AROUND:
            end = max(end, span.end)
        else:
            yield _widened(text, start, end)
            start, end = span.start, span.end
    yield _widened(text, start, end)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(0, start - AROUND)
    last = min(len(text), end + AROUND)
    line = text.find("\n", first, start)
    if first and line >= 0:
        first = line + 1
    elif first:
        first = max(first, text.find(" ", first, start) + 1)
    line = text.rfind("\n", end, last)
    if last < len(text) and line >= 0:
        last = line
    elif last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space >= 0 else last
    return first, last


def _labels(marks: Sequence[Mark], start: int, end: int) -> list[str | None]:
    labels: list[str | None] = [None] * (end - start)
    for label, span in marks:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            labels[first - start : last - start] = [label] * (last - first)
    return labels


def _draw(
    drawn: Text, text: str, start: int, end: int, labels: list[str | None], colours: bool
) -> None:
    for label, group in groupby(range(start, end), key=lambda i: labels[i - start]):
        positions = list(group)
        words = visible(text[positions[0] : positions[-1] + 1])
        if label is None:
            drawn.append(words)
        elif colours:
            drawn.append(words, style=STYLES[label])
        else:
            drawn.append(f"[{label}: {words}]")

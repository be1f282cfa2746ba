"""Paragraphs of plain text: one a line, or blocks between blank lines where lines are wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t]*+\n")
_ENDS = ".?!…:;"
_CLOSERS = "\"'”’»)]›"
_NARROW, _WIDE = 40, 100
"""The lengths, in code points, between which hard-wrapped lines end."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`[start, end)` of the text without the white space around it."""

    start: int
    end: int


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of `text` in order; together they hold every character but white space."""
    lines = [p for m in _LINE.finditer(text) if (p := _trimmed(text, m.start(), m.end()))]
    return _joined(text, lines) if _is_wrapped(text, lines) else lines


def blocks(text: str) -> list[Paragraph]:
    """The paragraphs of a text in which a blank line, and nothing else, ends one."""
    found: list[Paragraph] = []
    start = 0
    for gap in (*_BLANK.finditer(text), None):
        paragraph = _trimmed(text, start, gap.start() if gap else len(text))
        if paragraph is not None:
            found.append(paragraph)
        start = gap.end() if gap else len(text)
    return found


def ends_sentence(line: str) -> bool:
    """Whether the last character that is no closing mark ends a sentence."""
    bare = line[-12:].rstrip(_CLOSERS)
    if not bare or bare[-1] not in _ENDS:
        return False
    # `U.S.` at the end of a headline is an abbreviation.
    return re.search(r"(?:^|[\s.])[A-Z]\.[A-Z]\.$", bare) is None


def is_prose(line: str) -> bool:
    """Whether the line reads as sentences: long, or of some length and ended as one."""
    words = line.count(" ") + 1
    return words >= 30 or (words >= 8 and ends_sentence(line))


def _trimmed(text: str, start: int, end: int) -> Paragraph | None:
    line = text[start:end]
    bare = line.strip()
    if not bare:
        return None
    first = start + len(line) - len(line.lstrip())
    return Paragraph(first, first + len(bare))


def _is_wrapped(text: str, lines: list[Paragraph]) -> bool:
    """Whether most lines that are followed by another break off inside a sentence."""
    inside = broken = 0
    for line, following in pairwise(lines):
        if text.count("\n", line.end, following.start) != 1:
            continue
        inside += 1
        narrow = _NARROW <= line.end - line.start <= _WIDE
        broken += narrow and not ends_sentence(text[max(line.start, line.end - 12) : line.end])
    return inside >= 4 and broken >= 0.6 * inside and _continues(text, lines) >= 0.3 * inside


def _continues(text: str, lines: list[Paragraph]) -> int:
    """How many lines go on in lower case right after the line before."""
    return sum(
        text[b.start].islower() and text.count("\n", a.end, b.start) == 1
        for a, b in pairwise(lines)
    )


def _joined(text: str, lines: list[Paragraph]) -> list[Paragraph]:
    """Lines up to a blank one, or to one that is set in."""
    found: list[Paragraph] = []
    for line in lines:
        if found:
            between = text[found[-1].end : line.start]
            last = found[-1]
            indented = len(between) - between.rfind("\n") - 1
            if between.count("\n") == 1 and indented < 2:
                found[-1] = Paragraph(last.start, line.end)
                continue
        found.append(line)
    return found

"""Reading the text of a paged file: running lines left out, paragraphs put together again.

A PDF knows lines and pages, not paragraphs. What stands at the top or the bottom of page after page
(the outlet's name, a page number) is no part of the text; a paragraph may go on behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from sayso.records.spans import OffsetMap, Span
from sayso.steps.clean.mapped import Builder, Mapped

_EDGE = 3
"""So many lines at the top and at the bottom of a page may be running lines."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:(?:page|p\.?)\s{0,3})?[-–—|/ ]{0,4}\d{1,4}[-–—|. ]{0,4}(?:(?:of|/)\s{0,3}\d{1,4})?", re.I
)
_BROKEN_WORD = re.compile(r"(?<=[a-zа-яё])[-\u00ad\u2010]\n(?=[a-zа-яё])")
_WORD_BEFORE = re.compile(r"\w+$")
_WORD_AFTER = re.compile(r"\w+")
_LONGEST_WORD = 40
_ENDS = tuple(".?!…:;\"'”’»)")


def flowing(text: str, starts: tuple[int, ...]) -> tuple[Mapped, dict[str, int]]:
    """The running text of a paged file, mapped to `text`, and how often what was mended."""
    pages = [text[a:b].rstrip("\f") for a, b in zip(starts, (*starts[1:], len(text)), strict=True)]
    running = _running_lines(pages)
    builder = Builder()
    repairs: Counter[str] = Counter()
    open_end = False
    for start, page in zip(starts, pages, strict=True):
        lines = _lines(page, start)
        for index in _edges(len(lines)):
            words, at = lines[index]
            if _is_running(words, running):
                lines[index] = ("", at)
                repairs["running_lines"] += 1
        filled = [(words, at) for words, at in lines if words.strip()]
        if not filled:
            continue
        if builder.length:
            begins_low = filled[0][0].lstrip()[:1].islower()
            gap = "\n" if open_end or begins_low else "\n\n"
            builder.replace(gap, filled[0][1], filled[0][1])
        _put(builder, lines)
        open_end = not filled[-1][0].rstrip().endswith(_ENDS) and len(filled[-1][0]) >= 40
    joined = builder.build()
    whole, mended = _whole_words(joined)
    repairs["broken_words"] = mended
    return whole, dict(repairs)


def page_spans(source_map: OffsetMap, starts: tuple[int, ...], length: int) -> tuple[Span, ...]:
    """Where the text of each page stands in the cleaned text of `length` characters.

    Pages without text are empty spans, so that the n-th span is always page n.
    """
    runs = [run for run in source_map.runs if run.source_end > run.source_start]
    ends = [run.source_end for run in runs]
    firsts: list[int] = []
    for start in starts:
        index = bisect_right(ends, start)
        if index == len(runs):
            firsts.append(length)
            continue
        run = runs[index]
        inside = max(0, start - run.source_start) if run.is_one_to_one else 0
        firsts.append(run.clean_start + inside)
    if firsts:
        firsts[0] = 0
    return tuple(Span(a, b) for a, b in zip(firsts, (*firsts[1:], length), strict=True))


def _lines(page: str, start: int) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for line in page.split("\n"):
        found.append((line, start))
        start += len(line) + 1
    return found


def _edges(number: int) -> list[int]:
    return sorted({*range(min(_EDGE, number)), *range(max(0, number - _EDGE), number)})


def _running_lines(pages: list[str]) -> set[str]:
    """Lines, digits aside, at the edges of a third of the pages and of three at least."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = page.split("\n")
        counts.update({_shape(lines[index]) for index in _edges(len(lines))})
    least = max(3, len(pages) / 3)
    return {shape for shape, count in counts.items() if shape and count >= least}


def _shape(line: str) -> str:
    return " ".join(_DIGITS.sub("0", line).split())[:200]


def _is_running(line: str, running: set[str]) -> bool:
    return _shape(line) in running or _NUMBER.fullmatch(line.strip()[:40]) is not None


def _put(builder: Builder, lines: list[tuple[str, int]]) -> None:
    """The lines of a page, with blank lines where it has them, but none at its ends."""
    begun = blank = False
    for words, at in lines:
        if not words.strip():
            blank = begun
            continue
        if begun:
            builder.replace("\n\n" if blank else "\n", at, at)
        builder.copy(words, at)
        begun, blank = True, False


def _whole_words(content: Mapped) -> tuple[Mapped, int]:
    """Words that a line end broke, put together, where the text does not write them with a hyphen
    elsewhere."""
    text = content.text
    builder = Builder()
    position = mended = 0
    known = set(re.findall(r"\w+[-\u2010]\w+", text))
    for found in _BROKEN_WORD.finditer(text):
        before = _WORD_BEFORE.search(text[max(0, found.start() - _LONGEST_WORD) : found.start()])
        after = _WORD_AFTER.match(text, found.end(), found.end() + _LONGEST_WORD)
        if before is None or after is None or f"{before.group()}-{after.group()}" in known:
            continue
        builder.copy(text[position : found.start()], position)
        position = found.end()
        mended += 1
    if not mended:
        return content, 0
    builder.copy(text[position:], position)
    return builder.build().over(content), mended

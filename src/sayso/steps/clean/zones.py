"""Which paragraph of a plain text is what: one pass from the top, by wording and by form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sayso.records.documents import Dateline, Zone, ZoneKind
from sayso.records.spans import Span
from sayso.steps.clean.dateline import find_dateline
from sayso.steps.clean.header import is_date_line, may_be_title, read_header
from sayso.steps.clean.lines import Paragraph, ends_sentence, is_prose
from sayso.steps.clean.tails import split_body
from sayso.steps.clean.threads import find_thread
from sayso.steps.clean.wording import Wording, wording

_CITED_TITLE = re.compile(
    r"the post (.{1,300}?) (?:first appeared|appeared first) (?:on|in|at) ", re.IGNORECASE
)
_BULLET = re.compile(r"[-*•–—·▪‣]\s|\d{1,3}[.)]\s")
_TAIL_LINES = 3
"""So many headlines in a row at the end, with no heading above them, are links."""
_ABOVE = 40
"""The header is looked for in this many first paragraphs."""
State = Literal["body", "comments", "related"]


@dataclass(frozen=True, slots=True)
class Zoned:
    """The zones of a text, and the spans of its title and its byline's name."""

    zones: tuple[Zone, ...]
    title: Span | None
    byline: Span | None
    dateline: Dateline | None


def zone_text(text: str, paragraphs: list[Paragraph], *, title: int | None = None) -> Zoned:
    """What each paragraph is; `title`: the paragraph that the markup says is the title."""
    reader = _Reader(text, paragraphs)
    kinds = reader.kinds(title)
    zones = [Zone(k, Span(p.start, p.end)) for k, p in zip(kinds, paragraphs, strict=True)]
    zones, dateline = split_body(text, zones)
    titles = [zone.span for zone in zones if zone.kind == "title"]
    return Zoned(tuple(zones), titles[0] if titles else None, byline_in(text, zones), dateline)


def byline_in(text: str, zones: list[Zone]) -> Span | None:
    """The name in the first byline."""
    for zone in zones:
        if zone.kind == "byline":
            named = wording().byline_name(zone.span.cut(text))
            low, high = named if named is not None else (0, len(zone.span))
            piece = text[zone.span.start + low : zone.span.start + high]
            bare = re.split(r"\s[|•·]\s|\s[-–—]\s", piece)[0].rstrip(" ,|")
            start = zone.span.start + low + len(bare) - len(bare.lstrip())
            return Span(start, start + len(bare.strip()))
    return None


class _Reader:
    def __init__(self, text: str, paragraphs: list[Paragraph]) -> None:
        self._lines = [text[p.start : p.end] for p in paragraphs]
        self._words: Wording = wording()
        self._prose = [is_prose(line) for line in self._lines]
        # How many of the paragraphs from here to the end read as sentences.
        self._after = [0] * (len(self._lines) + 1)
        for index in range(len(self._lines) - 1, -1, -1):
            self._after[index] = self._after[index + 1] + self._prose[index]

    def kinds(self, title: int | None) -> list[ZoneKind]:
        first = self._first_body(title)
        header = read_header(self._lines[:first], self._cited_title())
        kinds: list[ZoneKind] = list(header.kinds)
        if title is not None and title < first:
            kinds[title] = "title"
        for index in range(first):
            if self._is_doubled_caption(index):
                kinds[index] = "caption"
        kinds.extend(self._below(first))
        return self._with_threads(self._unmarked_links(kinds, first), first)

    def _with_threads(self, kinds: list[ZoneKind], first: int) -> list[ZoneKind]:
        """Comments under no heading, with the names and buttons around them."""
        words = self._words
        lines = self._lines[first:]
        thread = find_thread(lines, [words.is_related_heading(line) for line in lines])
        for index in thread.words | thread.around:
            around = index in thread.around
            button = words.is_widget(lines[index]) or words.is_button(lines[index])
            if kinds[first + index] not in ("notice", "related"):
                kinds[first + index] = "notice" if around and button else "comment"
        return kinds

    def _cited_title(self) -> str | None:
        for line in reversed(self._lines[-12:]):
            found = _CITED_TITLE.search(line[-700:])
            if found is not None:
                return found.group(1)
        return None

    def _first_body(self, title: int | None) -> int:
        """The first paragraph that reads as sentences, other than a caption or a notice."""
        words = self._words
        for index, line in enumerate(self._lines[:_ABOVE]):
            if not self._prose[index] and not self._is_filed(line):
                continue
            if words.is_notice(line) or words.is_caption(line) or self._is_repeated(index):
                continue
            asks = ends_sentence(line) and may_be_title(line)
            if index == title or (index == 0 and asks and any(self._prose[1:4])):
                continue  # a headline that is a question
            return index
        for index, line in enumerate(self._lines):
            if not (words.is_notice(line) or words.is_caption(line) or index == title):
                return index
        return 0

    def _is_filed(self, line: str) -> bool:
        place = find_dateline(line, 0, len(line))
        return place is not None and len(place.span) < len(line) and line.count(" ") >= 4

    def _is_repeated(self, index: int) -> bool:
        """Whether a line stands twice in a row: pages show a caption under and beside a picture."""
        line = self._lines[index]
        before = self._lines[index - 1] if index else None
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        return line.count(" ") < 80 and line in (before, following)

    def _below(self, first: int) -> list[ZoneKind]:
        kinds: list[ZoneKind] = []
        state: State = "body"
        for index in range(first, len(self._lines)):
            kind, state = self._next(index, state, first)
            kinds.append(kind)
        return kinds

    def _next(self, index: int, state: State, first: int) -> tuple[ZoneKind, State]:
        line, words = self._lines[index], self._words
        if index > first and words.is_comment_start(line):
            return "notice", "comments"
        if index > first and words.is_related_heading(line):
            return "related", "related"
        if words.is_related_inline(line):
            return "related", state
        if words.is_notice(line):
            return "notice", state
        if state == "comments":
            return ("notice" if words.is_widget(line) else "comment"), state
        if state == "related" and not self._report_resumes(index):
            return "related", state
        return self._in_body(index), "body"

    def _report_resumes(self, index: int) -> bool:
        """Whether sentences go on from here, so that the links stood in the report's middle."""
        left = len(self._lines) - index
        return self._prose[index] and left >= 2 and self._after[index] >= 0.7 * left

    def _in_body(self, index: int) -> ZoneKind:
        line, words = self._lines[index], self._words
        # A wire report may close with its agency's name in brackets, as a caption does.
        closes = self._prose[index] and self._after[index + 1] == 0
        if self._is_doubled_caption(index) or (words.is_caption(line) and not closes):
            return "caption"
        if self._after[index] == 0:
            if is_date_line(line):
                return "notice"
            if words.byline_name(line) is not None:
                return "byline"
        return "body"

    def _is_doubled_caption(self, index: int) -> bool:
        return index < _ABOVE and self._prose[index] and self._is_repeated(index)

    def _unmarked_links(self, kinds: list[ZoneKind], first: int) -> list[ZoneKind]:
        """Headlines and times in a row at the very end become `related`."""
        end = len(kinds)
        while (
            end > first
            and kinds[end - 1] in ("notice", "related")
            and not is_date_line(self._lines[end - 1])
        ):
            end -= 1
        start = end
        while start > first + 1 and self._is_link_line(start - 1, kinds):
            start -= 1
        run = range(start, end)
        headlines = sum(not is_date_line(self._lines[i]) for i in run)
        dates = len(run) - headlines
        if headlines >= _TAIL_LINES or (dates >= 2 and headlines >= 1):
            for index in run:
                kinds[index] = "related"
        return kinds

    def _is_link_line(self, index: int, kinds: list[ZoneKind]) -> bool:
        line = self._lines[index]
        if is_date_line(line):
            return kinds[index] in ("body", "notice")
        if kinds[index] != "body" or self._prose[index] or _BULLET.match(line):
            return False
        return line.count(" ") >= 3 and not ends_sentence(line)

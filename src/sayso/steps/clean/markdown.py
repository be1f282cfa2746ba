"""From Markdown to paragraphs: markup taken off, each character's place kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.steps.clean.mapped import Builder, Mapped

_FRONT = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(\w[\w -]{0,40}):[ \t]+(.{1,500})$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ \t]+")
_UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*$")
_PREFIX = re.compile(r"\s{0,3}(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+){1,6}")
_RULE = re.compile(r"\s{0,3}(?:[-*_][ \t]*){3,200}$")
_INLINE = re.compile(
    r"!?\[(?P<label>[^\[\]\n]{0,1000})\](?:\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)|\[[^\[\]\n]{0,200}\])"
    r"|(?P<strong>\*\*|__|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|(?<!\*)\*(?=\S)(?!\*)|(?<=\S)\*(?!\*)|~~|`+)"
    r"|<(?P<link>https?://[^\s<>]{1,2000})>"
    r"|<!--.{0,2000}?-->"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])",
    re.DOTALL,
)


@dataclass(slots=True)
class Markdown:
    """The text, the paragraph that is its first heading, and the fields of its front matter."""

    content: Mapped
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    title: int | None = None
    fields: dict[str, str] = field(default_factory=dict)


def read_markdown(source: str) -> Markdown:
    """The paragraphs of a Markdown text. Time is linear in its length."""
    front = _FRONT.match(source)
    reader = _Reader(source)
    reader.read(front.end() if front else 0)
    fields: dict[str, str] = {}
    if front is not None:
        for name, value in _FIELD.findall(front.group(1)):
            fields.setdefault(name.strip().lower(), value.strip().strip("\"'"))
    return Markdown(reader.builder.build(), reader.paragraphs, reader.title, fields)


class _Reader:
    def __init__(self, source: str) -> None:
        self.builder = Builder()
        self.paragraphs: list[tuple[int, int]] = []
        self.title: int | None = None
        self._source = source
        self._start = -1
        self._heading = False

    def read(self, position: int) -> None:
        fenced = False
        for line in _LINE.finditer(self._source, position):
            text = line.group().rstrip("\n")
            if _FENCE.match(text):
                fenced = not fenced
                self._finish(line.start())
            elif fenced:
                self._add(line.start(), line.start() + len(text), inline=False)
            else:
                self._line(text, line.start())
        self._finish(len(self._source))

    def _line(self, text: str, start: int) -> None:
        end = start + len(text)
        heading = _HEADING.match(text)
        if not text.strip():
            self._finish(start)
        elif heading is not None:
            self._finish(start)
            self._add(start + heading.end(), start + len(text.rstrip().rstrip("#").rstrip()))
            self._finish(end, heading=len(heading.group(1)) == 1)
        elif self._start >= 0 and _UNDERLINE.match(text):
            self._finish(end, heading="=" in text)
        elif _RULE.match(text):
            self._finish(start)
        else:
            prefix = _PREFIX.match(text)
            if prefix is not None and not text.lstrip().startswith(">"):
                self._finish(start)
            self._add(start + (prefix.end() if prefix else 0), end)

    def _finish(self, at: int, *, heading: bool = False) -> None:
        if self._start < 0:
            return
        if self.builder.length > self._start:
            self.paragraphs.append((self._start, self.builder.length))
            if heading and self.title is None:
                self.title = len(self.paragraphs) - 1
        self._start = -1

    def _add(self, start: int, end: int, *, inline: bool = True) -> None:
        while start < end and self._source[start] in " \t":
            start += 1
        while end > start and self._source[end - 1] in " \t\\":
            end -= 1
        if start >= end:
            return
        if self._start < 0:
            if self.builder.length:
                self.builder.replace("\n\n", start, start)
            self._start = self.builder.length
        elif self.builder.length > self._start:
            self.builder.replace(" ", start, start)
        if inline:
            self._inline(start, end)
        else:
            self.builder.copy(self._source[start:end], start)

    def _inline(self, start: int, end: int) -> None:
        position = start
        for found in _INLINE.finditer(self._source, start, end):
            self.builder.copy(self._source[position : found.start()], position)
            position = found.end()
            for group in ("label", "link", "escaped"):
                if found.group(group):
                    self._nested(group, *found.span(group))
        self.builder.copy(self._source[position:end], position)

    def _nested(self, group: str, start: int, end: int) -> None:
        if group != "label":
            self.builder.copy(self._source[start:end], start)
            return
        position = start
        for mark in re.finditer(r"\*\*|__|`+", self._source[start:end]):
            self.builder.copy(self._source[position : start + mark.start()], position)
            position = start + mark.end()
        self.builder.copy(self._source[position:end], position)

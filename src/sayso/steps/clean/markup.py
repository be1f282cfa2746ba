"""From HTML to blocks of text, each with its map to the source and what its elements say of it.

All text a reader could see becomes a block; which blocks are the report is decided elsewhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.steps.clean.context import Frame, Is, meaning
from sayso.steps.clean.mapped import Builder, Mapped
from sayso.steps.clean.tokens import Tag, Token, Tokenizer

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small "
    "span strike strong sub sup time tt u var label button picture".split()
)
_CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
_WHOLE = frozenset("html body main article".split())
_SILENT = frozenset("img input link meta source".split())
_MARGINS = frozenset("nav footer aside menu figure svg noscript select dialog".split())
_SPACE = " \t\n\r\f"
# Character references as HTML knows them; html.unescape tells what they stand for.
_IRREGULAR = re.compile(
    r"&(?:#[0-9]{1,10};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
    r"|[ \t\n\r\f]{2,}|[\t\n\r\f]"
)


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or cell. `linked`: characters inside links."""

    content: Mapped
    tag: str
    marks: int
    parent: int
    linked: int

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(slots=True)
class Page:
    """What the tokens of one page held."""

    blocks: list[Block] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    """(name or property, content) in order, names in lower case."""
    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    linked_data: list[str] = field(default_factory=list)
    times: list[tuple[str, int]] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    """What the pictures' alternative texts say: often the caption, word for word."""
    scripts: list[tuple[int, int]] = field(default_factory=list)
    """Where in the source the insides of scripts and styles stand, those of JSON-LD aside."""
    margins: list[tuple[int, int]] = field(default_factory=list)
    """Where elements stand that no report is in: the head, menus, figures, pictures."""
    depth: int = 0
    elements: int = 0
    crowded: int = 0
    unfinished: int = 0


def read_page(source: str, *, max_attributes: int) -> Page:
    """The blocks and the metadata of a page. Time is linear in its length."""
    reader = _Reader(source)
    tokenizer = Tokenizer(source, max_attributes)
    reader.take_all(tokenizer.tokens())
    reader.end_block()
    reader.page.crowded = tokenizer.crowded
    reader.page.unfinished = tokenizer.unfinished
    return reader.page


class _Reader:
    def __init__(self, source: str) -> None:
        self.page = Page()
        self._source = source
        self._stack = [Frame("", Is.NOTHING, Is.NOTHING, 0, 0)]
        self._open: dict[str, int] = {}
        self._number = 0
        self._link = False
        self._pictured: set[int] = set()
        """Numbers of the elements in which a picture stands, and of those around them."""
        self._text = _BlockText(source)

    def take_all(self, tokens: Iterable[Token]) -> None:
        source, stack, text = self._source, self._stack, self._text
        for kind, tag, start, end in tokens:
            if kind == "text":
                pre = stack[-1].inherited & Is.PREFORMATTED
                if not pre and source[start] in _SPACE and not source[start:end].strip(_SPACE):
                    if text.waiting is None:
                        text.waiting = (" ", start, end)
                    continue
                text.add(start, end, link=self._link, pre=bool(pre), literal=False)
            elif kind == "start":
                self._start(tag, start, end)
            elif kind == "end":
                self._end(tag.name, end)
            elif kind == "raw":
                self._raw_text(tag, start, end)
            else:
                pre = stack[-1].inherited & Is.PREFORMATTED
                text.add(start, end, link=self._link, pre=bool(pre), literal=True)

    def end_block(self) -> None:
        """Close the block that is being written."""
        text = self._text
        if not text.length:
            text.waiting, text.marks = None, Is.NOTHING
            return
        content, linked = text.take()
        frame = self._stack[-1]
        marks = frame.marks | text.marks
        if frame.number in self._pictured or frame.parent in self._pictured:
            marks |= Is.PICTURED
        text.marks = Is.NOTHING
        self.page.blocks.append(Block(content, frame.name, marks, frame.parent, linked))

    def _start(self, tag: Tag, start: int, end: int) -> None:
        name, attributes = tag.name, tag.attributes
        self.page.elements += 1
        if name in _VOID:
            if name in _SILENT:
                self.page.margins.append((start, end))
            self._void(tag, start, end)
            return
        if name == "html":
            self.page.language = attributes.get("lang") or self.page.language
        elif name == "time":
            if "datetime" in attributes:
                self.page.times.append((attributes["datetime"], self._stack[-1].inherited))
        elif name == "a":
            if self._link:
                self._text.gap(end)
            self._link = "href" in attributes
        if tag.mark < 0:
            tag.mark = meaning(name, attributes)
        if name in _INLINE:
            self._open_inline(name, tag.mark)
        else:
            self._open_block(name, tag.mark, start)

    def _void(self, tag: Tag, start: int, end: int) -> None:
        name, attributes = tag.name, tag.attributes
        if name == "br":
            if self._text.line_break(start, end):
                self.end_block()
        elif name == "hr":
            self.end_block()
        elif name == "img":
            frame = self._stack[-1]
            if frame.name not in _WHOLE:
                self._pictured.add(frame.number)
                self._pictured.add(frame.parent)
            if len(attributes.get("alt", "")) >= 20:
                self.page.pictures.add(plain(attributes["alt"]))
        elif name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if key and "content" in attributes:
                self.page.metas.append((key.strip().lower(), plain(attributes["content"])))
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            self.page.canonical = plain(attributes.get("href", "")) or None

    def _open_inline(self, name: str, mark: int) -> None:
        frame = self._stack[-1]
        if frame.inline is None or frame.counts is None:
            frame.inline, frame.counts = [], {}
        around = frame.inline[-1][2] if frame.inline else Is.NOTHING
        frame.inline.append((name, mark, around | mark))
        frame.counts[name] = frame.counts.get(name, 0) + 1

    def _open_block(self, name: str, mark: int, start: int) -> None:
        self.end_block()
        stack, open_ = self._stack, self._open
        top = stack[-1]
        closes = _CLOSES.get(name, ())
        if top.name == "p" or top.name in closes:
            self._pop()
            top = stack[-1]
            if top.name in closes:
                self._pop()
                top = stack[-1]
        self._number += 1
        stack.append(Frame(name, mark, top.marks | mark, self._number, top.number, start))
        open_[name] = open_.get(name, 0) + 1
        if len(stack) > self.page.depth:
            self.page.depth = len(stack)

    def _end(self, name: str, end: int) -> None:
        if name == "a":
            self._link = False
        if name in _INLINE:
            self._end_inline(name)
        elif self._open.get(name):
            self.end_block()
            top = self._stack[-1]
            unread = name in _MARGINS or (name == "head" and not self.page.blocks)
            if unread and top.name == name:
                self.page.margins.append((top.start, end))
            while self._pop() != name:
                pass
        elif name == "p":
            self.end_block()

    def _end_inline(self, name: str) -> None:
        frame = self._stack[-1]
        if not frame.counts or not frame.inline or not frame.counts.get(name):
            return
        while True:
            closed, mark, _ = frame.inline.pop()
            frame.counts[closed] -= 1
            if mark and self._text.length:
                self._text.marks |= mark & (Is.DATE | Is.BYLINE)
            if closed == name:
                return

    def _pop(self) -> str:
        name = self._stack.pop().name
        self._open[name] -= 1
        return name

    def _raw_text(self, tag: Tag, start: int, end: int) -> None:
        name = tag.name
        if name == "title":
            if self.page.title is None and not self._stack[-1].inherited & Is.HIDDEN:
                self.page.title = plain(self._source[start:end]) or None
        elif name == "script" and "ld+json" in tag.attributes.get("type", "").lower():
            self.page.linked_data.append(self._source[start:end])
        elif name in ("script", "style"):
            self.page.scripts.append((start, end))
        elif name == "xmp":
            self._text.add(start, end, link=False, pre=True, literal=True)


class _BlockText:
    """The text of the block that is being read, white space folded as a browser folds it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder()
        self._linked = 0
        self.waiting: tuple[str, int, int] | None = None
        """White space that is written once text follows it."""
        self.marks = Is.NOTHING

    @property
    def length(self) -> int:
        """Characters so far."""
        return self._builder.length

    def add(self, start: int, end: int, *, link: bool, pre: bool, literal: bool) -> None:
        """Add the text of `[start, end)`; `literal` text holds no character references."""
        before = self._builder.length
        position = start
        for found in _IRREGULAR.finditer(self._source, start, end):
            self._plain(position, found.start())
            position = found.end()
            piece = found.group()
            if piece[0] == "&":
                clean = piece if literal else html.unescape(piece)
                self._write(clean, found.start(), found.end())
            elif pre and self._builder.length and "\n" in piece:
                self.waiting = ("\n", found.start(), found.end())
            elif self.waiting is None:
                self.waiting = (" ", found.start(), found.end())
        self._plain(position, end)
        if link:
            self._linked += self._builder.length - before

    def gap(self, at: int) -> None:
        """Keep apart what markup alone keeps apart (two links side by side)."""
        if self.waiting is None and self._builder.length:
            self.waiting = (" ", at, at)

    def line_break(self, start: int, end: int) -> bool:
        """Add a line break; True where it is the second in a row, which ends a paragraph."""
        if self.waiting is not None and self.waiting[0] == "\n":
            return True
        if self._builder.length:
            self.waiting = ("\n", start, end)
        return False

    def take(self) -> tuple[Mapped, int]:
        """The text so far and how many of its characters are links; begins anew."""
        result = self._builder.build(), self._linked
        self._builder, self._linked, self.waiting = Builder(), 0, None
        return result

    def _plain(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self._source[start] == " ":
            if self.waiting is None:
                self.waiting = (" ", start, start + 1)
            start += 1
        last = end - 1 if end > start and self._source[end - 1] == " " else end
        self._write(self._source[start:last], start, last)
        if last < end and last >= start and self.waiting is None:
            self.waiting = (" ", last, end)

    def _write(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self.waiting is not None:
            if self._builder.length:
                self._builder.replace(*self.waiting)
            self.waiting = None
        self._builder.replace(text, start, end)


def plain(value: str) -> str:
    """An attribute's or a title's characters: references resolved, white space folded."""
    if len(value) > 100_000:
        return ""
    resolved = _IRREGULAR.sub(
        lambda found: html.unescape(found.group()) if found.group()[0] == "&" else " ", value
    )
    return " ".join(resolved.split())

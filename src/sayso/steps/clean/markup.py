"""From HTML to blocks of text, each with its map to the source and what its elements say of it.

All text a reader could see becomes a block; which blocks are the report is decided elsewhere.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from sayso.steps.clean.context import Frame, Is, meaning
from sayso.steps.clean.mapped import Builder, Mapped
from sayso.steps.clean.tokens import Token, Tokenizer

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
    depth: int = 0
    elements: int = 0
    crowded: int = 0
    unfinished: int = 0


def read_page(source: str, *, max_attributes: int) -> Page:
    """The blocks and the metadata of a page. Time is linear in its length."""
    reader = _Reader(source)
    tokenizer = Tokenizer(source, max_attributes)
    for token in tokenizer.tokens():
        reader.take(token)
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
        self._raw: Token | None = None
        self._link = False
        self._text = _BlockText(source)

    def take(self, token: Token) -> None:
        if token.kind == "start":
            self._raw = token
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        elif token.kind == "raw":
            self._raw_text(token)
        else:
            literal = token.kind == "cdata"
            frame = self._stack[-1]
            pre = bool(frame.inherited & Is.PREFORMATTED)
            self._text.add(token.start, token.end, link=self._link, pre=pre, literal=literal)

    def end_block(self) -> None:
        """Close the block that is being written."""
        if self._text.empty:
            self._text.drop()
            return
        content, linked = self._text.take()
        frame = self._stack[-1]
        marks = frame.marks | self._text.marks
        self._text.marks = Is.NOTHING
        self.page.blocks.append(Block(content, frame.name, marks, frame.parent, linked))

    def _start(self, token: Token) -> None:
        name, attributes = token.name, token.attributes
        self.page.elements += 1
        if name in _VOID:
            self._void(token)
            return
        if name == "html":
            self.page.language = attributes.get("lang") or self.page.language
        if name == "time" and "datetime" in attributes:
            self.page.times.append((attributes["datetime"], self._stack[-1].inherited))
        if name == "a":
            if self._link:
                self._text.gap(token.end)
            self._link = "href" in attributes
        mark = meaning(name, attributes)
        if name in _INLINE:
            self._open_inline(name, mark)
        else:
            self._open_block(name, mark)

    def _void(self, token: Token) -> None:
        attributes = token.attributes
        if token.name == "br":
            if self._text.line_break(token.start, token.end):
                self.end_block()
        elif token.name == "hr":
            self.end_block()
        elif token.name == "img" and len(attributes.get("alt", "")) >= 20:
            self.page.pictures.add(plain(attributes["alt"]))
        elif token.name == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            if key and "content" in attributes:
                self.page.metas.append((key.strip().lower(), plain(attributes["content"])))
        elif token.name == "link" and attributes.get("rel", "").lower() == "canonical":
            self.page.canonical = plain(attributes.get("href", "")) or None

    def _open_inline(self, name: str, mark: int) -> None:
        frame = self._stack[-1]
        around = frame.inline[-1][2] if frame.inline else Is.NOTHING
        frame.inline.append((name, mark, around | mark))
        frame.counts[name] = frame.counts.get(name, 0) + 1

    def _open_block(self, name: str, mark: int) -> None:
        self.end_block()
        top = self._stack[-1]
        if top.name == "p" or top.name in _CLOSES.get(name, ()):
            self._pop()
            top = self._stack[-1]
            if top.name in _CLOSES.get(name, ()):
                self._pop()
                top = self._stack[-1]
        self._number += 1
        inherited = top.marks | mark
        self._stack.append(Frame(name, mark, inherited, self._number, top.number))
        self._open[name] = self._open.get(name, 0) + 1
        self.page.depth = max(self.page.depth, len(self._stack))

    def _end(self, token: Token) -> None:
        name = token.name
        if name == "a":
            self._link = False
        if name in _INLINE:
            self._end_inline(name)
        elif self._open.get(name):
            self.end_block()
            while self._pop() != name:
                pass
        elif name == "p":
            self.end_block()

    def _end_inline(self, name: str) -> None:
        frame = self._stack[-1]
        if not frame.counts.get(name):
            return
        while True:
            closed, mark, _ = frame.inline.pop()
            frame.counts[closed] -= 1
            if mark and not self._text.empty:
                self._text.marks |= mark & (Is.DATE | Is.BYLINE)
            if closed == name:
                return

    def _pop(self) -> str:
        frame = self._stack.pop()
        self._open[frame.name] -= 1
        return frame.name

    def _raw_text(self, token: Token) -> None:
        attributes = self._raw.attributes if self._raw else {}
        inside = self._source[token.start : token.end]
        if token.name == "title":
            if self.page.title is None and not self._stack[-1].inherited & Is.HIDDEN:
                self.page.title = plain(inside) or None
        elif token.name == "script" and "ld+json" in attributes.get("type", "").lower():
            self.page.linked_data.append(inside)
        elif token.name == "xmp":
            self._text.add(token.start, token.end, link=False, pre=True, literal=True)


class _BlockText:
    """The text of the block that is being read, white space folded as a browser folds it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder()
        self._linked = 0
        self._waiting: tuple[str, int, int] | None = None
        self.marks = Is.NOTHING

    @property
    def empty(self) -> bool:
        return self._builder.length == 0

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
            elif pre and not self.empty and "\n" in piece:
                self._waiting = ("\n", found.start(), found.end())
            elif self._waiting is None:
                self._waiting = (" ", found.start(), found.end())
        self._plain(position, end)
        if link:
            self._linked += self._builder.length - before

    def gap(self, at: int) -> None:
        """Keep apart what markup alone keeps apart (two links side by side)."""
        if self._waiting is None and not self.empty:
            self._waiting = (" ", at, at)

    def line_break(self, start: int, end: int) -> bool:
        """Add a line break; True where it is the second in a row, which ends a paragraph."""
        if self._waiting is not None and self._waiting[0] == "\n":
            return True
        if not self.empty:
            self._waiting = ("\n", start, end)
        return False

    def take(self) -> tuple[Mapped, int]:
        """The text so far and how many of its characters are links; begins anew."""
        result = self._builder.build(), self._linked
        self._builder, self._linked, self._waiting = Builder(), 0, None
        return result

    def drop(self) -> None:
        """Forget the white space that waits and the marks: no text came."""
        self._waiting, self.marks = None, Is.NOTHING

    def _plain(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self._source[start] == " ":
            if self._waiting is None:
                self._waiting = (" ", start, start + 1)
            start += 1
        last = end - 1 if end > start and self._source[end - 1] == " " else end
        self._write(self._source[start:last], start, last)
        if last < end and last >= start and self._waiting is None:
            self._waiting = (" ", last, end)

    def _write(self, text: str, start: int, end: int) -> None:
        if not text:
            return
        if self._waiting is not None:
            if not self.empty:
                self._builder.replace(*self._waiting)
            self._waiting = None
        self._builder.replace(text, start, end)


def plain(value: str) -> str:
    """An attribute's or a title's characters: references resolved, white space folded."""
    if len(value) > 100_000:
        return ""
    resolved = _IRREGULAR.sub(
        lambda found: html.unescape(found.group()) if found.group()[0] == "&" else " ", value
    )
    return " ".join(resolved.split())

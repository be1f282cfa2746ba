"""HTML as tokens with their places in the source, in one pass that is linear on any input.

It follows the tokenisation of the HTML standard with one difference: what is left open to the end
of the file (a comment, a tag, a script) does not swallow the text after it, so no text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "cdata", "start", "end", "raw"]


class Token(NamedTuple):
    """One piece of the source, `[start, end)`.

    `text` and `cdata`: characters to show. `raw`: the inside of a script, style or title.
    `start`, `end`: a tag; `name` is lower case. Comments and declarations give no token.
    """

    kind: Kind
    name: str
    start: int
    end: int
    attributes: dict[str, str]


_NONE: dict[str, str] = {}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?"""
)
_TAG_END = re.compile(r"[\s/]*>")
_RAW = ("script", "style", "title", "iframe", "noframes", "xmp", "noembed")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


class Tokenizer:
    """Reads `source` once. After the tokens are read, `crowded` tells of tags cut short."""

    def __init__(self, source: str, max_attributes: int) -> None:
        self._source = source
        self._max_attributes = max_attributes
        self._missing: set[str] = set()
        self._broken = False
        self.crowded = 0
        """Tags with more attributes than the limit: they are read without them."""
        self.unfinished = 0
        """Comments, tags and scripts that were left open."""

    def tokens(self) -> Iterator[Token]:
        """The tokens in source order; text tokens are as long as they can be."""
        source, position, text_start = self._source, 0, 0
        while (at := source.find("<", position)) >= 0:
            found = self._markup(at)
            if found is None:
                position = at + 1
                continue
            end, token = found
            if at > text_start:
                yield Token("text", "", text_start, at, _NONE)
            position = text_start = end
            if token is not None:
                yield token
                if token.kind == "start" and token.name in _RAW_END:
                    raw = self._raw(token.name, end)
                    if raw is not None:
                        yield raw
                        position = text_start = raw.end
        if len(source) > text_start:
            yield Token("text", "", text_start, len(source), _NONE)

    def _markup(self, at: int) -> tuple[int, Token | None] | None:
        """Where the markup at `at` ends and its token; None where the `<` is text."""
        following = self._source[at + 1 : at + 2]
        if following == "!":
            return self._declaration(at)
        if following == "?":
            return self._to_bracket(at)
        if following == "/" or following.isalpha():
            return self._tag(at)
        return None

    def _declaration(self, at: int) -> tuple[int, Token | None] | None:
        source = self._source
        if source.startswith("<!--", at):
            # `<!-->` and `<!--->` are whole comments.
            end = self._find("-->", at + 2)
            if end < 0:
                self.unfinished += 1
                return self._to_bracket(at)
            return end + 3, None
        if source.startswith("<![CDATA[", at):
            end = self._find("]]>", at)
            if end >= 0:
                return end + 3, Token("cdata", "", at + 9, end, _NONE)
        return self._to_bracket(at)

    def _to_bracket(self, at: int) -> tuple[int, Token | None] | None:
        end = self._find(">", at)
        return None if end < 0 else (end + 1, None)

    def _find(self, needle: str, at: int) -> int:
        """`str.find` that looks through the rest of the source in vain only once a needle."""
        if needle in self._missing:
            return -1
        found = self._source.find(needle, at)
        if found < 0:
            self._missing.add(needle)
        return found

    def _tag(self, at: int) -> tuple[int, Token | None] | None:
        opened = _TAG.match(self._source, at)
        if opened is None or ">" in self._missing:
            return self._to_bracket(at) if self._source.startswith("</", at) else None
        kind: Kind = "end" if opened.group(1) else "start"
        name = opened.group(2).lower()
        end, attributes = self._attributes(opened.end())
        if end < 0:
            # No end outside quotation marks: from here on a tag ends at the first bracket.
            self._broken = True
            self.unfinished += 1
            plain = self._find(">", at)
            if plain < 0:
                return None
            end, attributes = plain + 1, _NONE
        return end, Token(kind, name, at, end, attributes)

    def _attributes(self, position: int) -> tuple[int, dict[str, str]]:
        """Where the tag ends (-1: nowhere) and its attributes."""
        source = self._source
        closed = _TAG_END.match(source, position)
        if closed is not None:
            return closed.end(), _NONE
        if self._broken:
            return -1, _NONE
        attributes: dict[str, str] = {}
        count = 0
        while (found := _ATTRIBUTE.match(source, position)) is not None:
            count += 1
            position = found.end()
            if count <= self._max_attributes:
                value = found.group(2) or found.group(3) or found.group(4) or ""
                attributes.setdefault(found.group(1).lower(), value)
        closed = _TAG_END.match(source, position)
        if closed is None:
            return -1, _NONE
        if count > self._max_attributes:
            self.crowded += 1
            return closed.end(), _NONE
        return closed.end(), attributes

    def _raw(self, name: str, at: int) -> Token | None:
        if name in self._missing:
            return None
        found = _RAW_END[name].search(self._source, at)
        if found is None:
            self._missing.add(name)
            self.unfinished += 1
            return None
        return Token("raw", name, at, found.start(), _NONE)

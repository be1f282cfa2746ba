"""HTML as tokens with their places in the source, in one pass that is linear on any input.

It follows the tokenisation of the HTML standard with one difference: what is left open to the end
of the file (a comment, a tag, a script) does not swallow the text after it, so no text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "cdata", "start", "end", "raw"]


@dataclass(slots=True, eq=False)
class Tag:
    """What a tag says. Tags that are written alike are one object within a page."""

    kind: Kind
    name: str
    """In lower case."""
    attributes: dict[str, str] = field(default_factory=dict)
    mark: int = -1
    """What it says of the text inside it, once somebody has found out (`context.meaning`)."""


Token = tuple[Kind, Tag, int, int]
"""One piece of the source: what it is, its tag, and `[start, end)`. A plain tuple, as a page has
thousands.

`text` and `cdata`: characters to show. `raw`: the inside of a script, style or title, with the tag
it stands in. `start`, `end`: a tag. Comments and declarations give no token.
"""
_NO_TAG = Tag("text", "")
_CDATA = Tag("cdata", "")
_NONE: dict[str, str] = {}
_SHORT = 300
"""Tags up to this long, in characters, are looked up among those that were read before."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_ATTRIBUTE = re.compile(
    r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?"""
)
_TAG_END = re.compile(r"[\s/]*>")
# Nearly all tags: values in double quotation marks, white space between attributes.
_PROPER = re.compile(r"""(?:[\s/]+[^\s/>"'=<]+(?:="[^"]*")?)*+[\s/]*>""")
_PROPER_ATTRIBUTE = re.compile(r"""[\s/]+([^\s/>"'=<]+)(?:="([^"]*)")?""")
_RAW = ("script", "style", "title", "iframe", "noframes", "xmp", "noembed")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


class Tokenizer:
    """Reads `source` once. After the tokens are read, `crowded` tells of tags cut short."""

    def __init__(self, source: str, max_attributes: int) -> None:
        self._source = source
        self._max_attributes = max_attributes
        self._missing: set[str] = set()
        self._broken = False
        self._known: dict[str, Tag] = {}
        self.crowded = 0
        """Tags with more attributes than the limit: they are read without them."""
        self.unfinished = 0
        """Comments, tags and scripts that were left open."""

    def tokens(self) -> Iterator[Token]:
        """The tokens in source order; text tokens are as long as they can be."""
        source, position, text_start = self._source, 0, 0
        known = self._known
        while (at := source.find("<", position)) >= 0:
            # Most tags of a page stand in it many times, and nearly all end at the first bracket.
            close = source.find(">", at, at + _SHORT) + 1
            tag = known.get(source[at:close]) if close else None
            if tag is not None and not self._broken:
                end = close
            else:
                crowded = self.crowded
                found = self._markup(at)
                if found is None:
                    position = at + 1
                    continue
                end, tag = found
                if (
                    tag is not None
                    and end == close
                    and crowded == self.crowded
                    and not self._broken
                ):
                    known[source[at:close]] = tag
            if at > text_start:
                yield "text", _NO_TAG, text_start, at
            position = text_start = end
            if tag is None:
                continue
            kind = tag.kind
            yield (
                kind,
                tag,
                (at if kind != "cdata" else at + 9),
                (end if kind != "cdata" else end - 3),
            )
            if kind == "start" and tag.name in _RAW_END:
                inside = self._raw(tag.name, end)
                if inside is not None:
                    yield "raw", tag, end, inside
                    position = text_start = inside
        if len(source) > text_start:
            yield "text", _NO_TAG, text_start, len(source)

    def forget(self) -> None:
        """Reads every tag anew from here on, as if none had been read before."""
        self._known.clear()

    def _markup(self, at: int) -> tuple[int, Tag | None] | None:
        """Where the markup at `at` ends and its tag; None where the `<` is text."""
        following = self._source[at + 1 : at + 2]
        if following == "!":
            return self._declaration(at)
        if following == "?":
            return self._to_bracket(at)
        if following == "/" or following.isalpha():
            return self._tag(at)
        return None

    def _declaration(self, at: int) -> tuple[int, Tag | None] | None:
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
                return end + 3, _CDATA
        return self._to_bracket(at)

    def _to_bracket(self, at: int) -> tuple[int, Tag | None] | None:
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

    def _tag(self, at: int) -> tuple[int, Tag | None] | None:
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
        return end, Tag(kind, name, attributes)

    def _attributes(self, position: int) -> tuple[int, dict[str, str]]:
        """Where the tag ends (-1: nowhere) and its attributes."""
        source = self._source
        closed = _TAG_END.match(source, position)
        if closed is not None:
            return closed.end(), _NONE
        if self._broken:
            return -1, _NONE
        proper = _PROPER.match(source, position)
        if proper is not None:
            pairs = _PROPER_ATTRIBUTE.findall(source, position, proper.end())
            if len(pairs) > self._max_attributes:
                self.crowded += 1
                return proper.end(), _NONE
            pairs.reverse()  # of two of one name the first counts
            return proper.end(), {name.lower(): value for name, value in pairs}
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

    def _raw(self, name: str, at: int) -> int | None:
        """Where the inside of the element that begins at `at` ends; None where it never does."""
        if name in self._missing:
            return None
        found = _RAW_END[name].search(self._source, at)
        if found is None:
            self._missing.add(name)
            self.unfinished += 1
            return None
        return found.start()

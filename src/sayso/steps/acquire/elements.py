"""Elements of a page by their places in its bytes.

The bytes are looked at as Latin-1, which gives each byte a character, so places are places of bytes
in any encoding that keeps ASCII.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.records.documents import ByteRange, RawDocument
from sayso.steps.clean.tokens import Tokenizer

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_MOST_ATTRIBUTES = 100
_LONGEST = 8_000_000
"""Longer pages, in bytes, are not looked at: what is sought here has never been seen in one."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element. `[start, end)` with its tags, `[inner, close)` without."""

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    close: int
    end: int
    text: int = 0
    """How many characters of text, white space at the ends of its pieces aside, stand in it."""


def is_page(raw: RawDocument) -> bool:
    """Whether the bytes can be looked at as HTML here."""
    return (
        raw.media_type == "text/html"
        and len(raw.data) <= _LONGEST
        and not raw.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and raw.data[:200].count(b"\0") < 20
    )


def elements(data: bytes, wanted: Callable[[str, dict[str, str]], bool]) -> Iterator[Element]:
    """The elements for which `wanted` (of name and attributes) holds, as they end.

    Void elements end where they begin; the contents of scripts are in `[inner, close)`. Elements
    that are left open are not given. Time is linear in the bytes.
    """
    stack: list[tuple[str, dict[str, str], int, int, bool, int]] = []
    open_: dict[str, int] = {}
    text = 0
    source = data.decode("latin-1")
    for kind, tag, at, to in Tokenizer(source, _MOST_ATTRIBUTES).tokens():
        if kind == "text":
            text += len(source[at:to].strip())
        elif kind == "start":
            good = wanted(tag.name, tag.attributes)
            if tag.name in _VOID:
                if good:
                    yield Element(tag.name, tag.attributes, at, to, to, to)
                continue
            stack.append((tag.name, tag.attributes, at, to, good, text))
            open_[tag.name] = open_.get(tag.name, 0) + 1
        elif kind == "end" and open_.get(tag.name):
            while True:
                name, attributes, start, inner, good, before = stack.pop()
                open_[name] -= 1
                if name == tag.name:
                    break
            if good:
                yield Element(name, attributes, start, inner, at, to, text - before)


def put_together(raw: RawDocument, uri: str, parts: list[tuple[bytes, ByteRange]]) -> RawDocument:
    """The input that these ranges make, one after another, in place of `raw`."""
    return RawDocument(
        uri,
        b"".join(data for data, _ in parts),
        raw.media_type,
        raw.retrieved,
        charset=raw.charset,
        place=raw.place,
        made_from=tuple(place for _, place in parts),
        cut=raw.cut,
    )

"""The articles of TempEval-3's training data (TimeBank and AQUAINT, corrected), with their times.

Each article is read as its bare text, its annotated expressions and the day it was written on,
which its markup gives (`DCT`). The text without markup is what a step gets to see, and that day is
its date of publication.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from msgspec.structs import replace

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.records.documents import Document, Published, Zone
from sayso.records.spans import Span

FOLDER = SHARED / "data" / "tempeval3" / "TBAQ-cleaned"
PARTS = ("TimeBank", "AQUAINT")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


@dataclass(frozen=True)
class Expression:
    """A time expression as TIMEX3 has it, annotated or predicted."""

    start: int
    end: int
    value: str | None
    type: str = "DATE"

    def overlaps(self, other: Expression) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Article:
    """A text with its annotated times."""

    name: str
    text: str
    written: str
    """The day, in ISO form."""
    times: tuple[Expression, ...]

    @property
    def looked_at(self) -> bool:
        """Whether it is of the half that rules were tuned on; the other half was only measured."""
        return sha256(self.name.encode()).digest()[0] % 2 == 0

    def document(self) -> Document:
        """The text as a document of nothing but body, published on the day it was written."""
        zones = tuple(
            Zone("body", Span(match.start(), match.start() + len(match[0].rstrip())))
            for match in _PARAGRAPH.finditer(self.text)
        )
        return replace(
            plain_document(self.text),
            id=self.name,
            published=Published(self.written),
            zones=zones,
        )


def articles() -> Iterator[Article]:
    """All articles of both parts, by part and name."""
    for part in PARTS:
        for path in sorted((FOLDER / part).glob("*.tml")):
            yield read(path.read_text(encoding="utf-8"), path.stem)


def read(xml: str, name: str) -> Article:
    """One TimeML file. Raises ParseError or ValueError where it is none."""
    root = ElementTree.fromstring(xml)
    written, body = root.find("DCT/TIMEX3"), root.find("TEXT")
    if written is None or body is None:
        raise ValueError(f"{name} lacks its date or its text")
    pieces: list[str] = []
    times: list[Expression] = []
    _walk(body, pieces, times)
    return Article(name, "".join(pieces), written.attrib["value"][:10], tuple(times))


def _walk(element: ElementTree.Element, pieces: list[str], times: list[Expression]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, times)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3":
        marks = element.attrib
        times.append(
            Expression(start, sum(map(len, pieces)), marks.get("value"), marks.get("type", "DATE"))
        )

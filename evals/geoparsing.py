"""The geoparsing sets: news with the names of places marked and located.

`LGL` (Lieberman, Samet and Sankaranarayanan 2010): 588 articles of 78 small newspapers, most of
them in American towns that share their name with a bigger one. It marks names of governments and
demonyms too ("Russian"); 626 of 5,088 toponyms (streets, estates) have no coordinates.
`GeoVirus` (Gritta, Pilehvar and Collier 2018): 229 articles of WikiNews on epidemics; no
demonyms; all have coordinates, those of Wikipedia.

The documents of each set are halved by the SHA-256 of their name: half 0 was looked at and
trained on, half 1 was not. The articles of GeoVirus that come from one page stay together.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.records.documents import Document
from sayso.records.spans import Span

CORPUS = SHARED / "data" / "geoparsing"
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class Point:
    """Where a toponym lies."""

    latitude: float
    longitude: float
    geonames: str | None = None

    @property
    def at(self) -> tuple[float, float]:
        return self.latitude, self.longitude


@dataclass(frozen=True)
class Article:
    """An article and its toponyms, by span; None: the set gives no coordinates."""

    corpus: str
    document: Document
    half: int
    gold: dict[Span, Point | None]


def articles(folder: Path = CORPUS) -> Iterator[Article]:
    """All articles of both sets, in the order of the files."""
    for element in ET.parse(folder / "lgl.xml").getroot():
        yield _lgl(element)
    for element in ET.parse(folder / "GeoVirus.xml").getroot():
        yield _geovirus(element)


def trimmed(text: str, span: Span) -> Span:
    """The span without a leading "the" and a closing possessive."""
    words = span.cut(text)
    start = span.start + (4 if words[:4].lower() == "the " else 0)
    return Span(start, span.end - (2 if _POSSESSIVE.search(words) else 0))


def half_of(name: str) -> int:
    """0: looked at; 1: the other half."""
    return int(sha256(name.encode()).hexdigest(), 16) % 2


def _lgl(element: ET.Element) -> Article:
    text = element.findtext("text") or ""
    gold: dict[Span, Point | None] = {}
    for toponym in element.iter("toponym"):
        span = Span(int(_text(toponym, "start")), int(_text(toponym, "end")))
        tag = toponym.find("gaztag")
        gold[trimmed(text, span)] = _point(tag, tag.get("geonameid")) if tag is not None else None
    document = replace(plain_document(text), uri=element.findtext("url") or "text")
    return Article("lgl", document, half_of(element.get("docid") or ""), gold)


def _geovirus(element: ET.Element) -> Article:
    text = element.findtext("text") or ""
    gold: dict[Span, Point | None] = {}
    for toponym in element.iter("location"):
        # Offsets of this set count from 1.
        span = Span(int(_text(toponym, "start")) - 1, int(_text(toponym, "end")) - 1)
        gold[trimmed(text, span)] = _point(toponym, None)
    return Article("geovirus", plain_document(text), half_of(_text(element, "source")), gold)


def _point(element: ET.Element, geonames: str | None) -> Point:
    return Point(float(_text(element, "lat")), float(_text(element, "lon")), geonames)


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""

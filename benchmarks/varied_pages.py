"""Real pages, varied from a seed so that no two are the same, as WARC.GZ archives.

Paragraphs change places, one word in eight is another of the page's own, and dates move. The
markup, and with it the work of finding the report, stays as the publisher made it.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "data" / "articles"
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
_PARAGRAPH = re.compile(
    rb"<p(?:\s[^<>]*)?>((?:[^<]|</?(?:a|em|strong|b|i|span)(?:\s[^<>]*)?>)+)</p>"
)
_WORD = re.compile(rb"(?<=[ >])[A-Za-z]{5,14}(?=[ ,.<])")
_DAY = re.compile(rb"\b20(?:1\d|2\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")
_SHARE = 0.125


@dataclass(frozen=True)
class Source:
    """A page in pieces: what stands between its paragraphs, and the paragraphs' insides."""

    between: tuple[bytes, ...]
    paragraphs: tuple[bytes, ...]
    words: tuple[bytes, ...]


def sources() -> list[Source]:
    """All pages at hand. Raises SystemExit where there are none."""
    found = [_source(gzip.decompress(p.read_bytes())) for p in sorted(PAGES.glob("*/*.html.gz"))]
    if not found:
        raise SystemExit(f"there are no pages at {PAGES}")
    return found


def _source(data: bytes) -> Source:
    between: list[bytes] = []
    paragraphs: list[bytes] = []
    position = 0
    for found in _PARAGRAPH.finditer(data):
        between.append(data[position : found.start(1)])
        paragraphs.append(found.group(1))
        position = found.end(1)
    between.append(data[position:])
    words = sorted({w for p in paragraphs for w in _WORD.findall(p)})
    return Source(tuple(between), tuple(paragraphs), tuple(words))


def varied(source: Source, number: int) -> bytes:
    """The page's variant with this number; the same number gives the same bytes."""
    rng = random.Random(number)
    paragraphs = list(source.paragraphs)
    rng.shuffle(paragraphs)
    move = timedelta(days=rng.randrange(1, 2000))
    words = source.words

    def other(found: re.Match[bytes]) -> bytes:
        return rng.choice(words) if rng.random() < _SHARE else found.group()

    def moved(found: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(found.group().decode()) - move).isoformat().encode()

    parts = [_DAY.sub(moved, source.between[0])]
    for inside, after in zip(paragraphs, source.between[1:], strict=True):
        parts += [_WORD.sub(other, inside), after]
    return b"".join(parts) + b"<!-- %d -->" % number


def record(number: int, body: bytes) -> bytes:
    """The page as a WARC record of a server's answer."""
    block = _HTTP + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: https://velm.example/{number % 97}/{number}\r\n"
        "WARC-Date: 2031-05-04T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write(path: Path, numbers: range) -> None:
    """An archive of the variants with these numbers; it appears when it is whole."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as out:
        for page in _records(numbers):
            out.write(gzip.compress(page, 1))
    unfinished.rename(path)


def _records(numbers: range) -> Iterator[bytes]:
    pages = sources()
    for number in numbers:
        yield record(number, varied(pages[number % len(pages)], number))

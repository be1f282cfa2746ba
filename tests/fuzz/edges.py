"""Where bytes of strangers enter: one function for each edge, and good inputs to begin with.

An edge may give anything or raise `SetAside`; whatever else it raises, and any input that takes
longer than `SECONDS`, is a defect.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from gzip import compress
from io import BytesIO

from tests.steps.acquire.making_archives import archive
from tests.steps.acquire.making_files import W, docx, docx_of, para, pdf, pdf_of

from sayso.errors import SetAside
from sayso.records.captures import Capture
from sayso.records.documents import MediaType, RawDocument
from sayso.settings import CleanSettings
from sayso.steps.acquire.address_lists import read_list
from sayso.steps.acquire.answers import input_of, page_of, read_answer
from sayso.steps.acquire.discovery import feeds_of
from sayso.steps.acquire.feeds import read_feed
from sayso.steps.acquire.fetching.robots import read_robots
from sayso.steps.acquire.kinds import sniff
from sayso.steps.acquire.live_blogs import entries_of
from sayso.steps.acquire.page_series import joined
from sayso.steps.acquire.sitemaps import read_sitemap
from sayso.steps.acquire.warcs import read_warc
from sayso.steps.clean.clean import clean
from sayso.store.custody.entries import EntryError, from_line

SECONDS = 10.0
_LIMITS = CleanSettings(max_bytes=2_000_000, max_characters=500_000)
_WORD: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOW = "2031-05-04T12:00:00Z"
_LINE = "The governor of Velm said that the fighters had left the town in the night."


@dataclass(frozen=True)
class Edge:
    """A function that takes hostile bytes, and good ones to start from."""

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def _document(media_type: MediaType) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        return clean(RawDocument("in/2031/05/04/a", data, media_type, _NOW), _LIMITS)

    return run


def _drawn(data: bytes) -> object:
    return clean(RawDocument("a.pdf", pdf_of([data]), "application/pdf", _NOW), _LIMITS)


def _inside_docx(data: bytes) -> object:
    whole = docx_of(data)
    return clean(RawDocument("a.docx", whole, _WORD, _NOW), _LIMITS)


def _archive(data: bytes) -> object:
    return list(read_warc(BytesIO(data), "a.warc.gz", _LIMITS, now=_NOW))


def _answer(data: bytes) -> object:
    answer = read_answer(data)
    return answer and page_of(answer, _LIMITS.max_bytes)


def _parts(data: bytes) -> object:
    raw = RawDocument("https://m.example/a?page=1", data, "text/html", _NOW)
    return entries_of(raw), list(joined([raw, raw]))


_BASE = "https://tarvia.example/a"


def _fetched(data: bytes, content_type: str = "text/plain") -> Capture:
    return Capture(
        uri=_BASE,
        final_uri=_BASE,
        request_headers=(),
        status=200,
        http_version="HTTP/1.1",
        headers=(("Content-Type", content_type),),
        body=data,
        body_sha256="",
        content=data,
        sha256="",
        retrieved=_NOW,
        peer="192.0.2.7",
    )


def _robots(data: bytes) -> object:
    robots = read_robots(_fetched(data))
    return robots.allows(_BASE, "sayso"), robots.delay("sayso"), robots.sitemaps


def _untyped(data: bytes) -> object:
    """The header field is hostile, too: what comes before the first empty line."""
    stated, _, content = data.partition(b"\n\n")
    return input_of(_fetched(content, stated.decode("latin-1")))


def _list(data: bytes) -> object:
    return list(read_list(data.decode("utf-8", "replace"), "list.txt"))


def _custody_line(data: bytes) -> object:
    with suppress(EntryError):
        return from_line(data)
    return None


_LETTER = (
    b"From: =?utf-8?q?Bo?= <bo@velm.example>\nSubject: =?utf-8?b?VmVsbQ==?=\n"
    b"Date: Sun, 04 May 2031 12:00:00 +0200\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=koi8-r\n"
    b"Content-Transfer-Encoding: quoted-printable\n\n" + _LINE.encode() + b"=20\n"
    b"--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nwords\n--b--\n"
)
_SAVED = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start="<r>"\n\n--b\n'
    b"Content-ID: <r>\nContent-Type: text/html\nContent-Location: https://velm.example/a\n\n<p>"
    + _LINE.encode()
    + b"</p>\n--b--\n"
)
_PAGE = (
    '<html lang=en><head><meta charset=utf-8><link rel=next href="a?page=2">'
    '<script type="application/ld+json">{"@type":"LiveBlogPosting","isAccessibleForFree":false,'
    '"wordCount":900,"liveBlogUpdate":[{"url":"#p1"},{"url":"#p2"}]}</script></head><body>'
    f'<div id=p1 class="live-blog-post"><h2>One</h2><time datetime=2031-05-04>x</time>'
    f"<p>{_LINE}</p></div><div id=p2 class=live-blog-post><p>{_LINE} Читайте также:"
    " <a href=b>b</a></p></div>"
    "<p>Subscribe to continue reading.</p></body></html>"
).encode()
_HTTP = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    b"Content-Encoding: gzip\r\n\r\n5\r\n<p>Ve\r\n3\r\nlm.\r\n0\r\n\r\n"
)
_RSS = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/x/">'
    b"<channel><language>en-gb</language><item><title>Velm &amp; Osk</title><link>/a</link>"
    b"<pubDate>Sun, 04 May 2031 12:00:00 GMT</pubDate><dc:language>en</dc:language></item>"
    b"<item><guid>https://tarvia.example/b</guid><description><![CDATA[<p>x]]></description></item>"
    b"</channel></rss>"
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry><link href="a"/>'
    b"<updated>2031-05-04T12:00:00Z</updated><id>tag:a</id></entry></feed>"
)
_JSON_FEED = (
    b'{"version":"https://jsonfeed.org/version/1.1","language":"en","items":'
    b'[{"id":"1","url":"/a","date_published":"2031-05-04T12:00:00Z"},{"external_url":"b"}]}'
)
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://n.example/">'
    b"<url><loc>/a</loc><n:news><n:publication><n:language>en</n:language></n:publication>"
    b"<n:publication_date>2031-05-04</n:publication_date></n:news></url></urlset>"
)
_INDEX = b"<sitemapindex><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
_ROBOTS = (
    b"User-agent: *\nDisallow: /x*$\nAllow: /x/a\nCrawl-delay: 7\nRequest-rate: 1/9\n"
    b"Visit-time: 0600-0845\nSitemap: https://tarvia.example/s.xml\nUser-agent: sayso\nDisallow:\n"
)
_HEAD_LINKS = (
    b'<html><head><base href="/b/"><link rel="alternate" type="application/rss+xml" href="feed">'
    b'<link rel=alternate type="application/feed+json; charset=utf-8" href="/j" title="Comments">'
    b"</head><body><p>x"
)
_CORE = "<dc:title>Velm</dc:title><dcterms:created>2031-05-04T12:00:00Z</dcterms:created>"

EDGES: dict[str, Edge] = {
    "pdf": Edge(_document("application/pdf"), (pdf([[_LINE, "1"], [_LINE, "2"]], title="Velm"),)),
    "docx": Edge(_document(_WORD), (docx(para("Velm", "Title") + para(_LINE), _CORE),)),
    "pdf_content": Edge(
        _drawn,
        (
            b"BT /F1 11 Tf 13 TL 50 750 Td (" + _LINE.encode() + b") Tj T* [(Ve) -20 (lm)] TJ ET"
            b" q 1 0 0 1 10 10 cm BT /F1 9 Tf (x) ' ET Q",
        ),
    ),
    "docx_xml": Edge(
        _inside_docx,
        (
            f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{para("Velm", "Title")}'
            f"{para(_LINE)}<w:p><w:del><w:r><w:t>x</w:t></w:r></w:del></w:p></w:body></w:document>"
            "".encode(),
        ),
    ),
    "letter": Edge(_document("message/rfc822"), (_LETTER,)),
    "saved_page": Edge(_document("multipart/related"), (_SAVED,)),
    "html": Edge(_document("text/html"), (_PAGE,)),
    "text": Edge(_document("text/plain"), (f"Velm\n\n{_LINE}\n".encode(), _LINE.encode("utf-16"))),
    "markdown": Edge(_document("text/markdown"), (f"---\ntitle: a\n---\n# V\n\n{_LINE}".encode(),)),
    "archive": Edge(_archive, (archive(2), archive(2, gzip=False))),
    "answer": Edge(_answer, (_HTTP,)),
    "page_parts": Edge(_parts, (_PAGE,)),
    "first_bytes": Edge(sniff, (_LETTER, _PAGE, archive(1))),
    "feed": Edge(
        lambda data: read_feed(data, _BASE, content_type="text/xml; charset=utf-8"),
        (_RSS, _ATOM, _JSON_FEED, _RSS.decode().encode("utf-16")),
    ),
    "sitemap": Edge(
        lambda data: read_sitemap(data, _BASE),
        (_SITEMAP, _INDEX, compress(_SITEMAP, mtime=0), b"https://tarvia.example/a\n"),
    ),
    "robots": Edge(_robots, (_ROBOTS,)),
    "discovery": Edge(lambda data: feeds_of(data, _BASE), (_HEAD_LINKS, _PAGE)),
    "address_list": Edge(
        _list, (b"https://tarvia.example/a # a\n# b\nhttp://x.example:80/?q=%41",)
    ),
    "untyped": Edge(
        _untyped, (b"application/octet-stream; charset=koi8-r\n\n" + _PAGE, b"\n\n" + _LETTER)
    ),
    "custody_line": Edge(_custody_line, (b'{"seq":1,"hash":"' + b"0" * 64 + b'"}',)),
}
_PIECES = (
    b"", b"\x00", b"\xff", b"\r\n", b"\n\n", b"<", b">", b"<div>", b"</p>", b"&#x0;", b"&amp;",
    b"--b", b"=?utf-8?q?", b"(", b"[", b"{", b'"', b"%", b"9" * 20, b"-1", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b" obj\n", b"endobj", b"stream\n", b"/Kids [2 0 R]", b"PK\x03\x04",
    b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"Content-Length: 999999999\r\n", b"charset=utf-7",
    b"\xd9\x85", b"a" * 3000, b"<b>" * 500,
)  # fmt: skip


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """`seed` with some bytes changed, cut, doubled, or pieces that formats react to put in."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 20))):
        at = chance.randrange(len(data) + 1)
        what = chance.randrange(6)
        if what == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif what == 1:
            data[at:at] = chance.choice(_PIECES)
        elif what == 2:
            del data[at : at + chance.randint(1, 40)]
        elif what == 3:
            data[at:at] = data[at : at + chance.randint(1, 200)]
        elif what == 4:
            data[at : at + chance.randint(1, 8)] = chance.choice(_PIECES)
        elif what == 5 and chance.random() < 0.2:
            data = data[:at] or bytearray(b" ")
    return bytes(data[:100_000])


def attempt(edge: Edge, data: bytes) -> None:
    """Runs an edge; only what it may not raise comes out."""
    with suppress(SetAside):
        edge.run(data)

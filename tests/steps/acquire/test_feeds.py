from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SetAside
from sayso.steps.acquire.discovery import feeds_of
from sayso.steps.acquire.feeds import looks_like_feed, read_feed

BASE = "https://tarvia.example/news/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Tarvia Gazette</title><language>en-GB</language>
<item><title>Fighting near Velm – day 3</title><link>/news/velm</link>
<pubDate>Tue, 03 Nov 2020 10:00:00 +0200</pubDate></item>
<item><title>Durno</title><guid>https://tarvia.example/durno</guid></item>
<item><title>again</title><link>https://tarvia.example/news/velm</link></item>
<item><title>no link</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>x</title>
<entry><title>Velm &amp; Durno</title><link rel="enclosure" href="https://x.example/a.mp3"/>
<link href="https://tarvia.example/a"/><updated>2020-11-03T08:00:00Z</updated></entry></feed>"""


def test_rss() -> None:
    found = read_feed(RSS.format(encoding="utf-8").encode(), BASE)
    assert [page.uri for page in found] == [
        "https://tarvia.example/news/velm",
        "https://tarvia.example/durno",
    ]
    assert found[0].published == datetime(2020, 11, 3, 8, tzinfo=UTC)
    assert found[0].language == "en"


def test_atom() -> None:
    (page,) = read_feed(ATOM.encode(), BASE)
    assert page.uri == "https://tarvia.example/a"
    assert page.published == datetime(2020, 11, 3, 8, tzinfo=UTC)


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/a", "date_published": "2020-11-03T10:00:00+02:00"},
            {"id": "2"},
            "no item",
            {"id": 3, "url": 4},
        ],
    }
    (page,) = read_feed(json.dumps(feed).encode(), BASE)
    assert page.uri == "https://tarvia.example/a"
    assert page.published == datetime(2020, 11, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("encoding", "declared", "kind"),
    [
        ("utf-8", "utf-16", ""),
        ("utf-16", "utf-16", ""),
        ("windows-1252", "windows-1252", ""),
        ("utf-8-sig", "latin-1", ""),
        ("utf-8", "no-such-encoding", ""),
        ("utf-8", "rot13", ""),
        ("windows-1252", "utf-8", "application/rss+xml; charset=windows-1252"),
        ("windows-1252", "utf-8", ""),
    ],
)
def test_encodings_that_are_wrong(encoding: str, declared: str, kind: str) -> None:
    data = RSS.format(encoding=declared).encode(encoding)
    assert len(read_feed(data, BASE, content_type=kind)) == 2


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><rss><channel><item><link>https://tarvia.example/&j;</link></item></channel></rss>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-7"])
def test_entity_bombs_are_refused_in_every_encoding(encoding: str) -> None:
    data = BOMB.replace("?>", f' encoding="{encoding}"?>', 1).encode(
        "utf-8" if encoding == "utf-7" else encoding
    )
    if encoding == "utf-7":
        data = data.replace(b"<!ENTITY", b"+ADwAIQ-ENTITY")
    start = time.monotonic()
    with pytest.raises(SetAside) as caught:
        read_feed(data, BASE)
    assert caught.value.reason == "bad_feed"
    assert time.monotonic() - start < 1


def test_an_entity_of_a_file_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel>&a;</channel></rss>'
    with pytest.raises(SetAside):
        read_feed(bomb.encode(), BASE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss><channel>" + b"<a>" * 200_000, "too_deep"),
        (b"<rss><channel>" + b"<a/>" * 300_000, "too_large"),
        (b"<rss>" + b" " * 6_000_000, "too_large"),
        (b"[" * 1_000_000, "bad_feed"),
        (b'{"version":' + b"[" * 1_000_000, "bad_feed"),
        (b"", "bad_feed"),
        (b"<html><body>Not found</body></html>", "bad_feed"),
        (b'{"error": "no"}', "bad_feed"),
        (b"/etc/passwd", "bad_feed"),
        (b"http://127.0.0.1/", "bad_feed"),
    ],
)
def test_what_is_no_feed_or_made_to_hurt(data: bytes, reason: str) -> None:
    start = time.monotonic()
    with pytest.raises(SetAside) as caught:
        read_feed(data, BASE)
    assert caught.value.reason == reason
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    "middle",
    ["<item><title>" + "<" * 100_000, "<!--" * 50_000, "<![CDATA[" * 50_000, "&" * 200_000,
     "<a " + 'b="c" ' * 20_000, "<a " + "b=" * 50_000],
)  # fmt: skip
def test_odd_masses_take_little_time(middle: str) -> None:
    start = time.monotonic()
    with suppress(SetAside):
        read_feed(f"<rss><channel>{middle}".encode(), BASE)
    assert time.monotonic() - start < 3


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_set_aside(data: bytes) -> None:
    for start in (b"", b"<rss><channel><item>", b"{"):
        with suppress(SetAside):
            assert isinstance(read_feed(start + data, BASE), list)


def test_what_looks_like_a_feed() -> None:
    assert looks_like_feed(RSS.format(encoding="utf-8").encode())
    assert looks_like_feed(RSS.format(encoding="utf-16").encode("utf-16"))
    assert looks_like_feed(ATOM.encode())
    assert not looks_like_feed(b"<!doctype html><html><p>the <feed> element")


def test_feeds_that_a_page_names() -> None:
    page = b"""<html><head><base href="/en/"><link rel="stylesheet" href="x.css">
    <link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" href="feed.xml">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/c.xml">
    <link rel="alternate" type="text/html" hreflang="fr" href="/fr/">
    <link rel="alternate" type="application/atom+xml">
    <link rel="alternate" type="application/feed+json" href="https://other.example/f.json">"""
    assert feeds_of(page, "https://tarvia.example/") == [
        "https://tarvia.example/en/feed.xml",
        "https://other.example/f.json",
    ]
    assert feeds_of(b"", "https://tarvia.example/") == []
    assert feeds_of(b"\x00\xff<", "https://tarvia.example/") == []
    assert feeds_of(b"<div>" * 100_000, "https://tarvia.example/") == []

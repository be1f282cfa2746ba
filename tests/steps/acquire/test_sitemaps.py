from __future__ import annotations

import gzip
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SetAside
from sayso.steps.acquire.sitemaps import MOST_PAGES, read_sitemap

BASE = "https://tarvia.example/sitemap.xml"
NEWS = b"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://tarvia.example/velm?a=1&amp;b=2 </loc><lastmod>2021-01-01</lastmod>
<news:news><news:publication><news:name>Gazette</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2020-11-03T10:00+02:00</news:publication_date></news:news>
<image:image><image:loc>https://tarvia.example/i.jpg</image:loc></image:image></url>
<url><loc>/durno</loc></url><url></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://tarvia.example/1.xml</loc></sitemap>
<sitemap><loc>https://tarvia.example/2.xml.gz</loc></sitemap></sitemapindex>"""


@pytest.mark.parametrize("data", [NEWS, gzip.compress(NEWS)])
def test_a_news_sitemap(data: bytes) -> None:
    first, second = read_sitemap(data, BASE).pages
    assert first.uri == "https://tarvia.example/velm?a=1&b=2"
    assert first.published == datetime(2020, 11, 3, 8, tzinfo=UTC)
    assert first.language == "en"
    assert second.uri == "https://tarvia.example/durno"
    assert second.published is None


def test_an_index() -> None:
    read = read_sitemap(INDEX, BASE)
    assert read.sitemaps == ["https://tarvia.example/1.xml", "https://tarvia.example/2.xml.gz"]
    assert not read.pages


def test_a_text_of_addresses() -> None:
    read = read_sitemap(
        b"\xef\xbb\xbfhttps://tarvia.example/a\nnoise\nhttps://tarvia.example/b", BASE
    )
    assert [page.uri[-1] for page in read.pages] == ["a", "b"]


def test_one_that_breaks_off_gives_what_it_has() -> None:
    read = read_sitemap(NEWS[:-15], BASE)
    assert len(read.pages) == 2
    assert read.cut


def test_no_more_than_the_protocol_has() -> None:
    data = b"<urlset>" + b"<url><loc>https://t.example/</loc></url>" * (MOST_PAGES + 10)
    read = read_sitemap(data, BASE)
    assert len(read.pages) == MOST_PAGES
    assert read.cut


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body>no</body></html>",
        b"<urlset>" + b"<a>" * 200_000,
        gzip.compress(b"<urlset>" + bytes(90_000_000)),
        b"\x1f\x8bnot gzip",
        b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]><urlset>' + b"&a;" * 100_000,
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><urlset><url><loc>&x;</loc>',
    ],
)
def test_what_is_no_sitemap_or_made_to_hurt(data: bytes) -> None:
    start = time.monotonic()
    with suppress(SetAside):
        assert not read_sitemap(data, BASE).pages
    assert time.monotonic() - start < 3


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    for start in (b"", b"<urlset><url><loc>", b"\x1f\x8b"):
        with suppress(SetAside):
            assert isinstance(read_sitemap(start + data, BASE).pages, list)

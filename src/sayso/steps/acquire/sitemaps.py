"""Sitemaps, news sitemaps and their indexes, as sitemaps.org has them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from sayso.errors import SetAside
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.addresses import joined
from sayso.steps.acquire.fetching.unpacking import NotUnpacked, unpacked
from sayso.steps.acquire.found_pages import FoundPage, moment, primary_language

MOST_PAGES = 50_000
"""Of one sitemap, as the protocol has it, and here of one site."""
DEEPEST = 3
"""Indexes in indexes."""
_GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class Sitemap:
    """What one file names: pages, or further sitemaps."""

    pages: list[FoundPage] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    cut: bool = False
    """It names more than is read, or breaks off."""


def read_sitemap(data: bytes, base: str, settings: FetchSettings | None = None) -> Sitemap:
    """The sitemap at `base`: XML or a text of addresses, gzipped or not.

    Memory does not grow with what it holds beside pages. Raises `SetAside` (`bad_feed`).
    """
    if data.startswith(_GZIP):
        try:
            data = unpacked(data, "gzip", settings or FetchSettings())
        except (NotUnpacked, zlib.error) as error:
            raise SetAside("bad_feed", f"the sitemap {error}") from error
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
        return _of_lines(data, base)
    return _of_xml(data, base)


def _of_lines(data: bytes, base: str) -> Sitemap:
    read = Sitemap()
    for line in data.decode("utf-8-sig", "replace").splitlines():
        if line.strip().startswith(("http://", "https://")):
            if len(read.pages) >= MOST_PAGES:
                read.cut = True
                break
            read.pages.append(FoundPage(joined(base, line)))
    if not read.pages:
        raise SetAside("bad_feed", "what came is no sitemap", "look at the address in a browser")
    return read


def _of_xml(data: bytes, base: str) -> Sitemap:
    read = Sitemap()
    root: str | None = None
    said: dict[str, str] = {}
    events = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            name = _local(element)
            if root is None:
                root = name
                if root not in ("urlset", "sitemapindex"):
                    break
            if event == "start":
                continue
            if name in ("url", "sitemap"):
                _add(read, name, said, base)
                said = {}
                _forget(element)
                if len(read.pages) + len(read.sitemaps) >= MOST_PAGES:
                    read.cut = True
                    break
            elif name in ("publication_date", "language") or (
                # pictures and films have a loc of their own, deeper down
                name == "loc" and _local(element.getparent()) in ("url", "sitemap")
            ):
                said.setdefault(name, (element.text or "").strip())
    except etree.XMLSyntaxError as error:
        if not read.pages and not read.sitemaps:
            raise SetAside("bad_feed", f"the sitemap is no XML: {error.msg}") from error
        read.cut = True
    if root not in ("urlset", "sitemapindex"):
        raise SetAside("bad_feed", "what came is no sitemap", "look at the address in a browser")
    return read


def _add(read: Sitemap, name: str, said: dict[str, str], base: str) -> None:
    uri = joined(base, said.get("loc", "")) if said.get("loc") else ""
    if not uri:
        return
    if name == "sitemap":
        read.sitemaps.append(uri)
        return
    # lastmod says when the page changed, often with every visitor: no date of publication
    published = moment(said.get("publication_date"))
    read.pages.append(FoundPage(uri, published, primary_language(said.get("language"))))


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]

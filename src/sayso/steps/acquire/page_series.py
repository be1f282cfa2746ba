"""Reports on several pages: their pages put together where more than one of them is at hand.

Pages belong together where one names the other as its next (or the one before) and their addresses
differ by a page number alone: many sites call the next *report* `next`, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar
from urllib.parse import urldefrag, urljoin

from sayso.records.documents import ByteRange, RawDocument
from sayso.steps.acquire.elements import Element, elements, is_page, put_together

_T = TypeVar("_T")
_SIGN = re.compile(rb"rel=[\"']?(?:next|prev)")
_LINK = re.compile(rb"<(?:a|link)\s[^<>]{0,1000}>", re.IGNORECASE)
_FIELD = re.compile(r"""\b(rel|href)\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.I)
_NUMBER = re.compile(
    r"[?&](?:page|p|pg|seite|pagina|part|sayfa)=\d{1,3}(?=&|$)"
    r"|/(?:page/|page-|p|seite-|sayfa-)?\d{1,2}/?$"
    r"|[-_,](?:page-?|p|seite-?)?\d{1,2}(?=\.\w{2,5}$)",
    re.IGNORECASE,
)
_HELD = 32
"""So many pages at most wait for their others at a time; the oldest then goes on alone."""
_PATIENCE = 500
"""A page waits while so many other inputs come."""
_MOST_PAGES = 50


@dataclass(slots=True)
class _Waiting:
    raw: RawDocument
    addresses: set[str]
    next: str | None
    before: str | None
    since: int = 0


@dataclass(slots=True)
class _Links:
    next: str | None = None
    before: str | None = None
    canonical: list[str] = field(default_factory=list)


Told = Callable[[RawDocument, list[RawDocument]], None]


def joined(
    items: Iterable[RawDocument | _T], told: Told | None = None
) -> Iterator[RawDocument | _T]:
    """The items, pages of one report put together as the first of them.

    `told` is called with each report that was put together, and its pages, before it is given out.

    A report's pages may come in any order within 500 inputs; what is not a page of a series is
    passed on at once. A series of which a page is missing is put together up to there, and its
    other pages are documents of their own.
    """
    held: list[_Waiting] = []
    for count, item in enumerate(items):
        page = _series_page(item, count) if isinstance(item, RawDocument) else None
        if page is None:
            yield item
        else:
            held.append(page)
            yield from _complete(held, page, told)
        while held and (len(held) > _HELD or count - held[0].since > _PATIENCE):
            yield from _put_out(held, held[0], told)
    while held:
        yield from _put_out(held, held[0], told)


def is_part(raw: RawDocument) -> bool:
    """Whether other pages of the same report may come."""
    return _series_page(raw, 0) is not None


def join_pages(pages: list[RawDocument]) -> RawDocument:
    """One report from its pages in order: the columns of the others go behind the first's own."""
    first, *others = pages
    column = _column(first.data)
    digest = sha256(first.data).hexdigest()
    size = len(first.data)
    at = column.close if column is not None else size
    parts = [(first.data[:at], ByteRange(digest, 0, at))]
    for page in others:
        inside = _column(page.data)
        a, b = (inside.inner, inside.close) if inside is not None else (0, len(page.data))
        parts.append((page.data[a:b], ByteRange(sha256(page.data).hexdigest(), a, b)))
    parts.append((first.data[at:], ByteRange(digest, at, size)))
    return put_together(first, first.uri, parts)


def _series_page(raw: RawDocument, count: int) -> _Waiting | None:
    """The page with its neighbours; None where it is no page of a series."""
    if raw.made_from or not is_page(raw) or _SIGN.search(raw.data) is None:
        return None
    links = _links(raw.data)
    addresses = {_plain(raw.uri), *(_plain(urljoin(raw.uri, c)) for c in links.canonical[:3])}
    following = _neighbour(links.next, raw.uri, addresses)
    before = _neighbour(links.before, raw.uri, addresses)
    if following is None and before is None:
        return None
    return _Waiting(raw, addresses, following, before, count)


def _neighbour(href: str | None, uri: str, addresses: set[str]) -> str | None:
    """The address of the next or last page; None where it is another report's."""
    if href is None:
        return None
    for base in (uri, *addresses):
        address = _plain(urljoin(base, href))
        if any(_stem(address) == _stem(own) and address != own for own in addresses):
            return address
    return None


def _stem(address: str) -> str:
    """The address without its page number."""
    return _NUMBER.sub("", address, count=1).rstrip("/?&")


def _plain(address: str) -> str:
    return urldefrag(address)[0]


def _complete(held: list[_Waiting], page: _Waiting, told: Told | None) -> Iterator[RawDocument]:
    """Puts out the series of `page` where all of it is there."""
    series = _series(held, page)
    if series[0].before is None and series[-1].next is None:
        yield from _put_out(held, page, told)


def _put_out(held: list[_Waiting], page: _Waiting, told: Told | None) -> Iterator[RawDocument]:
    series = _series(held, page)
    held[:] = [page for page in held if not any(page is member for member in series)]
    if series[0].before is not None or len(series) == 1:  # its beginning is missing
        yield from (member.raw for member in series)
    else:
        pages = [member.raw for member in series]
        report = join_pages(pages)
        if told is not None:
            told(report, pages)
        yield report


def _series(held: list[_Waiting], page: _Waiting) -> list[_Waiting]:
    """The pages that are there before and after `page`, without a gap."""
    series = [page]
    while len(series) < _MOST_PAGES:
        first = series[0]
        found = _find(held, first.before, series)
        if found is None:
            break
        series.insert(0, found)
    while len(series) < _MOST_PAGES:
        found = _find(held, series[-1].next, series)
        if found is None:
            break
        series.append(found)
    return series


def _find(held: list[_Waiting], address: str | None, but: list[_Waiting]) -> _Waiting | None:
    if address is None:
        return None
    for page in held:
        # By identity: comparing would compare the bytes.
        if address in page.addresses and not any(page is one for one in but):
            return page
    return None


def _links(data: bytes) -> _Links:
    links = _Links()
    for found in _LINK.finditer(data):
        fields = {
            name.lower(): one or two or three
            for name, one, two, three in _FIELD.findall(found.group().decode("utf-8", "replace"))
        }
        rel = fields.get("rel", "").lower().split()
        href = html.unescape(fields.get("href", ""))
        if not href:
            continue
        if "next" in rel:
            links.next = links.next or href
        if "prev" in rel or "previous" in rel:
            links.before = links.before or href
        if "canonical" in rel:
            links.canonical.append(href)
    return links


def _column(data: bytes) -> Element | None:
    """The element that holds the report: its marked body, else the article with most text."""
    best: Element | None = None
    rank = (-1, -1)
    for element in elements(data, _may_be_column):
        marked = element.attributes.get("itemprop", "").lower() == "articlebody"
        own = (int(marked), element.text)
        if own > rank:
            best, rank = element, own
    return best


def _may_be_column(name: str, attributes: dict[str, str]) -> bool:
    return name == "article" or attributes.get("itemprop", "").lower() == "articlebody"

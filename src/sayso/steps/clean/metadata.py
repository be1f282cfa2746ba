"""What a page's metadata says: headline, author, site and date, from JSON-LD and meta tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from sayso.records.documents import Evidence, Published
from sayso.steps.clean.context import Is
from sayso.steps.clean.markup import Page, plain
from sayso.steps.clean.stated_dates import path_date, stated_date

_ARTICLE = re.compile(r"(article|posting|report|newsitem|liveblog|webpage)$", re.IGNORECASE)
_WEAK = "webpage"
_MOST_NODES = 5_000
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title", "sailthru.title")
_AUTHORS = ("author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "byl")
_SITES = ("og:site_name", "application-name", "dc.publisher")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_time_telegram",
    "og:pubdate",
    "mediator_published_time",
)
_WORDS = re.compile(r"\w+")


def page_title(page: Page) -> Evidence | None:
    """The headline that the page's metadata gives."""
    for node in _articles(page):
        headline = node.get("headline") or None
        if isinstance(headline, str) and (clean := plain(headline)):
            return Evidence("metadata", clean)
    given = _meta(page, _TITLES)
    if given:
        return Evidence("metadata", given)
    return Evidence("metadata", page.title) if page.title else None


def page_author(page: Page) -> Evidence | None:
    """The authors' names, joined with a comma; addresses of profiles are no names."""
    for node in _articles(page):
        names = list(dict.fromkeys(_names(node.get("author"))))
        if names:
            return Evidence("metadata", ", ".join(names))
    for key in _AUTHORS:
        found = [v for k, v in page.metas if k == key and v and "://" not in v]
        if found:
            name = ", ".join(dict.fromkeys(found))
            return Evidence("metadata", name) if len(name) <= 200 else None
    return None


def page_outlet(page: Page) -> Evidence | None:
    """The site's or the publisher's name."""
    site = _meta(page, _SITES)
    if site:
        return Evidence("metadata", site)
    for node in _articles(page):
        for name in _names(node.get("publisher")):
            return Evidence("metadata", name)
    return None


def page_published(page: Page, uri: str) -> Published:
    """The date of first publication, from metadata, a marked time, or the page's address."""
    for node in _articles(page):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            found = _date(node.get(key))
            if found is not None:
                return found
    for key in _DATES:
        for name, content in page.metas:
            if name == key and (dated := _date(content)) is not None:
                return dated
    for value, marks in page.times[:50]:
        if not marks & (Is.ASIDE | Is.NAVIGATION | Is.COMMENT | Is.RELATED):
            dated = _date(value)
            if dated is not None:
                return dated
    for address in (page.canonical, _meta(page, ("og:url",)), uri):
        in_path = path_date(address) if address else None
        if in_path is not None:
            return Published(in_path[0], "url", in_path[1])
    return Published()


def page_locked(page: Page) -> bool:
    """Whether the metadata say that the report is not free to read."""
    for node in _articles(page):
        free = node.get("isAccessibleForFree")
        if free is not None:
            return str(free).strip().lower() in ("false", "no", "https://schema.org/false")
    return (_meta(page, ("article:content_tier",)) or "").lower() in ("locked", "metered")


def page_words(page: Page) -> int | None:
    """How many words the metadata say that the report has."""
    for node in _articles(page):
        number = str(node.get("wordCount") or "").strip()
        if number.isascii() and number.isdecimal() and 0 < len(number) <= 6:
            return int(number)
    return None


def same_words(one: str, other: str) -> bool:
    """Whether two headlines have the same words, case and punctuation aside."""
    return _WORDS.findall(one.casefold()) == _WORDS.findall(other.casefold())


def shortened(title: str, site: str | None) -> str:
    """The headline without the site's name after its last bar or dash."""
    head, bar, tail = title.rpartition(" | ")
    if not bar:
        head, bar, tail = title.rpartition(" - ")
    if not bar:
        head, bar, tail = title.rpartition(" – ")
    if head and site and same_words(tail, site):
        return head.strip()
    return title


def _date(value: object) -> Published | None:
    if not isinstance(value, str):
        return None
    found = stated_date(value)
    return Published(found[0], "metadata", value) if found else None


def _meta(page: Page, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        for name, content in page.metas:
            if name == key and content:
                return content
    return None


def _articles(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD nodes that are an article, web pages last."""
    strong: list[dict[str, Any]] = []
    weak: list[dict[str, Any]] = []
    for block in page.linked_data[:30]:
        for node in _nodes(block):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            matched = [n for n in names if isinstance(n, str) and _ARTICLE.search(n)]
            if matched:
                only_page = all(n.lower().endswith(_WEAK) for n in matched)
                (weak if only_page else strong).append(node)
    return strong + weak


def _nodes(block: str) -> Iterator[dict[str, Any]]:
    """The objects of one JSON-LD block, outermost first; nothing where it is no JSON."""
    bare = block.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        # Line breaks inside strings are common and not allowed in JSON.
        data: Any = msgspec.json.decode(
            re.sub(r"[\x00-\x1f]", " ", bare).encode("utf-8", "replace")
        )
    except (msgspec.DecodeError, RecursionError):
        return
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _names(value: object) -> Iterator[str]:
    """The names of persons or organisations, however JSON-LD puts them."""
    members = value[:50] if isinstance(value, list) else [value]
    for member in members:
        name = member.get("name") if isinstance(member, dict) else member
        for single in name[:50] if isinstance(name, list) else [name]:
            clean = plain(single) if isinstance(single, str) else ""
            if clean and "://" not in clean and len(clean) <= 200:
                yield clean

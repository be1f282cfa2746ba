"""Live blogs: pages of many short reports, each with a time of its own. One entry, one document.

An entry is told by schema.org's marks (`liveBlogUpdate`, `BlogPosting`, an address in the JSON-LD
of a `LiveBlogPosting`) or by class names that systems for live blogs use.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any
from urllib.parse import urldefrag

from sayso.records.documents import ByteRange, RawDocument
from sayso.steps.acquire.elements import Element, elements, is_page, put_together

_SIGNS = (
    b"LiveBlogPosting",
    b"liveBlogUpdate",
    b"liveblog",
    b"live-blog",
    b"LiveBlog",
    b"live_blog",
)
_ENTRY_CLASS = re.compile(
    r"(?:^|[\s_-])(?:live-?blog|live|lb|timeline)[_-]{0,2}(?:entry|post|update|item|event|card|block)"
    r"(?:$|\s)|(?:^|\s)(?:liveblogentry|liveblogpost|liveblogupdate|liveentry|livepost)(?:$|\s)",
    re.IGNORECASE,
)
_CONTAINERS = frozenset({"article", "section", "div", "li"})
_KEPT = {"og:site_name", "application-name", "og:locale"}
_SHARES = (0.5, 0.3)
"""The share of the page's text that the entries must have: where class names alone tell of a live
blog, and where the page says it is one. A box of short news beside a report has less."""
_FEWEST = 2
_MOST = 2_000
_LEAST_TEXT = 40
_MOST_NODES = 20_000


def entries_of(raw: RawDocument) -> list[RawDocument]:
    """The entries of a live blog in the order of the page; nothing where the page is none.

    Each has the page's address with the entry's own mark behind `#`, and holds the bytes of the
    entry and of the tags that tell the page's encoding and outlet (`made_from`). What stands
    outside the entries (a summary on top) is left out.
    """
    if not is_page(raw) or not any(sign in raw.data for sign in _SIGNS):
        return []
    found = list(elements(raw.data, _may_matter))
    marks, is_live = _json_marks(raw.data, found)
    entries = _outermost([e for e in found if _is_entry(e, marks, is_live)])
    if not _FEWEST <= len(entries) <= _MOST or not _are_the_page(entries, found, is_live):
        return []
    digest = sha256(raw.data).hexdigest()
    head = [
        (raw.data[a:b], ByteRange(digest, a, b))
        for a, b in sorted((e.start, e.inner) for e in found if _is_head(e))
    ]
    result: list[RawDocument] = []
    base = urldefrag(raw.uri)[0]
    for number, entry in enumerate(entries, 1):
        mark = entry.attributes.get("id") or entry.attributes.get("data-id") or f"entry-{number}"
        mark = re.sub(r"[^\w.:-]", "-", mark)[:100]
        body = (
            raw.data[entry.start : entry.end],
            ByteRange(digest, entry.start, entry.end),
        )
        result.append(put_together(raw, f"{base}#{mark}", [*head, body]))
    return result


def _may_matter(name: str, attributes: dict[str, str]) -> bool:
    if name in _CONTAINERS:
        return bool(attributes)
    if name == "script":
        return "ld+json" in attributes.get("type", "").lower()
    return name in ("html", "body", "main", "meta")


def _is_head(element: Element) -> bool:
    """Tags that say how the page is encoded and whose it is."""
    attributes = element.attributes
    if element.name == "html":
        return True
    if element.name != "meta":
        return False
    key = (attributes.get("property") or attributes.get("name") or "").lower()
    return "charset" in attributes or "http-equiv" in attributes or key in _KEPT


def _is_entry(element: Element, marks: frozenset[str], is_live: bool) -> bool:
    if element.name not in _CONTAINERS or element.text < _LEAST_TEXT:
        return False
    attributes = element.attributes
    if "liveblogupdate" in attributes.get("itemprop", "").lower():
        return True
    kind = attributes.get("itemtype", "").rstrip("/").lower()
    if is_live and kind.endswith("/blogposting"):
        return True
    if attributes.get("id") and attributes["id"] in marks:
        return True
    return _ENTRY_CLASS.search(attributes.get("class", "")[:300]) is not None


def _are_the_page(entries: list[Element], found: list[Element], is_live: bool) -> bool:
    """Whether most of the page is in the entries."""
    inside = sum(entry.text for entry in entries)
    whole = max((e.text for e in found if e.name in ("html", "body", "main", "div")), default=0)
    return inside >= _SHARES[is_live] * whole


def _outermost(found: list[Element]) -> list[Element]:
    """Elements that lie in no other of them, in the order of the page."""
    result: list[Element] = []
    for element in sorted(found, key=lambda e: (e.start, -e.end)):
        if not result or element.start >= result[-1].end:
            result.append(element)
    return result


def _json_marks(data: bytes, found: list[Element]) -> tuple[frozenset[str], bool]:
    """The fragments of the entries' addresses, and whether the page says it is a live blog."""
    marks: set[str] = set()
    is_live = b'itemtype="http' in data and b"LiveBlogPosting" in data
    for script in (e for e in found if e.name == "script"):
        try:
            waiting: list[Any] = [json.loads(data[script.inner : script.close])]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop()
            if isinstance(node, list):
                waiting.extend(node[:_MOST])
            elif isinstance(node, dict):
                if "LiveBlogPosting" in str(node.get("@type")):
                    is_live = True
                    marks.update(_fragments(node.get("liveBlogUpdate")))
                waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)
    return frozenset(marks), is_live


def _fragments(updates: Any) -> set[str]:
    found: set[str] = set()
    for update in updates[:_MOST] if isinstance(updates, list) else [updates]:
        if isinstance(update, dict):
            for key in ("url", "@id", "identifier", "mainEntityOfPage"):
                value = update.get(key)
                if isinstance(value, str):
                    found.add(urldefrag(value)[1] or value.rsplit("/", 1)[-1])
    return {mark for mark in found if mark}

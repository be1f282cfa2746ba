"""Which feeds a page names."""

from __future__ import annotations

from lxml import etree

from sayso.steps.acquire.fetching.addresses import joined

_FEEDS = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
}
_HEAD_BYTES = 500_000
_MOST = 20


def feeds_of(page: bytes, base: str) -> list[str]:
    """The feeds in `<link rel="alternate">` of an HTML page at `base`, in order, without those of
    comments. Only what the page says: no addresses are tried out."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(page[:_HEAD_BYTES], parser)
    except (etree.XMLSyntaxError, ValueError):
        return []
    if root is None:
        return []
    named = next((str(element.get("href")) for element in root.iter("base")), "")
    base = joined(base, named) or base if named else base
    found: dict[str, None] = {}
    for link in root.iter("link"):
        rel = str(link.get("rel") or "").lower().split()
        kind = str(link.get("type") or "").partition(";")[0].strip().lower()
        href = str(link.get("href") or "")
        if "alternate" not in rel or kind not in _FEEDS or not href:
            continue
        title = str(link.get("title") or "").lower()
        uri = joined(base, href)
        if uri and "comment" not in title and "/comments/" not in uri:
            found.setdefault(uri)
    return list(found)[:_MOST]

"""RSS, Atom and JSON feeds: which pages they name.

feedparser reads what other parsers refuse, at the price of expanding entities without a limit and
of minutes on deep nesting (3 s and 10 s, measured). So the text is decoded here, and looked
through for both before feedparser sees it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import msgspec

from sayso.errors import SetAside
from sayso.steps.acquire.fetching.addresses import joined
from sayso.steps.acquire.found_pages import FoundPage, moment, primary_language

MOST_BYTES = 5_000_000
MOST_ITEMS = 5_000
_DEEPEST = 64
_MOST_TAGS = 200_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_TAG = re.compile(r"<!\[CDATA\[|<!--|<!|<\?|</?(?=[A-Za-z_:])")


def read_feed(data: bytes, base: str, *, content_type: str = "") -> list[FoundPage]:
    """The pages that a feed at `base` names, in its order, each once.

    Raises `SetAside` (`bad_feed`, `too_large`, `too_deep`) for what is no feed and what is made to
    hurt.
    """
    if len(data) > MOST_BYTES:
        raise SetAside("too_large", f"the feed has more than {MOST_BYTES:,} bytes")
    text = _decoded(data, content_type)
    if text.lstrip()[:1] == "{":
        return _json_feed(text, base)
    _check(text)
    return _xml_feed(text, base)


def looks_like_feed(data: bytes) -> bool:
    """Whether the beginning is that of a feed, whatever its server calls it."""
    start = data[:2_000].replace(b"\0", b"").lower()
    if any(mark in start for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
        return b"<html" not in start
    return b"jsonfeed.org/version" in start


def _decoded(data: bytes, content_type: str) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return str(data[len(bom) :].decode(name, "replace"))
    declared = _DECLARED.match(data[:400].lstrip())
    header = _CHARSET.search(content_type)
    names = [declared[1].decode("ascii", "replace")] if declared else []
    names += [header[1]] if header else []
    for name in (*names, "utf-8"):
        try:
            return str(data.decode(name))
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("windows-1252", "replace")


def _check(text: str) -> None:
    """Refuses declarations of entities, depth and masses of tags. Linear in the text."""
    if "<!ENTITY" in text or "<!entity" in text:
        raise SetAside("bad_feed", "the feed declares entities, as entity bombs do")
    depth = tags = at = 0
    while found := _TAG.search(text, at):
        mark, at = found[0], found.end()
        if mark in ("<![CDATA[", "<!--"):
            end = text.find("]]>" if mark[2] == "[" else "-->", at)
            at = end + 3 if end >= 0 else len(text)
            continue
        if mark in ("<!", "<?"):
            continue
        tags += 1
        close = text.find(">", at)
        if close < 0:
            break
        if mark == "</":
            depth -= 1
        elif text[close - 1] != "/":
            depth += 1
        at = close
        if depth > _DEEPEST:
            raise SetAside("too_deep", f"the feed nests deeper than {_DEEPEST}")
        if tags > _MOST_TAGS:
            raise SetAside("too_large", f"the feed has more than {_MOST_TAGS:,} tags")


def _xml_feed(text: str, base: str) -> list[FoundPage]:
    import feedparser  # takes a tenth of a second, which only feeds should cost

    start = _DECLARATION.match(text)
    plain = text[start.end() :] if start else text
    # a stream, never a string: feedparser opens strings that look like paths or addresses
    parsed: Any = feedparser.parse(
        BytesIO(plain.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = list(parsed.get("entries") or ())[:MOST_ITEMS]
    if not entries and not parsed.get("version"):
        raise SetAside("bad_feed", "what came is no feed", "look at the address in a browser")
    language = primary_language(_text(parsed.get("feed") or {}, "language"))
    found: dict[str, FoundPage] = {}
    for entry in entries:
        uri = _link(entry, base)
        if uri:
            own = primary_language(_text(entry, "language")) or language
            found.setdefault(uri, FoundPage(uri, _moment_of(entry), own))
    return list(found.values())


def _link(entry: Mapping[str, Any], base: str) -> str:
    link = _text(entry, "link") or ""
    if not link and (_text(entry, "id") or "").startswith(("http://", "https://")):
        link = _text(entry, "id") or ""
    return joined(base, link) if link else ""


def _moment_of(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed"):
        parts = entry.get(name)
        if parts is not None:
            try:
                year, month, day, hour, minute, second = parts[:6]
                return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
            except (ValueError, TypeError):
                continue
    return None


def _json_feed(text: str, base: str) -> list[FoundPage]:
    try:
        top = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SetAside("bad_feed", f"what came is no JSON: {error}") from error
    version = top.get("version") if isinstance(top, dict) else None
    items = top.get("items") if isinstance(top, dict) else None
    if not isinstance(version, str) or "jsonfeed" not in version or not isinstance(items, list):
        raise SetAside("bad_feed", "what came is JSON, but no JSON Feed")
    language = primary_language(_text(top, "language"))
    found: dict[str, FoundPage] = {}
    for item in items[:MOST_ITEMS]:
        if not isinstance(item, dict):
            continue
        link = _text(item, "url") or _text(item, "external_url") or ""
        uri = joined(base, link) if link else ""
        if uri:
            published = moment(_text(item, "date_published") or _text(item, "date_modified"))
            own = primary_language(_text(item, "language")) or language
            found.setdefault(uri, FoundPage(uri, published, own))
    return list(found.values())


def _text(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) else None

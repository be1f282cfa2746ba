"""The watch file: which outlets are looked at, how often, and what of theirs is kept."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from typing import Any, Literal

import msgspec
from msgspec import Struct

from sayso.errors import SetAside, SettingsError, SourcesError
from sayso.settings import FetchSettings
from sayso.steps.acquire.fetching.addresses import allowed_networks, web_address

SourceKind = Literal["page", "feed", "sitemap", "site"]
"""`page`: the address itself; `feed`, `sitemap`: the pages it names; `site`: the feeds that the
page names, else the site's sitemaps."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LENGTH = re.compile(r"(\d{1,6})([smhd])\Z")
_HEADER = re.compile(r"\s*\[\[\s*source\s*\]\]\s*(?:#.*)?\Z")
_SHORTEST = timedelta(minutes=5)
MOST_ITEMS = 5_000
MOST_HOSTS_AT_ONCE = 64


class Source(Struct, frozen=True, kw_only=True):
    """One outlet, or one part of it. Outlets, not persons."""

    name: str
    kind: SourceKind
    address: str
    every: timedelta = timedelta(hours=1)
    """Between two looks at it."""
    languages: tuple[str, ...] = ()
    """Such as `en`. Pages stated to be in another are left out; empty: all are kept."""
    include: tuple[str, ...] = ()
    """Patterns with `*`; a page's address must fit one, if there are any."""
    exclude: tuple[str, ...] = ()
    max_age: timedelta | None = None
    """Pages stated to be older are left out."""
    max_items: int = 200
    """New pages at one look."""


class Sources(Struct, frozen=True):
    """A watch file."""

    sources: tuple[Source, ...]
    fetch: FetchSettings


class _Written(Struct, forbid_unknown_fields=True):
    name: str
    kind: SourceKind
    address: str
    every: str = "1h"
    languages: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_age: str | None = None
    max_items: int = 200


class _Fetch(FetchSettings, frozen=True, forbid_unknown_fields=True):
    pass


def read_sources(text: str, path: str) -> Sources:
    """The watch file at `path`. Raises `SourcesError` with the line of what cannot be used."""
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        raise SourcesError(f"no TOML: {error}", path, int(at[1]) if at else None) from error
    lines = text.splitlines()
    for key in top:
        if key not in ("source", "fetch"):
            raise SourcesError(
                f"unknown part {key!r}; there are [fetch] and [[source]]",
                path,
                _line_of(lines, 0, key),
            )
    fetch = _fetch(top.get("fetch", {}), lines, path)
    tables = top.get("source", [])
    if not isinstance(tables, list) or not tables:
        raise SourcesError("it names no [[source]]", path, None)
    starts = [number for number, line in enumerate(lines) if _HEADER.match(line)]
    sources: list[Source] = []
    names: set[str] = set()
    for index, table in enumerate(tables):
        start = starts[index] if index < len(starts) else 0
        source = _source(table, fetch, lines, start, path)
        if source.name in names:
            raise SourcesError(
                f"two sources are called {source.name!r}", path, _line_of(lines, start, "name")
            )
        names.add(source.name)
        sources.append(source)
    return Sources(tuple(sources), fetch)


def length_of(text: str) -> timedelta:
    """`90s`, `30m`, `6h` or `7d`. Raises `ValueError`."""
    found = _LENGTH.match(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no length of time; write 30m, 6h or 7d")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _source(table: Any, fetch: FetchSettings, lines: list[str], start: int, path: str) -> Source:
    try:
        written = msgspec.convert(table, _Written)
    except msgspec.ValidationError as error:
        raise SourcesError(str(error), path, _line_of(lines, start, _key(error))) from error
    key = "name"
    try:
        if not written.name.strip():
            raise ValueError("a source needs a name")
        key = "address"
        web_address(written.address, ports=fetch.allowed_ports)
        key = "every"
        every = length_of(written.every)
        if every < _SHORTEST:
            raise ValueError("no source is looked at more often than every 5m")
        key = "max_age"
        max_age = length_of(written.max_age) if written.max_age is not None else None
        key = "max_items"
        if not 1 <= written.max_items <= MOST_ITEMS:
            raise ValueError(f"max_items goes from 1 to {MOST_ITEMS}")
        key = "languages"
        for language in written.languages:
            if not re.fullmatch(r"[a-z]{2,3}", language):
                raise ValueError(f"{language!r} is no code of a language; write en, fr, ps")
    except SetAside as cause:
        raise SourcesError(cause.message, path, _line_of(lines, start, key)) from cause
    except ValueError as error:
        raise SourcesError(str(error), path, _line_of(lines, start, key)) from error
    return Source(
        name=written.name,
        kind=written.kind,
        address=written.address,
        every=every,
        languages=written.languages,
        include=written.include,
        exclude=written.exclude,
        max_age=max_age,
        max_items=written.max_items,
    )


def _fetch(table: Any, lines: list[str], path: str) -> FetchSettings:
    start = next((n for n, line in enumerate(lines) if line.strip().startswith("[fetch]")), 0)
    try:
        settings = msgspec.convert(table, _Fetch)
        allowed_networks(settings.allowed_networks)
    except msgspec.ValidationError as error:
        raise SourcesError(str(error), path, _line_of(lines, start, _key(error))) from error
    except SettingsError as error:
        raise SourcesError(str(error), path, _line_of(lines, start, "allowed_networks")) from error
    for name in ("seconds_between", "total_seconds", "read_seconds", "connect_seconds"):
        if not 0 <= getattr(settings, name) <= 86_400:
            raise SourcesError(f"{name} goes from 0 to 86400", path, _line_of(lines, start, name))
    if not 1 <= settings.hosts_at_once <= MOST_HOSTS_AT_ONCE:
        words = f"hosts_at_once goes from 1 to {MOST_HOSTS_AT_ONCE}"
        raise SourcesError(words, path, _line_of(lines, start, "hosts_at_once"))
    return settings


def _key(error: msgspec.ValidationError) -> str:
    """The key that an error is about: `$.max_items` in its path, or quoted in its words."""
    said = str(error)
    at = re.search(r"at `\$\.(\w+)", said) or re.search(r"unknown field `(\w+)`", said)
    return at[1] if at else ""


def _line_of(lines: list[str], start: int, key: str) -> int:
    """The number (from 1) of the line that sets `key` in the table from `start` on."""
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if number > start and line.startswith("["):
            if key and line.strip("[] ") == key:
                return number + 1
            break
        if key and re.match(rf"""["']?{re.escape(key)}["']?\s*=|\[+\s*{re.escape(key)}\b""", line):
            return number + 1
    return start + 1

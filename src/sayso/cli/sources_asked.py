"""What `sayso collect` is asked to fetch: addresses, lists of them, watch files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import SettingsError, SourcesError
from sayso.settings import FetchSettings

if TYPE_CHECKING:
    from sayso.records.provenance import Problem
    from sayso.steps.acquire.found_pages import FoundPage
    from sayso.steps.acquire.sources import Source, SourceKind, Sources


class SourcesAsked:
    """What the command's arguments ask for."""

    def __init__(self, kind: SourceKind) -> None:
        self._kind = kind
        self._lists: dict[str, list[FoundPage]] = {}
        self._set: str | None = None
        self.sources: list[Source] = []
        self.problems: list[Problem] = []
        self.fetch = FetchSettings()

    def add(self, what: str) -> None:
        """One argument."""
        from sayso.steps.acquire.sources import MOST_ITEMS, Source

        if what.lower().startswith(("http://", "https://")):
            self.sources.append(
                Source(name=what, kind=self._kind, address=what, max_items=MOST_ITEMS)
            )
            return
        if not Path(what).is_file():
            raise click.UsageError(f"{what}: neither an address (https://...) nor a file")
        if what.endswith(".toml"):
            self._add_watch_file(what)
        else:
            self._add_list(what)

    def lists(self) -> Iterator[tuple[Source, Iterable[FoundPage]]]:
        """The lists, each as a source of pages."""
        from sayso.steps.acquire.sources import Source

        for name, pages in self._lists.items():
            source = Source(name=name, kind="page", address="", max_items=max(1, len(pages)))
            yield source, pages

    def _add_watch_file(self, path: str) -> None:
        read = watch_file(path)
        if self._set is not None and read.fetch != self.fetch:
            raise SettingsError(f"{path} and {self._set} differ in [fetch]; collect one at a time")
        self._set, self.fetch = path, read.fetch
        self.sources += read.sources

    def _add_list(self, path: str) -> None:
        from sayso.records.provenance import Problem
        from sayso.steps.acquire.address_lists import read_list

        text = Path(path).read_text("utf-8", errors="replace")
        pages = self._lists.setdefault(path, [])
        for item in read_list(text, path, ports=self.fetch.allowed_ports):
            if isinstance(item, Problem):
                self.problems.append(item)
            else:
                pages.append(item)


def watch_file(path: str) -> Sources:
    """The watch file at `path`. Raises `SourcesError`."""
    from sayso.steps.acquire.sources import read_sources

    try:
        text = Path(path).read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SourcesError("it is not in UTF-8", path, None) from error
    return read_sources(text, path)

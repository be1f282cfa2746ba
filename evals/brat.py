"""Reads PolNeAR's attributions: brat standoff over plain text.

A text `x.txt` has one or more files of attributions `x_<annotator>.ann`, four hexadecimal digits
an annotator. Positions are code points of the text. `Discard` and `Discuss` mark passages that the
annotators left out or were unsure of; they are not attributions and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.records.spans import Span

_ANNOTATOR = re.compile(r"_([0-9a-f]{4})$")


@dataclass(frozen=True)
class Attribution:
    """One attribution: any part may lie in several pieces; only the source may be missing."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Article:
    """A text and its attributions, by annotator."""

    name: str
    text: str
    annotations: dict[str, tuple[Attribution, ...]]


def articles(folder: Path) -> Iterator[Article]:
    """The articles of one part of the corpus (`train`, `dev`), by name."""
    by_text: dict[str, dict[str, Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        match = _ANNOTATOR.search(path.stem)
        if match:
            by_text.setdefault(path.stem[: match.start()], {})[match[1]] = path
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        files = by_text.get(path.stem, {})
        read = {who: parse(ann.read_text(encoding="utf-8")) for who, ann in files.items()}
        yield Article(path.stem, text, read)


def parse(standoff: str) -> tuple[Attribution, ...]:
    """The attributions of one standoff file, in its order.

    An `E` line names its parts by role; `Content2` is a second piece of content. Lines of other
    kinds, and roles that name a part the file lacks, are passed over.
    """
    parts: dict[str, tuple[Span, ...]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in standoff.split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            parts[fields[0]] = _pieces(fields[1].split(" ", 1)[1])
        elif line.startswith("E") and len(fields) >= 2:
            pairs = (role.split(":", 1) for role in fields[1].split())
            events.append([(pair[0].rstrip("0123456789"), pair[1]) for pair in pairs])
    return tuple(
        Attribution(*(_joined(parts, event, role) for role in ("Source", "Cue", "Content")))
        for event in events
    )


def _pieces(offsets: str) -> tuple[Span, ...]:
    """`3 8;10 12` as spans."""
    return tuple(
        Span(int(start), int(end)) for start, end in (piece.split() for piece in offsets.split(";"))
    )


def _joined(
    parts: dict[str, tuple[Span, ...]], event: list[tuple[str, str]], wanted: str
) -> tuple[Span, ...]:
    found = (span for role, id in event if role == wanted for span in parts.get(id, ()))
    return tuple(sorted(found))

"""A document's text as paragraphs of marked runs, the parts that are not the report folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from sayso.export.report.letters import Letters, split
from sayso.export.report.marks import Segment
from sayso.records.documents import Document, Zone

FOLDED = {
    "related": "links to other articles",
    "comment": "readers’ comments",
    "notice": "menus and notices",
}
"""Zones that are folded away, and what they are called."""


@dataclass(frozen=True)
class Ref:
    """A number in the text that leads to a card."""

    href: str
    sign: str
    label: str


@dataclass(frozen=True)
class Points:
    """What stands between characters: targets before and references after a position."""

    targets: dict[int, list[str]] = field(default_factory=dict)
    refs: dict[int, list[Ref]] = field(default_factory=dict)

    @property
    def cuts(self) -> Iterator[int]:
        yield from self.targets
        yield from self.refs


@dataclass(frozen=True, slots=True)
class Run:
    """One segment, ready to be written."""

    classes: str
    more: int
    letters: list[Letters]
    targets: list[str]
    refs: list[Ref]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The runs of one zone, or of the space between two on the same line (`gap`)."""

    kind: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The stretches of one line or paragraph; of kind `gap` where it is only white space."""

    kind: str
    stretches: list[Stretch]


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs in order; with a `label` where they are folded away."""

    label: str | None
    paragraphs: list[Paragraph]
    count: int
    """Paragraphs that are not white space."""


def lay_out(document: Document, segments: Iterable[Segment], points: Points) -> list[Part]:
    """The parts of a document. The texts of all runs, in order, are the document's text."""
    stretches = _stretches(document, segments, points)
    return list(_fold(_paragraphs(stretches)))


def stretch_bounds(document: Document) -> list[tuple[int, int, str]]:
    """Start, end and kind of all zones and of what lies between them, covering the whole text."""
    bounds: list[tuple[int, int, str]] = []
    position, length = 0, len(document.text)
    for zone in sorted(document.zones, key=_by_start):
        start, end = max(zone.span.start, position), min(zone.span.end, length)
        if start >= end:
            continue
        bounds.extend(_between(document.text, position, start))
        bounds.append((start, end, zone.kind))
        position = end
    bounds.extend(_between(document.text, position, length))
    return bounds


def _by_start(zone: Zone) -> tuple[int, int]:
    return (zone.span.start, zone.span.end)


def _between(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    if start >= end:
        return []
    between = text[start:end]
    if not between.strip():
        return [(start, end, "gap" if "\n" in between else "space")]
    # No zone covers these words: show them all the same.
    first = end - len(between.lstrip())
    last = start + len(between.rstrip())
    return [
        *_between(text, start, first),
        (first, last, "unzoned"),
        *_between(text, last, end),
    ]


def _stretches(document: Document, segments: Iterable[Segment], points: Points) -> list[Stretch]:
    bounds = stretch_bounds(document)
    stretches = [Stretch(kind, []) for _, _, kind in bounds]
    index = 0
    for segment in segments:
        while index < len(bounds) and segment.start >= bounds[index][1]:
            index += 1
        if index < len(bounds):
            stretches[index].runs.append(_run(document.text, segment, points))
    return stretches


def _run(text: str, segment: Segment, points: Points) -> Run:
    classes: list[str] = list(segment.kinds)
    if segment.deep:
        classes.append("deep")
    classes += [f"k{number}" for number in segment.numbers]
    return Run(
        classes=" ".join(classes),
        more=segment.more,
        letters=split(text[segment.start : segment.end]),
        targets=points.targets.get(segment.start, []),
        refs=points.refs.get(segment.end, []),
    )


def _paragraphs(stretches: list[Stretch]) -> Iterator[Paragraph]:
    line: list[Stretch] = []
    for stretch in stretches:
        if stretch.kind == "gap":
            if line:
                yield Paragraph(_kind(line), line)
            yield Paragraph("gap", [stretch])
            line = []
        else:
            line.append(stretch)
    if line:
        yield Paragraph(_kind(line), line)


def _kind(line: list[Stretch]) -> str:
    """The kind of a line: that of its body where a dateline or notice only opens it."""
    kinds = [stretch.kind for stretch in line if stretch.kind != "space"]
    if not kinds:
        return "gap"
    return "body" if "body" in kinds else kinds[0]


def _fold(paragraphs: Iterable[Paragraph]) -> Iterator[Part]:
    """Neighbouring folded paragraphs together; a gap goes with what stands before it."""
    keyed: list[tuple[bool, Paragraph]] = []
    folded = False
    for paragraph in paragraphs:
        if paragraph.kind != "gap":
            folded = paragraph.kind in FOLDED
        keyed.append((folded, paragraph))
    for away, group in groupby(keyed, key=lambda pair: pair[0]):
        members = [paragraph for _, paragraph in group]
        kinds = {paragraph.kind for paragraph in members}
        label = ", ".join(name for kind, name in FOLDED.items() if kind in kinds)
        count = sum(paragraph.kind != "gap" for paragraph in members)
        yield Part(label if away else None, members, count)

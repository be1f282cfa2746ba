"""Who speaks, how often and in which kinds; and the statements that deny, accuse or own up."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sayso.export.report.cards import in_plain
from sayso.export.report.index import Index, Who
from sayso.export.report.letters import shorten
from sayso.records.findings import Statement, StatementKind

KINDS: tuple[StatementKind, ...] = ("direct", "mixed", "indirect")
VOICES = {
    "denies": "Denials",
    "accuses": "Accusations",
    "claims_responsibility": "Claims of responsibility",
    "condemns": "Condemnations",
    "demands": "Demands",
    "warns": "Warnings",
}
"""Acts that set one voice against another, and their headings."""
_EXCERPT = 220


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in one line of a list."""

    number: int
    href: str | None
    source: str
    source_href: str | None
    excerpt: str
    kind: str
    who: Who
    cue: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar, in percent of the longest bar."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """A holder and what it is quoted with."""

    who: Who
    kind: str
    count: int
    documents: int
    shares: list[Share]
    lines: list[Line]
    left_out: int


@dataclass(frozen=True, slots=True)
class Voice:
    """The statements of one act."""

    heading: str
    count: int
    lines: list[Line]
    left_out: int


def speakers(index: Index) -> tuple[list[Speaker], int]:
    """Holders by number of statements, and how many were left out."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    whos: dict[str, Who] = {}
    for statement in index.in_order(index.view.statements):
        who = index.holder(statement)
        whos.setdefault(who.key, who)
        groups[who.key].append(statement)
    order = sorted(groups, key=lambda key: (-len(groups[key]), whos[key].name.casefold(), key))
    longest = max(map(len, groups.values()), default=1)
    made = [
        _speaker(index, whos[key], groups[key], longest) for key in order[: index.limits.speakers]
    ]
    return made, max(0, len(order) - index.limits.speakers)


def _speaker(index: Index, who: Who, statements: list[Statement], longest: int) -> Speaker:
    counts = Counter(statement.kind for statement in statements)
    shares, x = [], 0.0
    for kind in KINDS:
        width = round(counts[kind] / longest * 100, 2)
        if counts[kind]:
            shares.append(Share(kind, counts[kind], round(x, 2), width))
        x += width
    entity = index.entities.get(who.key)
    shown = statements[: index.limits.statements]
    return Speaker(
        who=who,
        kind=in_plain(entity.kind) if entity is not None else "not resolved",
        count=len(statements),
        documents=len({statement.document for statement in statements}),
        shares=shares,
        lines=[line(index, statement) for statement in shown],
        left_out=len(statements) - len(shown),
    )


def voices(index: Index) -> list[Voice]:
    """The statements that deny, accuse, claim responsibility and the like, by act."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in index.in_order(index.view.statements):
        if statement.cue is not None and statement.cue.act in VOICES:
            groups[statement.cue.act].append(statement)
    most = index.limits.statements
    return [
        Voice(
            heading=heading,
            count=len(groups[act]),
            lines=[line(index, statement) for statement in groups[act][:most]],
            left_out=max(0, len(groups[act]) - most),
        )
        for act, heading in VOICES.items()
        if groups[act]
    ]


def line(index: Index, statement: Statement) -> Line:
    """A statement in one line."""
    words = " […] ".join(words.quote for words in statement.content)
    return Line(
        number=index.number[statement.id],
        href=index.statement_href(statement),
        source=index.source(statement.document),
        source_href=index.document_href(statement.document),
        excerpt=shorten(words, _EXCERPT),
        kind=statement.kind,
        who=index.holder(statement),
        cue=statement.cue.quote if statement.cue is not None else None,
    )

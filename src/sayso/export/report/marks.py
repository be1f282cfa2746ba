"""The text of a document cut into segments, each of which carries all the marks that cover it."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from sayso.records.findings import Claim, Statement
from sayso.records.spans import Span

MarkKind = Literal[
    "holder",
    "role",
    "cue",
    "direct",
    "indirect",
    "mixed",
    "exact",
    "via",
    "setting",
    "said",
    "claim",
]
CONTENT: frozenset[MarkKind] = frozenset({"direct", "indirect", "mixed"})
_MOST_NUMBERS = 12
"""A segment names at most so many statements; a text nested deeper than this is no report's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span, what it is, and the number of the statement it belongs to (0: none)."""

    span: Span
    kind: MarkKind
    number: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]` between two neighbouring boundaries."""

    start: int
    end: int
    kinds: tuple[MarkKind, ...]
    numbers: tuple[int, ...]
    more: int
    """How many further statements cover it beside `numbers`."""
    deep: bool
    """Whether the contents of two or more statements overlap here."""


def cut(length: int, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> list[Segment]:
    """The segments of a text of `length` code points: in order, without gap or overlap.

    Boundaries are all ends of `marks` and all `cuts`. Spans that reach past the text are clipped.
    Time is n log n in the marks, however they overlap.
    """
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    bounds = {0, length}
    bounds.update(min(max(position, 0), length) for position in cuts)
    for mark in marks:
        start, end = min(mark.span.start, length), min(mark.span.end, length)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
            bounds.update((start, end))
    active = _Active()
    segments = []
    for start, end in pairwise(sorted(bounds)):
        for mark in closing.get(start, ()):
            active.close(mark)
        for mark in opening.get(start, ()):
            active.open(mark)
        segments.append(active.segment(start, end))
    return segments


class _Active:
    """The marks that are open at one place, kept so that a segment costs no more than its kinds."""

    def __init__(self) -> None:
        self._kinds: Counter[MarkKind] = Counter()
        self._numbers: OrderedDict[int, int] = OrderedDict()

    def open(self, mark: Mark) -> None:
        self._kinds[mark.kind] += 1
        if mark.number:
            self._numbers[mark.number] = self._numbers.get(mark.number, 0) + 1

    def close(self, mark: Mark) -> None:
        self._kinds[mark.kind] -= 1
        if mark.number:
            self._numbers[mark.number] -= 1
            if not self._numbers[mark.number]:
                del self._numbers[mark.number]

    def segment(self, start: int, end: int) -> Segment:
        numbers = tuple(islice(self._numbers, _MOST_NUMBERS))
        return Segment(
            start,
            end,
            kinds=tuple(sorted(kind for kind, count in self._kinds.items() if count)),
            numbers=tuple(sorted(numbers)),
            more=len(self._numbers) - len(numbers),
            deep=sum(self._kinds[kind] for kind in CONTENT) > 1,
        )


def statement_marks(statement: Statement, number: int) -> list[Mark]:
    """All marks of one statement."""
    marks = [Mark(words.span, statement.kind, number) for words in statement.content]
    marks += [Mark(words.span, "exact", number) for words in statement.exact]
    marks += [Mark(source.span, "via", number) for source in statement.via]
    if statement.holder is not None:
        marks.append(Mark(statement.holder.span, "holder", number))
        if statement.holder.role is not None:
            marks.append(Mark(statement.holder.role.span, "role", number))
    if statement.cue is not None:
        marks.append(Mark(statement.cue.span, "cue", number))
    if statement.setting is not None:
        marks.append(Mark(statement.setting.span, "setting", number))
    if statement.said is not None:
        marks.append(Mark(statement.said.span, "said", number))
    return marks


def claim_marks(claims: Sequence[Claim], numbers: dict[str, int]) -> list[Mark]:
    """The marks of claims; `numbers` gives each statement's number by its id."""
    return [Mark(claim.span, "claim", numbers.get(claim.statement or "", 0)) for claim in claims]


def ends(statement: Statement) -> tuple[int, int]:
    """Where the statement begins, and where its content (or, without one, all of it) ends."""
    spans = [mark.span for mark in statement_marks(statement, 1)]
    if not spans:
        return (0, 0)
    content = [words.span for words in statement.content] or spans
    return (min(span.start for span in spans), max(span.end for span in content))

"""A dispute over time: each claim where its time and its answer place it, as unsure as both are.

    x: the days that the words may mean      y: the count, between both bounds; or a line an answer

A claim whose time is not known stands in a margin of its own. Nothing is drawn at a midpoint: what
covers several days is as wide as these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal

from sayso.export.drawings.calendar_scale import Calendar
from sayso.export.report.amounts import Scale, in_words
from sayso.export.rows import Lookup
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute
from sayso.values.dates import Period, parse_edtf

Basis = Literal["spoken of", "said", "published"]
_MOST = 60
"""Claims that are drawn; it is said how many more there are."""
_LEFT, _RIGHT, _MARGIN = 8.0, 98.0, 14.0
"""Percent of the width: the scale of counts, the end, and the margin of what has no time."""
_TOP, _PLOT, _AXIS, _ROW = 14, 280, 30, 26
"""Heights in pixels: above the plot, of a plot of counts, of the axis, of a row of a line."""
_LONGEST = 22
GAP = 9
"""Pixels between a mark and the name beside it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim behind an answer."""

    claim: str
    document: str
    answer: int
    """Which answer it gives, from 0."""
    holder: str
    words: str
    """Its count, or the answer."""
    low: int | None
    high: int | None
    approximate: bool
    when: str | None
    """EDTF."""
    basis: Basis | None
    """What `when` is the time of; None where it is not known."""
    period: Period | None


@dataclass(frozen=True, slots=True)
class Mark:
    """How a claim is drawn: x in percent of the width, y in pixels."""

    number: int
    told: Told
    x0: float
    x1: float
    y0: float
    y1: float
    shape: Literal["dot", "across", "up", "box"]
    open: bool
    """Whether an end is not known; it reaches the edge."""
    label: tuple[float, float, Literal["start", "end"]] | None
    """Where the holder's name stands, if there is room: `GAP` pixels beside this."""

    @property
    def name(self) -> str:
        """The holder, cut short where the name is long."""
        name = self.told.holder
        return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer that is no number: where it is drawn."""

    answer: int
    value: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class OverTime:
    """A dispute, drawn."""

    height: int
    bottom: float
    """Where the axis of time is."""
    left: float
    right: float
    """Percent of the width between which time is drawn."""
    undated: float | None
    """Where the middle of the margin is; None where every claim has a time."""
    marks: list[Mark]
    lines: list[Line]
    """Empty where the answers are numbers."""
    days: list[tuple[float, str]]
    counts: list[tuple[float, str]]
    left_out: int


def over_time(
    dispute: Dispute, claim: Callable[[str], object], lookup: Lookup, *, width: int = 900
) -> OverTime | None:
    """The dispute over time; None where fewer than two claims or the time of none are known.

    `claim` finds a finding by its id; one that is gone is left out. Names find room as on a drawing
    of `width` pixels.
    """
    found = told_of(dispute, claim, lookup)
    counted = any(one.low is not None or one.high is not None for one in found)
    # Of numbers, a claim without one has no place on the drawing.
    drawable = [o for o in found if not counted or o.low is not None or o.high is not None]
    shown = drawable[:_MOST]
    periods = [one.period for one in shown if one.period is not None]
    calendar = Calendar.over(periods)
    if len(shown) < 2 or calendar is None:
        return None
    undated = len(periods) < len(shown)
    right = _RIGHT - _MARGIN if undated else _RIGHT
    frame = _Frame(calendar, right, shown, 650 / width)
    lines: list[Line] = []
    counts: list[tuple[float, str]] = []
    if counted:
        scale = Scale.over(v for one in shown for v in (one.low, one.high) if v is not None)
        counts = [(_height(tick.x), tick.label) for tick in scale.ticks()]
        marks, bottom = _by_count(frame, scale), float(_TOP + _PLOT)
    else:
        marks, lines, bottom = _by_answer(frame, dispute)
    return OverTime(
        height=round(bottom) + _AXIS,
        bottom=bottom,
        left=_LEFT,
        right=right,
        undated=(right + 100) / 2 if undated else None,
        marks=marks,
        lines=lines,
        days=[(round(frame.x(share), 2), label) for share, label in calendar.ticks()],
        counts=counts,
        left_out=len(found) - len(shown),
    )


def told_of(dispute: Dispute, claim: Callable[[str], object], lookup: Lookup) -> list[Told]:
    """The claims of a dispute by time, those without one last."""
    told = []
    for answer, position in enumerate(dispute.positions):
        times = [*position.when, *[None] * len(position.claims)]
        for id, when in zip(position.claims, times, strict=False):
            record = claim(id)
            if isinstance(record, Claim | Statement):
                given = (position.value, position.low, position.high)
                told.append(_told(record, answer, given, when, lookup))
    return sorted(told, key=_order)


def _order(one: Told) -> tuple[object, ...]:
    known = one.period is None, one.period and (one.period.earliest or one.period.latest)
    return (known[0], known[1].toordinal() if known[1] else 0, one.answer, one.claim)


def _told(
    record: Claim | Statement,
    answer: int,
    given: tuple[str, int | None, int | None],
    when: str | None,
    lookup: Lookup,
) -> Told:
    value, low, high = given
    said = record if isinstance(record, Statement) else None
    if isinstance(record, Claim) and record.statement is not None:
        said = lookup.statement(record.statement)
    counted = isinstance(record, Claim) and (record.low is not None or record.high is not None)
    approximate = False
    if isinstance(record, Claim) and counted and (low is not None or high is not None):
        low, high, approximate = record.low, record.high, bool(record.approximate)
    if low is not None and high is not None and low > high:
        low = high = None  # the bounds of several claims, which no single one gives
    many = low is not None or high is not None
    return Told(
        claim=record.id,
        document=record.document,
        answer=answer,
        holder=_holder(record, said, lookup),
        words=in_words(low, high, approximate=approximate) if many else value,
        low=low,
        high=high,
        approximate=approximate,
        when=when,
        basis=_basis(record, said, when),
        period=_period(when),
    )


def _holder(record: Claim | Statement, said: Statement | None, lookup: Lookup) -> str:
    if said is None:
        return lookup.document(record.document).get("outlet") or "the report itself"
    if said.holder is None:
        return "not named"
    name = lookup.name(said.holder.entity) if said.holder.entity else None
    return name or said.holder.quote


def _basis(record: Claim | Statement, said: Statement | None, when: str | None) -> Basis | None:
    if when is None:
        return None
    if isinstance(record, Claim) and record.time is not None and record.time.value == when:
        return "spoken of"
    if said is not None and said.said is not None and said.said.value == when:
        return "said"
    return "published"


def _period(when: str | None) -> Period | None:
    try:
        return parse_edtf(when) if when else None
    except ValueError:
        return None


class _Frame:
    """Where times lie."""

    def __init__(self, calendar: Calendar, right: float, told: list[Told], letter: float) -> None:
        self.told = told
        self.letter = letter
        """Percent of the width that a letter of a name takes."""
        self._calendar = calendar
        self.right = right
        self._undated = sum(one.period is None for one in told)
        self._next = count()

    def x(self, share: float) -> float:
        # Half a percent at each side, so that the first and the last day are not cut.
        return _LEFT + 0.5 + share * (self.right - _LEFT - 1)

    def span(self, one: Told) -> tuple[float, float, bool]:
        """From where to where a time reaches, and whether an end of it is open."""
        period = one.period
        if period is None:
            # From the left edge of the margin on, so that there is room for the name.
            wide = (100 - self.right - 5) / max(1, self._undated - 1)
            middle = round(self.right + 2.5 + wide * next(self._next), 2)
            return middle, middle, False
        scale = self._calendar
        start = self.x(scale.start(period.earliest)) if period.earliest else _LEFT
        end = self.x(scale.end(period.latest)) if period.latest else self.right
        if period.earliest == period.latest:
            start = end = (start + end) / 2  # a day is told as a day
        return round(start, 2), round(end, 2), period.earliest is None or period.latest is None


def _height(percent: float) -> float:
    return round(_TOP + (1 - percent / 100) * _PLOT, 1)


def _by_count(frame: _Frame, scale: Scale) -> list[Mark]:
    marks = []
    taken: list[tuple[float, float, float, float]] = []
    for number, one in enumerate(frame.told, start=1):
        x0, x1, loose = frame.span(one)
        bar = scale.bar(one.low, one.high, approximate=one.approximate)
        y0, y1 = _height(bar.end), _height(bar.start)
        opened = loose or bar.shape in ("from", "to")
        marks.append(Mark(number, one, x0, x1, y0, y1, _shape(x0, x1, y0, y1), opened, None))
        taken.append((x0 - 0.9, y0 - 7, x1 + 0.9, y1 + 7))
    return _labelled(frame, marks, taken)


def _labelled(
    frame: _Frame, marks: list[Mark], taken: list[tuple[float, float, float, float]]
) -> list[Mark]:
    """The marks with the names for which there is room beside them."""
    found = []
    for mark in marks:
        wide = frame.letter * (len(mark.name) + len(f"{mark.number} "))
        middle = (mark.y0 + mark.y1) / 2 + 4
        label: tuple[float, float, Literal["start", "end"]] | None = None
        places: list[tuple[float, float, Literal["start", "end"]]] = [
            (mark.x1, middle, "start"),
            (mark.x0, middle, "end"),
            (mark.x1, mark.y0 - 5, "start"),
            (mark.x0, mark.y0 - 5, "end"),
            (mark.x1, mark.y1 + 14, "start"),
            (mark.x0, mark.y1 + 14, "end"),
        ]
        for x, y, anchor in places:
            left = x + 1 if anchor == "start" else x - wide - 1
            box = (left, y - 12, left + wide, y + 3)
            edge = frame.right if mark.told.period is not None else 100.0
            inside = left >= _LEFT and left + wide <= edge and 11 <= y <= _TOP + _PLOT
            if inside and not any(_meet(box, other) for other in taken):
                label = (round(x, 2), round(y, 1), anchor)
                taken.append(box)
                break
        found.append(
            Mark(
                mark.number, mark.told, mark.x0, mark.x1, mark.y0, mark.y1, mark.shape, mark.open,
                label,
            )
        )  # fmt: skip
    return found


def _by_answer(frame: _Frame, dispute: Dispute) -> tuple[list[Mark], list[Line], float]:
    """A line for each answer; claims that would cover one another stand under each other."""
    spans = [(number, one, *frame.span(one)) for number, one in enumerate(frame.told, start=1)]
    marks: list[Mark] = []
    lines = []
    top = float(_TOP)
    for answer, position in enumerate(dispute.positions):
        ends: list[float] = []
        top += 20  # for the answer's words
        begin = top
        for number, one, x0, x1, loose in spans:
            if one.answer != answer:
                continue
            wide = frame.letter * (min(len(one.holder), _LONGEST) + len(f"{number} ")) + 1.6
            right = x1 + wide <= (frame.right if one.period is not None else 100)
            left_edge, right_edge = (x0 - 1, x1 + wide) if right else (x0 - wide - 1, x1 + 1)
            row = next((r for r, end in enumerate(ends) if end <= left_edge), len(ends))
            ends[row : row + 1] = [right_edge]
            y = begin + _ROW * (row + 0.5)
            label: tuple[float, float, Literal["start", "end"]] = (
                (x1, y + 4, "start") if right else (x0, y + 4, "end")
            )
            marks.append(Mark(number, one, x0, x1, y, y, _shape(x0, x1, y, y), loose, label))
        if not ends:
            top -= 20
            continue
        top = begin + _ROW * len(ends)
        lines.append(Line(answer, position.value, begin - 6, _ROW * len(ends)))
    return sorted(marks, key=lambda mark: mark.number), lines, top + 4


def _shape(x0: float, x1: float, y0: float, y1: float) -> Literal["dot", "across", "up", "box"]:
    if x0 == x1:
        return "dot" if y0 == y1 else "up"
    return "across" if y0 == y1 else "box"


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

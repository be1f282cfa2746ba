"""A dispute over time as a picture that stands alone."""

from __future__ import annotations

from xml.sax.saxutils import escape

from sayso.errors import NoSuchRecord
from sayso.export.briefs.brief import Asked, one_line
from sayso.export.briefs.pictures import opening
from sayso.export.drawings.over_time import GAP, Mark, OverTime, over_time
from sayso.records.matches import Dispute

_WIDTH = 760
_INK, _SOFT, _RULE, _EDGE = "#1c1b19", "#57534b", "#dcd7cc", "#8a8476"
_ANSWERS = ("#1d4b8f", "#8a3b0c", "#0b4f4a", "#7a2454")


def over_time_of(dispute: Dispute, asked: Asked) -> str | None:
    """The picture, or None where fewer than two claims or the time of none are known."""

    def finding(id: str) -> object:
        try:
            return asked.record(id)
        except NoSuchRecord:
            return None

    drawn = over_time(dispute, finding, asked.lookup(), width=_WIDTH)
    if drawn is None:
        return None
    parts = [opening(_WIDTH, drawn.height), *_ground(drawn)]
    parts += [part for mark in drawn.marks for part in _mark(mark)]
    return "".join(parts) + "</svg>"


def _ground(drawn: OverTime) -> list[str]:
    """Scales, lines and the margin of what has no time."""
    parts = []
    for place, (percent, label) in enumerate(drawn.days):
        at = _x(percent)
        anchor = "start" if place == 0 else "middle"
        parts.append(
            f'<line x1="{at}" x2="{at}" y1="8" y2="{drawn.bottom}" stroke="{_RULE}"/>'
            + _text(at, drawn.bottom + 18, label, fill=_SOFT, anchor=anchor)
        )
    left, right = _x(drawn.left), _x(drawn.right)
    for y, label in drawn.counts:
        parts.append(
            f'<line x1="{left}" x2="{_WIDTH}" y1="{y}" y2="{y}" stroke="{_RULE}"/>'
            + _text(left - 6, y + 4, label, fill=_SOFT, anchor="end")
        )
    parts += [
        f'<line x1="0" x2="{_WIDTH}" y1="{line.y - 15}" y2="{line.y - 15}" stroke="{_RULE}"/>'
        + _text(4, line.y, line.value[:80], fill=_colour(line.answer), weight="600")
        for line in drawn.lines
    ]
    parts.append(
        f'<line x1="{left}" x2="{right}" y1="{drawn.bottom}" y2="{drawn.bottom}" stroke="{_EDGE}"/>'
    )
    if drawn.undated is not None:
        parts.append(
            f'<rect x="{right}" width="{round(_WIDTH - right - 1, 1)}" y="8"'
            f' height="{round(drawn.bottom - 8, 1)}" fill="none" stroke="{_EDGE}"'
            ' stroke-dasharray="2 4"/>'
            + _text(_x(drawn.undated), drawn.bottom + 18, "no date", fill=_SOFT, anchor="middle")
        )
    return parts


def _mark(mark: Mark) -> list[str]:
    colour = _colour(mark.told.answer)
    rough = mark.told.approximate or mark.open
    dashed = ' stroke-dasharray="5 4"' if rough else ""
    x0, x1 = _x(mark.x0), _x(mark.x1)
    if mark.shape == "dot":
        fill = "#ffffff" if rough else colour
        shape = (
            f'<circle cx="{x0}" cy="{mark.y0}" r="5.5" fill="{fill}" stroke="{colour}"'
            f' stroke-width="2"{dashed}/>'
        )
    elif mark.shape == "box":
        shape = (
            f'<rect x="{x0}" width="{round(x1 - x0, 1)}" y="{mark.y0}"'
            f' height="{round(mark.y1 - mark.y0, 1)}" fill="{colour}" fill-opacity="0.3"'
            f' stroke="{colour}" stroke-width="2"{dashed}/>'
        )
    else:
        cap = "" if rough else ' stroke-linecap="round"'
        shape = (
            f'<line x1="{x0}" x2="{x1}" y1="{mark.y0}" y2="{mark.y1}" stroke="{colour}"'
            f' stroke-width="6"{cap}{dashed}/>'
        )
    if mark.label is None:
        return [shape]
    x, y, anchor = mark.label
    aside = GAP if anchor == "start" else -GAP
    return [shape, _text(round(_x(x) + aside, 1), y, mark.name, anchor=anchor)]


def _text(
    x: float, y: float, words: str, *, fill: str = _INK, anchor: str = "start", weight: str = "400"
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">'
        f"{escape(one_line(words))}</text>"
    )


def _x(percent: float) -> float:
    return round(percent * _WIDTH / 100, 1)


def _colour(answer: int) -> str:
    return _ANSWERS[answer % len(_ANSWERS)]

"""The answers of a dispute about numbers as bars on one scale: a picture that stands alone."""

from __future__ import annotations

from xml.sax.saxutils import escape

from sayso.export.briefs.brief import one_line
from sayso.export.report.amounts import Scale
from sayso.records.matches import Dispute

_WIDTH, _ROW, _LEFT, _TOP = 640, 30, 260, 26
_INK, _RULE, _BAR = "#1c1b19", "#b8b2a6", "#1d4b8f"


def ranges_of(dispute: Dispute) -> str | None:
    """An SVG picture, or None where the answers are no numbers. Colours hold on white and black
    alike only with their white ground, which is part of the picture."""
    ends = [e for p in dispute.positions for e in (p.low, p.high) if e is not None]
    rows = [p for p in dispute.positions if p.low is not None or p.high is not None]
    if not ends or len(rows) < 2:
        return None
    scale = Scale.over(ends)
    height = _TOP + _ROW * len(rows) + 6
    span = _WIDTH - _LEFT - 20

    def x(percent: float) -> float:
        return round(_LEFT + span * percent / 100, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    ]
    for tick in scale.ticks():
        at = x(tick.x)
        parts.append(
            f'<line x1="{at}" x2="{at}" y1="{_TOP - 4}" y2="{height}" stroke="{_RULE}"/>'
            f'<text x="{at}" y="14" text-anchor="middle" fill="{_INK}">{escape(tick.label)}</text>'
        )
    for row, position in enumerate(rows):
        bar = scale.bar(position.low, position.high, approximate="about" in position.value)
        y = _TOP + _ROW * row
        rough = ' fill-opacity="0.35" stroke-dasharray="3 2"' if bar.approximate else ""
        words = _short(f"{position.value}: {', '.join(h.name for h in position.holders)}")
        parts.append(
            f'<text x="6" y="{y + 19}" fill="{_INK}">{escape(words)}</text>'
            f'<rect x="{x(bar.start)}" y="{y + 8}" width="{max(span * bar.width / 100, 4):.1f}"'
            f' height="14" fill="{_BAR}" stroke="{_BAR}"{rough}/>'
        )
    return "".join(parts) + "</svg>"


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 40 else text[:39] + "…"

"""Pictures of what a brief cites: where, when and who. Each can be drawn again to prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape

from sayso.export.briefs.brief import one_line
from sayso.export.drawings.areas import Sheet, areas_of, labels, near, reach
from sayso.export.drawings.bars import bars_of, first_day, last_day, period_of
from sayso.export.drawings.network import HEIGHT, WIDTH, layout, line, network_of
from sayso.export.drawings.outlines import countries
from sayso.export.wording import what
from sayso.records.findings import Claim

_WIDTH, _ROW, _LEFT, _TOP = 640, 26, 300, 24
_INK, _RULE, _BAR, _AREA = "#1c1b19", "#b8b2a6", "#1d4b8f", "#8f2a2a"
_MOST = 60


def map_of(claims: Iterable[Claim]) -> str | None:
    """The places of claims as areas; None where no place is known."""
    areas = areas_of(claims)
    if not areas:
        return None
    sheet = Sheet.over([reach(area) for area in near(areas)], whole=False)
    drawn = [sheet.drawn(area) for area in areas]
    parts = [opening(sheet.width, sheet.height)]
    parts += [
        f'<path d="{path}" fill="#f7f5f0" stroke="#8a8476" stroke-width="0.8"/>'
        for country in countries()
        if (path := sheet.path(country))
    ]
    style = f'fill="{_AREA}" fill-opacity="0.25" stroke="{_AREA}" stroke-dasharray="5 3"'
    for area in reversed(drawn):
        if area["path"]:
            parts.append(f'<path d="{area["path"]}" {style}/>')
        else:
            parts.append(
                f'<ellipse cx="{area["x"]}" cy="{area["y"]}" rx="{area["rx"]}" ry="{area["ry"]}"'
                f" {style}/>"
            )
    for name in labels(drawn, sheet):
        parts.append(
            f'<text x="{name["x"]}" y="{name["y"]}" text-anchor="middle" font-size="18"'
            f' fill="{_INK}">{escape(one_line(name["text"]))}</text>'
        )
    return "".join(parts) + "</svg>"


def timeline_of(claims: Iterable[Claim]) -> str | None:
    """The times of claims as bars, the earliest first; None where fewer than two are known."""
    placed = [(claim, period) for claim in claims if (period := period_of(claim)) is not None]
    if len(placed) < 2:
        return None
    placed.sort(key=lambda one: (first_day(one[1]), last_day(one[1]), one[0].id))
    placed = placed[:_MOST]
    height = _TOP + _ROW * len(placed) + 6
    span = _WIDTH - _LEFT - 10
    first = min(first_day(period) for _, period in placed)
    last = max(last_day(period) for _, period in placed)
    parts = [
        opening(_WIDTH, height),
        f'<text x="{_LEFT}" y="15" fill="{_INK}">{first.isoformat()}</text>'
        f'<text x="{_WIDTH - 10}" y="15" text-anchor="end" fill="{_INK}">{last.isoformat()}</text>',
    ]
    for row, ((claim, _), bar) in enumerate(
        zip(placed, bars_of([period for _, period in placed]), strict=True)
    ):
        y = _TOP + _ROW * row
        time = claim.time.value if claim.time else None
        rough = ' fill-opacity="0.35" stroke-dasharray="3 2"' if bar.open else ""
        words = escape(_short(f"{time}: {what(claim)}"))
        parts.append(
            f'<text x="6" y="{y + 17}" fill="{_INK}">{words}</text>'
            f'<line x1="{_LEFT}" x2="{_WIDTH - 10}" y1="{y + 13}" y2="{y + 13}" stroke="{_RULE}"/>'
            f'<rect x="{_LEFT + span * bar.start / 100:.1f}" y="{y + 7}"'
            f' width="{max(span * bar.width / 100, 3):.1f}" height="12" fill="{_BAR}"'
            f' stroke="{_BAR}"{rough}/>'
        )
    return "".join(parts) + "</svg>"


def ties_of(
    claims: Iterable[Claim], actor: Callable[[str], str], name: Callable[[str], str]
) -> str | None:
    """Who is said to have done what to whom, and who stands in which relation; None where no claim
    is on two known actors. `actor` tells the id that stands for an entity."""
    network = network_of(claims, actor)
    if not network.ties:
        return None
    nodes = list(network.weights)
    spots = dict(zip(nodes, layout(nodes, list(network.ties)), strict=True))
    parts = [
        opening(WIDTH, HEIGHT),
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9"'
        ' markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path fill="{_INK}" d="M0 0L8 4L0 8z"/></marker></defs>',
    ]
    for (a, b), tie in network.ties.items():
        drawn = line(spots[a], spots[b], len(tie.claims))
        parts.append(
            f'<path d="M{drawn["ax"]} {drawn["ay"]}Q{drawn["mx"]} {drawn["my"]}'
            f' {drawn["bx"]} {drawn["by"]}" fill="none" stroke="#8a8476"'
            f' stroke-width="{drawn["width"]}" marker-end="url(#tip)"/>'
            f'<text x="{_middle(drawn, "x")}" y="{_middle(drawn, "y")}" text-anchor="middle"'
            ' font-size="14" fill="#57534b" stroke="#ffffff" stroke-width="4" paint-order="stroke">'
            f"{escape(_short(', '.join(tie.names)))}</text>"
        )
    for id in nodes:
        x, y = spots[id]
        radius = min(5 + network.weights[id], 13)
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#d9efea" stroke="#0b4f4a"'
            f' stroke-width="2"/><text x="{x}" y="{y - radius - 5}" text-anchor="middle"'
            f' font-size="17" fill="{_INK}">{escape(_short(name(id)))}</text>'
        )
    return "".join(parts) + "</svg>"


def _middle(drawn: dict[str, float], axis: str) -> float:
    """Where a bent tie has its middle."""
    return round((drawn["a" + axis] + 2 * drawn["m" + axis] + drawn["b" + axis]) / 4, 1)


def opening(width: int, height: int) -> str:
    """The beginning of a picture that stands alone. Its colours hold on white and black pages
    alike only with the white ground, which is part of the picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    )


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= 46 else text[:45] + "…"

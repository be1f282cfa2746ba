"""Packs the outlines of countries for the workbench's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/countries-50m.json src/sayso/workbench/outlines.json.gz

Source: Natural Earth 1:50m Admin 0, version 4.1 (public domain), as TopoJSON by world-atlas (ISC).
Borders are drawn as Natural Earth has them, which takes no side: it shows who holds a place.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

_STEPS = 100
"""Parts of a degree: a hundredth is a kilometre, finer than the scale."""


def outlines(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """Countries with their rings, each `[x, y, dx, dy, ...]` in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx) * _STEPS), round((y * sy + ty) * _STEPS)))
        arcs.append(points)
    found = []
    for country in topology["objects"]["countries"]["geometries"]:
        shapes = country.get("arcs", [])
        if country["type"] == "Polygon":
            shapes = [shapes]
        rings = [_ring(ring, arcs) for shape in shapes for ring in shape]
        found.append({"name": country["properties"]["name"], "rings": [r for r in rings if r]})
    return sorted(found, key=lambda one: str(one["name"]))


def _ring(ring: list[int], arcs: list[list[tuple[int, int]]]) -> list[int]:
    points: list[tuple[int, int]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    kept = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    if len(kept) < 4:
        return []
    flat = [*kept[0]]
    for (ax, ay), (bx, by) in pairwise(kept):
        flat += [bx - ax, by - ay]
    return flat


if __name__ == "__main__":
    source, target = sys.argv[1:]
    packed = json.dumps(
        {
            "source": "Natural Earth 1:50m, public domain",
            "countries": outlines(json.loads(Path(source).read_text("utf-8"))),
        },
        separators=(",", ":"),
        ensure_ascii=False,
    )
    Path(target).write_bytes(gzip.compress(packed.encode(), 9, mtime=0))

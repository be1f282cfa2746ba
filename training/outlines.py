"""Packs the outlines of countries for the workbench's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outlines package/countries-50m.json outlines.json.gz

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
_TURN = 360 * _STEPS

Point = tuple[int, int]


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
        rings = [one for shape in shapes for ring in shape for one in _rings(ring, arcs)]
        found.append({"name": country["properties"]["name"], "rings": rings})
    return sorted(found, key=lambda one: str(one["name"]))


def _rings(ring: list[int], arcs: list[list[Point]]) -> list[list[int]]:
    """The ring, and once more a turn further where it crosses the meridian of 180 degrees, so that
    each of its halves is drawn on its own side."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    points = [p for place, p in enumerate(points) if not place or p != points[place - 1]]
    if len(points) < 4:
        return []
    unrolled, turns = [points[0]], 0
    for (ax, _), (bx, by) in pairwise(points):
        turns -= (bx - ax > _TURN // 2) - (ax - bx > _TURN // 2)
        unrolled.append((bx + turns * _TURN, by))
    if turns:  # around the pole: closed along it
        unrolled += [(unrolled[-1][0], -90 * _STEPS), (unrolled[0][0], -90 * _STEPS)]
        return [_flat(unrolled)]
    found = [_flat(unrolled)]
    west, east = min(x for x, _ in unrolled), max(x for x, _ in unrolled)
    sides = [-_TURN] * (east > _TURN // 2) + [_TURN] * (west < -_TURN // 2)
    found += [_flat([(x + side, y) for x, y in unrolled]) for side in sides]
    return found


def _flat(points: list[Point]) -> list[int]:
    flat = [*points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
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

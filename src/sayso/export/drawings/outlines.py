"""Outlines of countries, and the country that a point lies in."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

Point = tuple[float, float]
"""Degrees east and north."""
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by Natural Earth's name for it."""

    name: str
    rings: tuple[tuple[Point, ...], ...]
    boxes: tuple[Box, ...]

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside, by counting the edges east of it."""
        inside = False
        for ring, (west, south, east, north) in zip(self.rings, self.boxes, strict=True):
            if west <= point[0] <= east and south <= point[1] <= north:
                inside ^= _inside(ring, point)
        return inside

    @property
    def main(self) -> Box:
        """The box of its largest part, so that far islands do not stretch a map of it."""
        return max(self.boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


@cache
def countries() -> tuple[Country, ...]:
    """All countries, read once a process."""
    packed = (files("sayso.export.drawings") / "outlines.json.gz").read_bytes()
    found = []
    for one in msgspec.json.decode(gzip.decompress(packed))["countries"]:
        rings = tuple(tuple(_points(flat)) for flat in one["rings"])
        found.append(Country(one["name"], rings, tuple(_box(ring) for ring in rings)))
    return tuple(found)


def country_at(point: Point) -> Country | None:
    """The country that a point lies in; None at sea."""
    return next((one for one in countries() if one.holds(point)), None)


def _points(flat: list[int]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 100, y / 100


def _box(ring: tuple[Point, ...]) -> Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _inside(ring: tuple[Point, ...], point: Point) -> bool:
    x, y = point
    inside = False
    ax, ay = ring[-1]
    for bx, by in ring:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        ax, ay = bx, by
    return inside

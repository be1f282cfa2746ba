"""Places of claims as areas on a sheet: each as large as the place is unsure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from sayso.export.drawings.outlines import Box, Country, Point, country_at
from sayso.records.findings import Claim

RADIUS = {"point": 2, "city": 10, "district": 30, "province": 100, "region": 250, "country": 400}
"""Kilometres around the point of a place within which it may mean; a country is drawn by its
outline where its point lies in one."""
_WIDTH = 1000
_LEAST = 5.0
"""Degrees that a map shows at least."""
_KM = 111.2
"""Kilometres of a degree of latitude."""
_SHARE = 0.8
_FLAT, _TALL = 0.45, 0.75
"""Least and greatest height of a map, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Area:
    """A place that claims name."""

    names: list[str]
    point: Point
    precision: str
    claims: list[Claim]

    @property
    def country(self) -> Country | None:
        """The country that it is, where it is one and its point lies in it."""
        return country_at(self.point) if self.precision == "country" else None


def areas_of(claims: Iterable[Claim]) -> list[Area]:
    """Places with a known point, those that most claims name first."""
    found: dict[tuple[float, float, str], Area] = {}
    for claim in claims:
        place = claim.place
        if place is None or place.latitude is None or place.longitude is None:
            continue
        precision = place.precision or "region"
        key = (place.latitude, place.longitude, precision)
        area = found.setdefault(key, Area([], (place.longitude, place.latitude), precision, []))
        area.claims.append(claim)
        if place.quote not in area.names:
            area.names.append(place.quote)
    return sorted(found.values(), key=lambda area: (-len(area.claims), area.names[0]))


def near(areas: list[Area]) -> list[Area]:
    """The places that most claims name, until they are four in five of the claims: one far away
    must not make the map too small to read."""
    every, seen = sum(len(area.claims) for area in areas), 0
    for place, area in enumerate(areas, start=1):
        seen += len(area.claims)
        if seen >= _SHARE * every:
            return areas[:place]
    return areas


def labels(drawn: list[dict[str, Any]], sheet: Sheet) -> list[dict[str, Any]]:
    """Names that do not cover one another, those of most claims first."""
    taken: list[Box] = []
    kept = []
    for area in drawn:
        half = len(area["label"]) * 5.2
        x = min(max(area["x"], half), sheet.width - half)
        above = area["ry"] + 5 if area["ry"] < 14 and area["path"] is None else 0
        y = min(max(area["y"] - above, 18), sheet.height - 6)
        box = (x - half, y - 18.0, x + half, y + 6.0)
        inside = 0 <= area["x"] <= sheet.width and 0 <= area["y"] <= sheet.height
        if inside and half * 2 < sheet.width and not any(_overlap(box, one) for one in taken):
            taken.append(box)
            kept.append({"x": x, "y": y, "text": area["label"]})
    return kept


def reach(area: Area) -> Box:
    """The box of what an area may mean."""
    if (country := area.country) is not None:
        return country.main
    x, y = area.point
    dy = RADIUS[area.precision] / _KM
    dx = dy / max(cos(radians(y)), 0.1)
    return x - dx, y - dy, x + dx, y + dy


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map in one plane: degrees of longitude shortened as they are in its middle."""

    box: Box
    shrink: float
    scale: float
    """Units of the drawing to a degree of latitude."""

    @classmethod
    def over(cls, boxes: list[Box], *, whole: bool) -> Sheet:
        """The sheet that holds all boxes; of the world where `whole`."""
        if whole:
            west, south, east, north = -180.0, -58.0, 180.0, 84.0
        else:
            west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
            east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
            more_x = max(_LEAST - (east - west), 0.12 * (east - west)) / 2
            more_y = max(_LEAST - (north - south), 0.12 * (north - south)) / 2
            west, south, east, north = west - more_x, south - more_y, east + more_x, north + more_y
            across = (east - west) * max(cos(radians((south + north) / 2)), 0.2)
            more_y = max(0.0, _FLAT * across - (north - south)) / 2
            more_x = max(0.0, (north - south) / _TALL / across - 1) * (east - west) / 2
            west, east = max(west - more_x, -180.0), min(east + more_x, 180.0)
            south, north = max(south - more_y, -89.0), min(north + more_y, 89.0)
        shrink = max(cos(radians((south + north) / 2)), 0.2)
        return cls((west, south, east, north), shrink, _WIDTH / ((east - west) * shrink))

    @property
    def width(self) -> int:
        return _WIDTH

    @property
    def height(self) -> int:
        return max(1, round((self.box[3] - self.box[1]) * self.scale))

    def holds(self, point: Point) -> bool:
        """Whether a point lies on the sheet."""
        west, south, east, north = self.box
        return west <= point[0] <= east and south <= point[1] <= north

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point is drawn."""
        x = (point[0] - self.box[0]) * self.shrink * self.scale
        return round(x, 1), round((self.box[3] - point[1]) * self.scale, 1)

    def path(self, country: Country) -> str:
        """The outline of a country as far as it lies on the sheet; details that would not be seen
        are left out."""
        parts = []
        for ring, box in zip(country.rings, country.boxes, strict=True):
            if not _overlap(box, self.box):
                continue
            points: list[tuple[float, float]] = []
            for point in ring:
                x, y = self.at(point)
                if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= 1.2:
                    points.append((x, y))
            if len(points) > 2:
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
        return "".join(parts)

    def drawn(self, area: Area) -> dict[str, Any]:
        """How an area is drawn: the outline of its country, else an ellipse."""
        country = area.country
        x, y = self.at(area.point)
        radius = RADIUS[area.precision] / _KM * self.scale
        stretch = self.shrink / max(cos(radians(area.point[1])), 0.1)
        return {
            "x": x,
            "y": y,
            "rx": round(max(radius * stretch, 4), 1),
            "ry": round(max(radius, 4), 1),
            "path": self.path(country) if country is not None else None,
            "many": min(3, len(str(len(area.claims)))),
            "label": ", ".join(area.names[:2]),
        }


def _overlap(one: Box, other: Box) -> bool:
    across = one[0] <= other[2] and other[0] <= one[2]
    return across and one[1] <= other[3] and other[1] <= one[3]

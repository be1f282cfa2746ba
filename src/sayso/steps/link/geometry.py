"""Distances on the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

RADIUS = 6_371.0
"""Of the earth, in kilometres (its mean)."""


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The great-circle distance of two points (degrees north and east), by the haversine."""
    north, south = radians(here[0]), radians(there[0])
    across = radians(there[1] - here[1])
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A point of the earth as a unit vector: the cosine of two points' angle is their product."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)

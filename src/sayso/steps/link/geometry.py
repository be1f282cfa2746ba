"""Distances on the earth."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_DIAMETER = 12_742.0
"""Of the earth, in kilometres (its mean)."""


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The great-circle distance of two points (degrees north and east), by the haversine."""
    north, south = radians(here[0]), radians(there[0])
    across = radians(there[1] - here[1])
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return _DIAMETER * asin(min(1.0, sqrt(half)))

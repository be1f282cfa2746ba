"""How often the machine is wrong in this ledger, from a random sample that people looked at."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

_Z = 1.959964
"""Of a normal distribution, for an interval that holds the true share 19 times in 20."""


class Rate(NamedTuple):
    """A share with the interval that it lies in, all 0..1."""

    share: float
    low: float
    high: float


def wilson(wrong: int, looked_at: int) -> Rate | None:
    """The share of what is wrong, with Wilson's score interval of 95 %; None of nothing.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
    JASA 22. It keeps within 0..1 and holds for few cases too, where the usual one does not.
    Raises `ValueError` where more are wrong than were looked at.
    """
    if not 0 <= wrong <= looked_at:
        raise ValueError(f"{wrong} wrong of {looked_at} looked at")
    if looked_at == 0:
        return None
    share = wrong / looked_at
    spread = _Z * _Z / looked_at
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / looked_at + spread / (4 * looked_at))
    return Rate(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))

"""How often the machine is wrong in this ledger, from a random sample that people looked at."""

from __future__ import annotations

from typing import NamedTuple

from sayso.export.reviews import figures


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
    low, high = figures.wilson(wrong, looked_at)
    return Rate(share, min(share, low), max(share, high))

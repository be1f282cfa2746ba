"""Which numbers of a paragraph are of a unit, and so count nobody."""

from __future__ import annotations

from bisect import bisect_right

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.quantities import find_quantities


class Measured:
    """The quantities of one paragraph that are no counts: money, shares, ages, distances, ..."""

    def __init__(self, text: str, parse: Parse) -> None:
        self._spans = [
            one.number
            for one in find_quantities(text, parse)
            if one.kind not in {"count", "number"} and one.unit not in {"point", "turn", "mark"}
        ]
        self._starts = [span.start for span in self._spans]

    def in_unit(self, number: Span) -> bool:
        """Whether this number is one of them."""
        index = bisect_right(self._starts, number.end - 1) - 1
        return index >= 0 and self._spans[index].end > number.start

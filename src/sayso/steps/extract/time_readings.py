"""What a time expression is read as, and what it is read against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sayso.records.findings import PeriodPart, TimeKind, TimeReference
from sayso.steps.extract.anchors import Anchor
from sayso.steps.extract.tenses import Tense
from sayso.steps.extract.time_grammar import Phrase
from sayso.values.dates import Period, parse_edtf


class Reading(NamedTuple):
    """An EDTF value or None, what else the words say, and what the value rests on."""

    value: str | None = None
    anchor: str | None = None
    """What it rests on; None where the words are complete."""
    kind: TimeKind = "date"
    duration: str | None = None
    every: str | None = None
    clock: str | None = None
    part: PeriodPart | None = None
    reference: TimeReference | None = None


NOTHING = Reading()


@dataclass(frozen=True)
class Focus:
    """The time that the text spoke of last: what `two days earlier` is counted from."""

    value: str
    label: str
    """`text:July 5`."""
    age: int = 0
    """How many paragraphs ago it stood."""

    def as_anchor(self) -> Anchor:
        """Itself as the day to read other words against."""
        return Anchor(self.label, self.period)

    def older(self) -> Focus:
        """The same for the next paragraph."""
        return Focus(self.value, self.label, self.age + 1)

    @property
    def period(self) -> Period:
        """The days it covers."""
        return parse_edtf(self.value)

    @property
    def sub_year(self) -> int | None:
        """The number of its month, season, quarter or half; None for a day or a year."""
        parts = self.value.split("-")
        return int(parts[1]) if len(parts) == 2 and parts[1].isdecimal() else None


@dataclass(frozen=True)
class Given:
    """An expression with all that its meaning may hang on."""

    phrase: Phrase
    anchor: Anchor | None = None
    focus: Focus | None = None
    quarter: Focus | None = None
    """The quarter that the text spoke of last."""
    tense: Tense | None = None


class FoundTime(NamedTuple):
    """An expression at `text[start:end]` with its kind in the grammar and what it means."""

    start: int
    end: int
    kind: str
    reading: Reading

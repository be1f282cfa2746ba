"""Which document a text was first published as, where texts or dates tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.records.documents import Document
from sayso.steps.match.outlets import OutletNames, is_agency
from sayso.values.dates import parse_edtf


@dataclass(frozen=True)
class CopyFacts:
    """What a document says of itself, as far as it tells where its text comes from."""

    document: str
    outlet: str | None = None
    origin: str | None = None
    """The outlet that it names as the first publisher."""
    agency: str | None = None
    """The agency that its dateline credits."""
    published: str | None = None
    """EDTF."""
    byline: str | None = None
    words: int = 0

    @classmethod
    def of(cls, document: Document) -> CopyFacts:
        """The facts of a document."""
        return cls(
            document.id,
            document.outlet,
            document.origin,
            document.dateline.agency if document.dateline is not None else None,
            document.published.value,
            document.byline,
        )

    def credits(self, names: OutletNames) -> tuple[str, ...]:
        """Others that it names as where the text comes from: itself is none."""
        own = names.key(self.outlet)
        return tuple(
            name
            for name in (self.origin, self.agency)
            if name is not None and names.key(name) not in (own, None)
        )


Shares = Mapping[tuple[str, str], float]
"""By two documents: the share of the second's words that stand in the first."""


def first_published(
    facts: Sequence[CopyFacts], shares: Shares | None = None
) -> tuple[str | None, str]:
    """The document that the others are copies of, and why in words; None where nothing tells.

    What texts say goes before dates: the earliest page in the collection may itself be a reprint.
    Where dates leave several, `shares` tells if one has all that the others have of one another.
    """
    names = OutletNames(name for one in facts for name in (one.outlet, one.origin, one.agency))
    if (told := _by_credit(facts, names)) is not None:
        return told
    earliest = _earliest(facts)
    if len(earliest) == 1:
        return earliest[0].document, f"the earliest: published {earliest[0].published}"
    agencies = [one for one in earliest if is_agency(one.outlet)]
    if len(agencies) == 1:
        return agencies[
            0
        ].document, f"the one of the earliest that is an agency: {agencies[0].outlet}"
    fullest = _fullest(facts, earliest, shares or {})
    if fullest is not None:
        return fullest, "the one of the earliest that has all that the others share"
    return None, "neither text nor date tells where it was first published"


def _fullest(
    facts: Sequence[CopyFacts], earliest: Sequence[CopyFacts], shares: Shares
) -> str | None:
    """The one of the earliest that has as much of each other document as any third has.

    What two copies share, they have from where both come from: so the origin lacks none of it. It
    is only told where every other of the earliest does lack some; so never of two documents alone.
    """
    if len(earliest) < 2 or not 3 <= len(facts) <= _MOST_LAID_OUT:
        return None
    best = {
        one.document: max(
            (shares.get((z.document, one.document), 0.0) for z in facts if z is not one),
            default=0.0,
        )
        for one in facts
    }

    def lacks(candidate: CopyFacts) -> float:
        """The most that it lacks of any other document."""
        return max(
            best[one.document] - shares.get((candidate.document, one.document), 0.0)
            for one in facts
            if one is not candidate
        )

    ranked = sorted((lacks(one), one.document) for one in earliest)
    return ranked[0][1] if ranked[0][0] <= _NOTHING and ranked[1][0] > _SOMETHING else None


_MOST_LAID_OUT = 100
"""Copies whose shares are compared, each with each."""
_NOTHING, _SOMETHING = 0.005, 0.01
"""Shares of words that are a slip of the comparison, and that are not."""


def _by_credit(facts: Sequence[CopyFacts], names: OutletNames) -> tuple[str | None, str] | None:
    """By what the documents say; None where they credit nobody."""
    credited: dict[str, str] = {}
    for one in facts:
        for name in one.credits(names):
            key = names.key(name) or ""
            # The longest of its names tells the reader most.
            credited[key] = max(credited.get(key, ""), name, key=lambda n: (len(n), n))
    for key in sorted(credited):
        own = [one for one in facts if names.key(one.outlet) == key and not one.credits(names)]
        first = own if len(own) == 1 else _earliest(own)
        if len(first) == 1:
            return first[0].document, f"others say they have it from {credited[key]}"
    if credited:
        whole = " and ".join(sorted(credited.values()))
        return None, f"first published by {whole}, of which no such page is among the documents"
    return None


def _earliest(facts: Iterable[CopyFacts]) -> list[CopyFacts]:
    """Those that may have been published first: one, where it was before all others; none where
    a date is missing."""
    dated: list[tuple[date, date, CopyFacts]] = []
    for one in facts:
        days = days_of(one.published)
        if days is None:
            return []
        dated.append((*days, one))
    # Whoever cannot have come after the one whose last possible day is the earliest.
    latest = min((entry[1] for entry in dated), default=date.max)
    return [one for first, _, one in dated if first <= latest]


def days_of(value: str | None) -> tuple[date, date] | None:
    """The first and the last day that an EDTF value may mean; None where it is open or none."""
    if value is None:
        return None
    try:
        period = parse_edtf(value)
    except ValueError:
        return None
    if period.earliest is None or period.latest is None:
        return None
    return period.earliest, period.latest

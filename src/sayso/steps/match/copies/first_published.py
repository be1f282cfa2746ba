"""Which document a text was first published as, where texts or dates tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.records.documents import Document
from sayso.steps.match.outlets import outlet_key
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

    @property
    def credits(self) -> tuple[str, ...]:
        """Others that it names as where the text comes from: itself is none."""
        own = outlet_key(self.outlet)
        return tuple(
            name
            for name in (self.origin, self.agency)
            if name is not None and outlet_key(name) not in (own, None)
        )


def first_published(facts: Sequence[CopyFacts]) -> tuple[str | None, str]:
    """The document that the others are copies of, and why in words; None where nothing tells.

    What texts say goes before dates: the earliest page in the collection may itself be a reprint.
    """
    if (told := _by_credit(facts)) is not None:
        return told
    earliest = _earliest(facts)
    if earliest is None:
        return None, "neither text nor date tells where it was first published"
    return earliest.document, f"the earliest: published {earliest.published}"


def _by_credit(facts: Sequence[CopyFacts]) -> tuple[str | None, str] | None:
    named = sorted({name for one in facts for name in one.credits})
    for name in named:
        key = outlet_key(name)
        own = [one for one in facts if outlet_key(one.outlet) == key and not one.credits]
        if own:
            first = _earliest(own)
            if len(own) == 1 or first is not None:
                origin = own[0] if len(own) == 1 else first
                assert origin is not None
                return origin.document, f"others say they have it from {name}"
    if named:
        names = " and ".join(named)
        return None, f"first published by {names}, which is not among the documents"
    return None


def _earliest(facts: Iterable[CopyFacts]) -> CopyFacts | None:
    """The one that was published before all others; None where dates are missing or touch."""
    dated: list[tuple[date, date, CopyFacts]] = []
    for one in facts:
        days = days_of(one.published)
        if days is None:
            return None
        dated.append((*days, one))
    dated.sort(key=lambda entry: (entry[1], entry[0], entry[2].document))
    if not dated or any(later[0] <= dated[0][1] for later in dated[1:]):
        return None
    return dated[0][2]


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

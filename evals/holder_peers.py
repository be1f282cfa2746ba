"""Two simple rules for whom a holder means, to measure sayso's against.

Both take a name inside the holder's words for the holder; they differ in what they do without one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records.analyses import DocumentEntities
from sayso.records.spans import Span

Holders = Sequence[tuple[Span | None, Span]]
"""Each holder's characters in the raw and in the cleaned text."""
Found = dict[Span | None, str | None]
"""The entity's id, by the holder's characters in the raw text."""


def last_speaker(named: DocumentEntities, holders: Holders) -> Found:
    """Whoever spoke before, in text order."""
    found: Found = {}
    last: str | None = None
    for source, holder in sorted(holders, key=lambda pair: pair[1]):
        last = _named_in(named, holder) or last
        found[source] = last
    return found


def nearest_person(named: DocumentEntities, holders: Holders) -> Found:
    """The person named last before."""
    return {
        source: _named_in(named, holder) or _person_before(named, holder.start)
        for source, holder in holders
    }


def _named_in(named: DocumentEntities, holder: Span) -> str | None:
    inside = named.within(holder)
    return next(
        (m.entity for m in inside if named.entity_of(m).kind == "person"),
        inside[0].entity if inside else None,
    )


def _person_before(named: DocumentEntities, position: int) -> str | None:
    before = (
        mention.entity
        for mention in reversed(named.mentions)
        if mention.span.end <= position and named.entity_of(mention).kind == "person"
    )
    return next(before, None)

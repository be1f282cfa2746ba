"""Answers to one question, whose word they are, and how they stand to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sayso.records.matches import About, Origin, Position, PositionHolder
from sayso.records.provenance import content_id
from sayso.steps.match.disputes.dating import AsOf, as_of
from sayso.steps.match.disputes.sides import DisputeClaim, Matched

Origins = Callable[[Sequence[DisputeClaim]], tuple[Origin, ...]]
"""Who stands behind these claims independently of one another. May be None-free fakes in tests."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word, in which text, of which time: what two answers are told apart by."""

    speaker: str
    name: str
    text: str
    time: AsOf | None
    updates: bool = False
    """Whether it says that it takes the place of an earlier word."""

    def told(self) -> str:
        """In words: `Ilya Marn (2031-03-14)`."""
        return f"{self.name} ({self.time.value})" if self.time else f"{self.name} (no date)"


@dataclass
class Answer:
    """One answer: its words, and the claims that give it."""

    value: str
    sides: list[DisputeClaim] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    approximate: bool = False

    def voices(self, matched: Matched) -> list[Voice]:
        """The different voices behind it, in the order of their claims."""
        return list(dict.fromkeys(voice_of(side, matched) for side in self.sides))


@dataclass(frozen=True)
class View:
    """What turns answers into positions: who is who, who is independent, and who says so."""

    matched: Matched
    origins: Origins
    made_by: str

    def position(self, answer: Answer) -> Position:
        """The answer as a record, its claims by document."""
        sides = sorted(answer.sides, key=by_document)
        origins = self.origins(sides)
        times = sorted(
            (found for side in sides if (found := as_of(side)) and found.first),
            key=lambda found: (found.first, found.value),
        )
        when = {side.claim.id: as_of(side) for side in sides}
        return Position(
            value=answer.value,
            claims=tuple(when),
            holders=_holders(sides, self.matched),
            independent_sources=len(origins),
            origins=origins,
            low=answer.low,
            high=answer.high,
            since=times[0].value if times else None,
            until=times[-1].value if times else None,
            when=tuple(found.value if found is not None else None for found in when.values()),
        )


def dispute_id(about: About) -> str:
    """The id of a dispute: a hash of what it is about, by ids where there are any, so that neither
    a further answer nor another name of an actor makes it another dispute."""
    subject = about.subject or about.subject_name
    object = about.object or about.object_name
    place = None if about.event is not None else about.place or about.place_name
    asked = (about.kind, about.measure, about.predicate, about.event, about.document)
    return content_id("dispute", *asked, subject, object, place)


def by_document(side: DisputeClaim) -> tuple[object, ...]:
    """The order of claims in a position: as published, then as the text goes."""
    source, claim = side.source, side.claim
    return (source.published or "9", source.document, claim.span, claim.id)


def voice_of(side: DisputeClaim, matched: Matched) -> Voice:
    """Whose word a claim is."""
    text = matched.text_of(side.source.document)
    if side.holder is None:
        return Voice(f"={text}", side.source.name, text, as_of(side), side.updates)
    name = matched.name_of(side.holder)
    return Voice(matched.actor(side.holder.id), name, text, as_of(side), side.updates)


def by_text(matched: Matched) -> Origins:
    """The plain count: every text is a voice, its copies none."""

    def origins(sides: Sequence[DisputeClaim]) -> tuple[Origin, ...]:
        groups: dict[str, list[DisputeClaim]] = {}
        for side in sides:
            groups.setdefault(matched.text_of(side.source.document), []).append(side)
        return tuple(_origin(group) for group in groups.values())

    return origins


def _origin(group: Sequence[DisputeClaim]) -> Origin:
    documents = tuple(dict.fromkeys(side.source.document for side in group))
    reasons = ("copies of one text count once",) if len(documents) > 1 else ()
    claims = tuple(dict.fromkeys(side.claim.id for side in group))
    return Origin(group[0].source.name, claims, documents, reasons)


def first_hand(
    sides: Iterable[DisputeClaim], matched: Matched, answer: Callable[[DisputeClaim], object]
) -> tuple[list[DisputeClaim], list[str]]:
    """The sides without those by which an edited copy parts from its text, and why they are gone.

    Of each text that several documents carry, its origin's answers hold (else the earliest
    copy's): two positions never rest on copies of one text.
    """
    sides = list(sides)
    carried: dict[str, set[str]] = {}
    for side in sides:
        if side.source.document in matched.copies:
            text = matched.text_of(side.source.document)
            carried.setdefault(text, set()).add(side.source.document)
    leaders: dict[str, str] = {}
    for side in sorted(sides, key=by_document):
        text = matched.text_of(side.source.document)
        if len(carried.get(text, ())) > 1:
            copy = matched.copies[side.source.document]
            known = copy.origin if copy.origin in carried[text] else None
            leaders.setdefault(text, known or side.source.document)
    if not leaders:
        return sides, []
    held = {
        (leaders[text], answer(side))
        for side in sides
        if leaders.get(text := matched.text_of(side.source.document)) == side.source.document
    }
    kept, reasons = [], []
    for side in sides:
        leader = leaders.get(matched.text_of(side.source.document))
        if leader is None or (leader, answer(side)) in held:
            kept.append(side)
        else:
            reasons.append(
                f"{side.source.name} carries a copy that differs from its text here:"
                " an edited copy is no other account"
            )
    return kept, list(dict.fromkeys(reasons))


def _holders(sides: Sequence[DisputeClaim], matched: Matched) -> tuple[PositionHolder, ...]:
    found: dict[tuple[str | None, str], PositionHolder] = {}
    for side in sides:
        if side.holder is None:
            holder = PositionHolder(None, f"{side.source.name} (the report itself)")
        else:
            id = side.holder.id
            entity = None if id.startswith("~") else matched.actor(id)
            holder = PositionHolder(entity, matched.name_of(side.holder))
        found.setdefault((holder.entity, holder.name), holder)
    return tuple(found.values())

"""Where counts part: the strength of a group, how many groups, how many displaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sayso.records.matches import About, Dispute
from sayso.records.provenance import content_id
from sayso.steps.match.disputes.answers import Answer, View, first_hand
from sayso.steps.match.disputes.measures import family
from sayso.steps.match.disputes.rivals import (
    Rivalry,
    amounts_overlap,
    gravest,
    rivalries,
    verdict_of,
)
from sayso.steps.match.disputes.settling import Settled, Settling
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.words import amount, how_many, how_many_there


def counts_of_a_group(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The disputes about how many a group has, by group, place and sort."""
    settling = Settling(sides, view.matched)
    groups: dict[tuple[str, str | None, str | None, str, str], list[Settled]] = defaultdict(list)
    for settled in settling.settle(usable(sides)):
        side = settled.side
        key = (settled.subject, settled.country, settled.part, family(side.claim.measure))
        groups[(*key, side.counted)].append(settled)
    for (subject, country, part, measure, counted), found in groups.items():
        place = part or country
        name = settling.name(subject)
        place_name = settling.name(place) if place is not None else None
        about = About(
            kind="estimate",
            subject=None if subject.startswith("~") else subject,
            subject_name=name,
            measure=f"{counted} {measure}".strip() if counted else measure,
            place=None if place is None or place.startswith("~") else place,
            place_name=place_name,
        )
        question = how_many(name, measure, counted, place_name)
        notes = list(dict.fromkeys(settled.note for settled in found if settled.note))
        sides_found = [settled.side for settled in found]
        yield from laid_out(about, question, sides_found, view, notes)


def counts_in_a_place(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The disputes about how many there are in a place, whoever they belong to."""
    groups: dict[tuple[str | None, str | None, str, str], list[DisputeClaim]] = defaultdict(list)
    actor = view.matched.actor
    for side in usable(sides):
        scope, measure = side.scope, family(side.claim.measure)
        country = actor(scope.country) if scope.country else None
        part = actor(scope.part) if scope.part else None
        groups[country, part, measure, side.counted].append(side)
    for (country, part, measure, counted), found in groups.items():
        place = part or country
        about = About(
            kind="estimate",
            measure=f"{counted} {measure}".strip(),
            place=None if place is None or place.startswith("~") else place,
            place_name=found[0].scope.name,
        )
        question = how_many_there(measure, found[0].scope.name)
        yield from laid_out(about, question, found, view, [])


def usable(sides: Sequence[DisputeClaim]) -> list[DisputeClaim]:
    """Counts that say how many there are: not those denied, feared, demanded or yet to come. Of a
    document that counts the same in its text, the headline is left to its own dispute."""
    counts = [
        side
        for side in sides
        if side.claim.kind == "estimate"
        and side.claim.polarity == "positive"
        and side.claim.modality in ("actual", "possible")
        and (side.claim.low is not None or side.claim.high is not None)
    ]
    told = {_of_what(side) for side in counts if side.zone != "title"}
    # A headline mostly leaves out the place that its text names.
    told |= {
        (document, subject, measure, None, None, counted)
        for document, subject, measure, _, _, counted in told
    }
    return [side for side in counts if side.zone != "title" or _of_what(side) not in told]


def laid_out(
    about: About,
    question: str,
    sides: Sequence[DisputeClaim],
    view: View,
    notes: Sequence[str],
) -> Iterator[Dispute]:
    """The dispute about these counts, if they part or if independent voices agree."""
    kept, dropped = first_hand(sides, view.matched, lambda side: _bounds(side))
    answers = answers_of(kept)
    found = rivalries(answers, view.matched, overlap=amounts_overlap)
    if not found and len(answers) > 1:
        return  # one voice in one text, explaining itself
    positions = tuple(view.position(answer) for answer in answers)
    if not found and sum(position.independent_sources for position in positions) < 2:
        return
    reasons = [_told(rivalry) for rivalry in gravest(found)]
    if not found:
        reasons = [f"{positions[0].independent_sources} independent sources give the same figure"]
    yield Dispute(
        id=content_id("dispute", about),
        about=about,
        question=question,
        positions=positions,
        verdict=verdict_of(found, undated="differ"),
        reasons=(*reasons, *notes, *dropped),
        made_by=view.made_by,
    )


def answers_of(sides: Sequence[DisputeClaim]) -> list[Answer]:
    """The counts, equal bounds together, the lowest first."""
    answers: dict[tuple[int | None, int | None], Answer] = {}
    for side in sides:
        low, high = _bounds(side)
        answer = answers.setdefault((low, high), Answer("", low=low, high=high))
        answer.sides.append(side)
    for answer in answers.values():
        # "about 6,000" and "6,000" are one answer; it is exact where somebody gives it so.
        answer.approximate = all(side.claim.approximate for side in answer.sides)
        answer.value = amount(answer.low, answer.high, approximate=answer.approximate)
    return sorted(answers.values(), key=lambda a: (a.low or 0, a.high is None, a.high or 0))


def _bounds(side: DisputeClaim) -> tuple[int | None, int | None]:
    return side.claim.low, side.claim.high


def _of_what(side: DisputeClaim) -> tuple[object, ...]:
    subject = side.subject.root if side.subject is not None else None
    claim = side.claim
    return (
        side.source.document,
        subject,
        family(claim.measure),
        side.scope.country,
        side.scope.part,
        side.counted,
    )


def _told(rivalry: Rivalry) -> str:
    one, other = rivalry.voices
    a, b = rivalry.first.value, rivalry.second.value
    pair = f"{one.told()}: {a}; {other.told()}: {b}"
    if rivalry.standing == "overlap":
        return f"the figures differ but share a range: {pair}"
    if rivalry.standing == "same_time":
        return f"the figures do not meet, and are of one time: {pair}"
    if rivalry.standing == "apart":
        return (
            f"the figures do not meet, but are of different times: {pair}; a later figure does not"
            " contradict an earlier one"
        )
    return (
        f"the figures do not meet: {pair}; without both dates it stays open whether they"
        " contradict one another or the number changed"
    )

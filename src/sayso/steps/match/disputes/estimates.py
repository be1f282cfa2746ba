"""Where counts part: the strength of a group, how many groups, how many displaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.records.matches import About, Dispute
from sayso.steps.match.disputes.answers import Answer, View, Voice, dispute_id, first_hand, voice_of
from sayso.steps.match.disputes.measures import family
from sayso.steps.match.disputes.rivals import (
    Rivalry,
    amounts_overlap,
    gravest,
    rivalries,
    verdict_of,
)
from sayso.steps.match.disputes.settling import Settled, Settling
from sayso.steps.match.disputes.sides import NOBODY, DisputeClaim
from sayso.steps.match.disputes.words import amount, how_many, how_many_there

_TOLD = {"positive": ("actual", "possible"), "negative": ("actual",)}
"""By polarity: the modalities of a count that says how many there are."""


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
    """Counts that say how many there are, or deny a number: not what is feared, demanded or yet to
    come. Where the text counts the same, the headline is left to its own dispute."""
    counts = [
        side
        for side in sides
        if side.claim.kind == "estimate"
        and side.claim.modality in _TOLD[side.polarity]
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
    answers, found, dropped = compared(sides, view)
    if not found and len(answers) > 1:
        return  # one voice in one text, explaining itself
    positions = tuple(view.position(answer) for answer in answers)
    if not positions or (
        not found and sum(position.independent_sources for position in positions) < 2
    ):
        return
    reasons = [_told(rivalry) for rivalry in gravest(found)]
    if not found:
        reasons = [f"{positions[0].independent_sources} independent sources give the same figure"]
    yield Dispute(
        id=dispute_id(about),
        about=about,
        question=question,
        positions=positions,
        verdict=verdict_of(found, undated="differ"),
        reasons=(*reasons, *notes, *dropped),
        made_by=view.made_by,
    )


def compared(
    sides: Sequence[DisputeClaim], view: View
) -> tuple[list[Answer], list[Rivalry], list[str]]:
    """The answers of these counts, how they stand to one another, and which copies were left out.

    A denied number is an answer only where somebody gives that number, and is the rival of that
    answer alone.
    """
    kept, dropped = first_hand(sides, view.matched, lambda side: (_bounds(side), _denies(side)))
    single, mixed = _of_one_mind([side for side in kept if not _denies(side)], view)
    answers = answers_of(single)
    found = rivalries(answers, view.matched, overlap=amounts_overlap)
    dropped = [*dropped, *mixed]
    for denied in answers_of([side for side in kept if _denies(side)]):
        same = next((a for a in answers if (a.low, a.high) == (denied.low, denied.high)), None)
        if same is None:
            continue
        denial = Answer(f"not {same.value}", denied.sides)
        if against := rivalries([same, denial], view.matched, overlap=lambda a, b: False):
            answers = [*answers, denial]
            found = [*found, *against]
    return answers, found, dropped


def _of_one_mind(sides: Sequence[DisputeClaim], view: View) -> tuple[list[DisputeClaim], list[str]]:
    """The counts without those of a voice that gives several of one time in one text, and why.

    Such numbers are of parts, or the old and the new: which of them answers is not told, unless
    one says that it takes the place of another.
    """
    told: dict[Voice, dict[tuple[int | None, int | None], list[DisputeClaim]]] = {}
    for side in sides:
        voice = replace(voice_of(side, view.matched), updates=False)
        told.setdefault(voice, {}).setdefault(_bounds(side), []).append(side)
    left_out: set[int] = set()
    reasons: list[str] = []
    for voice, counts in told.items():
        if len(counts) < 2 or voice.speaker == NOBODY or _overlapping(counts):
            continue
        newest = {bounds for bounds, found in counts.items() if any(s.updates for s in found)}
        of_no_use = [b for b in counts if b not in newest] if len(newest) == 1 else list(counts)
        left_out |= {id(side) for bounds in of_no_use for side in counts[bounds]}
        if len(of_no_use) == len(counts):
            reasons.append(
                f"{voice.told()} gives several figures in one text: none of them is laid beside"
                " others"
            )
    return [side for side in sides if id(side) not in left_out], list(dict.fromkeys(reasons))


def _overlapping(bounds: Iterable[tuple[int | None, int | None]]) -> bool:
    """Whether all the ranges share a number: "up to 3,000" and "at least 2,000" are one mind."""
    lows, highs = zip(*bounds, strict=True)
    low = max((low for low in lows if low is not None), default=0)
    high = min((high for high in highs if high is not None), default=None)
    return high is None or low <= high


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


def _denies(side: DisputeClaim) -> bool:
    return side.polarity == "negative"


def _bounds(side: DisputeClaim) -> tuple[int | None, int | None]:
    return side.claim.low, side.claim.high


def _of_what(side: DisputeClaim) -> tuple[object, ...]:
    claim = side.claim
    if side.event is not None:
        return (side.source.document, side.event, family(claim.measure), None, None, "")
    subject = side.subject.root if side.subject is not None else None
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

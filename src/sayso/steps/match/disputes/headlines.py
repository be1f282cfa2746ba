"""A headline that its own text contradicts: a dispute within one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.records.matches import About, Dispute, Verdict
from sayso.steps.match.disputes.answers import Answer, View, dispute_id
from sayso.steps.match.disputes.measures import family
from sayso.steps.match.disputes.rivals import amounts_overlap
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.states import says
from sayso.steps.match.disputes.topics import question_of
from sayso.steps.match.disputes.words import (
    amount,
    how_many,
    how_many_fell,
    how_many_there,
    state_answer,
    state_question,
)


def of_a_headline(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The disputes between the title of one document and its text."""
    heads = [side for side in sides if side.zone == "title"]
    texts = [side for side in sides if side.zone in ("body", "caption")]
    for head in heads:
        same = [side for side in texts if _comparable(head, side)]
        if head.claim.kind == "estimate":
            yield from _of_counts(head, same, view)
        elif head.claim.kind == "status":
            yield from _of_states(head, same, view)


def _comparable(head: DisputeClaim, side: DisputeClaim) -> bool:
    a, b = head.claim, side.claim
    if a.kind != b.kind or head.event != side.event:
        return False
    if head.event is not None:
        return family(a.measure) == family(b.measure) and head.counted == side.counted
    if side.subject is None or head.subject is None:
        return False
    # A headline names the place or leaves it to the text; a part of it is another matter.
    where = (side.scope.country, side.scope.part)
    placed = head.scope.name is None or (head.scope.country, head.scope.part) == where
    return (
        placed
        and head.subject.id == side.subject.id
        and family(a.measure) == family(b.measure)
        and head.counted == side.counted
    )


def _of_counts(head: DisputeClaim, texts: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    texts = [side for side in texts if side.claim.modality in ("actual", "possible")]
    texts = [side for side in texts if side.polarity == "positive"]
    bounds = (head.claim.low, head.claim.high)
    # A headline is borne out as soon as the text says the same anywhere.
    if not texts or any(_bears_out(bounds, side) for side in texts):
        return
    title, others = _count(head), [_count(side) for side in texts]
    overlap = any(amounts_overlap(title, other) for other in others)
    verdict: Verdict = "differ" if overlap else "conflict"
    told = ", ".join(dict.fromkeys(other.value for other in others))
    reason = f"the headline says {title.value}, the text {told}"
    if overlap and all(_within(title, other) for other in others):
        reason += ": the headline takes one end of the range or a number from it for the whole"
    name, measure = _name(head, view), family(head.claim.measure)
    place = head.scope.name
    if head.event is not None:
        question = how_many_fell(measure, head.counted, head.event_name or "event")
    elif name:
        question = how_many(name, measure, head.counted, place)
    else:
        question = how_many_there(measure, place)
    yield _made(
        head, "estimate", measure, question, [title, *_merged(others)], verdict, reason, view
    )


def _of_states(head: DisputeClaim, texts: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    question = question_of(head.claim.predicate)
    if question is None:
        return
    said = says(head, question)
    texts = [side for side in texts if question_of(side.claim.predicate) == question]
    against = [side for side in texts if says(side, question) not in (None, said)]
    if said is None or not against or len(against) < len(texts):
        return
    title = Answer(state_answer(question, yes=said), [head])
    text = Answer(state_answer(question, yes=not said), list(against))
    asked = state_question(_name(head, view), question, head.scope.name)
    reason = f"the headline says {title.value}, the text {text.value}"
    yield _made(head, "status", question, asked, [title, text], "conflict", reason, view)


def _made(
    head: DisputeClaim,
    kind: str,
    what: str,
    question: str,
    answers: Sequence[Answer],
    verdict: Verdict,
    reason: str,
    view: View,
) -> Dispute:
    scope = head.scope
    place = scope.part or scope.country
    about = About(
        kind="estimate" if kind == "estimate" else "status",
        subject=view.matched.actor(head.subject.id) if head.subject is not None else None,
        subject_name=_name(head, view),
        measure=what if kind == "estimate" else None,
        predicate=what if kind == "status" else None,
        place=view.matched.actor(place) if place is not None else None,
        place_name=scope.name,
        document=head.source.document,
    )
    return Dispute(
        id=dispute_id(about),
        about=about,
        question=f"{question} The headline against its own text",
        positions=tuple(view.position(answer) for answer in answers),
        verdict=verdict,
        reasons=(reason,),
        made_by=view.made_by,
    )


def _count(side: DisputeClaim) -> Answer:
    claim = side.claim
    approximate = bool(claim.approximate)
    value = amount(claim.low, claim.high, approximate=approximate)
    return Answer(value, [side], claim.low, claim.high, approximate)


def _merged(answers: Sequence[Answer]) -> list[Answer]:
    found: dict[tuple[int | None, int | None], Answer] = {}
    for answer in answers:
        same = found.setdefault((answer.low, answer.high), answer)
        if same is not answer:
            same.sides.extend(answer.sides)
    return list(found.values())


def _bears_out(bounds: tuple[int | None, int | None], side: DisputeClaim) -> bool:
    """Whether the text has the figure: "up to 3,000" is borne out by "2,000 to 3,000"."""
    low, high = bounds
    text = side.claim.low, side.claim.high
    if bounds == text:
        return True
    return (low is None and high == text[1]) or (high is None and low == text[0])


def _within(title: Answer, text: Answer) -> bool:
    low, high = text.low, text.high
    if title.low is None or title.low != title.high or low is None or high is None:
        return False
    return low < high and low <= title.low <= high


def _name(head: DisputeClaim, view: View) -> str:
    return view.matched.name_of(head.subject) if head.subject is not None else ""

"""The truth about questions, drawn from what the reports say in the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import msgspec

from evals.synthetic.happenings import Question, Saying, Verdict
from evals.synthetic.phrasing import Bounds
from evals.synthetic.reports import Report, Told
from evals.synthetic.truth import Evidence, TrueEntity, TruePosition, TrueQuestion
from evals.synthetic.world import Theatre

COMPARABLE = timedelta(days=300)
"""Counts further apart in time may both be right."""
_Answer = tuple[Bounds | None, bool]


def draw_questions(reports: Iterable[tuple[str, Report]]) -> tuple[TrueQuestion, ...]:
    """Each question with the positions that the files take.

    A title that its own text contradicts is a question of its own: its figure is a slip of the
    outlet's and no voice among the others.
    """
    told: dict[str, list[tuple[str, Told]]] = {}
    slips: dict[str, list[tuple[str, Told]]] = {}
    for file, report in reports:
        here = [one for part in report.parts() for one in part.told]
        slipped = {one.saying.question.id for one in here if one.is_headline}
        for one in here:
            id = one.saying.question.id
            if not one.is_headline:
                told.setdefault(id, []).append((file, one))
            if id in slipped:
                slips.setdefault(id, []).append((file, one))
    return (
        *(_question(found[0][1].saying.question, found) for found in told.values()),
        *(_slip(found[0][1].saying.question, found) for found in slips.values()),
    )


def verdict_of(sayings: Iterable[tuple[str, Saying]]) -> Verdict | None:
    """How the answers stand to each other; by voice.

    None: one voice, one answer. `agree`: one answer. `differ`: more, but any two figures leave
    room for one number. `conflict`: two that cannot both be right at comparable times.
    `changed_over_time`: two that cannot both be right, and all such pairs lie far apart in time.
    """
    known = list(sayings)
    answers = {_answer(saying) for _, saying in known}
    if len(answers) == 1:
        return "agree" if len({voice for voice, _ in known}) > 1 else None
    verdict: Verdict = "differ"
    for (_, one), (_, other) in combinations(known, 2):
        if _can_both_be(one, other):
            continue
        if not _far_apart(one.as_of, other.as_of):
            return "conflict"
        verdict = "changed_over_time"
    return verdict


def names_in(theatre: Theatre) -> list[TrueEntity]:
    """Everybody and everything of a theatre."""
    people = [*theatre.officials, *theatre.observers, theatre.neighbour_minister]
    people += [group.spokesman for group in theatre.groups]
    outlets = [theatre.agency, *theatre.outlets]
    places = [theatre.capital]
    for province in theatre.provinces:
        places += [province.name, *province.towns]
    return [
        *(
            TrueEntity("armed_group", group.name, (group.abbreviation, group.other))
            for group in theatre.groups
        ),
        *(TrueEntity("person", person.name, (person.family,)) for person in people),
        *(
            TrueEntity("outlet", o.name, (o.abbreviation,) if o.abbreviation else ())
            for o in outlets
        ),
        *(TrueEntity("state", name) for name in (theatre.country, theatre.neighbour)),
        *(TrueEntity("place", name) for name in places),
    ]


def _slip(question: Question, found: list[tuple[str, Told]]) -> TrueQuestion:
    whole = _question(question, found)
    within = tuple(sorted({file for file, _ in found}))
    return msgspec.structs.replace(whole, id=f"{question.id}-title", within=within)


def _question(question: Question, found: list[tuple[str, Told]]) -> TrueQuestion:
    by_answer: dict[_Answer, list[tuple[str, Told]]] = {}
    for file, told in found:
        by_answer.setdefault(_answer(told.saying), []).append((file, told))
    return TrueQuestion(
        id=question.id,
        kind=question.kind,
        subject=question.subject,
        object=question.object,
        place=question.place,
        day=question.day.isoformat() if question.day else None,
        positions=tuple(_position(answer, there) for answer, there in by_answer.items()),
        verdict=verdict_of((told.voice, told.saying) for _, told in found),
    )


def _position(answer: _Answer, found: list[tuple[str, Told]]) -> TruePosition:
    bounds, holds = answer
    voices = tuple(sorted({told.voice for _, told in found}))
    return TruePosition(
        low=bounds.low if bounds else None,
        high=bounds.high if bounds else None,
        approximate=bounds.approximate if bounds else False,
        holds=holds,
        voices=voices,
        independent=len(voices),
        files=tuple(sorted({file for file, _ in found})),
        evidence=tuple(Evidence(file, told.voice, told.quote) for file, told in found),
    )


def _answer(saying: Saying) -> _Answer:
    return saying.bounds, saying.holds


def _can_both_be(one: Saying, other: Saying) -> bool:
    if one.bounds is None or other.bounds is None:
        return one.holds == other.holds
    return one.bounds.meets(other.bounds)


def _far_apart(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) > COMPARABLE

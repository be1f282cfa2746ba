"""Where one says that somebody did something, and another denies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sayso.records.matches import About, Dispute
from sayso.steps.match.disputes.answers import Answer, View, dispute_id, first_hand
from sayso.steps.match.disputes.dating import as_of
from sayso.steps.match.disputes.predicates import same_predicate
from sayso.steps.match.disputes.rivals import gravest, rivalries, told_apart, verdict_of
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.words import proposition_words
from sayso.values.names import atoms
from sayso.values.stems import stem

_ARTICLES = frozenset({"a", "an", "the"})
_BEFOREHAND = timedelta(days=3)
"""A denial may be printed so long before the charge itself is."""


def of_a_proposition(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The dispute about one proposition, if somebody denies what another says; one at most.

    That nobody denies it makes no question of it: reports tell a thousand things that are so. A
    report's own "did not" is no denial either, unless another speaks for it: most of them tell of
    another day.
    """
    sides = [side for side in sides if side.claim.modality == "actual" and side.zone != "title"]
    sides, dropped = first_hand(sides, view.matched, lambda side: side.polarity)
    yes = [side for side in sides if side.polarity == "positive"]
    no = [side for side in sides if side.polarity == "negative"]
    no = _of_one_theme(_not_before(no, yes), yes)
    yes = _of_one_theme(yes, no)
    if not yes or not any(side.holder is not None for side in no):
        return
    first = min(yes, key=lambda side: (side.source.document, side.claim.span, side.claim.id))
    subject, object = first.subject, first.object
    if subject is None:
        return
    name = view.matched.name_of(subject)
    other = view.matched.name_of(object) if object is not None else None
    theme = first.claim.theme.quote if first.claim.theme is not None else None
    asked, holds, fails = proposition_words(name, first.claim.predicate or "", theme, other)
    answers = [Answer(holds, yes), Answer(fails, no)]
    found = rivalries(answers, view.matched, overlap=lambda a, b: False)
    if not found:
        return
    about = About(
        kind="assertion",
        subject=view.matched.actor(subject.id),
        subject_name=name,
        predicate=same_predicate(first.claim.predicate or ""),
        object=view.matched.actor(object.id) if object is not None else None,
        object_name=other,
    )
    yield Dispute(
        id=dispute_id(about),
        about=about,
        question=asked,
        positions=tuple(view.position(answer) for answer in answers),
        verdict=verdict_of(found, undated="conflict"),
        reasons=(*(told_apart(rivalry) for rivalry in gravest(found)), *dropped),
        made_by=view.made_by,
    )


def _not_before(no: Sequence[DisputeClaim], yes: Sequence[DisputeClaim]) -> list[DisputeClaim]:
    """The denials without those of deeds that nobody told of yet: "he has not endorsed her" is no
    answer to the report, ten days on, that he did. What somebody is, is so at any time."""
    told = [as_of(side) for side in yes]
    days = [at.first for at in told if at is not None and at.first is not None]
    deed = not (yes and (yes[0].claim.predicate or "").startswith("be "))
    if not deed or len(days) < len(yes) or not days:
        return list(no)
    return [side for side in no if _last_day(side) >= min(days) - _BEFOREHAND]


def _of_one_theme(
    sides: Sequence[DisputeClaim], others: Sequence[DisputeClaim]
) -> list[DisputeClaim]:
    """The sides whose noun may be that of another side: "fundraising laws" are no "agency
    rules", but may be just "laws"."""
    described = [_described(other) for other in others]
    return [
        side
        for side in sides
        if not (own := _described(side)) or any(not other or own & other for other in described)
    ]


def _described(side: DisputeClaim) -> frozenset[str]:
    """The stems of the words by which a proposition's noun is told from others of its kind."""
    theme = side.claim.theme
    words = atoms(theme.quote)[:-1] if theme is not None else ()
    return frozenset(stem(word) for word in words if word not in _ARTICLES)


def _last_day(side: DisputeClaim) -> date:
    at = as_of(side)
    return (at.period.latest if at is not None else None) or date.max

"""Where yes stands against no: states of a group, and what joins two actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sayso import lexicons
from sayso.records.matches import About, Dispute
from sayso.steps.match.disputes.answers import Answer, View, dispute_id, first_hand, voice_of
from sayso.steps.match.disputes.rivals import gravest, rivalries, told_apart, verdict_of
from sayso.steps.match.disputes.settling import Settled, Settling
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.topics import MUTUAL, is_sign
from sayso.steps.match.disputes.words import relation_words, state_answer, state_question

_BACKGROUND = frozenset(("part_of", "led_by", "successor_of"))
"""Relations that reports repeat about everybody they name: that two agree on them is no news."""


class _Question(NamedTuple):
    about: About
    text: str
    yes: str
    no: str


def wants_signs(sides: Sequence[DisputeClaim], question: str) -> bool:
    """Whether somebody denies it, so that what only hints at it has to be looked up."""
    return any(says(side, question) is False for side in sides if side.claim.kind == "status")


def states_of_a_group(
    sides: Sequence[DisputeClaim], question: str, view: View
) -> Iterator[Dispute]:
    """The disputes about whether a group is active, growing, in control, a threat."""
    settling = Settling(sides, view.matched)
    places: dict[tuple[str, str | None, str | None], list[Settled]] = defaultdict(list)
    # A threat's place is whom it threatens: no home and no "the country" tells it.
    for settled in settling.settle(sides, told_only=question == "threatening"):
        if says(settled.side, question) is not None:
            places[settled.subject, settled.country, settled.part].append(settled)
    # A group that is active in a province is active in the country: that answers its "nowhere".
    for (subject, country, part), found in list(places.items()):
        whole = (subject, country, None)
        if part is not None and country is not None and whole in places:
            places[whole] += [s for s in found if says(s.side, question) is True]
    for (subject, country, part), found in places.items():
        place = part or country
        name = settling.name(subject)
        place_name = settling.name(place) if place is not None else None
        about = About(
            kind="status",
            subject=None if subject.startswith("~") else subject,
            subject_name=name,
            predicate=question,
            place=None if place is None or place.startswith("~") else place,
            place_name=place_name,
        )
        asked = _Question(
            about,
            state_question(name, question, place_name),
            state_answer(question, yes=True),
            state_answer(question, yes=False),
        )
        notes = list(dict.fromkeys(settled.note for settled in found if settled.note))
        found_sides = [settled.side for settled in found]
        yield from _yes_and_no(asked, found_sides, lambda side: says(side, question), view, notes)


def relations_of(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The dispute about whether two actors are joined in a certain way; one at most."""
    sides = [side for side in sides if side.claim.modality == "actual"]
    if not sides:
        return
    first = min(sides, key=lambda side: (side.source.document, side.claim.span, side.claim.id))
    subject, object, relation = first.subject, first.object, first.claim.relation
    if subject is None or object is None or relation is None:
        return
    if relation in MUTUAL and view.matched.actor(object.id) < view.matched.actor(subject.id):
        subject, object = object, subject
    ends = [
        None if end.id.startswith("~") else view.matched.actor(end.id) for end in (subject, object)
    ]
    names = [view.matched.name_of(end) for end in (subject, object)]
    about = About(
        kind="relation",
        subject=ends[0],
        subject_name=names[0],
        predicate=relation,
        object=ends[1],
        object_name=names[1],
    )
    asked = _Question(about, *relation_words(relation, names[0], names[1]))
    yield from _yes_and_no(asked, sides, lambda side: side.polarity == "positive", view, [])


def says(side: DisputeClaim, question: str) -> bool | None:
    """What a claim answers; None where it leaves the question open.

    What may be, would be, will be or should be is no answer to what is.
    """
    claim = side.claim
    if claim.modality != "actual":
        return None
    if claim.kind != "status":
        is_hint = question == "active" and side.zone != "title" and is_sign(side)
        return True if is_hint else None
    answers = lexicons.load("disputes.toml")["states"][question]
    if claim.predicate in answers["yes"]:
        return side.polarity == "positive"
    if claim.predicate in answers.get("implied_by", ()):
        return True if side.polarity == "positive" else None
    if claim.predicate in answers["no"]:
        return side.polarity == "negative"
    return None


def _yes_and_no(
    asked: _Question,
    sides: Sequence[DisputeClaim],
    says: Callable[[DisputeClaim], bool | None],
    view: View,
    notes: list[str],
) -> Iterator[Dispute]:
    sides, dropped = first_hand(sides, view.matched, says)
    yes, no = Answer(asked.yes), Answer(asked.no)
    for side in sides:
        (yes if says(side) else no).sides.append(side)
    plain = [side for side in yes.sides if side.claim.kind != "event" and not _counts(side)]
    if no.sides:
        notes = notes + _hints(yes, view)
    else:
        yes.sides = plain
    # What is said in so many words tells the reasons before what only hints at it.
    yes.sides.sort(key=lambda side: side.claim.kind != "status")
    answers = [answer for answer in (yes, no) if answer.sides]
    if not answers:
        return
    found = rivalries(answers, view.matched, overlap=lambda a, b: False)
    if not found and len(answers) > 1:
        return
    positions = tuple(view.position(answer) for answer in answers)
    if not found and (positions[0].independent_sources < 2 or asked.about.predicate in _BACKGROUND):
        return
    reasons = [told_apart(rivalry) for rivalry in gravest(found)]
    if not found:
        reasons = [f"{positions[0].independent_sources} independent sources say so"]
    yield Dispute(
        id=dispute_id(asked.about),
        about=asked.about,
        question=asked.text,
        positions=positions,
        verdict=verdict_of(found, undated="conflict"),
        reasons=(*reasons, *notes, *dropped),
        made_by=view.made_by,
    )


def _hints(yes: Answer, view: View) -> list[str]:
    """Says of the claims that answer only by what they tell, that they do."""
    counting = {voice_of(side, view.matched).name for side in yes.sides if _counts(side)}
    telling = {
        voice_of(side, view.matched).name for side in yes.sides if side.claim.kind == "event"
    }
    reasons = []
    if counting:
        reasons.append(f"counted as a yes, since they count them there: {_listed(counting)}")
    if telling:
        reasons.append(f"counted as a yes, since they tell of attacks there: {_listed(telling)}")
    return reasons


def _listed(names: set[str], most: int = 4) -> str:
    shown = sorted(names)[:most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _counts(side: DisputeClaim) -> bool:
    return side.claim.kind == "estimate"

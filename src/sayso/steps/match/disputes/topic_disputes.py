"""From the claims of one topic to its disputes: what is made again when a document touches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.records.matches import Dispute
from sayso.records.provenance import MadeBy
from sayso.steps.match.disputes.answers import Origins, View, by_document, by_text
from sayso.steps.match.disputes.estimates import counts_in_a_place, counts_of_a_group
from sayso.steps.match.disputes.happenings import of_an_event
from sayso.steps.match.disputes.headlines import of_a_headline
from sayso.steps.match.disputes.propositions import of_a_proposition
from sayso.steps.match.disputes.sides import DisputeClaim, Matched
from sayso.steps.match.disputes.states import relations_of, states_of_a_group, wants_signs
from sayso.steps.match.disputes.topics import Topic

STEP = "disputes"
VERSION = "2"


def stamp(settings: object = None) -> MadeBy:
    """The stamp of this step, to be stored beside its disputes."""
    return MadeBy.of(STEP, VERSION, settings if settings is not None else {})


def needs_signs(topic: Topic, answers: Sequence[DisputeClaim]) -> bool:
    """Whether the claims that stand under the topic as `sign` have to be looked up, too.

    False while nobody denies it: most topics never need their signs.
    """
    return topic.kind == "status" and topic.about == "active" and wants_signs(answers, "active")


def disputes(
    topic: Topic,
    sides: Sequence[DisputeClaim],
    *,
    matched: Matched | None = None,
    origins: Origins | None = None,
    made_by: str = "",
) -> list[Dispute]:
    """The disputes of one topic, in the order of their ids.

    `sides` are all the claims under the topic (under `Topic.across(matched)`), those with the role
    `sign` only where `needs_signs` says so. `origins` counts the independent voices behind claims;
    by default each text is one. The same claims give the same disputes in whatever order they
    come. Time grows with the claims, times the logarithm of their number.
    """
    matched = matched or Matched()
    view = View(matched, origins or by_text(matched), made_by)
    ordered = sorted(sides, key=by_document)
    found: dict[str, Dispute] = {}
    for dispute in _found(topic, ordered, view):
        found.setdefault(dispute.id, dispute)
    return [found[id] for id in sorted(found)]


def _found(topic: Topic, sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    if topic.kind == "estimate":
        yield from counts_of_a_group(sides, view)
    elif topic.kind == "count":
        yield from counts_in_a_place(sides, view)
    elif topic.kind == "status":
        yield from states_of_a_group(sides, topic.about, view)
    elif topic.kind == "relation":
        yield from relations_of(sides, view)
    elif topic.kind == "assertion":
        yield from of_a_proposition(sides, view)
    elif topic.kind == "event":
        yield from of_an_event(sides, view)
    else:
        yield from of_a_headline(sides, view)

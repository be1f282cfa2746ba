"""All disputes of a small collection at once. What is made topic by topic must equal this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.records.matches import Dispute
from sayso.records.readings import Reading
from sayso.steps.match.disputes.answers import Origins
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.sides import DisputeClaim, Matched
from sayso.steps.match.disputes.topic_disputes import disputes, needs_signs, stamp
from sayso.steps.match.disputes.topics import Topic, topics


def disputes_of(
    readings: Iterable[Reading],
    *,
    matched: Matched | None = None,
    origins: Origins | None = None,
) -> list[Dispute]:
    """The disputes among the readings, in the order of their ids."""
    sides = [side for reading in readings for side in sides_of_reading(reading)]
    return disputes_among(sides, matched=matched, origins=origins)


def disputes_among(
    sides: Iterable[DisputeClaim],
    *,
    matched: Matched | None = None,
    origins: Origins | None = None,
) -> list[Dispute]:
    """The disputes among these sides."""
    matched = matched or Matched()
    answers: dict[Topic, list[DisputeClaim]] = defaultdict(list)
    signs: dict[Topic, list[DisputeClaim]] = defaultdict(list)
    for side in sides:
        for topic in topics(side):
            across = topic.across(matched)
            (answers if topic.role == "answer" else signs)[across._replace(role="answer")].append(
                side
            )
    made_by = stamp().id
    found: dict[str, Dispute] = {}
    for topic, members in answers.items():
        if needs_signs(topic, members):
            members = members + signs[topic]
        for dispute in disputes(topic, members, matched=matched, origins=origins, made_by=made_by):
            found[dispute.id] = dispute
    return [found[id] for id in sorted(found)]

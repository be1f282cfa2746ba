"""What a claim has to be laid beside: coarse keys, so that a new document touches few of them.

A topic gathers all that might be compared; the steps behind it compare closely. `answer` topics
hold what answers a question; `sign` topics hold what only matters once somebody denies it (a
count of fighters in a country is a sign that they are there).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sayso import lexicons
from sayso.steps.match.disputes.gathering import ARMED_GROUPS
from sayso.steps.match.disputes.measures import TOLLS, family
from sayso.steps.match.disputes.predicates import same_predicate
from sayso.steps.match.disputes.sides import DisputeClaim, Matched, Party

TopicKind = Literal["estimate", "count", "status", "relation", "assertion", "event", "headline"]
Role = Literal["answer", "sign"]
MUTUAL = frozenset(("fights", "allied_with", "cooperates_with"))
"""Relations whose ends may change places."""
_STANDING = frozenset(("groups", "displaced"))
_GROUPS = frozenset(("armed_group", "organisation"))


class Topic(NamedTuple):
    """A key of the index: its kind, the ids it hangs on, and what is asked about them."""

    kind: TopicKind
    ends: tuple[str, ...]
    """Entities, an event or a document, as the document has them."""
    about: str
    role: Role = "answer"

    def across(self, matched: Matched) -> Topic:
        """The same topic for what the ends stand for across documents. Documents and parties that
        are only described stay as they are."""
        if self.kind == "headline":
            return self
        one = matched.event if self.kind == "event" else matched.actor
        ends = tuple(one(id) for id in self.ends)
        if self.kind == "relation" and self.about in MUTUAL:
            ends = tuple(sorted(ends))
        return Topic(self.kind, ends, self.about, self.role)

    @property
    def key(self) -> str:
        """The topic as one string, without its role."""
        return "|".join((self.kind, self.about, *self.ends))


def topics(side: DisputeClaim) -> tuple[Topic, ...]:
    """The topics that a claim belongs to: none where nothing can be laid beside it."""
    return tuple(_topics(side))


def _topics(side: DisputeClaim) -> Iterator[Topic]:
    claim = side.claim
    if claim.kind in ("estimate", "status"):
        yield Topic("headline", (side.source.document,), "")
    if side.event is not None:
        yield Topic("event", (side.event,), "")
    if claim.kind == "estimate":
        yield from _of_estimate(side)
    elif claim.kind == "status" and _is_known(side.subject):
        assert side.subject is not None
        if (question := question_of(claim.predicate)) is not None:
            yield Topic("status", (side.subject.root,), question)
    elif claim.kind == "relation" and _is_known(side.subject) and _is_known(side.object):
        assert side.subject is not None
        assert side.object is not None
        yield Topic("relation", (side.subject.id, side.object.id), claim.relation or "")
    elif claim.kind == "assertion" and _is_known(side.subject) and claim.modality == "actual":
        assert side.subject is not None
        ends = [end.id for end in (side.subject, side.object) if end is not None]
        if side.object is None or _is_known(side.object):
            yield Topic("assertion", tuple(ends), same_predicate(claim.predicate or ""))
    if side.subject is not None and is_sign(side):
        yield Topic("status", (side.subject.root,), "active", "sign")


def _of_estimate(side: DisputeClaim) -> Iterator[Topic]:
    measure = family(side.claim.measure)
    if side.event is not None or (measure in TOLLS and measure != "displaced"):
        return
    place = side.scope.country or side.scope.part
    if side.subject is not None and _is_known(side.subject) and side.subject.id != ARMED_GROUPS:
        yield Topic("estimate", (side.subject.root,), measure)
    elif place is not None and measure in _STANDING:
        yield Topic("count", (place,), measure)


def _is_known(party: Party | None) -> bool:
    """Whether it is the same in every document: "the gunmen" of two reports need not be."""
    return party is not None and (not party.id.startswith("~") or party.id == ARMED_GROUPS)


def question_of(predicate: str | None) -> str | None:
    """The question that a state answers: `present` and `inactive` both answer `active`."""
    for question, answers in lexicons.load("disputes.toml")["states"].items():
        if predicate in answers["yes"] or predicate in answers["no"]:
            return str(question)
    return None


def is_sign(side: DisputeClaim) -> bool:
    """Whether it tells that an armed group is in a place without saying so in so many words."""
    claim, subject = side.claim, side.subject
    if side.polarity != "positive" or claim.modality != "actual" or subject is None:
        return False
    if subject.kind not in _GROUPS or (side.scope.name is None and subject.home is None):
        return False
    if claim.kind == "status":  # who holds a town is in it
        implied = lexicons.load("disputes.toml")["states"]["active"]["implied_by"]
        return claim.predicate in implied and side.scope.name is not None
    if claim.kind == "estimate" and claim.low:
        return family(claim.measure) in ("strength", "groups") and side.event is None
    is_attack = claim.plover is not None and claim.plover.type == "ASSAULT"
    return claim.kind == "event" and is_attack and side.scope.name is not None

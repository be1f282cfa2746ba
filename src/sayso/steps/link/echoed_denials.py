"""Denials of what another says: "rejected Marn's claim that it arms the Front" and, pointing back,
"denied the allegation".

Such a claim is the other's word; the denial gets a claim of its own, so that it stands beside the
charge as any denial does.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec.structs import replace

from sayso.lexicons import load
from sayso.records.findings import Claim, EntityRef, Polarity, Statement
from sayso.records.provenance import content_id
from sayso.values.names import atoms
from sayso.values.stems import stem

_REACH = 600
"""Characters between a charge and the denial that points back to it."""
_LONGEST = 4
"""Words of what is denied where it only points back ("all of the allegations")."""
_LOOKED_AT = 40
"""Claims before a denial that are looked at, the nearest first."""
_KINDS = frozenset({"assertion", "relation"})
_SAID = _KINDS | {"status"}


def echoed_denials(claims: Sequence[Claim], statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """The claims that such denials make, in text order.

    A charge is what somebody else says of the denier, or of what the denier speaks for by name;
    of several the nearest sentence's counts. `claims` carry the entities they mean already. Time
    grows with claims and denials.
    """
    known = {statement.id: statement for statement in statements}
    charges = sorted((claim for claim in claims if _is_charge(claim)), key=lambda c: (c.span, c.id))
    starts = [claim.span.start for claim in charges]
    claims = sorted(claims, key=lambda c: (c.span, c.id))
    beginnings = [claim.span.start for claim in claims]
    made: dict[str, Claim] = {}
    for denial in statements:
        if denial.cue is None or denial.cue.act != "denies" or denial.holder is None:
            continue
        for claim in _denied_inside(claims, beginnings, denial, known):
            made.setdefault(claim.id, claim)
        if not _points_back(denial):
            continue
        at = denial.cue.span.start
        last = bisect_right(starts, at)
        for charge in _meant(charges[max(0, last - _LOOKED_AT) : last], denial, at, known):
            claim = _denied(charge, denial)
            made.setdefault(claim.id, claim)
    return tuple(sorted(made.values(), key=lambda c: (c.span, c.id)))


def _denied_inside(
    claims: Sequence[Claim],
    beginnings: Sequence[int],
    denial: Statement,
    known: dict[str, Statement],
) -> Iterator[Claim]:
    """Of "rejected accusations by Marn that ...": what Marn says, denied."""
    holder = denial.holder
    for words in denial.content:
        first = bisect_left(beginnings, words.span.start)
        for claim in claims[first : first + _LOOKED_AT]:
            if claim.span.start >= words.span.end:
                break
            inner = known.get(claim.statement or "")
            if claim.kind not in _SAID or inner is None or inner.id == denial.id or holder is None:
                continue
            # Only the outermost other: what stands deeper is nobody's answer to anybody.
            if inner.holder is not None and inner.holder.entity == holder.entity:
                continue
            if not words.span.contains(claim.span) or claim.modality != "actual":
                continue
            turned: Polarity = "negative" if claim.polarity == "positive" else "positive"
            yield replace(
                claim,
                id=content_id("claim", claim.document, "denied", denial.id, claim.id),
                statement=denial.id,
                polarity=turned,
                hedges=(),
                confidence=min(claim.confidence, 0.5),
            )


def _is_charge(claim: Claim) -> bool:
    subject = claim.subject
    return (
        claim.kind in _KINDS
        and claim.polarity == "positive"
        and claim.modality == "actual"
        and claim.statement is not None
        and subject is not None
        and subject.entity is not None
    )


def _points_back(denial: Statement) -> bool:
    if len(denial.content) != 1:
        return False
    words = atoms(denial.content[0].quote)
    return 0 < len(words) <= _LONGEST and (words[-1] in _echoes() or stem(words[-1]) in _echoes())


def _meant(
    before: Sequence[Claim], denial: Statement, at: int, known: dict[str, Statement]
) -> Iterator[Claim]:
    """The charges against the denier that stand nearest before the denial, of one statement."""
    denier = denial.holder.entity if denial.holder is not None else None
    if denier is None:
        return
    nearest: str | None = None
    for charge in reversed(before):
        if at - charge.span.end > _REACH:
            return
        said = known.get(charge.statement or "")
        if said is None or charge.subject is None or charge.subject.entity != denier:
            continue
        if said.holder is not None and said.holder.entity == denier:
            continue
        nearest = nearest or said.id
        if said.id == nearest:
            yield charge


def _denied(charge: Claim, denial: Statement) -> Claim:
    """The charge as denied, in the words of the denial."""
    words = denial.content[0]
    assert denial.holder is not None
    holder = denial.holder
    return replace(
        charge,
        id=content_id("claim", charge.document, "denied", words.span, charge.id),
        statement=denial.id,
        span=words.span,
        quote=words.quote,
        polarity="negative",
        hedges=(),
        subject=EntityRef(holder.entity, holder.span, holder.quote),
        time=None,
        place=None,
        confidence=min(charge.confidence, 0.5),
    )


@cache
def _echoes() -> frozenset[str]:
    return frozenset(load("propositions.toml")["charges"]["echoes"])

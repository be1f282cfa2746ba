"""Sides made by hand, about the invented republic of Tarvia."""

from __future__ import annotations

from sayso.records.documents import ZoneKind
from sayso.records.findings import (
    Claim,
    ClaimKind,
    EntityRef,
    How,
    Modality,
    Plover,
    Polarity,
    Responsibility,
    Time,
)
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.match.disputes.sides import DisputeClaim, Party, Scope, Source

FRONT = Party("front", "Karsk Front", "armed_group")
BRIGADE = Party("brigade", "Ostren Brigade", "armed_group")
ARMY = Party("army", "Dawn Army", "armed_group")
BRANCH = Party("branch", "Dawn Army of Tarvia", "armed_group", ("army",), "tarvia")
OSTRENIA = Party("ostrenia", "Ostrenia", "state")
TARVIA = Scope("tarvia", "Tarvia", basis="told")
LENN = Scope("tarvia", "Tarvia", "lenn", "Lenn province", "told")
MARN = Party("marn", "Ilya Marn", "person")
VOSS = Party("voss", "Dara Voss", "person")


def side(
    document: str = "a",
    *,
    kind: ClaimKind = "estimate",
    holder: Party | None = MARN,
    subject: Party | None = FRONT,
    object: Party | None = None,
    scope: Scope = TARVIA,
    published: str | None = "2031-03-04",
    zone: ZoneKind = "body",
    measure: str = "fighters",
    low: int | None = None,
    high: int | None = None,
    approximate: bool = False,
    predicate: str | None = None,
    relation: str | None = None,
    polarity: Polarity = "positive",
    modality: Modality = "actual",
    time: str | None = None,
    counted: str = "",
    event: str | None = None,
    event_name: str | None = None,
    blamed: Party | None = None,
    how: How = "reported",
    updates: bool = False,
    at: int = 0,
) -> DisputeClaim:
    """One side; what is not given is as ordinary as can be."""
    span = Span(at, at + 5)
    answers: tuple[Responsibility, ...] = ()
    if blamed is not None:
        answers = (Responsibility(blamed.id, span, "words", how),)
    parts = (document, at, kind, low, high, predicate, relation, polarity)
    claim = Claim(
        id=content_id("claim", *parts, holder and holder.id, measure, blamed and blamed.id),
        statement=None,
        document=document,
        span=span,
        quote="words",
        kind=kind,
        polarity=polarity,
        modality=modality,
        hedges=(),
        time=Time(span, "words", time, None) if time else None,
        place=None,
        confidence=0.9,
        made_by="test",
        subject=EntityRef(subject.id, span, "words") if subject else None,
        measure=measure if kind == "estimate" else None,
        low=low,
        high=high,
        approximate=approximate,
        event=event if kind == "event" else None,
        plover=Plover("ASSAULT") if kind == "event" else None,
        predicate=predicate,
        relation=relation,
        responsibility=answers,
    )
    return DisputeClaim(
        claim=claim,
        statement=None,
        source=Source(document, f"{document}.txt", f"Outlet {document}", None, published),
        zone=zone,
        subject=subject,
        object=object,
        holder=holder,
        scope=scope,
        event=event,
        event_name=event_name,
        counted=counted,
        updates=updates,
        answering=(blamed,) if blamed is not None else (),
        speakers=(holder,) if blamed is not None else (),
    )


def count(number: int, document: str = "a", **more: object) -> DisputeClaim:
    """A count of the Front's fighters in Tarvia."""
    return side(document, low=number, high=number, **more)  # type: ignore[arg-type]


def state(document: str = "a", predicate: str = "active", **more: object) -> DisputeClaim:
    """A state of the Front in Tarvia."""
    return side(document, kind="status", predicate=predicate, **more)  # type: ignore[arg-type]

"""A dispute with the words of its claims, ready to be written anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sayso.export.disputes.order import VERDICTS
from sayso.export.rows import Lookup
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute, Position

_QUOTES = 5
Grades = Mapping[str, Mapping[str, str | int | None]]
"""By record (an entity, a statement, a claim): `source` and `information` as a person graded it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One claim behind an answer."""

    claim: str
    """Its id."""
    who: str
    """The holder, with role where it is told; else the report itself."""
    words: str
    source: str
    when: str | None
    """The time it speaks of, EDTF."""
    grade: str | None = None
    """What people graded, as `B2`: the source, then the information; None where nobody did."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and who gives it."""

    value: str
    independent: int
    holders: list[str]
    dates: str | None
    """`2019-12-18`, `2019-12-18 to 2020-01-03`."""
    quotes: list[Quoted]
    left_out: int
    """Claims behind it that are not quoted."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """One dispute in words."""

    id: str
    question: str
    verdict: str
    answers: list[Answered]
    reasons: tuple[str, ...]


def lay_out(
    dispute: Dispute,
    claim: Callable[[str], Claim | None],
    lookup: Lookup,
    *,
    quotes: int = _QUOTES,
    grades: Grades | None = None,
) -> LaidOut:
    """The dispute with at most `quotes` quotations an answer. `claim` finds a claim by its id; one
    that is gone is left out. `grades` are shown beside each quotation, never reckoned with."""
    return LaidOut(
        dispute.id,
        dispute.question,
        VERDICTS[dispute.verdict],
        [
            _answered(position, claim, lookup, quotes, grades or {})
            for position in dispute.positions
        ],
        dispute.reasons,
    )


def voices(number: int) -> str:
    """`1 independent source`, `3 independent sources`."""
    return f"{number:,} independent source{'' if number == 1 else 's'}"


def _answered(
    position: Position,
    claim: Callable[[str], Claim | None],
    lookup: Lookup,
    most: int,
    grades: Grades,
) -> Answered:
    when = position.when or (None,) * len(position.claims)
    told = zip(position.claims[:most], when, strict=False)
    found = [(known, time) for id, time in told if (known := claim(id)) is not None]
    since, until = position.since, position.until
    return Answered(
        value=position.value,
        independent=position.independent_sources,
        holders=[holder.name for holder in position.holders],
        dates=since if since == until else f"{since} to {until}",
        quotes=[_quoted(known, time, lookup, grades) for known, time in found],
        left_out=len(position.claims) - len(found),
    )


def _quoted(claim: Claim, when: str | None, lookup: Lookup, grades: Grades) -> Quoted:
    statement = lookup.statement(claim.statement) if claim.statement else None
    document = lookup.document(claim.document)
    uri = document.get("uri") or claim.document
    holder = statement.holder if statement is not None else None
    if statement is None:
        who = "the report itself"
    elif holder is None:
        who = "somebody not named"
    else:
        who = (lookup.name(holder.entity) if holder.entity else None) or holder.quote
        who += f", {holder.role.quote}" if holder.role is not None else ""
    return Quoted(
        claim=claim.id,
        who=who,
        words=claim.quote,
        source=document.get("outlet") or uri.rsplit("/", 1)[-1],
        when=when,
        grade=_grade(grades, holder.entity if holder else None, statement, claim),
    )


def _grade(
    grades: Grades, holder: str | None, statement: Statement | None, claim: Claim
) -> str | None:
    """The grade of the holder and of what is said, as far as people gave them."""
    of_holder = grades.get(holder or "", {})
    of_words = grades.get(claim.id) or grades.get(statement.id if statement else "") or {}
    source = of_words.get("source") or of_holder.get("source") or ""
    information = of_words.get("information") or ""
    return f"{source}{information}" or None

"""The estimates of a ledger, gathered by what is counted of whom, each drawn as a bar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sayso.export.report.amounts import Bar, Scale, Tick, in_words
from sayso.export.report.index import Index, Who
from sayso.records.findings import Claim

_STRENGTH = frozenset(
    "combatants fighters gunmen insurgents jihadists members men militants personnel rebels "
    "recruits soldiers terrorists troops warriors".split()
)
"""Words for how strong a group is. One chart compares them; each row keeps its own word."""

_OTHERS = Who("No group named", known=False, key="~")


@dataclass(frozen=True, slots=True)
class Row:
    """One estimate."""

    who: Who | None
    """None: the report's own voice."""
    via: list[Who]
    words: str
    measure: str
    bar: Bar
    place: str | None
    quote: str
    href: str | None
    source: str
    source_href: str | None
    when: str | None
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """The estimates of one subject and measure on one scale."""

    subject: Who
    measure: str
    rows: list[Row]
    ticks: list[Tick]
    logarithmic: bool
    left_out: int


def measure_class(measure: str | None) -> str:
    """What a measure is compared with: `strength` for all words for fighters, else itself."""
    word = " ".join((measure or "").casefold().split())
    return "strength" if word in _STRENGTH else word or "number"


def charts(index: Index) -> tuple[list[Chart], int]:
    """The charts of a ledger, the fullest first, and how many were left out."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    subjects: dict[str, Who] = {}
    for claim in index.view.claims:
        if claim.kind == "estimate":
            subject = _subject(index, claim)
            subjects.setdefault(subject.key, subject)
            groups[subject.key, measure_class(claim.measure)].append(claim)
    order = sorted(
        groups, key=lambda key: (-len(groups[key]), subjects[key[0]].name.casefold(), key)
    )
    made = [
        _chart(index, subjects[key[0]], key[1], groups[key]) for key in order[: index.limits.charts]
    ]
    return made, max(0, len(order) - index.limits.charts)


def _subject(index: Index, claim: Claim) -> Who:
    """The entity that is counted; all that are described but not known share a chart."""
    subject = index.reference(claim.subject)
    return subject if subject is not None and subject.known else _OTHERS


def _chart(index: Index, subject: Who, measure: str, claims: list[Claim]) -> Chart:
    bounds = [value for claim in claims for value in (claim.low, claim.high) if value is not None]
    # A bar that is open above needs room to fade.
    bounds += [claim.low * 5 // 4 for claim in claims if claim.low and claim.high is None]
    scale = Scale.over(bounds)
    claims = sorted(claims, key=lambda claim: _row_order(index, claim))
    shown = claims[: index.limits.rows]
    return Chart(
        subject=Who(subject.name, subject.href, None, None, subject.known, subject.key),
        measure=measure,
        rows=[row(index, claim, scale) for claim in shown],
        ticks=scale.ticks() if bounds else [],
        logarithmic=scale.logarithmic,
        left_out=len(claims) - len(shown),
    )


def _row_order(index: Index, claim: Claim) -> tuple[object, ...]:
    place = claim.place.quote.casefold() if claim.place is not None else ""
    rank = index.document_rank(claim.document)
    return (place, rank, claim.document, claim.span, claim.id)


def row(index: Index, claim: Claim, scale: Scale) -> Row:
    """One claim as a row: who says it, in which words, drawn on the scale."""
    statement = index.statement.get(claim.statement or "")
    approximate = bool(claim.approximate)
    via = [index.reference(source) for source in statement.via] if statement is not None else []
    document = index.document.get(claim.document)
    return Row(
        who=index.holder(statement) if statement is not None else None,
        via=[source for source in via if source is not None],
        words=in_words(claim.low, claim.high, approximate=approximate),
        measure=claim.measure or "",
        bar=scale.bar(claim.low, claim.high, approximate=approximate),
        place=claim.place.quote if claim.place is not None else None,
        quote=claim.quote,
        href=index.claim_href(claim),
        source=index.source(claim.document),
        source_href=index.document_href(claim.document),
        when=document.published.value if document is not None else None,
        notes=notes(claim),
    )


def notes(claim: Claim) -> list[str]:
    """What weakens or turns a claim, in words: denied, possible, its hedges, its time."""
    found = ["denied"] if claim.polarity == "negative" else []
    if claim.modality != "actual":
        found.append(claim.modality)
    found += [f"“{hedge.quote}”" for hedge in claim.hedges]
    if claim.time is not None:
        value = claim.time.value
        found.append(f"{claim.time.quote} ({value})" if value else claim.time.quote)
    return found

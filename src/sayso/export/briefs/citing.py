"""A citation: from a finding, to a line and an address, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from sayso.export.briefs.brief import Asked, one_line
from sayso.export.wording import DECIDED
from sayso.records.documents import Document
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute
from sayso.records.spans import Span

UNREVIEWED = "NOT REVIEWED"
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Cited:
    """What an address names."""

    kind: str
    id: str
    document: str | None = None
    sha256: str | None = None
    spans: tuple[Span, ...] = ()


def spans_of(finding: Statement | Claim) -> tuple[Span, ...]:
    """The characters that carry a finding's words."""
    if isinstance(finding, Statement):
        return tuple(words.span for words in finding.content)
    return (finding.span,)


def address_of(finding: Statement | Claim | Dispute, document: Document | None) -> str:
    """The address of a finding in its document; a dispute stands in none."""
    if isinstance(finding, Dispute) or document is None:
        return f"sayso:dispute/{finding.id}"
    kind = "statement" if isinstance(finding, Statement) else "claim"
    at = ",".join(f"{span.start}-{span.end}" for span in spans_of(finding))
    return (
        f"sayso:{kind}/{finding.id}?document={quote(document.id)}"
        f"&sha256={quote(document.sha256)}&at={at}"
    )


def cited(address: str) -> Cited | None:
    """What an address names; None where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    kind, _, id = parts.path.partition("/")
    if parts.scheme != "sayso" or kind not in ("statement", "claim", "dispute") or not id:
        return None
    if kind == "dispute":
        return Cited(kind, id)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    spans = []
    for pair in given.get("at", "").split(","):
        start, _, end = pair.partition("-")
        if not (_is_number(start) and _is_number(end)) or int(start) >= int(end):
            return None
        spans.append(Span(int(start), int(end)))
    return Cited(kind, id, given.get("document"), given.get("sha256"), tuple(spans))


def source_label(document: Document, spans: tuple[Span, ...]) -> str:
    """Outlet, date, title, path and characters, in one line."""
    outlet = document.outlet or "outlet not known"
    day = document.published.value or "no date"
    at = ", ".join(f"{span.start}–{span.end}" for span in spans)
    title = f"“{document.title}”, " if document.title else ""
    return one_line(f"{outlet}, {day}, {title}{document.uri}, characters {at}")


def dispute_label(dispute: Dispute) -> str:
    """What a dispute lays side by side."""
    claims = sum(len(position.claims) for position in dispute.positions)
    return one_line(f"Laid side by side by sayso: {claims} findings on “{dispute.question}”")


def review_of(asked: Asked, id: str) -> str:
    """`NOT REVIEWED`, `confirmed by A`, `rejected by A`; the last decision of each person holds."""
    held = asked.standing(id)
    people = held.people if held is not None else {}
    return (
        one_line(", ".join(f"{DECIDED[what]} by {by}" for by, what in people.items())) or UNREVIEWED
    )


def mark_of(reviews: Iterable[str]) -> str:
    """What stands beside a sentence, by the reviews of what it cites."""
    open_ones = [review == UNREVIEWED for review in reviews]
    if not any(open_ones):
        return ""
    return "not reviewed" if all(open_ones) else "partly reviewed"


def standing(asked: Asked, finding: Statement | Claim) -> Statement | Claim:
    """The finding as people corrected it."""
    held = asked.standing(finding.id)
    return (held.finding if held is not None else None) or finding


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and int(text) < _LARGEST

"""What a claim says and what people decided, in a few words for a cell of a table."""

from __future__ import annotations

from sayso.records.findings import Claim
from sayso.records.judgements import Standing

DECIDED = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected", "add": "added"}
"""Decisions in words."""


def what(claim: Claim) -> str:
    """`2,500–4,000 members`, `at least 20 groups`, `not: present`, `assault (possible)`."""
    if claim.kind == "estimate":
        words = f"{bounds(claim.low, claim.high, bool(claim.approximate))} {claim.measure or ''}"
    elif claim.kind == "event":
        plover = claim.plover
        words = " ".join(filter(None, (plover.type, plover.mode))).lower() if plover else "event"
    elif claim.kind in ("status", "assertion"):
        words = claim.predicate or claim.kind
    else:
        words = claim.relation or "relation"
    words = words.replace("_", " ").strip()
    if claim.polarity == "negative":
        words = f"not: {words}"
    return words if claim.modality == "actual" else f"{words} ({claim.modality})"


def bounds(low: int | None, high: int | None, approximate: bool) -> str:
    """The bounds of an estimate, both included: `2,500–4,000`, `about 300`, `at most 50`."""
    about = "about " if approximate else ""
    if low is None and high is None:
        return "no number of"
    if low is None:
        return f"at most {about}{high:,}"
    if high is None:
        return f"at least {about}{low:,}"
    return f"{about}{low:,}" if low == high else f"{about}{low:,}–{high:,}"


def reviewed(held: Standing | None, of: str = "") -> str | None:
    """`corrected by N.N. on 2032-05-01`, and who decided otherwise; None where nobody decided."""
    if held is None:
        return None
    words = f"{of}{DECIDED[held.decision]} by {held.by} on {held.at[:10]}"
    if held.differing:
        words += f"; otherwise: {', '.join(held.differing)}"
    return words

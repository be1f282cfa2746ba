"""Which quotation stands beside a cue, and whether it is what was said."""

from __future__ import annotations

from sayso.records.spans import Span
from sayso.steps.extract.attributions import Attribution
from sayso.steps.extract.quotations import Quotation
from sayso.steps.extract.spoken_zones import SpokenZone


def outranks(
    zone: SpokenZone, beside: Quotation, attribution: Attribution, touching: list[Quotation]
) -> bool:
    """Whether the quotation beside a cue is its content rather than what the tree shows.

    '"...," he said of the firm, whose owner left': the tree takes the last clause.
    """
    if beside in touching:
        return False
    if not attribution.content:
        return True
    before = beside.outer.end <= zone.parse.starts[attribution.group[0]]
    first = attribution.content[0][0]
    return before and zone.parse.words[first].lower() != "that"


def lead_in(zone: SpokenZone, beside: Quotation, attribution: Attribution) -> list[Span]:
    """The words before a quotation that ends the reporter's own sentence ('He is "done," she
    said'); nothing where the quotation is a sentence of its own."""
    if beside.outer.start > zone.parse.starts[attribution.verb]:
        return []
    first = zone.parse.tokens_in(beside.outer)[0]
    start = zone.parse.sentences[zone.parse.sentence_of[first]][0]
    lead = zone.text[zone.parse.starts[start] : beside.outer.start].strip()
    if first <= start or len(lead.split()) < 2 or lead[-1] in ".!?:":
        return []
    return [Span(zone.parse.starts[start], beside.outer.end)]


def quotation_beside(zone: SpokenZone, attribution: Attribution) -> Quotation | None:
    """The unused quotation that touches an attribution: before it or after it."""
    low = zone.parse.starts[attribution.group[0]]
    high = zone.parse.ends[attribution.group[1] - 1]
    before = [q for q in zone.all if q.outer.end <= low]
    if before and _is_bridge(zone.text[before[-1].outer.end : low]):
        candidate = before[-1]
        spoken = candidate in zone.quotations or _ends_like_speech(zone, candidate)
        if candidate.outer.start not in zone.used and spoken:
            return candidate
    after = [q for q in zone.quotations if q.outer.start >= high]
    if after and _is_bridge(zone.text[high : after[0].outer.start]):
        return after[0]
    return None


def _ends_like_speech(zone: SpokenZone, quotation: Quotation) -> bool:
    """Whether a short quotation ends as one does before "he said": with a comma at its mark."""
    inside = quotation.inner.cut(zone.text).rstrip()[-1:]
    return inside in (",", "!", "?") or zone.text[quotation.outer.end :][:1] == ","


def _is_bridge(gap: str) -> bool:
    """Whether nothing but punctuation (and "that") lies between a cue and a quotation."""
    return gap.strip(" ,:;—–-\t\n").lower() in ("", "that", "and", "but")

"""Pages that show the beginning of a report and keep the rest for subscribers.

A stub read as a report is worse than one set aside: its last sentence breaks off, and the other
side's word stands in the part that nobody sees. It is read, and the reading says that it is one.
"""

from __future__ import annotations

from sayso.steps.clean.draft import Draft, Trouble
from sayso.steps.clean.lines import ends_sentence
from sayso.steps.clean.wording import wording

_FEW = 250
"""Words up to which a page that asks for a subscription holds no whole report."""
_VERY_FEW = 120
_PART = 0.6
"""Below this share of the words that the page claims, it is not all of them."""


def stub_of(draft: Draft) -> Trouble | None:
    """Why the draft is the beginning of a report only; None where nothing says so.

    Signs: a line that asks for a subscription, or metadata by which the report is not free. One
    sign is enough only where the text is short, breaks off, or is less than the page claims: many
    pages that ask for a subscription hold the whole report.
    """
    text = draft.content.text
    bodies = [zone for zone in draft.zones if zone.kind == "body"]
    words = sum(zone.span.cut(text).count(" ") + 1 for zone in bodies)
    asked = any(
        wording().is_paywall(zone.span.cut(text))
        for zone in draft.zones
        if zone.kind in ("body", "notice", "related")
    )
    if not asked and not draft.locked:
        return None
    claimed = draft.claimed_words
    if claimed is not None and words >= _PART * claimed:
        return None
    last = bodies[-1].span.cut(text) if bodies else ""
    broken = not ends_sentence(last) or last.rstrip().endswith(("…", "..."))
    both = asked and draft.locked
    if claimed is not None or (words < _FEW and (both or broken)) or words < _VERY_FEW:
        told = f" of about {claimed:,}" if claimed else ""
        return (
            "paywalled",
            f"the page shows {words:,} words{told} and keeps the rest for subscribers",
            "get the whole report, or know that what is missing may say otherwise",
        )
    return None

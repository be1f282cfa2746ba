"""Where a text has words that a person typed: line breaks and typographic signs do not matter."""

from __future__ import annotations

import re

from sayso.records.spans import Span

_ALIKE = ('"“”„‟«»″', "'‘’‚‛`´′", "-‐‑‒–—−", "….")
_CLASS = {sign: f"[{re.escape(signs)}]" for signs in _ALIKE for sign in signs}
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«"}


def places_of(words: str, text: str) -> list[Span]:
    """The places where `text` has these words, in order; upper and lower case are told apart.

    White space is any white space; quotation marks, apostrophes and dashes are one another.
    Quotation marks around all of it are left out, as they are in what is found.
    """
    bare = words.strip()
    if len(bare) > 2 and bare[-1] in _PAIRS.get(bare[0], ""):
        bare = bare[1:-1].strip()
    if not bare:
        return []
    pattern = r"\s+".join(
        "".join(_CLASS.get(sign) or re.escape(sign) for sign in word) for word in bare.split()
    )
    return [Span(*found.span()) for found in re.finditer(pattern, text)]


def nearest(spans: list[Span], here: Span) -> Span:
    """Of one span or more, that with the fewest characters between it and `here`; of several the
    one that begins nearest."""
    return min(
        spans,
        key=lambda span: (
            max(span.start - here.end, here.start - span.end, 0),
            abs(span.start - here.start),
        ),
    )

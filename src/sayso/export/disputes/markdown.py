"""Question pages in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.export.disputes.layout import LaidOut, voices

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")
_SPACE = re.compile(r"\s+")


def markdown(laid: LaidOut) -> Iterator[str]:
    """The lines of one dispute: a heading with the question, a list of answers, the reasons.

    Words of reports are escaped, so that they can make no links, headings or HTML of their own.
    """
    yield f"## {_safe(laid.question)}"
    yield ""
    yield f"**{laid.verdict}.**"
    yield ""
    for answer in laid.answers:
        dates = f", {_safe(answer.dates)}" if answer.dates else ""
        holders = "; ".join(_safe(name) for name in answer.holders)
        yield f"- **{_safe(answer.value)}** ({voices(answer.independent)}{dates}): {holders}"
        for quote in answer.quotes:
            when = f" {_safe(quote.when)}" if quote.when else ""
            source = f"{_safe(quote.source)}{when}"
            who = _safe(quote.who) + (f" (graded {quote.grade})" if quote.grade else "")
            yield f"  - “{_safe(quote.words)}” – {who}, {source} ({quote.claim[:8]})"
        if answer.left_out:
            yield f"  - and {answer.left_out:,} more"
    yield ""
    for reason in laid.reasons:
        yield f"> {_safe(reason)}"
        yield ""


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text).strip())

"""Who is blamed for an attack, or cleared of it, in words beside it that are no deed of theirs.

"Marn blamed the Front for the attack", "the Front was behind it", "the Front had no hand in it":
the event has no actor there, but the question who did it has an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.records.findings import Mention
from sayso.records.spans import Span

_REACH = 90
"""Characters between the blamed and the attack."""
_MOST = 6
"""Names ahead of an attack that are looked at, the nearest first."""
_BODY = r"(?:\s+(?:group|militants|fighters|insurgents|rebels|movement|forces))?"
_BLAMING = re.compile(
    r"\b(?:blam(?:e|es|ed|ing)|accus(?:e|es|ed|ing)|suspect(?:s|ed)?|implicat(?:e|es|ed)|h[eo]ld)"
    r"\s+(?:the\s+|militants\s+of\s+the\s+|fighters\s+of\s+the\s+)?$",
    re.IGNORECASE,
)
_FOR = re.compile(rf"{_BODY}\s+(?:for|of|in|responsible\s+for)\b", re.IGNORECASE)
_BEHIND = re.compile(
    rf"{_BODY}\s+(?:is|was|were|are|be|being|stood|had\s+been|have\s+been|has\s+been)\s+"
    r"(?P<not>not\s+)?(?:behind|responsible\s+for|to\s+blame\s+for|involved\s+in)\b",
    re.IGNORECASE,
)
_NO_HAND = re.compile(
    rf"{_BODY}(?:\s+(?:said|insisted|says|that|it|they|the\s+group))*\s+(?:"
    r"ha[ds]\s+(?:no|nothing)\s+(?:hand|role|part|involvement|to\s+do)\b"
    r"|(?:did\s+not|didn['’]t|had\s+not|never)\s+"
    r"(?:carr(?:y|ied)\s+out|commit(?:ted)?|stage[d]?|conduct(?:ed)?|launch(?:ed)?|order(?:ed)?)\b)",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(
    r"\b(?:attribut(?:e|es|ed)|ascrib(?:e|es|ed)|pinn(?:ed|ing))\b", re.IGNORECASE
)
_TO = re.compile(r"\s+(?:to|on)\s+(?:the\s+)?$", re.IGNORECASE)


def blamed(
    text: str,
    sentence: Span,
    attack: Span,
    named: Sequence[Mention],
    *,
    denied: bool,
    voiced: bool,
) -> Iterator[tuple[Mention, bool]]:
    """Those in `sentence` who are said to be behind the attack at `attack` (True), or not (False).

    `named` are the mentions of the sentence in order; `denied`: whether the attack's claim is
    negative, as in "denied that the Front was behind the attack"; `voiced`: whether it is known who
    says so. Of an accusation by nobody known nothing is taken: it is not the report's own.
    """
    before = [mention for mention in named if mention.span.end <= attack.start][-_MOST:]
    for mention in reversed(before):
        between = text[mention.span.end : attack.start]
        if len(between) > _REACH:
            return
        ahead = text[max(sentence.start, mention.span.start - 40) : mention.span.start]
        if _NO_HAND.match(between):
            yield mention, False
            return
        if (found := _BEHIND.match(between)) is not None:
            yield mention, not (denied or found["not"])
            return
        if voiced and _BLAMING.search(ahead) and _FOR.match(between):
            yield mention, not denied
            return
    if denied or not voiced or not _ATTRIBUTED.search(text[sentence.start : attack.start]):
        return
    after = [mention for mention in named if mention.span.start >= attack.end][:_MOST]
    for mention in after:
        between = text[attack.end : mention.span.start]
        if len(between) <= _REACH and _TO.search(f" {between}"):
            yield mention, True
            return

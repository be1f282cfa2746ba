"""Wordy ways to put a number that lead a parser astray: `in the region of 60 people were killed`.

A statistical parser takes such words for a preposition with an object of its own and hangs the
people under it. Left out of what is parsed, they change nothing in the rest of the tree; how they
bound the number is read from the text (`values.bounds`).
"""

from __future__ import annotations

import re

from sayso.records.spans import Span
from sayso.values.amounts import Amount, find_amounts
from sayso.values.numerals import SCALES, SMALL

_NUMERAL = rf"(?:\d[\d.,]*\d|\d|(?:{'|'.join((*sorted(SMALL, key=len, reverse=True), *SCALES))})\b)"
_EACH = re.compile(rf"(?i){_NUMERAL}")
_EACH_BEFORE = re.compile(rf"(?i)(?:{_NUMERAL}|[-–—])[\s-]*$")
_WHOLE = re.compile(
    r"(?i)(?<!\w)(?:(?:a|an|the)\ (?:[a-z]+\ )?(?:total|number|figure|tally|count)\ of|all\ told,?"
    r"|altogether|in\ all,?|in\ total,?|what\ (?:is|are|was|were)\ [a-z]+\ to\ be"
    r"|by\ (?:[a-z]+\ ){1,2}(?:counts?|estimates?|accounts|reckoning),?)\ $"
)
"""Words right before an amount that say that it is the whole of them, or how it was come by."""
_FIGURE = re.compile(r"(?i)(?<!\w)(?:a|an)\ (?:[a-z]+\ )?(?:total|number|figure)\ $")
"""The same before words that bound a number ("a figure close to 50")."""
_SIMPLE = frozenset(
    {
        "", "about", "around", "some", "nearly", "almost", "roughly", "approximately",
        "exactly", "precisely", "over", "under", "above", "below", "more than", "fewer than",
        "less than", "at least", "as many as", "up to", "no more than", "no fewer than",
        "no less than", "not more than", "not fewer than", "not less than", "just over",
        "just under", "an estimated", "estimated", "estimated at", "or so", "or more",
        "or fewer", "or less", "-odd", "-plus", "+", "between", "from",
    }
)  # fmt: skip
"""What parsers know beside a number, if it stands alone."""
_PLAIN_RANGE = re.compile(rf"(?i){_NUMERAL}\ ?(?:to|or|[-–—])\ ?")
_VERBAL = re.compile(r"(?i)\b(?:exceed|surpass|passed|topped|capped)")
"""Verbs that bound a number: without them a sentence would lose its own."""
_STEERED = re.compile(r"(?i)\b(?:to|at|of|by)\s$")
_BACK = 32
"""Characters before an amount in which it is looked for words for the whole."""
_CHANGES = re.compile(
    r"(?i)\b(?:r[io]se|risen|rising|gr[eo]w\w*|increas\w+|swell\w*|swollen|swelled|climb\w*|f[ea]ll\w*"
    r"|drop\w*|shr[aiu]nk\w*|decreas\w+|declin\w+|jump\w*|doubl\w+|tripl\w+|expand\w*|dwindl\w+"
    r"|plung\w+|slump\w*|soar\w*|surg\w+|slip\w*|s[aiu]nk\w*|up|down|rang\w+|var\w+|go|goes|went|gone)"
    r"\s(?:\w+\s)?$"
)


def wordy_spans(text: str) -> list[Span]:
    """The words around numbers that a parser reads better without, in order; none holds the last
    digit or word of a number. Time is linear in the text.

    >>> [span.cut("in excess of 40 men") for span in wordy_spans("in excess of 40 men")]
    ['in excess of ']
    """
    return [span for amount in find_amounts(text) for span in _around(text, amount)]


def _around(text: str, amount: Amount) -> list[Span]:
    number = _last_number(text, amount)
    before = text[amount.span.start : number.start]
    after = text[number.end : amount.span.end]
    start = amount.span.start
    behind = max(0, start - _BACK)
    whole = _WHOLE.search(text, behind, start)
    if whole is None and before:
        whole = _FIGURE.search(text, behind, start)
    if whole is not None:
        start = whole.start()
    spans = []
    wordy = _is_wordy(before) or (_is_wordy(after) and bool(before))
    steered = before.lower() == "up to " and _STEERED.search(text, behind, amount.span.start)
    apart = (wordy or whole is not None or steered) and not _is_change(text, amount, before)
    if apart and start < number.start:
        spans.append(Span(start, number.start))
    if _is_wordy(after) and after[:1] in " ,":
        spans.append(Span(number.end, amount.span.end))
    return spans


def _last_number(text: str, amount: Amount) -> Span:
    """The last number of a range, or the number; the whole where a scale goes with both ("2 to 3
    million")."""
    whole = amount.number.cut(text)
    found = list(_EACH.finditer(whole))
    if len(found) < 2 or amount.low == amount.high:
        return amount.number
    last = found[-1]
    if _EACH_BEFORE.search(whole[: last.start()]) is not None:
        return amount.number
    return Span(amount.number.start + last.start(), amount.number.start + last.end())


def _is_wordy(words: str) -> bool:
    """Whether other words than those that parsers know stand there, or another number."""
    if _VERBAL.search(words) is not None or _PLAIN_RANGE.fullmatch(words) is not None:
        return False
    return " ".join(words.lower().split()) not in _SIMPLE


def _is_change(text: str, amount: Amount, before: str) -> bool:
    """`from 20 to 60`: where something changes or ranges, each number is one of its own; a range of
    years is none of people."""
    if amount.year_like:
        return True
    if not before.lower().startswith("from "):
        return False
    return _CHANGES.search(text, max(0, amount.span.start - _BACK), amount.span.start) is not None

"""Wordy ways to put a number that lead a parser astray: `in the region of 60 people were killed`.

A statistical parser takes such words for a preposition with an object of its own and hangs the
people under it. Left out of what is parsed, they change nothing in the rest of the tree; how they
bound the number is read from the text (`values.bounds`).
"""

from __future__ import annotations

import re

from sayso.records.spans import Span
from sayso.values.numerals import SCALES, SMALL

_NUMERAL = rf"(?:\d[\d.,]*\d|\d|(?:{'|'.join((*SMALL, *SCALES))})\b)"
_HEDGE = r"(?:(?:about|around|some|roughly|approximately|nearly|almost)\ )?"
_WORDY = re.compile(
    rf"""(?ix)(?<!\w)(?:
        (?:somewhere\ |anywhere\ |something\ )?
            (?:in|on|of)\ the\ (?:region|order|vicinity|neighbou?rhood)\ of
      | (?:well\ |far\ )?in\ excess\ of
      | upwards?\ of
      | (?:a|an|the)\ (?:[a-z]+\ )?(?:total|minimum|maximum)\ of
      | anything\ up\ to
      | (?:any(?:thing|where)|some(?:thing|where))\ (?:from|between)\ {_NUMERAL}\ (?:up\ )?(?:to|and)
      | between\ {_NUMERAL}\ and(?=\ [\d,.]+\ [a-z]{{3}})
      | as\ few\ as\ {_NUMERAL}\ and\ as\ many\ as
      | at\ (?:the\ )?(?:very\ )?most
      | (?<=\ at\ )close\ to
      | (?<=\ (?:to|at|of|by)\ )up\ to
    )\ {_HEDGE}(?={_NUMERAL})"""
)


def wordy_spans(text: str) -> list[Span]:
    """The words before a number that a parser reads better without, in order; they end where the
    number begins. Time is linear in the text.

    >>> [span.cut("in excess of 40 men") for span in wordy_spans("in excess of 40 men")]
    ['in excess of ']
    """
    return [Span(match.start(), match.end()) for match in _WORDY.finditer(text)]

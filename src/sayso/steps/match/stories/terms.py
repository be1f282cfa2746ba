"""The words of a report by which it is told from others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.values.names import fold
from sayso.values.stems import stem

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_LONGEST = 40
"""Longer runs are no words (encoded data, addresses)."""


def stems_in(text: str) -> Iterator[tuple[str, str]]:
    """Each word's stem and the word as it stands, in order; numbers are words.

    >>> list(stems_in("A 6.1-magnitude quake, 12,000 fled Velm's bombings."))[1:4]
    [('6.1', '6.1'), ('magnitud', 'magnitude'), ('quak', 'quake')]
    """
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) <= _LONGEST and (len(word) > 1 or word.isdigit()):
            yield stem(fold(word)), word

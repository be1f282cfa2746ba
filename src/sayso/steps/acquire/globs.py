"""Patterns for addresses: `*` stands for any characters, everything else for itself.

No regular expressions: what a user writes can then never take long to match.
"""

from __future__ import annotations

from collections.abc import Sequence


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` fits `pattern`. Time: the text's length times the stars."""
    first, *middle = pattern.split("*")
    if not middle:
        return text == pattern
    last = middle.pop()
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(last)


def wanted(text: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether `text` fits one of `include` (or there are none) and none of `exclude`."""
    if any(matches(pattern, text) for pattern in exclude):
        return False
    return not include or any(matches(pattern, text) for pattern in include)

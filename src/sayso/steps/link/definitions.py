"""Names that a text itself explains by others: "X (Y)", "X, also known as Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import FoundName
from sayso.values.names import abbreviates, fold

_LONGEST_GAP = 9
"""Tokens between two names of which one explains the other."""
_OPENING = {"(": ")", "[": "]"}
_QUOTES = frozenset("\"“”„«»‘’'")
_GROUPS = frozenset(("armed_group", "organisation", "outlet"))


def definitions(
    parses: Sequence[Parse], names: Sequence[FoundName]
) -> Iterator[tuple[FoundName, FoundName]]:
    """Neighbouring names that a text says to be one, in text order.

    A plain "X or Y" is not such a saying, nor is a bracket whose letters don't abbreviate.
    """
    for index in range(len(names) - 1):
        left, right = names[index], names[index + 1]
        if left.parse != right.parse or right.first - left.last > _LONGEST_GAP:
            continue
        earlier = names[index - 1] if index else None
        if _defines(parses[left.parse], earlier, left, right):
            yield left, right


def _defines(parse: Parse, earlier: FoundName | None, left: FoundName, right: FoundName) -> bool:
    gap = [word for word in parse.words[left.last : right.first] if word not in _QUOTES]
    after = next((w for w in parse.words[right.last : right.last + 2] if w not in _QUOTES), "")
    if not _compatible(left, right):
        return False
    if len(gap) == 1 and gap[0] in _OPENING:
        return after == _OPENING[gap[0]] and _explains(left, right)
    words = " ".join(fold(word) for word in gap if any(c.isalnum() for c in word))
    if words in _phrases():
        return not any(mark in gap for mark in ".;:?!")
    if words == "or":
        return _or_in_commas(parse, earlier, left, gap, after)
    return False


def _phrases() -> frozenset[str]:
    return listed("naming.toml", "also_known")


def _compatible(left: FoundName, right: FoundName) -> bool:
    if left.actor is not None and right.actor is not None:
        return left.actor == right.actor
    return left.kind == right.kind or {left.kind, right.kind} <= _GROUPS


def _explains(left: FoundName, right: FoundName) -> bool:
    if left.actor is not None and left.actor == right.actor:
        return True
    return abbreviates(right.quote, left.quote) or abbreviates(left.quote, right.quote)


def _or_in_commas(
    parse: Parse, earlier: FoundName | None, left: FoundName, gap: list[str], after: str
) -> bool:
    """`X, or Y, ...` and `X (or Y)`; not the end of a list ("W, X, or Y,")."""
    if left.kind not in _GROUPS or not gap or gap[0] not in (",", "("):
        return False
    listing = (
        earlier is not None
        and earlier.parse == left.parse
        and "," in parse.words[earlier.last : left.first]
        and left.first - earlier.last <= 2
    )
    return not listing and after in (",", ")", "-", "–", "—")

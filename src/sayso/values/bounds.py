"""Words that bound or blur a number: `more than`, `nearly`, `or so`, `-odd`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sayso.values.numerals import Lexeme

Bound = Literal["low", "high", "about"]

_BEFORE: dict[str, Bound] = {
    **dict.fromkeys(
        (
            "more than",
            "over",
            "above",
            "upwards of",
            "upward of",
            "in excess of",
            "at least",
            "no fewer than",
            "no less than",
            "not less than",
            "not fewer than",
            "a minimum of",
            "exceeding",
            "exceeds",
            "exceed",
            "exceeded",
            "surpassing",
            "surpasses",
            "surpassed",
            "well over",
            "well above",
            "well in excess of",
            "far more than",
            "at the very least",
            "at a minimum",
            "not below",
            "passed",
            "topped",
            "as few as",
        ),
        "low",
    ),
    **dict.fromkeys(
        (
            "up to",
            "as many as",
            "at most",
            "no more than",
            "not more than",
            "fewer than",
            "less than",
            "under",
            "below",
            "well under",
            "well below",
            "far fewer than",
            "at the very most",
            "at the most",
            "at a maximum",
            "not above",
            "no higher than",
            "a maximum of",
        ),
        "high",
    ),
    **dict.fromkeys(
        (
            "around",
            "about",
            "some",
            "approximately",
            "approx",
            "roughly",
            "nearly",
            "almost",
            "close to",
            "closer to",
            "nearer to",
            "somewhere",
            "anywhere",
            "anything",
            "in the region of",
            "in the neighbourhood of",
            "in the neighborhood of",
            "in the order of",
            "on the order of",
            "an estimated",
            "estimated",
            "estimated at",
            "circa",
            "perhaps",
            "possibly",
            "more or less",
            "just about",
            "just over",
            "just under",
            "a little over",
            "slightly more than",
            "slightly over",
            "slightly fewer than",
            "slightly under",
            "a little under",
            "a little more than",
            "just shy of",
            "just short of",
            "something like",
            "in the region of",
            "in the order of",
            "on the order of",
            "of the order of",
            "in the vicinity of",
            "practically",
            "virtually",
            "~",
            "≈",
            "c",
        ),
        "about",
    ),
}
_LONGEST = 4
_AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "low",
    ("or", "so"): "about",
    ("or", "fewer"): "high",
    ("or", "less"): "high",
    ("at", "least"): "low",
    ("at", "most"): "high",
    ("or", "thereabouts"): "about",
    ("and", "counting"): "low",
    ("at", "a", "minimum"): "low",
    ("at", "the", "least"): "low",
    ("at", "the", "very", "least"): "low",
    ("at", "a", "maximum"): "high",
    ("at", "the", "most"): "high",
    ("at", "the", "very", "most"): "high",
}
JOINED_AFTER: dict[str, Bound] = {"odd": "about", "plus": "low", "ish": "about"}
DASHES = frozenset("-–—‒−")


def modifier_from(
    words: Sequence[Lexeme], at: int, bounds: frozenset[Bound] = frozenset({"about"})
) -> int:
    """How many lexemes from `at` on are one bounding phrase (`close to`)."""
    for length in range(_LONGEST, 0, -1):
        if at + length <= len(words):
            phrase = " ".join(lexeme.word for lexeme in words[at : at + length])
            if _BEFORE.get(phrase) in bounds:
                return length
    return 0


def bounds_before(words: Sequence[Lexeme], first: int, floor: int) -> tuple[int, list[Bound]]:
    """Where the bounding words before begin, and what each says; at most three phrases."""
    bounds: list[Bound] = []
    for _ in range(3):
        for length in range(_LONGEST, 0, -1):
            at = first - length
            if at < floor:
                continue
            phrase = " ".join(lexeme.word for lexeme in words[at:first])
            bound = _BEFORE.get(phrase)
            if phrase == "up to" and at and words[at - 1].word.startswith("add"):
                bound = None  # "add up to 300"
            if bound is not None:
                bounds.append(bound)
                first = at
                break
        else:
            break
    return first, bounds


def bounds_after(words: Sequence[Lexeme], last: int) -> tuple[int, list[Bound], bool]:
    """Where the bounding words after end, what they say, and whether `-strong` follows."""
    rest = words[last : last + 2]
    if not rest:
        return last, [], False
    if rest[0].text == "+" and rest[0].start == words[last - 1].end:
        return last + 1, ["low"], False
    for length in range(2, _LONGEST + 1):
        phrase = tuple(lexeme.word for lexeme in words[last : last + length])
        if phrase in _AFTER and len(phrase) == length:
            return last + length, [_AFTER[phrase]], False
    if len(rest) == 2 and rest[0].text in DASHES and rest[0].end == rest[1].start:
        if rest[1].word == "strong":
            return last + 2, [], True
        if rest[1].word in JOINED_AFTER:
            return last + 2, [JOINED_AFTER[rest[1].word]], False
    return last, [], False

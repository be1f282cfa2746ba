"""How two answers to one question stand to one another, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from sayso.records.matches import Verdict
from sayso.steps.match.disputes.answers import Answer, Voice
from sayso.steps.match.disputes.dating import apartness
from sayso.steps.match.disputes.sides import Matched

_MOST_ANSWERS = 60
_MOST_VOICES = 24
"""Compared with one another of each answer: enough for a verdict, whatever the ledger's size."""
_LOOSE = 10
"""A number called approximate may be off by one part in so many."""

Standing = Literal["overlap", "same_time", "apart", "undated"]
"""The last three: the answers exclude one another, at one time, at different times, at times
that are not known."""


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two answers that are not one, and the two voices that show how they stand."""

    first: Answer
    second: Answer
    standing: Standing
    voices: tuple[Voice, Voice]


def rivalries(
    answers: Sequence[Answer],
    matched: Matched,
    *,
    overlap: Callable[[Answer, Answer], bool],
) -> list[Rivalry]:
    """The pairs of answers that different voices, or one voice in different texts, give.

    A speaker who gives two answers in one text explains himself; that is no rivalry.
    """
    answers = answers[:_MOST_ANSWERS]
    voices = [spread(answer.voices(matched), _MOST_VOICES) for answer in answers]
    found = []
    for (i, a), (j, b) in combinations(enumerate(answers), 2):
        rivalry = _between(a, b, voices[i], voices[j], overlap(a, b))
        if rivalry is not None:
            found.append(rivalry)
    return found


def _between(
    a: Answer, b: Answer, of_a: Sequence[Voice], of_b: Sequence[Voice], overlap: bool
) -> Rivalry | None:
    best: tuple[int, Rivalry] | None = None
    for one in of_a:
        for other in of_b:
            if one.speaker == other.speaker and one.text == other.text:
                continue
            if overlap:
                return Rivalry(a, b, "overlap", (one, other))
            standing = _standing(one, other)
            rank = ("same_time", "undated", "apart").index(standing)
            if best is None or rank < best[0]:
                best = rank, Rivalry(a, b, standing, (one, other))
            if rank == 0:
                return best[1]
    return best[1] if best is not None else None


def _standing(one: Voice, other: Voice) -> Standing:
    if one.time is None and other.time is None and one.text == other.text:
        return "same_time"
    # A speaker who says something else on another day has changed his word, not contradicted it.
    close = 0 if one.speaker == other.speaker else None
    apart = (
        apartness(one.time, other.time)
        if close is None
        else apartness(one.time, other.time, close=close)
    )
    return {"same": "same_time", "apart": "apart", "unknown": "undated"}[apart]  # type: ignore[return-value]


def amounts_overlap(a: Answer, b: Answer) -> bool:
    """Whether two ranges share a number; approximate ones reach a tenth further."""
    (low_a, high_a), (low_b, high_b) = _reach(a), _reach(b)
    return low_a <= high_b and low_b <= high_a


def _reach(answer: Answer) -> tuple[float, float]:
    low = float(answer.low) if answer.low is not None else 0.0
    high = float(answer.high) if answer.high is not None else float("inf")
    loose = 1 / _LOOSE if answer.approximate else 0.0
    return low * (1 - loose), high * (1 + loose)


def verdict_of(found: Sequence[Rivalry], *, undated: Verdict) -> Verdict:
    """The gravest that any pair gives. `undated`: what an exclusion at unknown times counts as."""
    standings = {rivalry.standing for rivalry in found}
    if "same_time" in standings:
        return "conflict"
    if "undated" in standings:
        return undated
    if "apart" in standings:
        return "changed_over_time"
    return "differ" if "overlap" in standings else "agree"


def gravest(found: Sequence[Rivalry]) -> list[Rivalry]:
    """One pair of each standing, the gravest first: what the reasons are told by."""
    order: tuple[Standing, ...] = ("same_time", "undated", "apart", "overlap")
    return [
        next(rivalry for rivalry in found if rivalry.standing == standing)
        for standing in order
        if any(rivalry.standing == standing for rivalry in found)
    ]


def told_apart(rivalry: Rivalry) -> str:
    """How a yes and a no stand to one another, in words."""
    one, other = rivalry.voices
    pair = f"{one.told()}: {rivalry.first.value}; {other.told()}: {rivalry.second.value}"
    if rivalry.standing == "same_time":
        return f"one denies what the other says of the same time: {pair}"
    if rivalry.standing == "apart":
        return f"they speak of different times: {pair}; what held then need not hold later"
    return f"one denies what the other says: {pair}; not both dates are told"


def spread(voices: Sequence[Voice], most: int) -> Sequence[Voice]:
    """At most so many of the voices, the first and last in time among them."""
    if len(voices) <= most:
        return voices
    ordered = sorted(
        voices,
        key=lambda voice: (
            voice.time is None,
            str(voice.time and voice.time.first),
            voice.text,
            voice.speaker,
        ),
    )
    return [ordered[index * (len(ordered) - 1) // (most - 1)] for index in range(most)]

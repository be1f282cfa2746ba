"""How nearly two names are one, and how they differ."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.records.entities import EntityKind
from sayso.steps.match.actors.names import (
    NameWords,
    body_words,
    common_sounds,
    person_words,
    sounds_of,
)
from sayso.steps.match.actors.profiles import is_short
from sayso.steps.match.actors.spellings import consonants, likeness
from sayso.values.names import abbreviates, atoms, is_patronymic

Fit = Literal["equal", "alike", "longer", "part", "initials", "near", "other"]
"""How two names fit.

`equal`: one name, spelled alike or in ways that are known to be one; `alike`: spelled a little
differently; `longer`: one has a name more that reports leave out (a patronymic, an honorific);
`part`: one is a part of the other, and might be somebody else's; `initials`: a letter stands for a
name or a few for all; `near`: too near to be told apart by the name alone; `other`: two names.
"""
SAME = 0.87
"""From here two words are spellings of one."""
NEAR = 0.74
"""From here two words may be."""


class NameFit(NamedTuple):
    """How two names fit, and how nearly (0..1)."""

    fit: Fit
    score: float
    reason: str


class _Pairing(NamedTuple):
    """The words of two names, laid beside each other."""

    scores: tuple[float, ...]
    initials: int
    left: tuple[int, ...]
    """Places of the words that found no partner."""
    right: tuple[int, ...]
    common: int
    """How many of the pairs are of names that very many bear."""


@lru_cache(maxsize=200_000)
def fit_names(left: str, right: str, kind: EntityKind) -> NameFit:
    """How two names of one kind of actor fit. Symmetric; time grows with the words' product,
    and at most twelve words of a name are looked at."""
    if (right, left) < (left, right):
        left, right = right, left
    if kind == "person":
        return _fit_persons(left, right)
    return _fit_bodies(left, right)


def _fit_persons(left: str, right: str) -> NameFit:
    one, two = person_words(left), person_words(right)
    if not one.sounds or not two.sounds:
        return NameFit("other", 0.0, "no name in Latin, Cyrillic or Arabic letters")
    if len(one.sounds) > len(two.sounds):
        one, two, left, right = two, one, right, left
    pairing = _pair(one, two)
    score = sum(pairing.scores) / max(1, len(pairing.scores))
    if pairing.left and _only(pairing.left, one, sounds_of("optional")):
        pairing = pairing._replace(left=())
    if pairing.left or not pairing.scores:
        return NameFit("other", 0.4 * score, f"{left!r} and {right!r} are two names")
    if pairing.initials:
        return NameFit("initials", 0.6 * score, f"{left!r} may stand for {right!r}")
    weakest = min(pairing.scores)
    extra = pairing.right
    if extra and not _only(extra, two, sounds_of("optional")):
        if len(one.sounds) == 1:
            return NameFit("part", 0.5 * weakest, f"{left!r} is a part of {right!r}")
        if not _left_out(extra, two, one):
            return NameFit("part", 0.65 * weakest, f"{left!r} lacks a name that {right!r} has")
        fit: Fit = "longer"
    else:
        fit = "longer" if extra else "equal"
    if weakest >= SAME:
        if len(one.sounds) == 1 and fit == "longer":
            return NameFit("part", 0.5, f"{left!r} is a part of {right!r}")
        if fit == "longer" and pairing.common == len(pairing.scores):
            return NameFit("part", 0.6, f"{left!r} is too common a name to be {right!r}'s alone")
        if weakest < 1.0 and pairing.common == len(pairing.scores) and weakest < 0.93:
            return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are common names")
        if fit == "equal" and weakest < 1.0:
            fit = "alike"
        return NameFit(fit, (0.95 if fit == "longer" else 1.0) * weakest, _spelled(left, right))
    imprecise = sum(score < SAME for score in pairing.scores)
    if imprecise == 1 and len(pairing.scores) >= 3:
        return NameFit("near", 0.8 * score, f"{left!r} and {right!r} differ in one word")
    return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are only near")


def _left_out(extra: tuple[int, ...], long: NameWords, short: NameWords) -> bool:
    """Whether reports leave out all the extra names: patronymics, middle initials, honorifics."""
    optional = sounds_of("optional")
    initials = any(len(word) == 1 for word in short.sounds)
    for place in extra:
        word = long.sounds[place]
        middle = 0 < place < len(long.sounds) - 1
        patronymic = is_patronymic(word.replace("C", "ch")) and place > 0
        letter = middle and len(word) == 1 and not initials
        if not (word in optional or letter or patronymic):
            return False
    return True


def _only(places: tuple[int, ...], words: NameWords, listed: frozenset[str]) -> bool:
    return all(words.sounds[place] in listed for place in places)


def _pair(one: NameWords, two: NameWords) -> _Pairing:
    """The best partner of each word, the surest first; adjoining words may be written as one."""
    left, right = list(one.sounds), list(two.sounds)
    if not (one.voweled and two.voweled):
        left, right = [consonants(w) for w in left], [consonants(w) for w in right]
    _write_together(left, right)
    _write_together(right, left)
    found = sorted(
        (-_word_score(a, b), abs(i - j), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    scores, initials, common = [], 0, 0
    for negative, _, i, j in found:
        if -negative < NEAR:
            break
        if i in taken_left or j in taken_right:
            continue
        taken_left.add(i)
        taken_right.add(j)
        scores.append(-negative)
        initials += (len(left[i]) == 1) != (len(right[j]) == 1)
        common += left[i] in common_sounds() or left[i].startswith("abd")
    # A word put together of two leaves a gap: places are those of the words as they now stand.
    rest_left = tuple(i for i in range(len(left)) if left[i] and i not in taken_left)
    rest_right = tuple(j for j in range(len(right)) if right[j] and j not in taken_right)
    return _Pairing(tuple(scores), initials, rest_left, rest_right, common)


def _word_score(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return (1.0 if a == b else 0.9) if a[0] == b[0] else 0.0
    return likeness(a, b)


def _write_together(words: list[str], other: list[str]) -> None:
    """Writes two adjoining words as one where the other name has them so; leaves a gap behind."""
    for at in range(len(words) - 1):
        pair = words[at] + words[at + 1]
        if len(words[at]) < 2 or len(words[at + 1]) < 2 or words[at] in other:
            continue
        if any(len(w) >= len(pair) - 2 and likeness(pair, w) >= 0.9 for w in other if w):
            words[at], words[at + 1] = pair, ""


def _fit_bodies(left: str, right: str) -> NameFit:
    short = _abbreviated(left, right) or _abbreviated(right, left)
    if short is not None:
        return short
    one, two = body_words(left), body_words(right)
    if not one.sounds or not two.sounds:
        return NameFit("other", 0.0, "no words to compare")
    if is_short(left) and is_short(right) and one.sounds != two.sounds:
        return NameFit("other", 0.0, f"{left!r} and {right!r} are two abbreviations")
    if len(one.sounds) > len(two.sounds):
        one, two, left, right = two, one, right, left
    if one.sounds == two.sounds:
        return NameFit("equal", 1.0, _spelled(left, right))
    pairing = _pair(one, two)
    generic = sounds_of("generic", "body")
    rest = (*(one.sounds[i] for i in pairing.left), *(two.sounds[j] for j in pairing.right))
    content = [word for word in rest if word not in generic]
    if not pairing.scores:
        return NameFit("other", 0.0, f"{left!r} and {right!r} are two names")
    weakest = min(pairing.scores)
    if pairing.initials or (pairing.left and content):
        return NameFit("other", 0.4 * weakest, f"{left!r} and {right!r} are two names")
    if content:
        more = ", ".join(repr(word) for word in atoms(right) if word not in atoms(left))
        return NameFit("part", 0.5 * weakest, f"{right!r} says more than {left!r}: {more}")
    if weakest >= SAME:
        if rest:
            return NameFit("longer", 0.92 * weakest, f"{left!r} and {right!r} differ in kind words")
        return NameFit("alike", 0.99 * weakest, _spelled(left, right))
    return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are only near")


def _abbreviated(short: str, full: str) -> NameFit | None:
    """The fit of an abbreviation and a name; None where they are not."""
    letters = "".join(atoms(short))
    if not is_short(short) or len(atoms(short)) > 2 or len(atoms(full)) < 2:
        return None
    if len(letters) < 2 or not abbreviates(short, full):
        return None
    if len(letters) == 2 or (len(letters) == 3 and not _strictly(letters, full)):
        return NameFit("near", 0.5, f"{short!r} may abbreviate {full!r}")
    score = 0.82 if len(letters) == 3 else 0.88
    return NameFit("initials", score, f"{short!r} abbreviates {full!r}")


def _strictly(letters: str, full: str) -> bool:
    small = frozenset("of the and for on in to a an e i ul al s".split())
    return letters == "".join(word[0] for word in atoms(full) if word not in small)


def _spelled(left: str, right: str) -> str:
    if left == right:
        return f"both are called {left!r}"
    return f"{left!r} and {right!r} are spellings of one name"

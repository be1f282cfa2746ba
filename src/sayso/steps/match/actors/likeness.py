"""How nearly two names are one, and how they differ."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.records.entities import EntityKind
from sayso.steps.match.actors.names import (
    NameWords,
    armed_nouns,
    body_words,
    common_sounds,
    is_short,
    is_single,
    may_turn,
    person_words,
    plain_words,
    sounds_of,
)
from sayso.steps.match.actors.spellings import consonants, likeness
from sayso.values.names import abbreviates, atoms, is_patronymic

Fit = Literal["equal", "alike", "longer", "part", "initials", "office", "near", "other"]
"""How two names fit.

`equal`: one name, spelled alike or in ways that are known to be one; `alike`: spelled a little
differently; `longer`: one has a name more that reports leave out (a patronymic, an honorific);
`part`: one is a part of the other, and might be somebody else's; `initials`: a letter stands for a
name or a few for all; `office`: one name, of a body that every state has; `near`: too near to be
told apart by the name alone; `other`: two names.
"""
SAME = 0.87
"""From here two words are spellings of one."""
NEAR = 0.74
"""From here two words may be."""
_SLIP = 8
"""Letters of a name from which two that changed places are taken for a slip of the keys."""


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
    turned: bool
    """Whether the words stand in another order."""


@lru_cache(maxsize=200_000)
def fit_names(left: str, right: str, kind: EntityKind) -> NameFit:
    """How two names of one kind of actor fit. Symmetric; time grows with the words' product,
    and at most twelve words of a name are looked at."""
    if (right, left) < (left, right):
        left, right = right, left
    if kind == "person":
        return _fit_persons(left, right)
    return _fit_bodies(left, right, kind)


def _fit_persons(left: str, right: str) -> NameFit:
    one, two = person_words(left), person_words(right)
    if not one.sounds or not two.sounds:
        return NameFit("other", 0.0, "no name in Latin, Cyrillic or Arabic letters")
    if len(one.sounds) > len(two.sounds):
        one, two, left, right = two, one, right, left
    one, two = _without_izafet(one, two), _without_izafet(two, one)
    if _slip(left, right):
        return NameFit(
            "alike", 0.9, f"{left!r} and {right!r} differ by two letters that changed places"
        )
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
        if len(one.sounds) == 1 and (is_single(left) or is_single(right)):
            both = is_single(left) and is_single(right)
            words = "are single names" if both else "might be two: one is a single name"
            score = 0.45 if both or not one.sounds[0].startswith("ab") else 0.7
            return NameFit("part", score * weakest, f"{left!r} and {right!r} {words}")
        if fit == "longer" and pairing.common == len(pairing.scores):
            return NameFit("part", 0.6, f"{left!r} is too common a name to be {right!r}'s alone")
        if weakest < 1.0 and pairing.common == len(pairing.scores) and weakest < 0.93:
            return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are common names")
        if not (one.voweled and two.voweled):
            return NameFit("near", 0.7, f"{left!r} and {right!r} have the same consonants")
        if fit == "equal" and weakest < 1.0:
            fit = "alike"
        return NameFit(fit, (0.95 if fit == "longer" else 1.0) * weakest, _spelled(left, right))
    imprecise = sum(score < SAME for score in pairing.scores)
    if imprecise == 1 and len(pairing.scores) >= 3:
        return NameFit("near", 0.8 * score, f"{left!r} and {right!r} differ in one word")
    return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are only near")


def fits_beside(fit: NameFit, left: str, right: str) -> bool:
    """Whether one person may go by both names, given how they fit.

    Names with nothing in common may be one's own and a nom de guerre; a surname may stand for
    the whole. John Velm and John Marn, or John A. and John B. Velm, are likelier two.
    """
    if fit.fit == "other":
        return set(person_words(left).sounds).isdisjoint(person_words(right).sounds)
    return fit.fit != "part" or is_single(left) or is_single(right)


def _slip(left: str, right: str) -> bool:
    """Whether two names are one but for two neighbouring letters: a slip of the keys."""
    one, two = "".join(plain_words(left)), "".join(plain_words(right))
    if len(one) != len(two) or len(one) < _SLIP or one == two:
        return False
    at = next(i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b)
    return one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]


def _without_izafet(words: NameWords, other: NameWords) -> NameWords:
    """Tajik ties a given name to the next by an -i: "Rustami Velm" where others have "Rustam"."""
    first, *rest = words.sounds
    if rest and len(other.sounds) > 1 and len(first) > 4 and first == other.sounds[0] + "i":
        return NameWords((other.sounds[0], *rest), words.voweled)
    return words


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
    partners: list[tuple[int, int]] = []
    scores, initials, common = [], 0, 0
    for negative, _, i, j in found:
        if -negative < NEAR:
            break
        if i in taken_left or j in taken_right:
            continue
        partners.append((i, j))
        taken_left.add(i)
        taken_right.add(j)
        scores.append(-negative)
        initials += (len(left[i]) == 1) != (len(right[j]) == 1)
        common += left[i] in common_sounds() or left[i].startswith("abd")
    # A word put together of two leaves a gap: places are those of the words as they now stand.
    rest_left = tuple(i for i in range(len(left)) if left[i] and i not in taken_left)
    rest_right = tuple(j for j in range(len(right)) if right[j] and j not in taken_right)
    order = [j for _, j in sorted(partners)]
    turned = order != sorted(order)
    return _Pairing(tuple(scores), initials, rest_left, rest_right, common, turned)


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


def _fit_bodies(left: str, right: str, kind: EntityKind) -> NameFit:
    short = (
        None
        if kind in ("place", "people")
        else _abbreviated(left, right, kind) or _abbreviated(right, left, kind)
    )
    if short is not None:
        return short
    one, two = body_words(left), body_words(right)
    if not one.sounds or not two.sounds:
        return NameFit("other", 0.0, "no words to compare")
    if is_short(left) and is_short(right) and one.sounds != two.sounds:
        return NameFit("other", 0.0, f"{left!r} and {right!r} are two abbreviations")
    if len(one.sounds) > len(two.sounds):
        one, two, left, right = two, one, right, left
    if len(two.sounds) == 1 and _says_little(left, right, one.sounds[0], kind):
        return NameFit("part", 0.45, f"{left!r} is one word, and many bodies may go by it")
    if set(one.sounds) == set(two.sounds) <= sounds_of("of_any_state", "body"):
        return NameFit("office", 0.7, f"{left!r} and {right!r} may be any state's")
    if one.sounds == two.sounds:
        return NameFit("equal", 1.0, _spelled(left, right))
    pairing = _pair(one, two)
    armed = kind == "armed_group"
    generic = sounds_of("generic_armed" if armed else "generic", "body")
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
        if rest and len(pairing.scores) == 1 and not armed:
            return NameFit("part", 0.6, f"{left!r} and {right!r} have but one word in common")
        if not (one.voweled and two.voweled):
            return NameFit("near", 0.7, f"{left!r} and {right!r} have the same consonants")
        if pairing.turned and not may_turn(one):
            return NameFit("near", 0.6, f"{left!r} and {right!r} have their words in another order")
        if rest:
            return NameFit("longer", 0.92 * weakest, f"{left!r} and {right!r} differ in kind words")
        return NameFit("alike", 0.99 * weakest, _spelled(left, right))
    return NameFit("near", 0.7 * weakest, f"{left!r} and {right!r} are only near")


def _abbreviated(short: str, full: str, kind: EntityKind) -> NameFit | None:
    """The fit of an abbreviation and a name; None where they are not.

    Three letters are enough only between armed groups: of other bodies there are too many.
    """
    letters = "".join(atoms(short))
    if not is_short(short) or len(atoms(short)) > 2 or len(atoms(full)) < 2:
        return None
    if len(letters) < 2 or not abbreviates(short, full):
        return None
    few = len(letters) == 3 and not (kind == "armed_group" and _strictly(letters, full))
    if len(letters) == 2 or few:
        score = 0.6 if len(letters) == 3 else 0.5
        return NameFit("near", score, f"{short!r} may abbreviate {full!r}")
    score = 0.82 if len(letters) == 3 else 0.88
    return NameFit("initials", score, f"{short!r} abbreviates {full!r}")


def _says_little(left: str, right: str, word: str, kind: EntityKind) -> bool:
    """Whether a name of one word is too little to tell a body in all documents.

    Outlets, places, states and peoples go by one word; so do armed groups, if it is not a noun of
    many; of others only abbreviations of four letters and more.
    """
    if kind in ("outlet", "place", "state", "people"):
        return False
    if kind == "armed_group" and len(word) > 4:
        return word in armed_nouns()
    return not (is_short(left) and is_short(right) and len(atoms(left)[0]) > 3)


def _strictly(letters: str, full: str) -> bool:
    small = frozenset("of the and for on in to a an e i ul al s".split())
    return letters == "".join(word[0] for word in atoms(full) if word not in small)


def _spelled(left: str, right: str) -> str:
    if left == right:
        return f"both are called {left!r}"
    return f"{left!r} and {right!r} are spellings of one name"

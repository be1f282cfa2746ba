"""How a word of a name sounds, and how nearly two words are one.

The rules merge what romanisations of Russian, Tajik, Persian, Pashto, Urdu and Arabic print in
several ways; they were written from the tables named in `lexicons/spellings.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from sayso.lexicons import load

_LONGEST = 32
"""Letters of a word that are looked at."""

# Capitals stand for one sound: C = ch, S = sh, J = zh, j, dj.
_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"(.)\1{2,}", r"\1\1"),
        (r"shch|tsch|sch|sh", "S"),
        (r"tch|ch", "C"),
        (r"dzh|dj|zh|j", "J"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "s"),
        (r"[qc]", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"ff$", "v"),
        (r"ou|oo", "u"),
        (r"ee", "i"),
        (r"(?<=..)[aeiou]ll[aou]h?$", "ula"),
        (r"[aeiu]dd?[iey]+n$", "udin"),
        (r"z[ao]d[aeo]?h?$", "zada"),
        (r"y", "i"),
        (r"^ie", "e"),
        (r"(?<=[CSJ])io", "e"),
        (r"(?<=[aeiou])i+(?=[eo])", ""),
        (r"io(?=v$)", "e"),
        (r"(?<=[aeiou])h$", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = frozenset("aeiou")
_NEAR_VOWELS = {frozenset(pair) for pair in ("oa", "uo", "ei", "ae")}
_NEAR = {
    frozenset(pair): cost
    for pair, cost in (
        ("kg", 0.4),
        ("hg", 0.4),
        ("sz", 0.4),
        ("dz", 0.5),
        ("bp", 0.6),
        ("td", 0.6),
        ("vb", 0.7),
        ("SC", 0.6),
        ("JC", 0.7),
        ("JS", 0.7),
        ("iJ", 0.4),
        ("uv", 0.4),
        ("hk", 0.4),
    )
}


@cache
def _alike(kind: str) -> dict[str, str]:
    """Each listed spelling by the sound of its class's first one."""
    return {
        word: classed[0]
        for classed in load("spellings.toml")["alike"][kind]
        for word in (*classed, *(_sound(w) for w in classed))
    }


@cache
def _classes() -> frozenset[str]:
    return frozenset(
        _sound(classed[0])
        for listed in load("spellings.toml")["alike"].values()
        for classed in listed
    )


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    out = word[:_LONGEST]
    if len(out) == 1 or not out.isascii() or not out.isalpha():
        return out
    for pattern, by in _RULES:
        out = pattern.sub(by, out)
    return out


@lru_cache(maxsize=100_000)
def sound(word: str, kind: str = "person") -> str:
    """The form that all usual spellings of a folded word share; of a listed word, its class.

    `kind` is `person` or `body`: their lists differ.

        >>> sound("rakhmon"), sound("rahman"), sound("wassiq")
        ('rahman', 'rahman', 'vasik')
    """
    listed = _alike(kind)
    known = listed.get(word) or listed.get(_sound(word))
    return _sound(known) if known is not None else _sound(word)


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a sound, near ones merged; at most six. It finds candidates only."""
    first = "a" if word[:1] in _VOWELS else ""
    merged = word.translate(_MERGED)
    kept = "".join(char for char in merged if char not in "aeiouhy")
    return (first + re.sub(r"(.)\1+", r"\1", kept))[:6]


_MERGED = str.maketrans({"g": "k", "z": "s", "d": "t", "b": "p", "J": "S", "C": "S", "v": "f"})


@lru_cache(maxsize=200_000)
def likeness(left: str, right: str) -> float:
    """How nearly two sounds are one, 0..1: edits weighed by how often spellings differ so.

    A vowel for its neighbour costs little, an `h` left out as well, another consonant a whole.
    """
    if left == right:
        return 1.0
    if left in _classes() and right in _classes():
        return 0.0  # two listed names that are not listed as one: Hasan and Husain
    if not (left + right).isascii() or not (left + right).isalpha():
        return 0.0
    longest = max(len(left), len(right))
    if Levenshtein.distance(left, right, score_cutoff=longest // 2 + 1) > longest // 2 + 1:
        return 0.0
    return max(0.0, 1.0 - _cost(left, right) / (0.22 * longest + 2.0))


def consonants(word: str) -> str:
    """A sound without its vowels, for names whose script leaves them out."""
    return "".join(char for char in word if char not in "aeiouy")


def _cost(left: str, right: str) -> float:
    before = [0.0]
    for char in right:
        before.append(before[-1] + _gap(char, right, len(before) - 1))
    for row, a in enumerate(left, start=1):
        gap = _gap(a, left, row - 1)
        now = [before[0] + gap]
        for column, b in enumerate(right, start=1):
            now.append(
                min(
                    before[column - 1] + _change(a, b),
                    before[column] + gap,
                    now[-1] + _gap(b, right, column - 1),
                )
            )
        before = now
    return before[-1]


def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    pair = frozenset((a, b))
    if a in _VOWELS and b in _VOWELS:
        return 0.2 if pair in _NEAR_VOWELS else 0.55
    return _NEAR.get(pair, 1.0)


def _gap(char: str, word: str, at: int) -> float:
    """What leaving out the letter at `at` costs."""
    if char == "h":
        return 0.3
    if char in _VOWELS:
        beside = word[at - 1 : at] + word[at + 1 : at + 2]
        return 0.3 if any(other in _VOWELS for other in beside) else 0.5
    return 1.0

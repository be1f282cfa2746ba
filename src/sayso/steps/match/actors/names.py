"""A name as the words that are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.lexicons import load, words
from sayso.records.entities import EntityKind
from sayso.steps.match.actors.romanising import lacks_vowels, romanised
from sayso.steps.match.actors.spellings import sound
from sayso.values.names import atoms

_LONGEST = 200
"""Characters of a name that are looked at."""
_MOST = 12
"""Words of a name that are compared."""
_SERVANT = re.compile(r"abd(?:[aeou]l|[aeou]([rsnzdt])(?=\1)|[aeou]|)(?=[^aeiou])(.{3,})")
_SERVANTS = frozenset(
    "abd abdul abdel abdal abdol abdur abdus abdud abdun abdu abdo abdiul".split()
)
_ULLAH = re.compile(r"abd[aeou]?ll?[aou]h?")
_JOINED = frozenset("ul ur ud us uz un ush".split())
"""Articles that make one word of what stands on both sides: Khalil-ur-Rahman."""
_ARTICLES = frozenset("al el ash as ad ar az an at ul ed er es ech esh".split())
_KIN = frozenset("bin ibn ben bint bn ould wuld".split())
_FATHERS = frozenset("abu abou aboo umm um".split())


@dataclass(frozen=True, slots=True)
class NameWords:
    """The sounds of a name's words, in order."""

    sounds: tuple[str, ...]
    voweled: bool = True
    """False where its script leaves out short vowels."""


@lru_cache(maxsize=100_000)
def person_words(name: str) -> NameWords:
    """A person's name without titles, articles and "bin"; "Abdul X", "Abu X" are one word.

    >>> person_words("Mullah Abdul Ghani Baradar").sounds
    ('abdgani', 'baradar')
    """
    plain = romanised(name[:_LONGEST])
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{first} {last}"
    found = list(atoms(plain))[: 2 * _MOST]
    while len(found) > 2 and found[0] in words("titles.toml", "titles"):
        del found[0]
    return NameWords(tuple(_merged(found))[:_MOST], not lacks_vowels(name[:_LONGEST]))


def _merged(found: Sequence[str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(found):
        word, rest = found[at], found[at + 1 :]
        if _ULLAH.fullmatch(word):
            out.append("abdula")
        elif word in _SERVANTS and rest:
            at += 2 if len(rest) > 1 and rest[0] in _ARTICLES else 1
            out.append("abd" + sound(found[at]))
        elif (whole := _SERVANT.fullmatch(word)) is not None:
            out.append("abd" + sound(whole[2]))
        elif word in _FATHERS and rest:
            at += 2 if len(rest) > 1 and rest[0] in _ARTICLES else 1
            out.append(
                word[:1] + "bu" + sound(found[at]) if word[0] == "a" else "um" + sound(found[at])
            )
        elif rest and len(rest) > 1 and rest[0] in _JOINED and len(rest[1]) > 1:
            out.append(sound(word + rest[0] + rest[1]))
            at += 2
        elif (word in _ARTICLES and rest and out) or (word in _KIN and rest):
            pass
        elif word in _ARTICLES and rest and len(found) - at > 1 and not out:
            pass
        else:
            out.append(sound(word))
        at += 1
    return out


@lru_cache(maxsize=100_000)
def body_words(name: str) -> NameWords:
    """The words of a body's name that tell it from others; a state's adjective as the state.

    >>> body_words("Tajik Foreign Ministry").sounds == (
    ...     body_words("Ministry of Foreign Affairs of Tajikistan").sounds[::-1])
    False
    >>> sorted(body_words("Tajik Foreign Ministry").sounds)
    ['foreign', 'ministri', 'taJikistan']
    """
    found = list(atoms(romanised(name[:_LONGEST])))[: 2 * _MOST]
    silent = words_of("silent")
    states = _states()
    out: list[str] = []
    at = 0
    while at < len(found):
        word = found[at]
        pair = " ".join(found[at : at + 2])
        inner = 0 < at < len(found) - 1
        if pair in states:
            out.append(sound(states[pair], "body"))
            at += 1
        elif word == "s" or (len(word) == 1 and inner and word in "eiou") or word == "affairs":
            pass
        elif word not in silent or (len(found) == 1):
            out.append(sound(states.get(word) or _stem(word), "body"))
        at += 1
    return NameWords(tuple(out)[:_MOST], not lacks_vowels(name[:_LONGEST]))


def _stem(word: str) -> str:
    """A word of a body's name without the Arabic article or the plural that ends it."""
    if word.endswith("ul") and word[:-2] in words_of("articled"):
        return word[:-2]
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui" else word


def name_words(name: str, kind: EntityKind) -> NameWords:
    """The words of a name of this kind of actor."""
    return person_words(name) if kind == "person" else body_words(name)


@cache
def words_of(list_name: str) -> frozenset[str]:
    """A list of `lexicons/spellings.toml` as it stands."""
    return frozenset(load("spellings.toml")["words"][list_name])


@cache
def sounds_of(list_name: str, kind: str = "person") -> frozenset[str]:
    """A list of `lexicons/spellings.toml`, as sounds."""
    return frozenset(sound(word, kind) for word in words_of(list_name))


@cache
def common_sounds() -> frozenset[str]:
    """Sounds of names that very many persons bear."""
    given = load("given_names.toml")
    listed = {sound(name) for name in (*given["male"], *given["female"])}
    return frozenset(listed | sounds_of("common") | sounds_of("optional"))


@cache
def _states() -> dict[str, str]:
    """States' adjectives and names by one word each: `tajik`, `tajikistan` as `tajikistan`."""
    out: dict[str, str] = {}
    for actor in load("actors_states.toml")["actor"]:
        if actor["kind"] != "state":
            continue
        whole = "".join(atoms(actor["name"]))
        for text in (actor["name"], *actor.get("adjectives", ())):
            folded = " ".join(atoms(text))
            if folded.count(" ") < 2:
                out.setdefault(folded, whole)
    return out

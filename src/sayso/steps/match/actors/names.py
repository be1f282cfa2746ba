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
_ARTICLES = frozenset("al el ul".split())
_BEFORE = frozenset(
    f"{vowel}{sound} {sound}" for vowel in "aeu" for sound in ("s", "sh", "d", "r", "z", "n", "t")
)
"""Forms of the article, each with the sound it stands before: as-Salam, ash-Sham."""
_KIN = frozenset("bin ibn ben bint bn ould wuld".split())
_YOUNGER = frozenset("jr sr ii iii iv".split())
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
    found = list(plain_words(name))
    while len(found) > 2 and found[0] in words("titles.toml", "titles"):
        del found[0]
    return NameWords(tuple(_merged(found))[:_MOST], not lacks_vowels(name[:_LONGEST]))


def plain_words(name: str) -> tuple[str, ...]:
    """A person's name as folded Latin words; what stands before a comma comes last."""
    plain = romanised(name[:_LONGEST])
    if "," in plain:
        last, _, first = plain.partition(",")
        plain = f"{first} {last}"
    return atoms(plain)[: 2 * _MOST]


def is_article(word: str, following: str) -> bool:
    """Whether a word of a name is the Arabic article of the one behind it."""
    return word in _ARTICLES or f"{word} {following[: len(word) - 1]}" in _BEFORE


def is_single(name: str) -> bool:
    """Whether a person's name is one word, with or without an article: Marnov, al-Velmi."""
    found = plain_words(name)
    return len(found) < 2 or (len(found) == 2 and is_article(*found))


def _merged(found: Sequence[str]) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(found):
        word, rest = found[at], found[at + 1 :]
        if word in _YOUNGER and out:
            out.append(f"#{word}")  # a sign, so that it is like nothing but itself
        elif _ULLAH.fullmatch(word):
            out.append("abdula")
        elif word in _SERVANTS and rest:
            at += 2 if len(rest) > 1 and is_article(rest[0], rest[1]) else 1
            out.append("abd" + sound(found[at]))
        elif (whole := _SERVANT.fullmatch(word)) is not None:
            out.append("abd" + sound(whole[2]))
        elif word in _FATHERS and rest:
            at += 2 if len(rest) > 1 and is_article(rest[0], rest[1]) else 1
            out.append(("abu" if word[0] == "a" else "um") + sound(found[at]))
        elif rest and len(rest) > 1 and rest[0] in _JOINED and len(rest[1]) > 1:
            out.append(sound(word + rest[0] + rest[1]))
            at += 2
        elif rest and (word in _KIN or is_article(word, rest[0])):
            pass
        else:
            out.append(sound(word))
        at += 1
    return out


@lru_cache(maxsize=100_000)
def body_words(name: str) -> NameWords:
    """The words of a body's name that tell it from others; a state's adjective as the state.

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
        elif (
            word == "s"
            or (len(word) == 1 and inner and word in "eiou")
            or word == "affairs"
            or (inner and is_article(word, found[at + 1]))
        ):
            pass
        elif word not in silent or len(found) == 1:
            out.append(sound(states.get(word) or _stem(word), "body"))
        at += 1
    return NameWords(tuple(out)[:_MOST], not lacks_vowels(name[:_LONGEST]))


def _stem(word: str) -> str:
    """A word of a body's name without the Arabic article or the plural that ends it."""
    if word.endswith("ul") and word[:-2] in words_of("articled"):
        return word[:-2]
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] not in "suiw" else word


def is_short(name: str) -> bool:
    """Whether a name looks like an abbreviation: few letters, nearly all capitals."""
    letters = [char for char in name if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return 2 <= len(letters) <= 8 and capitals >= len(letters) - 1 and capitals >= 2


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


def may_turn(words: NameWords) -> bool:
    """Whether a body's name means the same with its words in another order."""
    sounds = set(words.sounds)
    if sounds & sounds_of("turned", "body"):
        return True
    return not sounds.isdisjoint(_state_sounds()) and sounds.isdisjoint(sounds_of("fixed", "body"))


@cache
def _state_sounds() -> frozenset[str]:
    return frozenset(sound(state, "body") for state in _states().values())


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


@cache
def armed_nouns() -> frozenset[str]:
    """Words of many armed groups' names, as sounds: alone they name none."""
    naming = load("naming.toml")
    listed = (*naming["armed_words"], *naming["armed_heads"], *naming["armed_nouns"])
    return frozenset(sound(word, "body") for word in listed)

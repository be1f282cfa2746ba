"""Which profiles are worth comparing: those that share a key.

Keys are skeletons: consonants of a name's sounds, near ones merged. A full name of a person gives
one key for each word with the first sound of each other word, so that order, further names and
vowels do not matter; a bare name gives its skeleton beside the body of its office. A body gives
pairs of its words, the whole, and the letters that abbreviate it.

A word that very many bear leads to no key where the name has another, and an entity has at most
`MOST_KEYS`; who looks keys up passes over those that too many stand under. So the pairs that are
compared grow with the entities, not with their square.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sayso.steps.match.actors.names import (
    body_words,
    common_sounds,
    is_short,
    person_words,
    sounds_of,
)
from sayso.steps.match.actors.profiles import ActorProfile
from sayso.steps.match.actors.spellings import skeleton
from sayso.values.names import atoms

MOST_KEYS = 40
"""Keys of one profile; of more, the first in the alphabet are kept."""
_MOST_WORDS = 6
_FIRST = str.maketrans("eioukghqJyzSCscwbfpvdt", "aaaakkkkiisssssffffftt")
"""First sounds that spellings change for one another, as one."""


def blocking_keys(profile: ActorProfile) -> frozenset[str]:
    """The keys under which a profile is looked for; at most `MOST_KEYS`."""
    if profile.kind == "document":
        return frozenset()
    keys: set[str] = set()
    for name in profile.names:
        keys.update(_of_person(name, profile) if profile.kind == "person" else _of_body(name))
    keys.update(f"#{scheme}:{value}" for scheme, value in profile.identifiers.items())
    group = "p" if profile.kind == "person" else "b"
    return frozenset(sorted(f"{group} {key}" for key in keys)[:MOST_KEYS])


def _of_person(name: str, profile: ActorProfile) -> Iterator[str]:
    sounds = [word for word in person_words(name).sounds if len(word) > 1][:_MOST_WORDS]
    initials = [word for word in person_words(name).sounds if len(word) == 1][:_MOST_WORDS]
    bones = [(skeleton(word), word[0].translate(_FIRST)) for word in sounds]
    # What very many bear makes big blocks, so another word leads where there is one.
    common = [word in common_sounds() for word in sounds]
    for at, (bone, _) in enumerate(bones):
        if common[at] and not all(common):
            continue
        for other, (_, first) in enumerate(bones):
            if at != other:
                yield f"{bone}/{first}"
        for letter in initials:
            yield f"{bone}/{letter.translate(_FIRST)}"
    if len(sounds) > 1:
        yield "".join(bone for bone, _ in bones)[:10]
    elif sounds and sounds[0].startswith("ab"):
        yield bones[0][0]  # Abdulhaq, Abu Velm: made of two words, though now one
    # A bare surname counts only beside a body (see `comparing`), so it is looked for beside one.
    if bones:
        for office in profile.offices[:4]:
            if office.organisation_name:
                body = skeleton("".join(sorted(body_words(office.organisation_name).sounds)[-1:]))
                yield f"{bones[-1][0]} of {body}"


def _of_body(name: str) -> Iterator[str]:
    if is_short(name):
        yield f"i:{''.join(atoms(name))}"
    words = body_words(name).sounds
    generic = sounds_of("generic", "body")
    content = sorted({skeleton(word) or word for word in words if word not in generic})
    yield "".join(skeleton(word) for word in words)[:10]
    kept = sorted(content, key=lambda bone: (-len(bone), bone))[:4]
    if len(content) == 1:
        yield content[0]
    yield from (f"{a}+{b}" for a, b in combinations(sorted(kept), 2))
    full = [word for word in atoms(name) if word != "s"]
    if len(full) > 1:
        small = frozenset("of the and for on in to a an e i ul al".split())
        yield f"i:{''.join(word[0] for word in full if word not in small)}"
        yield f"i:{''.join(word[0] for word in full)}"

"""Which profiles are worth comparing: those that share a key.

Keys are skeletons: consonants of a name's sounds, near ones merged. A full name of a person gives
one key for each word with the first sound of each other word, so that order, further names and
vowels do not matter; a bare name gives its skeleton beside the body of its office. A body gives
pairs of its words, the whole, and the letters that abbreviate it.

A key that very many share (a hub) would make quadratic work. In a block of more than `hub` profiles,
each is compared only with the `window` that follow it in the order of their sounds: the pairs
are at most (hub / 2 or window) times the keys, and a profile has at most `MOST_KEYS` of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sayso.steps.match.actors.names import body_words, person_words, sounds_of
from sayso.steps.match.actors.profiles import ActorProfile, is_short
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


def candidate_pairs(
    profiles: Iterable[ActorProfile], *, hub: int = 60, window: int = 12
) -> Iterator[tuple[ActorProfile, ActorProfile]]:
    """Pairs of profiles that share a key, each once, the smaller id first; in a fixed order.

    Time and memory are linear in the profiles (see the module).
    """
    blocks: defaultdict[str, list[ActorProfile]] = defaultdict(list)
    by_id = {profile.id: profile for profile in profiles}
    for id in sorted(by_id):
        for key in blocking_keys(by_id[id]):
            blocks[key].append(by_id[id])
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for left, right in _pairs(blocks[key], hub, window):
            pair = (left.id, right.id) if left.id < right.id else (right.id, left.id)
            if pair not in seen:
                seen.add(pair)
                yield by_id[pair[0]], by_id[pair[1]]


def _pairs(
    block: Sequence[ActorProfile], hub: int, window: int
) -> Iterator[tuple[ActorProfile, ActorProfile]]:
    if len(block) <= hub:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda profile: (_order(profile), profile.id))
    for at, left in enumerate(ordered):
        for right in ordered[at + 1 : at + 1 + window]:
            yield left, right


def _order(profile: ActorProfile) -> tuple[str, ...]:
    words = person_words if profile.kind == "person" else body_words
    return tuple(sorted(words(profile.name).sounds, reverse=True))


def _of_person(name: str, profile: ActorProfile) -> Iterator[str]:
    sounds = [word for word in person_words(name).sounds if len(word) > 1][:_MOST_WORDS]
    initials = [word for word in person_words(name).sounds if len(word) == 1][:_MOST_WORDS]
    bones = [(skeleton(word), word[0].translate(_FIRST)) for word in sounds]
    for at, (bone, _) in enumerate(bones):
        for other, (_, first) in enumerate(bones):
            if at != other:
                yield f"{bone}/{first}"
        for letter in initials:
            yield f"{bone}/{letter.translate(_FIRST)}"
    if len(sounds) > 1:
        yield "".join(bone for bone, _ in bones)[:10]
    else:
        yield from (bone for bone, _ in bones)
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

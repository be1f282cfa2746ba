"""What the phrase tagger sees of each token: words, tags, tree, and the names found before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import FoundName
from sayso.steps.link.actors import Actors
from sayso.values.names import atoms, fold

_NOMINAL = frozenset("NN NNS NNP NNPS JJ JJR JJS CD HYPH POS DT PRP$ VBN VBG , IN AFX FW".split())
_REACH = 6
"""How many tokens off the nearest name is looked for."""
_LISTS = (
    ("title", "titles.toml", "titles"),
    ("role", "titles.toml", "roles"),
    ("body", "naming.toml", "institutions"),
    ("armed", "naming.toml", "armed_words"),
    ("fighter", "naming.toml", "armed_nouns"),
    ("event", "naming.toml", "events"),
    ("group", "holders.toml", "group"),
    ("state", "holders.toml", "state"),
    ("institution", "holders.toml", "institution"),
    ("paper", "holders.toml", "document"),
    ("crowd", "phrases.toml", "crowds"),
    ("spot", "phrases.toml", "places"),
    ("side", "phrases.toml", "directions"),
)


def token_features(
    parse: Parse, names: Sequence[FoundName], actors: Actors
) -> Iterator[tuple[str, ...]]:
    """For each token, the features that hold there. `names` are those of this parse.

    Time is linear in the tokens.
    """
    kinds = _kinds(parse, names)
    seen = [_seen(word) for word in parse.words]
    ahead = _nearest(parse, kinds, range(len(parse) - 1, -1, -1), ">")
    behind = _nearest(parse, kinds, range(len(parse)), "<")
    edge = ("", "", ("",))
    lower = ["", "", *(word for word, _, _ in seen), "", ""]
    tags = ["", "", *parse.tags, "", ""]
    around = ["", *kinds, ""]
    lists = [edge[2], *(own for _, _, own in seen), edge[2]]
    for index, (word, shape, own) in enumerate(seen):
        head, dep = parse.heads[index], parse.deps[index]
        tag, kind = tags[index + 2], kinds[index]
        before, after = tags[index + 1], tags[index + 3]
        yield (
            "1",
            "w" + word,
            "h" + shape,
            "t" + tag,
            "k" + kind,
            "tk" + tag + kind,
            "-w" + lower[index + 1],
            "+w" + lower[index + 3],
            "-t" + before + " " + tag,
            "+t" + after + " " + tag,
            "-k" + around[index] + " " + kind,
            "+k" + around[index + 2] + " " + kind,
            "-tt" + tags[index] + " " + before,
            "+tt" + tags[index + 4] + " " + after,
            "dk" + dep + kinds[head],
            "dh" + dep + " " + parse.lemmas[head].lower(),
            ahead[index],
            behind[index],
            *_listed(own, lists[index], lists[index + 2], dep, seen[head][2]),
            *_adjective(parse.words[index], shape, kind, actors),
        )


def _listed(
    own: Sequence[str], before: Sequence[str], after: Sequence[str], dep: str, head: Sequence[str]
) -> Iterator[str]:
    for sign, names in (("x", own), ("-x", before), ("+x", after), ("dx" + dep, head)):
        for name in names:
            yield sign + name


def _adjective(word: str, shape: str, kind: str, actors: Actors) -> Iterator[str]:
    if shape[0] == "X" and kind == "O" and actors.adjectives.get(atoms(word)):
        yield "adjective"


def _nearest(parse: Parse, kinds: Sequence[str], order: range, sign: str) -> list[str]:
    """By token: the kind of the nearest name in this direction, if only a noun phrase's words lie
    between."""
    found = [""] * len(parse)
    kind, steps = "", _REACH
    for index in order:
        found[index] = sign + kind if steps < _REACH else sign
        steps += 1
        if kinds[index] != "O":
            kind, steps = kinds[index][2:], 0
        elif parse.tags[index] not in _NOMINAL:
            steps = _REACH
    return found


def _kinds(parse: Parse, names: Sequence[FoundName]) -> list[str]:
    kinds = ["O"] * len(parse)
    for name in names:
        kinds[name.first] = "B-" + name.kind
        for index in range(name.first + 1, name.last):
            kinds[index] = "I-" + name.kind
    return kinds


@lru_cache(maxsize=30_000)
def _seen(word: str) -> tuple[str, str, tuple[str, ...]]:
    """A word in lower case, its shape, and the word lists it stands in."""
    folded = fold(word)
    lists = tuple(
        name
        for name, file, key in _LISTS
        if folded in listed(file, key) or (folded[-1:] == "s" and folded[:-1] in listed(file, key))
    )
    return word.lower(), _shape(word), lists


def _shape(word: str) -> str:
    """`Xx`, `XX`, `x`, `9`, `X-`, or the mark itself."""
    if word.islower():
        return "x"
    if word.isupper():
        return "XX" if len(word) > 1 else "X"
    if word.isalpha():
        return "Xx" if word[0].isupper() else "xX"
    if word.isdigit():
        return "9" * min(len(word), 4)
    return "X-" if word[:1].isupper() else word if len(word) == 1 else "-"

"""The noun that a number counts, with its modifiers, as the tree gives it."""

from __future__ import annotations

from sayso.records.parses import Parse

_SCAN = 8
"""Tokens between a number and the noun it counts."""
_LABELS = frozenset({"NOUN", "PROPN"})


def counted_noun(parse: Parse, token: int) -> str | None:
    """The lemmas of the noun that the number at `token` counts and of its modifiers; None where
    it counts none. `100 times` counts nothing but itself: `count`."""
    noun = _noun(parse, token)
    if noun is None:
        return None
    if parse.lemmas[noun].lower() == "time":
        return "count"
    if parse.words[token + 1] == "-":  # "the two-door version"
        over = parse.heads[noun]
        if noun < over <= noun + 3 and parse.deps[noun] in {"compound", "nmod", "amod"}:
            noun = over
    between = range(token + 1, noun)
    kept = [
        index
        for index in between
        if parse.deps[index] in {"amod", "compound", "nmod"} and parse.pos[index] != "NUM"
    ]
    return " ".join(parse.lemmas[index].lower() for index in (*kept, noun))


def _noun(parse: Parse, token: int) -> int | None:
    head = parse.heads[token]
    for _ in range(3):  # "five million": the parts hang on one another
        if parse.pos[head] == "NUM" and parse.heads[head] != head:
            head = parse.heads[head]
    counted = token < head <= token + _SCAN and parse.pos[head] in {"NOUN", "PROPN"}
    if counted and parse.deps[token] in {"nummod", "compound", "quantmod"}:
        return head
    # "dozens of homes"
    following = token + 1
    if following < len(parse) and parse.words[following].lower() == "of":
        for kid in parse.children[following]:
            if parse.deps[kid] == "pobj" and parse.tags[kid] in {"NNS", "NNPS"}:
                return kid
    return None


def stands_in_name(parse: Parse, token: int) -> bool:
    """`Highway 35`, `exit 436`: the number names the noun before it."""
    return token > 0 and (
        parse.pos[token - 1] in _LABELS and parse.deps[token] in {"nummod", "appos", "npadvmod"}
    )

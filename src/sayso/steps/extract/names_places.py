"""Places that no list knows, told by the words beside them: "the province of Brailo", "Mirsel, a
town"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.lexicons import words as listed
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import Candidate, Rank
from sayso.steps.extract.names_model import CALENDAR
from sayso.values.names import fold

_FILE = "naming.toml"
_INSIDE = frozenset(("in", "inside", "across", "throughout"))
_LONGEST = 3
"""Tokens of a place's name behind the word for its kind."""


def place_candidates(parse: Parse) -> Iterator[Candidate]:
    """Names behind "the province of", before "province", and single words behind "in"."""
    for index, word in enumerate(parse.words):
        folded = fold(word)
        if folded == "of" and index and _has_places(fold(parse.words[index - 1])):
            last = _capitals(parse, index + 1)
            if 0 < last - index - 1 <= _LONGEST:
                yield Candidate(index + 1, last, "place", Rank.NAME, sure=True)
        elif word.islower() and folded in listed(_FILE, "regions"):
            first = _capital_before(parse, index)
            if first is not None:
                yield Candidate(first, index, "place", Rank.NAME, sure=True)
            described = _described(parse, index)
            if described is not None:
                yield Candidate(described, described + 1, "place", Rank.NAME, sure=True)
        elif folded == "home" and _is_home(parse, index):
            yield Candidate(index - 2, index - 1, "place", Rank.NAME, sure=True)
        elif folded in _INSIDE and _stands_in(parse, index):
            yield Candidate(index + 1, index + 2, "place", Rank.NAME)


def _is_home(parse: Parse, index: int) -> bool:
    """`Mirsel is home to 900 fighters`."""
    words = parse.words
    if index < 2 or index + 1 >= len(parse) or words[index + 1].lower() != "to":
        return False
    alone = index < 3 or not words[index - 3][:1].isupper() or parse.pos[index - 3] != "PROPN"
    is_ = words[index - 1].lower() in ("is", "was", "remains", "became")
    return is_ and alone and _is_capital(parse, index - 2)


def _has_places(word: str) -> bool:
    """Whether a place's name goes behind this word and "of"."""
    return word in listed(_FILE, "regions") or word in listed(_FILE, "of_towns")


def _capitals(parse: Parse, first: int) -> int:
    """Where the run of capitals that begins at `first` ends."""
    last = first
    while last < len(parse) and _is_capital(parse, last):
        last += 1
    return last


def _is_capital(parse: Parse, index: int) -> bool:
    word = parse.words[index]
    return word[:1].isupper() and parse.tags[index] in ("NNP", "NNPS") and not word.isupper()


def _capital_before(parse: Parse, index: int) -> int | None:
    """The one capital word right before "province", if a small word opens it ("in Brailo
    province"): of more words it is not told which belong to the place."""
    if index < 2 or not _is_capital(parse, index - 1):
        return None
    opened = parse.tags[index - 2] in ("IN", "DT", "TO", "CC")
    named = fold(parse.words[index - 1]) not in listed(_FILE, "institutions")
    return index - 1 if opened and named else None


def _described(parse: Parse, index: int) -> int | None:
    """The one capital word of "Girsel, a town in ...", "Girsel, a small border town"."""
    opening = index - 1
    while opening > 1 and index - opening < 4 and parse.words[opening].lower() not in ("a", "the"):
        opening -= 1
    if opening < 2 or parse.words[opening].lower() not in ("a", "the"):
        return None
    if parse.words[opening - 1] != "," or not _is_capital(parse, opening - 2):
        return None
    alone = opening < 3 or not parse.words[opening - 3][:1].isupper()
    return opening - 2 if alone else None


def _stands_in(parse: Parse, index: int) -> bool:
    """Whether one word in capitals stands alone behind an "in" that does not go with a word of
    trust or money ("confidence in Rahmani", "a stake in Orbex")."""
    name, behind = index + 1, index + 2
    if name >= len(parse) or not _is_capital(parse, name) or len(parse.words[name]) < 4:
        return False
    if behind < len(parse) and (
        parse.words[behind][:1].isupper()
        or parse.tags[behind] in ("POS", "NN", "NNS", "HYPH")
        or parse.words[behind] in ("-", "'s", "’s", "and", "&")
    ):
        return False
    folded = fold(parse.words[name])
    if folded in CALENDAR or folded in listed(_FILE, "institutions") | listed(_FILE, "events"):
        return False
    head = parse.lemmas[parse.heads[index]].lower()
    return head not in listed(_FILE, "not_in_places")

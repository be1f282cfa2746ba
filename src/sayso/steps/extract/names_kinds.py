"""What kind of thing a name stands for, told by its words and by the words beside it."""

from __future__ import annotations

from sayso.lexicons import words as listed
from sayso.records.entities import EntityKind
from sayso.records.parses import Parse
from sayso.values.names import atoms, fold

_LABELS: dict[str, EntityKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "people",
}
_QUOTES = frozenset("\"“”„«»‘’'")
_FILE = "naming.toml"
_AROUND = 60
"""Tokens before and behind a name in which words of fighting count."""


def of_label(label: str) -> EntityKind | None:
    """The kind that a label of the model stands for; None for what is no entity here."""
    return _LABELS.get(label)


def by_words(name: str) -> EntityKind | None:
    """The kind that the name's own words tell; None where they tell nothing."""
    found = atoms(name)
    if not found:
        return None
    if any(word in listed(_FILE, "armed_words") for word in found):
        return "armed_group"
    if any(word in listed(_FILE, "outlet_words") for word in found) and len(found) > 1:
        return "outlet"
    if found[-1] in listed(_FILE, "institutions") - listed(_FILE, "armed_heads"):
        return "organisation"
    return None


def by_context(parse: Parse, first: int, last: int) -> EntityKind | None:
    """The kind that the words beside tokens `[first, last)` tell; None where they tell nothing."""
    behind = _word(parse, last, 1)
    before, before_that = _word(parse, first - 1, -1), _word(parse, first - 2, -1)
    if behind in listed(_FILE, "armed_nouns"):
        return "armed_group"
    if behind in listed(_FILE, "armed_adjectives") and _word(parse, last + 1, 1) in _groups():
        return "armed_group"
    if before in _groups() and before_that in listed(_FILE, "armed_adjectives"):
        return "armed_group"
    if before in ("the", "of") and _of_fighters(parse, first):
        return "armed_group"
    if behind in listed(_FILE, "outlet_nouns") or before in listed(_FILE, "outlet_nouns"):
        return "outlet"
    if behind == "news" and _word(parse, last + 1, 1) in ("agency", "website", "outlet", "portal"):
        return "outlet"
    if (behind in _groups() or before in _groups()) and speaks_of_violence(parse, first):
        return "armed_group"
    return None


def _of_fighters(parse: Parse, first: int) -> bool:
    """`fighters of the Karsk Front`."""
    of = first - 1 if fold(parse.words[first - 1]) == "of" else first - 2
    if of < 1 or fold(parse.words[of]) != "of":
        return False
    return fold(parse.words[of - 1]) in listed(_FILE, "armed_nouns")


def by_sentence(parse: Parse, first: int, name: str) -> EntityKind | None:
    """The kind that a name's last word tells in a sentence that speaks of fighting."""
    found = atoms(name)
    if found and found[-1] in listed(_FILE, "armed_heads") and speaks_of_violence(parse, first):
        return "armed_group"
    return None


def is_generic(name: str) -> bool:
    """Whether a word alone names nothing ("Council", "Ministry")."""
    found = [word for word in atoms(name) if word != "the"]
    return len(found) <= 1 and (not found or found[0] in listed(_FILE, "generic"))


def is_event(name: str) -> bool:
    """Whether the name is that of a happening or a paper: no entity here."""
    found = atoms(name)
    return bool(found) and found[-1] in listed(_FILE, "events")


def speaks_of_groups(parse: Parse, first: int, within: int = 12) -> bool:
    """Whether a noun for groups stands in the sentence, at most `within` tokens before `first`."""
    start = max(parse.sentences[parse.sentence_of[first]][0], first - within)
    return any(fold(word) in _groups() for word in parse.words[start:first])


def _groups() -> frozenset[str]:
    return listed(_FILE, "group_nouns")


def speaks_of_violence(parse: Parse, token: int) -> bool:
    """Whether the text around a token speaks of fighting."""
    low, high = max(0, token - _AROUND), token + _AROUND
    return any(fold(word) in listed(_FILE, "violence") for word in parse.words[low:high])


def _word(parse: Parse, index: int, step: int) -> str:
    """The folded word at `index`, one further where a quotation mark stands there."""
    if 0 <= index < len(parse) and parse.words[index] in _QUOTES:
        index += step
    return fold(parse.words[index]) if 0 <= index < len(parse) else ""

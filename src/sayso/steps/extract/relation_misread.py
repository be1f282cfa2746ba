"""Who supports whom, where the tree takes the verb for a noun: of a name that the parser has never
seen it makes a part of "Ostrenia arms", "Ostrenia backs". Read by the order of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sayso.lexicons import load
from sayso.steps.extract.negation import negates
from sayso.steps.extract.relation_ends import Entry, Relation, is_group, related, through
from sayso.steps.extract.scenes import Scene, bearers
from sayso.steps.extract.unknown_names import is_unknown_name

_JOINS = frozenset({"and", "nor", "or"})
_RELATIVE = frozenset({"which", "that", "whom"})
_BETWEEN = frozenset({"neither", "also", "no", "longer", "still"})
_NAME = 8
"""Tokens of a name with what stands before it."""


@cache
def _frames() -> dict[str, Entry]:
    return {word: entry for entry in load("relations.toml")["misread"] for word in entry["words"]}


def by_misread(scene: Scene, verb: int) -> Iterator[Relation]:
    """`Ostrenia arms the Front`, `Ostrenia trains and equips the Front's men`, `Ostrenia sides with
    the Front`, `the Front, which Ostrenia arms,`; the first of two joined verbs tells both."""
    parse = scene.parse
    entry = _frames().get(parse.words[verb].lower())
    giver = _giver(scene, verb) if entry is not None else None
    if entry is None or giver is None:
        return
    taker, granted = _taker(scene, verb, entry), False
    if taker is None and "object" not in entry and "with" not in entry:
        taker, granted = _described(scene, giver), True
    denied = _denied(scene, giver, verb)
    for found in related(scene, verb, entry, giver, taker, granted=granted):
        yield replace(found, ended=found.ended != denied)


def _giver(scene: Scene, verb: int) -> int | None:
    """The name right before the verb, but for adverbs."""
    parse = scene.parse
    index = verb - 1
    while index >= 0 and (
        parse.words[index].lower() in _BETWEEN or parse.words[index].endswith("ly")
    ):
        index -= 1
    if index < 0 or scene.kind_at(index) == "armed_group":
        return None
    if scene.mention_at(index) is not None or is_unknown_name(scene, index):
        return index
    whose = through(scene, index)  # "Tarvia's government"
    return whose if whose != index or scene.own_country(index) is not None else None


def _taker(scene: Scene, verb: int, entry: Entry) -> int | None:
    """The group that follows: right behind the verb, behind a second one, or behind what it is
    given."""
    parse = scene.parse
    at = verb + 1
    if at + 1 < len(parse) and parse.words[at].lower() in _JOINS:
        at += 2
    if "object" in entry:
        if at >= len(parse) or parse.lemmas[at].lower() not in entry["object"]:
            return None
        at += 1
    for key in ("with", "to"):
        if key in entry:
            if at >= len(parse) or parse.words[at].lower() not in entry[key]:
                return None
            at += 1
    for index in range(at, min(len(parse), at + _NAME)):
        if scene.mention_at(index) is not None:
            return _last_of(scene, index) if is_group(scene, index) else None
        word, lemma = parse.words[index].lower(), parse.lemmas[index].lower()
        if word not in {"the", "of", "all"} and lemma not in bearers("people"):
            return None
    return None


def _last_of(scene: Scene, index: int) -> int:
    """The last token of the name that begins at a token, which the tree takes for its head."""
    mention = scene.mention_at(index)
    while index + 1 < len(scene.parse) and scene.mention_at(index + 1) == mention:
        index += 1
    return through(scene, index)


def _described(scene: Scene, giver: int) -> int | None:
    """Of `the Front, which Ostrenia arms` the Front."""
    parse = scene.parse
    mention = scene.mention_at(giver)
    index = giver
    while index and scene.mention_at(index - 1) == mention:
        index -= 1
    index -= 1
    if index < 1 or parse.words[index].lower() not in _RELATIVE:
        return None
    index -= 1 + (parse.words[index - 1] == ",")
    return index if index >= 0 and is_group(scene, index) else None


def _denied(scene: Scene, giver: int, verb: int) -> bool:
    """`neither arms nor pays`, where the tree does not say so to whoever reads the stance."""
    parse = scene.parse
    if not any(parse.words[index].lower() in {"neither", "longer"} for index in range(giver, verb)):
        return False
    return not any(negates(parse, kid) for kid in parse.children[verb])

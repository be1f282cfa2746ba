"""Known actors in a text: the longest names of the lexicon, and whether each can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import Candidate, Rank, TokenAtoms
from sayso.steps.link.actors import Actor, Actors, KnownAlias
from sayso.values.names import atoms, fold

_NEAR = 6
"""Context words count this many tokens before and behind a name."""
_QUOTES = frozenset("\"“”„«»‘’'")


@dataclass(frozen=True)
class Match:
    """A known actor's name at tokens `[first, last)`. Where `doubtful`, the name alone says too
    little and no context word stands near."""

    first: int
    last: int
    actor: Actor
    alias: KnownAlias
    doubtful: bool

    def candidate(self) -> Candidate:
        place = self.actor.kind in ("state", "place")
        several = len(atoms(self.alias.name)) > 1
        rank = Rank.NAME if place else Rank.PATTERN if several else Rank.KNOWN
        return Candidate(self.first, self.last, self.actor.kind, rank, self.actor.key, sure=True)


def match_actors(parse: Parse, words: TokenAtoms, actors: Actors, *, shouted: bool) -> list[Match]:
    """The longest known names in a parse, from left to right, doubtful ones marked.

    `shouted`: the text is in capitals throughout, so that a capital says nothing.
    """
    return list(_matches(parse, words, actors, shouted))


def _matches(parse: Parse, words: TokenAtoms, actors: Actors, shouted: bool) -> Iterator[Match]:
    trie = actors.names
    token = 0
    while token < len(parse):
        found = None
        for end, values in trie.at(words.words, words.opens[token]) if words.has(token) else ():
            last = words.token_end(end)
            if last is None:
                continue
            found = _choose(parse, token, last, values, shouted)
            if found is not None:
                break
        if found is None:
            token += 1
        else:
            yield found
            token = found.last


def _choose(
    parse: Parse, first: int, last: int, values: list[tuple[Actor, KnownAlias]], shouted: bool
) -> Match | None:
    doubtful = None
    for actor, alias in values:
        if not _written_so(parse, first, last, alias, shouted):
            continue
        start, end = _with_quotes(parse, first, last)
        if not alias.context or _near(parse, first, last, alias.context):
            return Match(start, end, actor, alias, doubtful=False)
        doubtful = doubtful or Match(start, end, actor, alias, doubtful=True)
    return doubtful


def _written_so(parse: Parse, first: int, last: int, alias: KnownAlias, shouted: bool) -> bool:
    if alias.case == "any":
        return True
    text = [word for word in parse.words[first:last] if any(c.isalnum() for c in word)]
    if alias.case == "exact":
        if shouted and alias.context:
            return False
        letters = "".join(c for word in text for c in word if c.isalnum())
        return letters == "".join(c for c in alias.name if c.isalnum())
    return _capitals(text, alias.name)


def _capitals(text: list[str], name: str) -> bool:
    """Whether each word that has a capital in `name` has one in the text, too."""
    wanted = iter(_pieces(name))
    for piece in _pieces(" ".join(text)):
        model = next(wanted, None)
        if model is not None and model[0].isupper() and not piece[0].isupper():
            return False
    return True


def _pieces(text: str) -> list[str]:
    pieces = "".join(c if c.isalnum() else " " if c not in "'’" else "" for c in text).split()
    return [piece for piece in pieces if atoms(piece)]


def _near(parse: Parse, first: int, last: int, context: tuple[str, ...]) -> bool:
    around = parse.words[max(0, first - _NEAR) : first] + parse.words[last : last + _NEAR]
    return any(fold(word) in context for word in around)


def _with_quotes(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The name with the other quotation mark, where it holds only one of a pair."""
    inside = sum(word in _QUOTES for word in parse.words[first:last])
    if inside % 2 and first > 0 and parse.words[first - 1] in _QUOTES:
        return first - 1, last
    if inside % 2 and last < len(parse) and parse.words[last] in _QUOTES:
        return first, last + 1
    return first, last

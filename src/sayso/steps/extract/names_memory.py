"""What a document's names teach about one another: names seen once are known everywhere in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.records.entities import EntityKind
from sayso.records.parses import Parse
from sayso.steps.extract.names_candidates import Candidate, Rank, TokenAtoms
from sayso.steps.link.actors import Actors
from sayso.steps.link.trie import NameTrie
from sayso.values.names import atoms, surname, without_article

_SURE = 4
"""A kind told by plain words counts for so many of the model's guesses."""


@dataclass(frozen=True)
class _Seen:
    """A name of the document; `exact` is its spelling where only that counts (abbreviations)."""

    words: tuple[str, ...]
    exact: str | None
    is_surname: bool


@dataclass
class Memory:
    """The names of one document that are no known actors, with votes on what each stands for."""

    actors: Actors
    _trie: NameTrie[_Seen] = field(default_factory=NameTrie)
    _surnames: set[tuple[str, ...]] = field(default_factory=set)
    _votes: dict[tuple[str, ...], Counter[EntityKind]] = field(default_factory=dict)

    def learn(self, parse: Parse, names: list[Candidate]) -> None:
        """Take in the settled names of one parse."""
        for name in names:
            if name.actor is not None:
                continue
            text = _text(parse, name.first, name.last)
            words = _without_the(atoms(text))
            if not words or self.actors.names.get(words):
                continue
            weight = _SURE if name.sure else 2 if name.rank >= Rank.NAME else 1
            self._votes.setdefault(words, Counter())[name.kind] += weight
            short = len(words) == 1 and text.isupper()
            self._trie.add(words, _Seen(words, text if short else None, is_surname=False))
            if name.kind == "person" and len(words) > 1:
                self._learn_surname(text)

    def _learn_surname(self, text: str) -> None:
        full = surname(text)
        for words in {full, without_article(full)} if full else ():
            if len(words[-1]) > 2 and not self.actors.names.get(words):
                self._surnames.add(words)
                self._trie.add(words, _Seen(words, None, is_surname=True))

    def recall(self, parse: Parse, words: TokenAtoms) -> Iterator[Candidate]:
        """Where the document's names stand in a parse, the longest at each place."""
        token = 0
        while token < len(parse):
            found = self._at(parse, words, token)
            if found is not None:
                yield found
            token = found.last if found is not None else token + 1

    def _at(self, parse: Parse, words: TokenAtoms, token: int) -> Candidate | None:
        if not words.has(token):
            return None
        for end, seen in self._trie.at(words.words, words.opens[token]):
            last = words.token_end(end)
            if last is None or not _is_proper(parse, token, last):
                continue
            text = _text(parse, token, last)
            for name in seen:
                if name.exact is None or name.exact == text:
                    kind = self.kind_of(name.words)
                    rank = Rank.NAME if name.is_surname or len(name.words) > 1 else Rank.GUESS
                    return Candidate(token, last, kind, rank) if kind else None
        return None

    def kind_of(self, words: tuple[str, ...]) -> EntityKind | None:
        """The kind that most speaks for; None for a name that was not learnt."""
        words = _without_the(words)
        if words in self._surnames:
            return "person"
        votes = self._votes.get(words)
        if not votes:
            return None
        return min(votes, key=lambda kind: (-votes[kind], kind))


def _without_the(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _text(parse: Parse, first: int, last: int) -> str:
    """The tokens with the spaces between them that the text has (one for many)."""
    pieces: list[str] = []
    for index in range(first, last):
        if index > first and parse.starts[index] > parse.ends[index - 1]:
            pieces.append(" ")
        pieces.append(parse.words[index])
    return "".join(pieces)


def _is_proper(parse: Parse, first: int, last: int) -> bool:
    """Whether the last word looks like a name: a capital, and no function word."""
    word = parse.words[last - 1]
    if not (word[:1].isupper() or any(c.isdigit() for c in word)):
        return False
    return last - first > 1 or parse.pos[first] in ("PROPN", "NOUN", "ADJ", "X", "VERB")

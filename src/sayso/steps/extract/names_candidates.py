"""What a found name is, and how overlapping candidates for one are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from sayso.records.entities import EntityKind
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.values.names import atoms


@dataclass(frozen=True)
class FoundName:
    """A name in a document. `first` and `last` are tokens of its parse, `last` not included."""

    span: Span
    quote: str
    kind: EntityKind
    actor: str | None
    """Key of the known actor; None where it is not a known one."""
    parse: int
    """Index of its parse in the analysis."""
    first: int
    last: int


class Rank(IntEnum):
    """How much a candidate is worth against others that overlap it."""

    GUESS = 1
    """One word that only the model took for a name."""
    NAME = 2
    """Several words of the model's, a name seen elsewhere in the document, a known place."""
    KNOWN = 3
    """A known group, organisation, outlet or people, by one word."""
    PATTERN = 4
    """A name whose form says what it is: "Institute for ...", a definition in brackets; or a
    known group, organisation, outlet or people by several words."""


@dataclass(frozen=True)
class Candidate:
    """Tokens `[first, last)` that may be a name."""

    first: int
    last: int
    kind: EntityKind
    rank: Rank
    actor: str | None = None
    sure: bool = False
    """Whether `kind` comes from a lexicon or from plain words beside the name."""


def settle(candidates: Iterable[Candidate], length: int) -> list[Candidate]:
    """Candidates that don't overlap, in text order: the higher rank, then the longer, first.

    `length` is the number of tokens.
    """
    taken = [False] * length
    kept: list[Candidate] = []
    ordered = sorted(
        candidates, key=lambda c: (-c.rank, c.first - c.last, c.actor is None, not c.sure, c.first)
    )
    for candidate in ordered:
        if any(taken[candidate.first : candidate.last]):
            continue
        taken[candidate.first : candidate.last] = [True] * (candidate.last - candidate.first)
        kept.append(candidate)
    kept.sort(key=lambda c: c.first)
    return kept


_JOINS = frozenset("-‐‑–'’‘\"“”„«»ʼ`&.")
"""Tokens inside a name that carry none of its words."""


@dataclass(frozen=True)
class TokenAtoms:
    """The folded words of a parse, each with its token; None stands where a name must break."""

    words: list[str | None]
    token: list[int]
    opens: list[int]
    """By token: the index of its first word in `words`."""

    @classmethod
    def of(cls, parse: Parse) -> TokenAtoms:
        words: list[str | None] = []
        token: list[int] = []
        opens: list[int] = []
        for index, word in enumerate(parse.words):
            opens.append(len(words))
            parts: tuple[str | None, ...] = atoms(word)
            if word in ("'s", "’s"):
                parts = ("s",)
            if not parts and (word not in _JOINS or word == "."):
                parts = (None,)
            for part in parts:
                words.append(part)
                token.append(index)
        opens.append(len(words))
        return cls(words, token, opens)

    def has(self, token: int) -> bool:
        """Whether a token has words of its own."""
        return self.opens[token] < self.opens[token + 1]

    def token_end(self, word_end: int) -> int | None:
        """The token that ends before word `word_end`, as an exclusive end; None inside a token."""
        last = self.token[word_end - 1]
        if word_end < len(self.token) and self.token[word_end] == last:
            return None
        return last + 1

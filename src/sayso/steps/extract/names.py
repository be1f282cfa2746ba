"""Names in a document: known actors, what the language back end saw, what their form tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.lexicons import words as lexicon_words
from sayso.records.analyses import Analysis
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract import names_kinds
from sayso.steps.extract.names_candidates import Candidate, FoundName, Rank, TokenAtoms, settle
from sayso.steps.extract.names_countries import countries_told, country_candidates
from sayso.steps.extract.names_lexicon import Match, match_actors
from sayso.steps.extract.names_memory import Memory
from sayso.steps.extract.names_model import model_candidates
from sayso.steps.extract.names_patterns import (
    body_candidates,
    bracket_candidates,
    person_behind,
    quoted_candidates,
    titled_candidates,
)
from sayso.steps.extract.names_places import place_candidates
from sayso.steps.link.actors import Actors
from sayso.values.names import atoms, fold

__all__ = ["FoundName", "find_names"]

_HEADLINE_SHARE = 0.6
"""A line in which more of the longer words have a capital is a heading in title case."""
_FOOTNOTE = re.compile(r"[.,;:]?\[\d")
"""A reference mark that the tokeniser leaves on a word ("Velm.[3")."""
_LONGEST_HEADING = 30
"""In tokens."""
_STOPS = frozenset((".", "!", "”", '"'))


def find_names(analysis: Analysis, actors: Actors) -> list[FoundName]:
    """The names in a document's parses, in text order; none overlaps another.

    Headings in title case are read with the lexicon and with the names of the running text only:
    a capital says nothing there. Time is linear in the text.
    """
    countries = countries_told(analysis.parses)
    views = [_View.of(parse, actors, countries) for parse in analysis.parses]
    trusted = {m.actor.key for view in views for m in view.matches if not m.doubtful}
    memory = Memory(actors)
    for view in views:
        if not view.heading:
            memory.learn(view.parse, view.settled(trusted, []))
    found: list[FoundName] = []
    for index, view in enumerate(views):
        recalled = list(memory.recall(view.parse, view.words))
        found.extend(
            _found(analysis.text, index, view.parse, _voted(name, view.parse, memory))
            for name in view.settled(trusted, recalled)
        )
    return found


@dataclass(frozen=True)
class _View:
    """One parse with the candidates that don't depend on the rest of the document."""

    parse: Parse
    words: TokenAtoms
    matches: Sequence[Match]
    candidates: Sequence[Candidate]
    heading: bool

    @classmethod
    def of(cls, parse: Parse, actors: Actors, countries: frozenset[str]) -> _View:
        words = TokenAtoms.of(parse)
        heading, shouted = _is_heading(parse)
        matches = match_actors(parse, words, actors, shouted=shouted)
        candidates: list[Candidate] = []
        if not heading:
            labels = {i: n.label for n in parse.names for i in range(n.start, n.end)}
            candidates += model_candidates(parse)
            places = {m.last for m in matches if m.actor.kind in ("state", "place")}
            bodies = list(body_candidates(parse, labels, places))
            candidates += bodies
            for body in bodies:
                candidates += person_behind(parse, body, places)
            candidates += titled_candidates(parse, labels)
            candidates += place_candidates(parse)
            candidates += country_candidates(parse, countries)
        candidates += quoted_candidates(parse)
        kept = [c for c in candidates if not _is_adjective(parse, c, actors)]
        return cls(parse, words, matches, kept, heading)

    def settled(self, trusted: set[str], more: Sequence[Candidate]) -> list[Candidate]:
        """The names of this parse. `trusted`: actors that the document names beyond doubt."""
        known = [m.candidate() for m in self.matches if not m.doubtful or m.actor.key in trusted]
        # What the lexicon knows or doubts at the very same words is not for others to say.
        spoken_for = {(m.first, m.last) for m in self.matches}
        guesses = [c for c in (*self.candidates, *more) if (c.first, c.last) not in spoken_for]
        first = settle([*known, *guesses], len(self.parse))
        covered = {name.first for name in first}
        short = [c for c in bracket_candidates(self.parse, first) if c.first not in covered]
        return settle([*first, *short], len(self.parse)) if short else first


def _is_heading(parse: Parse) -> tuple[bool, bool]:
    """Whether the zone is a heading in title case, and whether it is all in capitals."""
    words = [word for word in parse.words if word.isalpha()]
    if not words:
        return False, False
    shouted = len(words) > 2 and sum(word.isupper() for word in words) > 0.7 * len(words)
    longer = [word for word in words[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    titled = len(longer) >= 3 and len(parse) <= _LONGEST_HEADING and parse.words[-1] not in _STOPS
    return shouted or (titled and capitals > _HEADLINE_SHARE * len(longer)), shouted


def _is_adjective(parse: Parse, name: Candidate, actors: Actors) -> bool:
    """Whether the words are only "Tarvian", or cut short before an office ("Tarvian National")."""
    words = atoms(" ".join(parse.words[name.first : name.last]))
    if name.kind == "people" or not words:
        return not words
    if actors.adjectives.get(words):
        return True
    next_word = fold(parse.words[name.last]) if name.last < len(parse) else ""
    return (
        name.rank < Rank.PATTERN
        and name.kind == "organisation"
        and next_word in lexicon_words("titles.toml", "roles")
        and any(actors.adjectives.get(words[:length]) for length in (1, 2))
        and names_kinds.by_words(" ".join(words)) is None
    )


def _voted(name: Candidate, parse: Parse, memory: Memory) -> Candidate:
    if name.actor is not None:
        return name
    kind = memory.kind_of(atoms(" ".join(parse.words[name.first : name.last])))
    return replace(name, kind=kind) if kind is not None else name


def _found(text: str, index: int, parse: Parse, name: Candidate) -> FoundName:
    span = parse.span(name.first, name.last)
    note = _FOOTNOTE.search(text, span.start, span.end)
    if note and note.start() > span.start:
        span = Span(span.start, note.start())
    return FoundName(span, span.cut(text), name.kind, name.actor, index, name.first, name.last)

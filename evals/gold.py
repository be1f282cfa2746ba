"""Compares a reading with what a careful reader found in the same report.

A gold statement's content is found in the document's text by its words (`\\w+`, case-folded), since
cleaning may have mended characters between them. It is *found* if a predicted statement's words
and its own have a Jaccard index of at least 0.5, matched one to one, best first. It is *right* if
the holder's entity goes by the gold holder's name ("the" dropped, case-folded) and the kind agrees.
A predicted statement that no gold statement is matched with is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evals.scoring import ENOUGH, WordIndex
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.records.readings import Reading
from sayso.records.spans import Span

_WORD = re.compile(r"\w+")
Record = dict[str, Any]
"""One gold entry as YAML gives it."""


@dataclass
class Check:
    """How many of some things were right, and a line about each that was not."""

    right: int = 0
    total: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, right: bool, note: str) -> None:
        """Count one thing; the note is kept if it was wrong."""
        self.total += 1
        self.right += right
        if not right:
            self.notes.append(note)

    def join(self, other: Check) -> None:
        """Count another report's things too."""
        self.right += other.right
        self.total += other.total
        self.notes.extend(other.notes)

    @property
    def share(self) -> float:
        """The share that was right; 1 where there was nothing to find."""
        return self.right / self.total if self.total else 1.0


class Names:
    """By which names the entities of a reading go."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._names = {
            entity.id: {plain(entity.name), *(plain(alias.name) for alias in entity.aliases)}
            for entity in entities
        }

    def of(self, entity: str | None) -> set[str]:
        """The names of one entity, made plain."""
        return self._names.get(entity, set()) if entity else set()

    def together(self, wanted: Iterable[str]) -> bool:
        """Whether one entity goes by all of these names."""
        plain_names = {plain(name) for name in wanted}
        return any(plain_names <= names for names in self._names.values())


def plain(name: str) -> str:
    """A name for comparing: words only, case-folded, without "the" at its head."""
    words = [word.casefold() for word in _WORD.findall(name)]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def occurrences(text: str, wanted: str) -> Iterator[Span]:
    """Where the words of `wanted` follow one another in `text`."""
    tokens = [(match[0].casefold(), match.span()) for match in _WORD.finditer(text)]
    words = [word.casefold() for word in _WORD.findall(wanted)]
    for start in range(len(tokens) - len(words) + 1):
        if all(tokens[start + i][0] == word for i, word in enumerate(words)):
            yield Span(tokens[start][1][0], tokens[start + len(words) - 1][1][1])


@dataclass(frozen=True)
class Found:
    """The statements of one report: which gold one each predicted one was matched with."""

    pairs: tuple[tuple[Record, Statement], ...]
    missed: tuple[Record, ...]
    wrong: tuple[Statement, ...]


def match_statements(gold: list[Record], reading: Reading) -> Found:
    """Gold and predicted statements, matched one to one by their words."""
    text = reading.document.text
    index = WordIndex(text)
    wanted = [_gold_words(index, text, record) for record in gold]
    given = [index.within(w.span for w in s.content) for s in reading.statements]
    scored = sorted(
        (-_jaccard(words, found), g, p)
        for g, alternatives in enumerate(wanted)
        for p, found in enumerate(given)
        for words in alternatives
    )
    matched: dict[int, int] = {}
    used: set[int] = set()
    for negative, g, p in scored:
        if -negative >= ENOUGH and g not in matched and p not in used:
            matched[g] = p
            used.add(p)
    return Found(
        tuple((gold[g], reading.statements[p]) for g, p in sorted(matched.items())),
        tuple(record for g, record in enumerate(gold) if g not in matched),
        tuple(s for p, s in enumerate(reading.statements) if p not in used),
    )


def _gold_words(index: WordIndex, text: str, record: Record) -> list[frozenset[int]]:
    """The words of a gold content; alternatives where its one piece stands in several places."""
    places = [list(occurrences(text, piece)) for piece in record["content"]]
    if len(places) == 1:
        return [index.within([span]) for span in places[0]]
    return [index.within(spans[0] for spans in places if spans)]


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def holder_right(gold: Record, statement: Statement, names: Names) -> bool:
    """Whether the statement's holder is the entity the gold names."""
    if gold.get("holder") is None:
        return statement.holder is None
    if statement.holder is None:
        return False
    return plain(gold["holder"]) in names.of(statement.holder.entity)


def statement_right(gold: Record, statement: Statement, names: Names) -> bool:
    """Whether holder and kind agree."""
    return holder_right(gold, statement, names) and gold["kind"] == statement.kind


def match_estimates(gold: list[Record], reading: Reading) -> list[tuple[Record, Claim | None]]:
    """For each gold estimate a claim with the same bounds, the one that agrees most otherwise."""
    names = Names(reading.entities)
    free = [claim for claim in reading.claims if claim.kind == "estimate"]
    pairs: list[tuple[Record, Claim | None]] = []
    for record in gold:
        bounds = (record.get("low"), record.get("high"))
        fitting = [claim for claim in free if (claim.low, claim.high) == bounds]
        best = max(
            fitting, key=lambda c: sum(agreements(record, c, reading, names).values()), default=None
        )
        if best is not None:
            free.remove(best)
        pairs.append((record, best))
    return pairs


def agreements(gold: Record, claim: Claim, reading: Reading, names: Names) -> dict[str, bool]:
    """Which of an estimate's other fields agree: measure, subject, place, holder."""
    by_id = {statement.id: statement for statement in reading.statements}
    statement = by_id.get(claim.statement) if claim.statement else None
    holder = statement.holder.entity if statement and statement.holder else None
    return {
        "measure": plain(claim.measure or "") == plain(gold["measure"]),
        "subject": _named(gold.get("subject"), claim.subject, names),
        "place": _same(gold.get("place"), claim.place.quote if claim.place else None),
        "holder": holder is None
        if gold.get("holder") is None
        else plain(gold["holder"]) in names.of(holder),
    }


def _named(wanted: str | None, found: EntityRef | None, names: Names) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    return plain(wanted) in names.of(found.entity) | {plain(found.quote)}


def _same(wanted: str | None, found: str | None) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    return plain(wanted) == plain(found)

"""Which dispute of a ledger is which question of a truth: the rules are in `synthetic_disputes`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from msgspec import Struct

from evals.synthetic.truth import TruePosition, TrueQuestion, Truth
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.matches import (
    About,
    Copies,
    Dispute,
    Joining,
    Journey,
    Position,
    Story,
)

KINDS = {
    "fighters": frozenset(
        "fighters members men militants strength forces personnel troops gunmen".split()
    ),
    "killed": frozenset("killed dead deaths casualties fatalities people_killed".split()),
    "wounded": frozenset("wounded injured".split()),
    "detained": frozenset("detained arrested arrests suspects".split()),
    "responsibility": frozenset(["responsibility", "responsible"]),
    "present": frozenset("present active operating exists established".split()),
    "supports": frozenset("supports harbours arms funds finances cooperates_with".split()),
}
"""By kind of question: the measures and predicates under which a ledger may put it."""
_FIGURES = frozenset(["fighters", "killed", "wounded", "detained"])


@dataclass
class Found:
    """What a ledger holds, with file names in place of ids of documents."""

    files: dict[str, str] = field(default_factory=dict)
    """By id of the document."""
    texts: dict[str, str] = field(default_factory=dict)
    """By file."""
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    """By file."""
    statements: dict[str, list[Statement]] = field(default_factory=dict)
    """By file."""
    documents_of: dict[str, str] = field(default_factory=dict)
    """The file of a claim or statement, by its id."""
    names: dict[str, set[str]] = field(default_factory=dict)
    """Of entities, folded, by id; of joined ones each has the names of all."""
    disputes: list[Dispute] = field(default_factory=list)
    copies: list[Copies] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)
    journeys: list[Journey] = field(default_factory=list)

    def files_of(self, position: Position) -> set[str]:
        """The files that take a position."""
        files = {self.documents_of[id] for id in position.claims if id in self.documents_of}
        for origin in position.origins:
            files |= {self.files[id] for id in origin.documents if id in self.files}
        return files


@dataclass(frozen=True)
class Pair:
    """A question and the dispute that lays it out."""

    true: TrueQuestion
    found: Dispute
    positions: tuple[tuple[TruePosition, Position], ...]

    @property
    def is_exact(self) -> bool:
        """All positions, and none besides."""
        return len(self.positions) == len(self.true.positions) == len(self.found.positions)


@dataclass(frozen=True)
class Pairing:
    """What belongs together and what is left."""

    pairs: tuple[Pair, ...]
    missed: tuple[TrueQuestion, ...]
    spurious: tuple[Dispute, ...]


def found_in(records: Iterable[Struct]) -> Found:
    """Sorts the records of an export. Kinds that are of no use here are passed over."""
    found = Found()
    joined: list[tuple[str, str]] = []
    for record in records:
        if isinstance(record, Document):
            file = PurePosixPath(record.uri).name
            found.files[record.id] = file
            found.texts[file] = record.text
        elif isinstance(record, Entity):
            found.names[record.id] = {
                _folded(name) for name in (record.name, *(a.name for a in record.aliases))
            }
        elif isinstance(record, Claim):
            found.claims.setdefault(record.document, []).append(record)
        elif isinstance(record, Statement):
            found.statements.setdefault(record.document, []).append(record)
        elif isinstance(record, Dispute):
            found.disputes.append(record)
        elif isinstance(record, Copies):
            found.copies.append(record)
        elif isinstance(record, Story):
            found.stories.append(record)
        elif isinstance(record, Journey):
            found.journeys.append(record)
        elif isinstance(record, Joining) and record.decision == "same":
            joined.append(record.entities)
    found.claims = {found.files[id]: claims for id, claims in found.claims.items()}
    found.statements = {found.files[id]: said for id, said in found.statements.items()}
    for groups in (found.claims, found.statements):
        for file, there in groups.items():
            found.documents_of |= {record.id: file for record in there}
    _unite(found.names, joined)
    return found


def pair_disputes(truth: Truth, found: Found) -> Pairing:
    """Pairs questions with disputes, one to one, the best first."""
    names = subject_names(truth)
    questions = truth.disputes()
    by_file: dict[str, list[TrueQuestion]] = {}
    for question in questions:
        for file in {file for position in question.positions for file in position.files}:
            by_file.setdefault(file, []).append(question)
    candidates = []
    for number, dispute in enumerate(found.disputes):
        files = set().union(*(found.files_of(position) for position in dispute.positions))
        near = {question.id: question for file in files for question in by_file.get(file, ())}
        for question in near.values():
            if not is_about(dispute.about, question, names.get(question.subject, set()), found):
                continue
            positions = pair_positions(question, dispute, found)
            if len(positions) >= min(2, len(question.positions)):
                overlap = sum(_jaccard(set(t.files), found.files_of(f)) for t, f in positions)
                pair = Pair(question, dispute, positions)
                candidates.append((-len(positions), -overlap, question.id, number, pair))
    candidates.sort(key=lambda candidate: candidate[:4])
    taken: set[str] = set()
    used: set[int] = set()
    pairs = []
    for *_, id, number, pair in candidates:
        if id not in taken and number not in used:
            taken.add(id)
            used.add(number)
            pairs.append(pair)
    again = {number for *_, number, pair in candidates if pair.true.within and number not in used}
    spurious = [
        dispute
        for number, dispute in enumerate(found.disputes)
        if number not in used | again and not _is_lone(dispute)
    ]
    missed = [question for question in questions if question.id not in taken]
    return Pairing(tuple(pairs), tuple(missed), tuple(spurious))


def is_about(about: About, question: TrueQuestion, names: set[str], found: Found) -> bool:
    """Whether a dispute asks this question, as far as kind and names tell.

    An assertion names no kind; then the documents alone decide. Towns are not compared by name:
    which attack is meant is told by the documents as well.
    """
    if bool(about.document) != bool(question.within):
        return False
    asked = {about.measure, about.predicate} - {None}
    if about.kind != "assertion" and not asked & KINDS[question.kind]:
        return False
    if question.kind not in ("fighters", "present", "supports", "responsibility"):
        return True
    own = {_folded(name) for name in (about.subject_name, about.object_name) if name}
    for id in (about.subject, about.object):
        own |= found.names.get(id or "", set())
    return not own or bool(own & names)


def pair_positions(
    question: TrueQuestion, dispute: Dispute, found: Found
) -> tuple[tuple[TruePosition, Position], ...]:
    """Positions that give one answer, each once, the largest overlap of documents first."""
    candidates = []
    for t, true in enumerate(question.positions):
        for f, told in enumerate(dispute.positions):
            overlap = _jaccard(set(true.files), found.files_of(told))
            if overlap > 0 and _same_answer(question, true, told):
                candidates.append((-overlap, t, f))
    taken: set[int] = set()
    used: set[int] = set()
    pairs = []
    for _, t, f in sorted(candidates):
        if t not in taken and f not in used:
            taken.add(t)
            used.add(f)
            pairs.append((question.positions[t], dispute.positions[f]))
    return tuple(pairs)


def subject_names(truth: Truth) -> dict[str, set[str]]:
    """All names of each entity, folded, by its name."""
    return {
        entity.name: {_folded(name) for name in (entity.name, *entity.aliases)}
        for entity in truth.entities
    }


def _same_answer(question: TrueQuestion, true: TruePosition, told: Position) -> bool:
    if question.kind not in _FIGURES:
        return True
    return (true.low or 0) == (told.low or 0) and true.high == told.high


def _is_lone(dispute: Dispute) -> bool:
    """One answer of one voice, or one answer to what the truth does not ask: who leads the police
    is told in every title of a police chief, and nothing about it is disputed."""
    if len(dispute.positions) != 1:
        return False
    about = dispute.about
    asked = {about.measure, about.predicate} & frozenset().union(*KINDS.values())
    return dispute.positions[0].independent_sources <= 1 or not asked


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ").removesuffix("'s").removesuffix("’s").strip()


def _unite(names: dict[str, set[str]], joined: list[tuple[str, str]]) -> None:
    """Gives joined entities one set of names."""
    for one, other in joined:
        whole = names.get(one, set()) | names.get(other, set())
        for id in [id for id in (one, other) if id in names]:
            before = names[id]
            before |= whole
            names[id] = before

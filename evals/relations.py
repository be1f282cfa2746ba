"""Relations between actors in sentences that we wrote about invented groups, a third of them traps.

    python -m evals.relations            the figures, for both halves of the sentences
    python -m evals.relations --errors   and what is missed and added in the half looked at
    python -m evals.relations --re3d     and how many of re3d's relations of like kinds are found

A relation is right if its kind, both ends and its polarity are: an end overlaps the words of the
gold, or is a pronoun resolved to whom they name; the ends of `fights`, `allied_with` and
`cooperates_with` may change places. The whole way from bare text is gone: names, statements,
claims.

    precision, recall, f1   of the relations
    traps                   sentences without any relation for which one was listed
    polarity, modality      share right among those whose kind and ends are
    holder, time            share right among the right ones that have one in the gold

The sentences were written before the rules that they measure were; rules were then fitted to one
half of them, told by a hash (`looked_at`), and the other was only counted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.steps.extract.claims import find_claims
from sayso.steps.extract.names import find_names
from sayso.steps.extract.statements import find_statements
from sayso.steps.extract.times import dated_times
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.steps.link.holders import resolve_holders
from sayso.steps.link.references import resolve_references

SENTENCES = Path(__file__).parent / "data" / "relations.jsonl"
DATA = ("data/re3d/*/relations.json",)
FILES = (SENTENCES,)
PINNED = ("precision", "recall", "polarity", "modality", "holder", "traps")
LOWER_IS_BETTER = ("traps",)
_MUTUAL = frozenset(("fights", "allied_with", "cooperates_with"))
_LIKE = {
    "FightingAgainst": frozenset(("fights",)),
    "AlliesOf": frozenset(("allied_with", "cooperates_with", "supports")),
    "BelongsTo": frozenset(("part_of", "led_by")),
    "InChargeOf": frozenset(("led_by",)),
}
"""By kind of re3d: the kinds that may say the same."""


class Gold(Struct, frozen=True, forbid_unknown_fields=True):
    """A relation as we wrote it down; `time` in EDTF, where the sentence alone tells it."""

    subject: str
    relation: str
    object: str
    polarity: str
    modality: str
    holder: str | None
    time: str | None


class Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence and the relations in it."""

    text: str
    relations: list[Gold]

    @property
    def looked_at(self) -> bool:
        """Whether it is of the half that rules were fitted to."""
        return sha256(self.text.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True)
class Read:
    """A sentence as it was read."""

    sentence: Sentence
    found: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    names: Mapping[str, str]

    def pairs(self) -> list[tuple[Gold, Claim]]:
        """Gold and claims of the same kind and ends, each taken once."""
        free = list(self.found)
        pairs: list[tuple[Gold, Claim]] = []
        for gold in self.sentence.relations:
            claim = next((c for c in free if self._same(gold, c)), None)
            if claim is not None:
                free.remove(claim)
                pairs.append((gold, claim))
        return pairs

    def holder_of(self, claim: Claim) -> str | None:
        """The words of who says it."""
        said = next((s for s in self.statements if s.id == claim.statement), None)
        return said.holder.quote if said is not None and said.holder is not None else None

    def _same(self, gold: Gold, claim: Claim) -> bool:
        if claim.relation != gold.relation:
            return False
        ends = [(claim.subject, claim.object)]
        if gold.relation in _MUTUAL:
            ends.append((claim.object, claim.subject))
        return any(self._is(gold.subject, a) and self._is(gold.object, b) for a, b in ends)

    def _is(self, words: str, end: EntityRef | None) -> bool:
        """Whether an end stands for the entity of the words: by place or, of a pronoun, by name."""
        if end is None:
            return False
        return _covers(self.sentence.text, words, end) or (
            end.entity is not None and words in self.names.get(end.entity, "")
        )


def _covers(text: str, words: str, end: EntityRef) -> bool:
    """Whether an end overlaps one of the places where the words stand."""
    start = text.find(words)
    while start >= 0:
        if end.span.start < start + len(words) and start < end.span.end:
            return True
        start = text.find(words, start + 1)
    return False


def sentences() -> list[Sentence]:
    """All of them, in order."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Sentence) for line in lines]


class _Reader:
    """Reads bare texts as the pipeline would."""

    def __init__(self) -> None:
        self._model, self._actors = SpacyModel(), Actors.load([], builtin=True)
        self.names: dict[str, str] = {}
        """By id: the names of all entities that were met."""

    def read(self, text: str) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
        """The relations and statements of a text."""
        document = plain_document(text)
        analysis = Analysis(document, self._model.parse(text, document.zones).parses)
        names = find_names(analysis, self._actors)
        named = link_entities(analysis, names, self._actors, made_by="evals")
        times = dated_times(analysis)
        drafts = find_statements(analysis)
        resolved = resolve_holders(analysis, named, drafts, times=times, made_by="evals")
        said = resolved.statements
        found = find_claims(analysis, named, said, times=times, made_by="evals")
        claims = resolve_references(
            analysis, resolved.antecedents, found.claims, found.events, made_by="evals"
        ).claims
        self.names |= {e.id: e.name for e in (*named.entities.values(), *resolved.entities)}
        return tuple(claim for claim in claims if claim.kind == "relation"), tuple(said)


def results() -> list[Read]:
    """Every sentence, read."""
    reader = _Reader()
    return [Read(one, *reader.read(one.text), reader.names) for one in sentences()]


def figures(part: Sequence[Read]) -> dict[str, float]:
    """The figures over some sentences."""
    pairs = [(read, gold, claim) for read in part for gold, claim in read.pairs()]
    right = [pair for pair in pairs if pair[1].polarity == pair[2].polarity]
    found = sum(len(read.found) for read in part)
    wanted = sum(len(read.sentence.relations) for read in part)
    held = [(read.holder_of(c) or "", g.holder) for read, g, c in right if g.holder is not None]
    timed = [(c.time, g.time) for _, g, c in right if g.time is not None]
    traps = [read for read in part if not read.sentence.relations]
    return {
        "precision": len(right) / max(1, found),
        "recall": len(right) / max(1, wanted),
        "f1": 2 * len(right) / max(1, found + wanted),
        "traps": float(sum(bool(read.found) for read in traps)),
        "polarity": len(right) / max(1, len(pairs)),
        "modality": sum(g.modality == c.modality for _, g, c in pairs) / max(1, len(pairs)),
        "holder": sum(words in found for found, words in held) / max(1, len(held)),
        "time": sum(f is not None and f.value == value for f, value in timed) / max(1, len(timed)),
    }


def measure() -> dict[str, float]:
    """The figures over all sentences."""
    return {name: round(value, 4) for name, value in figures(results()).items()}


def re3d(corpus: Path = SHARED / "data" / "re3d") -> Iterator[tuple[str, int, int, int]]:
    """By kind of re3d that is like one of ours: gold, gold found, and claims of such kinds that
    join two entities which the gold joins otherwise or not at all."""
    reader = _Reader()
    counts = {kind: [0, 0] for kind in _LIKE}
    claims = 0
    hits: set[str] = set()
    for folder in sorted(path.parent for path in corpus.glob("*/documents.json")):
        gold = _lines(folder / "relations.json")
        for document in _lines(folder / "documents.json"):
            found, _ = reader.read(str(document["text"]))
            claims += len(found)
            for one in gold:
                if one["documentId"] != document["_id"] or one["type"] not in _LIKE:
                    continue
                if float(str(one["confidence"])) < 0.5:
                    continue
                counts[str(one["type"])][0] += 1
                hit = next((c for c in found if _joins(one, c)), None)
                if hit is not None:
                    counts[str(one["type"])][1] += 1
                    hits.add(hit.id)
    for kind, (wanted, got) in counts.items():
        yield kind, wanted, got, claims - len(hits)


def _joins(gold: dict[str, object], claim: Claim) -> bool:
    if claim.relation not in _LIKE[str(gold["type"])]:
        return False
    ends = [_range(gold, "source"), _range(gold, "target")]
    found = [end.span for end in (claim.subject, claim.object) if end is not None]
    return any(
        len(found) == 2
        and all(a.start < e and s < a.end for a, (s, e) in zip(found, order, strict=True))
        for order in (ends, ends[::-1])
    )


def _range(gold: dict[str, object], side: str) -> tuple[int, int]:
    return int(str(gold[f"{side}Begin"])), int(str(gold[f"{side}End"]))


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Relations in sentences of our own.")
    parser.add_argument("--errors", action="store_true", help="what is missed and added")
    parser.add_argument("--re3d", action="store_true", help="what of re3d's relations is found")
    options = parser.parse_args()
    every = results()
    seen = [read for read in every if read.sentence.looked_at]
    other = [read for read in every if not read.sentence.looked_at]
    for name, part in (("all", every), ("looked at", seen), ("other half", other)):
        line = "  ".join(f"{figure} {value:.3f}" for figure, value in figures(part).items())
        print(f"{name:10} {len(part):3}  {line}")
    for read in seen if options.errors else ():
        right = [(g, c) for g, c in read.pairs() if g.polarity == c.polarity]
        if len(right) < max(len(read.found), len(read.sentence.relations)):
            print(read.sentence.text)
            for gold in read.sentence.relations:
                print("   gold ", gold.subject, gold.relation, gold.object, gold.polarity)
            for c in read.found:
                ends = [end.quote if end is not None else "-" for end in (c.subject, c.object)]
                print("   found", ends[0], c.relation, ends[1], c.polarity)
    for kind, wanted, got, others in re3d() if options.re3d else ():
        print(f"re3d {kind:16} {got} of {wanted} found; {others} claims of any kind unmatched")


if __name__ == "__main__":
    main()

"""Strengths and presence in plain sentences of our own about invented groups, nearly half traps.

    python -m evals.plain_claims            the figures, for both halves of the sentences
    python -m evals.plain_claims --errors   and what is missed and added in the half looked at

    precision, recall, f1   of the claims: bounds or yes and no, subject and place right
    read                    share of the claims of which the bounds, or yes and no, are right
    traps                   sentences without a claim for which one was listed

The whole way from bare text is gone: names, statements, claims. A subject is right if a name in
its words or its entity's is the one of the gold, a place if its words hold the gold's; a gold
without a subject or place asks for none. Listed are strengths (counts of people under arms) and
answers to whether a group is active, as disputes read them. The sentences were written before the
rules that they measure were; rules were then fitted to one half of them, told by a hash.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evals.plain_documents import plain_document
from sayso import lexicons
from sayso.pipeline import Reader
from sayso.records.findings import Claim
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.measures import family

DATA: tuple[str, ...] = ()
SENTENCES = Path(__file__).resolve().parent / "data" / "plain_claims.txt"
FILES = (SENTENCES,)
LOWER_IS_BETTER = ("traps", "unseen_traps")


@dataclass(frozen=True)
class Told:
    """What a sentence says, in the gold or as found."""

    kind: str
    """`strength` or `active`."""
    subject: str
    value: str
    """`LOW..HIGH`, or `yes` and `no`."""
    place: str

    def is_like(self, gold: Told) -> bool:
        """Whether the bounds, or yes and no, are those of the gold."""
        return (self.kind, self.value) == (gold.kind, gold.value)

    def is_right(self, gold: Told) -> bool:
        """Whether subject and place are, too."""
        return self.is_like(gold) and gold.subject in self.subject and gold.place in self.place


@dataclass(frozen=True)
class Sentence:
    """A text with what it says."""

    text: str
    told: tuple[Told, ...]

    @property
    def looked_at(self) -> bool:
        """Whether its errors were looked at while rules were written."""
        return sha256(self.text.encode()).digest()[0] % 2 == 0


def sentences() -> Iterator[Sentence]:
    """All sentences, in order."""
    for paragraph in SENTENCES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        if lines:
            yield Sentence(lines[0], tuple(_gold(line) for line in lines[1:]))


def _gold(line: str) -> Told:
    head, value, place = (part.strip() for part in line.removeprefix("=").split("|"))
    kind, _, subject = head.partition(" ")
    return Told(kind, subject, value, place)


def results() -> Iterator[tuple[Sentence, list[Told]]]:
    """Each sentence with what is found in it."""
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")))
    for sentence in sentences():
        reading = reader.read_document(plain_document(sentence.text))
        yield sentence, [told for claim in reading.claims if (told := _told(claim, reading))]


def _told(claim: Claim, reading: Reading) -> Told | None:
    names = {entity.id: entity.name for entity in reading.entities}
    subject = claim.subject
    who = f"{subject.quote} {names.get(subject.entity or '', '')}" if subject is not None else ""
    place = claim.place.quote if claim.place is not None else ""
    if claim.kind == "estimate" and family(claim.measure) == "strength":
        if claim.polarity == "negative":
            return None
        low, high = ("" if end is None else str(end) for end in (claim.low, claim.high))
        return Told("strength", who, f"{low}..{high}", place)
    if claim.kind != "status" or claim.modality != "actual":
        return None
    answers = lexicons.load("disputes.toml")["states"]["active"]
    if claim.predicate not in (*answers["yes"], *answers["no"]):
        return None
    yes = (claim.predicate in answers["yes"]) == (claim.polarity == "positive")
    return Told("active", who, "yes" if yes else "no", place)


def measure() -> dict[str, float]:
    """The figures, the half not looked at with `unseen_`."""
    found = list(results())
    seen = [pair for pair in found if pair[0].looked_at]
    unseen = [pair for pair in found if not pair[0].looked_at]
    return figures(seen) | {f"unseen_{name}": value for name, value in figures(unseen).items()}


def figures(found: Sequence[tuple[Sentence, list[Told]]]) -> dict[str, float]:
    """Precision, recall, F1, the share read and the traps fallen into."""
    gold = sum(len(sentence.told) for sentence, _ in found)
    listed = sum(len(told) for _, told in found)
    right = like = 0
    for sentence, told in found:
        right += sum(any(one.is_right(g) for one in told) for g in sentence.told)
        like += sum(any(one.is_like(g) for one in told) for g in sentence.told)
    return {
        "precision": right / max(1, listed),
        "recall": right / max(1, gold),
        "f1": 2 * right / max(1, gold + listed),
        "read": like / max(1, gold),
        "traps": float(sum(bool(told) for sentence, told in found if not sentence.told)),
    }


def main() -> None:
    """Print the figures, with `--errors` what is missed and added in the half looked at."""
    parser = argparse.ArgumentParser(prog="python -m evals.plain_claims", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    if parser.parse_args().errors:
        for sentence, told in results():
            missed = [g for g in sentence.told if not any(one.is_right(g) for one in told)]
            added = [t for t in told if not any(t.is_right(g) for g in sentence.told)]
            if sentence.looked_at and (missed or added):
                print(sentence.text)
                for one in missed:
                    print("   missed", one)
                for one in added:
                    print("   added ", one)
    for name, value in measure().items():
        print(f"{name:18} {value:.3f}")


if __name__ == "__main__":
    main()

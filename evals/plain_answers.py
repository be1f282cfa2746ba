"""Who did it, how many fell, who backs whom: plain sentences that we wrote, a third of them traps.

    python -m evals.plain_answers             the figures, for both halves of the sentences
    python -m evals.plain_answers --errors    and what is missed and added in the half looked at

What is scored is what disputes are made of: who is said to be behind an attack or not to be
(`behind`), the killed, wounded and detained (`tolls`), and who supports, harbours or works with
whom (`relations`), each right if all its parts are.

    precision, recall, f1    of all three
    behind_recall, ...       of each
    traps                    sentences that say none of it and for which something was listed

The sentences were written before the rules that they measure; rules were then fitted to one half,
told by a hash (`looked_at`), and the other was only counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from evals.plain_documents import plain_document
from sayso.pipeline import Reader
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.happenings import behind
from sayso.steps.match.disputes.measures import family
from sayso.steps.match.disputes.sides import DisputeClaim

SENTENCES = Path(__file__).parent / "data" / "plain_answers.jsonl"
DATA: tuple[str, ...] = ()
FILES = (SENTENCES,)
PINNED = ("precision", "recall", "behind_recall", "tolls_recall", "relations_recall", "traps")
LOWER_IS_BETTER = ("traps",)
_TOLLS = frozenset(("killed", "wounded", "detained"))
_RELATIONS = frozenset(("supports", "harbours", "cooperates_with"))
LEAD = (
    "Tarvia and Ostrenia exchanged words over the Karsk Front (KF) and the Ember Brigade, two "
    "armed groups, on Sunday, when ministers met in Velm, a town in the province of Orsk.\n\n"
)
"""Reports say whom they are about; what this says itself is not scored."""
Answer = tuple[str | int | bool | None, ...]


class Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A text and all that it says of the three kinds."""

    text: str
    behind: list[tuple[str, bool]]
    tolls: list[tuple[str, int | None, int | None]]
    relations: list[tuple[str, str, str, str]]

    @property
    def looked_at(self) -> bool:
        """Whether it is of the half that rules were fitted to."""
        return sha256(self.text.encode()).digest()[0] % 2 == 0

    def answers(self) -> set[Answer]:
        """All of it, each with its kind first."""
        return {
            *(("behind", *one) for one in self.behind),
            *(("tolls", *one) for one in self.tolls),
            *(("relations", *one) for one in self.relations),
        }


@dataclass(frozen=True)
class Read:
    """A text as it was read."""

    sentence: Sentence
    found: frozenset[Answer]


def sentences() -> list[Sentence]:
    """All of them, in order."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Sentence) for line in lines]


def results() -> list[Read]:
    """Every text, read by the rules alone."""
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")))
    found: list[Read] = []
    for one in sentences():
        sides = sides_of_reading(reader.read_document(plain_document(LEAD + one.text)))
        own = (side for side in sides if side.claim.span.start >= len(LEAD))
        found.append(Read(one, frozenset(a for side in own for a in _answers(side))))
    return found


def _answers(side: DisputeClaim) -> Iterator[Answer]:
    claim = side.claim
    for party, done in behind(side):
        yield "behind", _bare(party.name), done
    if claim.modality != "actual":
        return
    measure = family(claim.measure)
    if claim.kind == "estimate" and measure in _TOLLS and side.polarity == "positive":
        yield "tolls", measure, claim.low, claim.high
    if claim.kind == "relation" and claim.relation in _RELATIONS and side.subject and side.object:
        names = _bare(side.subject.name), _bare(side.object.name)
        yield "relations", names[0], claim.relation, names[1], side.polarity


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


def figures(part: Sequence[Read]) -> dict[str, float]:
    """The figures over some texts."""
    right = [answer for read in part for answer in read.found & read.sentence.answers()]
    wanted = [answer for read in part for answer in read.sentence.answers()]
    found = sum(len(read.found) for read in part)
    recalls = {
        f"{kind}_recall": sum(answer[0] == kind for answer in right)
        / max(1, sum(answer[0] == kind for answer in wanted))
        for kind in ("behind", "tolls", "relations")
    }
    return {
        "precision": len(right) / max(1, found),
        "recall": len(right) / max(1, len(wanted)),
        "f1": 2 * len(right) / max(1, found + len(wanted)),
        **recalls,
        "traps": float(sum(bool(r.found) for r in part if not r.sentence.answers())),
    }


def measure() -> dict[str, float]:
    """The figures over all texts."""
    return {name: round(value, 4) for name, value in figures(results()).items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Plain sentences of our own.")
    parser.add_argument("--errors", action="store_true", help="what is missed and added")
    options = parser.parse_args()
    every = results()
    seen = [read for read in every if read.sentence.looked_at]
    other = [read for read in every if not read.sentence.looked_at]
    for name, part in (("all", every), ("looked at", seen), ("other half", other)):
        line = "  ".join(f"{figure} {value:.3f}" for figure, value in figures(part).items())
        print(f"{name:10} {len(part):3}  {line}")
    for read in seen if options.errors else ():
        wanted = read.sentence.answers()
        if wanted != read.found:
            print(read.sentence.text)
            print("   missed", sorted(map(str, wanted - read.found)))
            print("   added ", sorted(map(str, read.found - wanted)))


if __name__ == "__main__":
    main()

"""Types of events in the sentences that document PLOVER, by PLOVER's top level.

    python -m evals.event_types             the figures, and each type's
    python -m evals.event_types --errors    and every sentence of the seen half that is not right

Data: `plover/PLOVER_GSR_CAMEO.txt`, the gold records of PLOVER's authors: 322 records over 316
sentences, each read alone as a text of its own, without a date. The records are of PLOVER 2016;
four of its types are named otherwise since (`RENAMED`, after CAMEO2PLOVER-2021.txt).

Counted is a set of types a sentence: in the gold the types of all its records (six sentences have
two), in sayso the types of all claims of kind event that it finds, whatever their polarity and
modality. A type is right if it is in both sets; precision, recall and F1 are over all sentences
(micro).

    f1 …              all 316 sentences
    f1_unseen …       the half (by SHA-256 of the sentence) that nobody looked at while the
                      words were collected
    f1_coded …        claims as a PLOVER coder would write them (`sayso.export.codebooks.plover`):
                      what is pledged is AGREE, what is refused REJECT, and so on
    main              share of the sentences of which the type of the surest claim is a gold type
    quad              `cameo_class/train.tsv`, every fourth sentence, none of them looked at: share
                      of the sentences on which all types found fall in the sentence's class, of
                      those with any type found and of a class that is no mere statement

Beside it: no records of petrarch2 are published for these sentences, and those of its unit tests
are its own output for a dictionary made for them (see decision 0047).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.export.codebooks.plover import coded
from sayso.pipeline import Reader
from sayso.records.findings import Claim

DATA = ("data/plover/PLOVER_GSR_CAMEO.txt", "data/plover/cameo_class/train.tsv")
PINNED = ("f1", "f1_unseen", "f1_coded", "quad")

RENAMED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
"""Types of 2016 by what PLOVER calls them since 2021."""

QUADS = {
    1: frozenset({"AGREE", "CONSULT", "SUPPORT"}),
    2: frozenset({"COOPERATE", "AID", "CONCEDE", "RETREAT"}),
    3: frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}),
    4: frozenset({"PROTEST", "MOBILIZE", "COERCE", "ASSAULT"}),
}
"""The classes of `cameo_class`: verbal and material cooperation, verbal and material conflict;
0 is a mere statement."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, its gold types and what was found."""

    text: str
    gold: frozenset[str]
    found: tuple[Claim, ...]

    @property
    def types(self) -> frozenset[str]:
        """The types found."""
        return frozenset(claim.plover.type for claim in self.found if claim.plover is not None)

    @property
    def coded(self) -> frozenset[str]:
        """The types found, as a PLOVER coder would write them."""
        return frozenset(type for claim in self.found if (type := coded(claim)) is not None)

    @property
    def main(self) -> str | None:
        """The type of the surest claim, the first of equals."""
        sure = max(self.found, key=lambda claim: claim.confidence, default=None)
        return sure.plover.type if sure is not None and sure.plover is not None else None


def measure() -> dict[str, float]:
    """The figures."""
    read = sentences()
    unseen = [one for one in read if not is_seen(one.text)]
    figures = scores((one.gold, one.types) for one in read)
    figures |= scores(((one.gold, one.types) for one in unseen), "_unseen")
    figures |= scores(((one.gold, one.coded) for one in unseen), "_coded")
    figures["main"] = sum(one.main in one.gold for one in read) / max(1, len(read))
    figures["quad"] = _quad()
    return figures


def is_seen(text: str) -> bool:
    """Whether a sentence is of the half that was looked at."""
    return int(sha256(text.encode()).hexdigest(), 16) % 2 == 0


def gold() -> dict[str, frozenset[str]]:
    """The types of each sentence, by its text as published."""
    path = SHARED / DATA[0]
    found: dict[str, set[str]] = {}
    for record in json.loads(path.read_text(encoding="utf-8")):
        if record["event"] != "DOCUMENT":
            type = RENAMED.get(record["event"], record["event"])
            found.setdefault(record["text"], set()).add(type)
    return {text: frozenset(types) for text, types in found.items()}


def sentences() -> list[Sentence]:
    """The gold sentences, read."""
    known = gold()
    plain = [text.strip().strip("{}").strip() for text in known]  # some stand in braces
    return [
        Sentence(text, types, events)
        for (text, types), events in zip(known.items(), read_all(plain), strict=True)
    ]


def read_all(texts: Sequence[str]) -> list[tuple[Claim, ...]]:
    """The events that sayso finds in each text."""
    reader = Reader()
    return [
        tuple(
            claim
            for claim in reader.read_document(plain_document(text)).claims
            if claim.kind == "event"
        )
        for text in texts
    ]


def scores(
    pairs: Iterable[tuple[frozenset[str], frozenset[str]]], suffix: str = ""
) -> dict[str, float]:
    """Precision, recall and F1 of the types found, over all pairs of gold and found."""
    both = known = found = 0
    for right, given in pairs:
        both, known, found = both + len(right & given), known + len(right), found + len(given)
    return {
        f"precision{suffix}": both / max(1, found),
        f"recall{suffix}": both / max(1, known),
        f"f1{suffix}": 2 * both / max(1, known + found),
    }


def _quad() -> float:
    lines = (SHARED / DATA[1]).read_text(encoding="utf-8").splitlines()[1::4]
    rows = [line.rpartition("\t") for line in lines]
    rows = [row for row in rows if row[2] != "0"]
    right = told = 0
    for row, events in zip(rows, read_all([row[0] for row in rows]), strict=True):
        types = {claim.plover.type for claim in events if claim.plover is not None}
        told += bool(types)
        right += bool(types) and types <= QUADS[int(row[2])]
    return right / max(1, told)


def main() -> None:
    """Print the figures, with `--errors` the seen sentences that are not right."""
    parser = argparse.ArgumentParser(prog="python -m evals.event_types", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    read = sentences()
    if parser.parse_args().errors:
        for one in read:
            if is_seen(one.text) and one.types != one.gold:
                print(f"{'+'.join(sorted(one.gold))} | {'+'.join(sorted(one.types))} | {one.text}")
    _print_types(read)
    for name, value in measure().items():
        print(f"{name:18} {value:.4f}")


def _print_types(read: Sequence[Sentence]) -> None:
    """Right, found and gold by type."""
    known = Counter(type for one in read for type in one.gold)
    found = Counter(type for one in read for type in one.types)
    both = Counter(type for one in read for type in one.types & one.gold)
    for type in sorted(known | found):
        print(f"{type:12} right {both[type]:3} found {found[type]:3} gold {known[type]:3}")


if __name__ == "__main__":
    main()

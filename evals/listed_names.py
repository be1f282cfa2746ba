"""Names of persons on public lists: is a name spelled otherwise the same person?

    python -m evals.listed_names            sayso beside nomenklatura's logic_v2 and rapidfuzz
    python -m evals.listed_names --errors   what goes wrong on half 0

Data: nomenklatura's benchmark of candidate generation (`../shared/data/names`). Positives: a person
of the UN's list as it is listed and as it is "treated" there (words turned round, commas, letters
lost or changed), and members of the US Congress with and without their middle initial. Negatives:
for each positive, the other listed name that shares most letters with it (the hardest there is by
rapidfuzz) and one at random. Nothing but the names is used. A pair's half is told by a hash of its
listed name; rules were tuned on half 0 alone, thresholds of peers are the best on the very pairs
they are measured on.

Some negatives are in truth one person listed twice; nobody set them right, so no system
can reach a precision of 1.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from evals.cases import SHARED
from evals.name_pairs import PEERS, best_threshold, score
from sayso.records.entities import EntityKind
from sayso.steps.match.actors.comparing import compare
from sayso.steps.match.actors.profiles import ActorProfile

DATA = ("data/names/*.csv",)
_FOLDER = SHARED / "data" / "names"
_SEED = 7


class ListedPair(NamedTuple):
    """Two names, and whether they are one person."""

    left: str
    right: str
    same: bool

    @property
    def half(self) -> int:
        """0: looked at."""
        return sha256(self.left.encode()).digest()[0] % 2


def pairs(half: int | None = None, folder: Path = _FOLDER) -> list[ListedPair]:
    """The pairs of a half (None: all), in a fixed order."""
    found = dict.fromkeys((*_un(folder), *_congress(folder)))
    return [pair for pair in found if half is None or pair.half == half]


def _un(folder: Path) -> Iterator[ListedPair]:
    listed = _names(folder / "positives_un_untreated.csv")
    treated = _names(folder / "positives_un_treated.csv")
    for left, right in zip(listed, treated, strict=True):
        if left.casefold() != right.casefold():
            yield ListedPair(left, right, True)
    yield from _negatives(listed)


def _congress(folder: Path) -> Iterator[ListedPair]:
    names = list(dict.fromkeys(_names(folder / "positives_us_congress_untreated.csv")))
    for name in names:
        words = name.split()
        short = " ".join(w for i, w in enumerate(words) if not (i > 0 and len(w.strip(".")) == 1))
        if short != name and len(short.split()) > 1:
            yield ListedPair(name, short, True)
    yield from _negatives(names)


def _negatives(names: list[str]) -> Iterator[ListedPair]:
    """The nearest other name and one at random; names with the same words are left out."""
    chance = random.Random(_SEED)
    unique = list(dict.fromkeys(names))
    folded = [" ".join(sorted(name.casefold().split())) for name in unique]
    for at, name in enumerate(unique):
        found = process.extract(folded[at], folded, scorer=fuzz.ratio, limit=4)
        near = [place for _, _, place in found if folded[place] != folded[at]]
        other = chance.randrange(len(unique))
        for place in (*near[:1], other):
            if folded[place] != folded[at]:
                yield ListedPair(name, unique[place], False)


def _names(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["full_name"].strip() for row in csv.DictReader(file)]


def judged(pair: ListedPair) -> tuple[str, float, str]:
    """Decision, score and reason of sayso."""
    left, right = (
        ActorProfile(id, "person", name, (name,))
        for id, name in (("1", pair.left), ("2", pair.right))
    )
    found = compare(left, right)
    return found.decision, found.score, found.reasons[0]


def measure() -> dict[str, float]:
    """sayso's figures on half 1."""
    part = pairs(1)
    got = score([p.same for p in part], [judged(p)[0] == "same" for p in part])
    return {"precision": round(got.precision, 4), "recall": round(got.recall, 4)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Names of persons on public lists.")
    parser.add_argument("--errors", action="store_true", help="print what goes wrong on half 0")
    if parser.parse_args().errors:
        for pair in pairs(0):
            decision, value, reason = judged(pair)
            if (decision == "same") != pair.same:
                print(f"{'missed' if pair.same else 'WRONG '} {decision} {value} {reason}")
        return
    for half in (0, 1):
        _show(half)


def _show(half: int) -> None:
    part = pairs(half)
    gold = [pair.same for pair in part]
    print(f"half {half}: {len(part)} pairs, {sum(gold)} of them one person")
    start = time.perf_counter()
    found = [judged(pair) for pair in part]
    speed = len(part) / (time.perf_counter() - start)
    ours = score(gold, [decision == "same" for decision, _, _ in found])
    threshold, best = best_threshold(gold, [value for _, value, _ in found])
    print(f"  {'sayso':28} {ours}; best {best}  at {threshold:.2f}; {speed:,.0f} pairs/s")
    names: list[tuple[str, str, EntityKind]] = [(p.left, p.right, "person") for p in part]
    for name, (peer, usual) in PEERS.items():
        start = time.perf_counter()
        scores = peer(names)
        speed = len(part) / (time.perf_counter() - start)
        threshold, best = best_threshold(gold, scores)
        at_usual = score(gold, [s >= usual for s in scores])
        print(
            f"  {name:28} {at_usual}  at {usual}; best {best}  at {threshold:.2f};"
            f" {speed:,.0f} pairs/s"
        )


if __name__ == "__main__":
    main()

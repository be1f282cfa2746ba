"""Readings without reading: documents with all their findings, thousands a second.

    python -m benchmarks.synthetic_readings 10000 big.sayso [--seed 7]

They fill ledgers of 10,000 to 100,000 documents (a million statements) without a parser, to
measure what a ledger costs once it is full. The texts are invented: theatres, groups and persons
are those of `evals/synthetic`, about thirty documents a theatre; each document holds ten
statements, eight with an estimate and one with an attack. A fifth of the documents repeat an
earlier one of their theatre under another outlet's name. Ids and spans are as the steps make them
and pass `sayso check`. How well something is found in them says nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from random import Random

from evals.synthetic.names import Namer
from evals.synthetic.world import Group, Outlet, Person, Theatre, make_theatre

from benchmarks.reading_drafts import ReadingDraft
from sayso.records.readings import Reading
from sayso.store.ledger_file import LedgerFile

_A_THEATRE = 30
_STATEMENTS = 10
_FIRST_DAY = date(2031, 1, 1)
_BEGINNINGS = (
    "By our count", "In this province", "Since the spring", "As of today", "After the floods",
    "Behind the river", "By all accounts", "This week", "In the hills", "Near the border",
)  # fmt: skip
_ENDINGS = (
    "and the road is closed", "though the bridge holds", "as the harvest shows", "and no more",
    "while the mills stand still", "if the maps are right", "before the first snow", "at last",
)  # fmt: skip


def readings(count: int, seed: int = 7) -> Iterator[Reading]:
    """So many readings, the same for the same seed; all of them different documents."""
    return islice(_endless(Random(seed)), count)


def _endless(rng: Random) -> Iterator[Reading]:
    namer = Namer(rng)
    number = 0
    while True:
        theatre = make_theatre(rng, namer)
        told: list[list[_Sentence]] = []
        for _ in range(_A_THEATRE):
            outlet = rng.choice((theatre.agency, *theatre.outlets))
            if told and rng.random() < 0.2:
                sentences = rng.choice(told)
            else:
                sentences = _sentences(rng, theatre)
                told.append(sentences)
            yield _reading(rng, theatre, outlet, sentences, number)
            number += 1


class _Sentence:
    """What one sentence of a text will say."""

    def __init__(self, rng: Random, theatre: Theatre, place: str, kind: str) -> None:
        self.kind = kind
        self.person: Person = rng.choice((*theatre.officials, *theatre.observers))
        self.group: Group = rng.choice(theatre.groups)
        self.place = place
        self.count = rng.randrange(3, 60) * 100
        self.begin = rng.choice(_BEGINNINGS)
        self.end = rng.choice(_ENDINGS)
        self.said = rng.choice(("said", "stated", "insisted"))


def _sentences(rng: Random, theatre: Theatre) -> list[_Sentence]:
    province = rng.choice(theatre.provinces)
    kinds = ["attack", "quote", *["estimate"] * (_STATEMENTS - 2)]
    return [
        _Sentence(rng, theatre, rng.choice((province.name, *province.towns)), kind)
        for kind in kinds
    ]


def _reading(
    rng: Random, theatre: Theatre, outlet: Outlet, sentences: list[_Sentence], number: int
) -> Reading:
    published = _FIRST_DAY + timedelta(rng.randrange(900))
    draft = ReadingDraft()
    draft.add(f"{sentences[0].group.name} in {sentences[0].place}")
    draft.end_zone("title")
    draft.add(f"{theatre.capital.upper()}, report {number} of {published.isoformat()}.")
    draft.end_zone("body")
    for sentence in sentences:
        _say(draft, sentence)
        draft.end_zone("body")
    return draft.reading(
        uri=f"synthetic/{number:07}.txt",
        sha256=sha256(draft.text.encode()).hexdigest(),
        outlet=outlet.name,
        published=published.isoformat(),
    )


def _say(draft: ReadingDraft, sentence: _Sentence) -> None:
    """One attributed sentence, with the finding it holds."""
    person, group = sentence.person, sentence.group
    role = draft.add(person.role)
    draft.add(" ")
    holder = draft.name(person.name, "person", role=role)
    draft.add(" ")
    cue = draft.add(sentence.said)
    draft.add(" that ")
    begin = len(draft.text)
    draft.add(f"{sentence.begin[0].lower()}{sentence.begin[1:]} ")
    claim = len(draft.text)
    if sentence.kind == "estimate":
        draft.add("the ")
        subject = draft.name(group.name, "armed_group")
        draft.add(f" has {sentence.count:,} fighters in ")
        place = draft.name(sentence.place, "place")
    elif sentence.kind == "attack":
        draft.add("the ")
        subject = draft.name(group.name, "armed_group")
        draft.add(" attacked ")
        place = draft.name(sentence.place, "place")
    else:
        draft.add("nobody has come to ask the people of ")
        place = subject = draft.name(sentence.place, "place")
    end = len(draft.text)
    draft.add(f" {sentence.end}")
    statement = draft.statement(holder, role, cue, (begin, len(draft.text)))
    draft.add(".")
    if sentence.kind == "estimate":
        draft.estimate(statement, (claim, end), subject, place, sentence.count)
    elif sentence.kind == "attack":
        draft.attack(statement, (claim, end), subject, place)


def fill(path: str, count: int, seed: int = 7) -> float:
    """Writes so many readings to the ledger at `path`; gives back the seconds it took."""
    began = time.perf_counter()
    file = LedgerFile(path)
    try:
        for reading in readings(count, seed):
            file.add(reading, "synthetic")
    finally:
        file.close()
    return time.perf_counter() - began


def main() -> None:
    """Fill a ledger and say how fast."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("documents", type=int)
    arguments.add_argument("ledger")
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    began = time.perf_counter()
    made = sum(1 for _ in readings(given.documents, given.seed))
    seconds = time.perf_counter() - began
    print(f"{made} readings made in {seconds:.1f} s, {made / seconds:.0f} a second")
    seconds = fill(given.ledger, given.documents, given.seed)
    print(f"written in {seconds:.1f} s, {made / seconds:.0f} a second: {given.ledger}")


if __name__ == "__main__":
    main()

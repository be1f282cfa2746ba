"""Attacks: who did it and how surely, to what and whom, by what means; MUC-4's dev part.

    python -m evals.attacks              the figures
    python -m evals.attacks --errors     the templates of some texts beside what was found

Each text's templates are matched one to one with the incidents found so that the most slot fills
are right (best pairing by the assignment problem). A fill is an entity: right if one of its phrases
holds, or is held by, word for word, one of the gold's ways to write it: that is more lenient than
an exact match ("front" fits the whole name). Spurious and missing templates count with all their
fills. Micro-averaged over incident type, perpetrators (persons, organisations), physical targets,
victims, weapons.

How this differs from the scorer of 1992: only the five string slots of the GTT form and the type
are scored, not the 24 slots of the keys; no partial credit; optional templates are not left out
where they are missed; every fill is judged by string, never by hand. The figures of 1992 (55.9 and
57.2 F1, "all templates", on the test part) are therefore beside ours, not the same measure.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any
from zlib import crc32

from evals.attack_keys import confidences
from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.learned.spacy_model import SpacyModel
from sayso.records.parses import Parse
from sayso.steps.clean.capitals import recased
from sayso.steps.extract.attacks import Incident, find_attacks
from sayso.steps.extract.sureness import sureness_of

DATA = ("data/muc4/*.json", "data/muc4/dev/key-dev-*.muc4")
LEVELS = {
    "claimed or admitted": "claimed",
    "suspected or accused": "accused",
    "suspected or accused by authorities": "accused_by_authorities",
    "possible": "possible",
    "acquitted": "denied",
    "reported as fact": "reported",
}
SLOTS = {
    "PerpInd": "perpetrator",
    "PerpOrg": "organisation",
    "Target": "target",
    "Victim": "victim",
    "Weapon": "weapon",
}
Fills = dict[str, list[frozenset[str]]]
"""By slot, its entities, each as the ways to write it."""


def half_of(docid: str) -> int:
    """0: the half that was looked at; 1: the other."""
    return crc32(docid.encode()) % 2


def gold_of(template: dict[str, Any]) -> Fills:
    """A template of the GTT form as fills."""
    fills: Fills = {
        role: [frozenset(mention[0] for mention in entity) for entity in template[slot]]
        for slot, role in SLOTS.items()
    }
    kinds = template["incident_type"].split(" / ")
    return {"type": [frozenset(kinds)], **fills}


def found_of(incident: Incident) -> Fills:
    """An incident that was found as fills."""
    fills: Fills = {"type": [frozenset({incident.type})]}
    for role in SLOTS.values():
        fills[role] = [
            frozenset(part.phrase.words for part in parts) for parts in incident.entities(role)
        ]
    return fills


def same_words(one: str, other: str) -> bool:
    """Whether one phrase holds the other word for word."""
    a, b = (re.findall(r"[^\W_]+", text.lower()) for text in (one, other))
    short, long = sorted((a, b), key=len)
    return bool(short) and any(
        long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)
    )


def right_fills(gold: Fills, found: Fills) -> Counter[str]:
    """By slot, how many fills are right, each gold entity matched once."""
    right: Counter[str] = Counter()
    for slot, entities in gold.items():
        left = list(entities)
        for fill in found.get(slot, ()):
            for entity in left:
                if any(same_words(a, b) for a in fill for b in entity):
                    left.remove(entity)
                    right[slot] += 1
                    break
    return right


def best_pairing(gold: list[Fills], found: list[Fills]) -> Counter[str]:
    """The right fills of the pairing of templates that has the most; each template is used once."""
    table = [[right_fills(g, f) for f in found] for g in gold]
    if not gold or not found:
        return Counter()
    if len(gold) < len(found):
        table = [list(column) for column in zip(*table, strict=True)]
    rows, columns = len(table), len(table[0])
    if rows > 7:  # greedy: the pairings are too many to try
        return _greedy(table)
    ways = permutations(range(rows), columns)
    best = max(ways, key=lambda way: sum(table[r][c].total() for c, r in enumerate(way)))
    return sum((table[r][c] for c, r in enumerate(best)), Counter[str]())


def _greedy(table: list[list[Counter[str]]]) -> Counter[str]:
    pairs = sorted(
        ((cell.total(), r, c) for r, row in enumerate(table) for c, cell in enumerate(row)),
        reverse=True,
    )
    right, rows, columns = Counter[str](), set[int](), set[int]()
    for _, r, c in pairs:
        if r not in rows and c not in columns:
            rows.add(r)
            columns.add(c)
            right += table[r][c]
    return right


class Tally:
    """Right, found and gold fills by slot."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, gold: list[Fills], found: list[Fills]) -> None:
        """Count one document."""
        self.right += best_pairing(gold, found)
        for fills in gold:
            self.gold += Counter({slot: len(entities) for slot, entities in fills.items()})
        for fills in found:
            self.found += Counter({slot: len(entities) for slot, entities in fills.items()})

    def figures(self, slot: str | None = None) -> tuple[float, float, float]:
        """Precision, recall, F1 of a slot, or of all together."""
        right, found, gold = (
            (c[slot] if slot else c.total()) for c in (self.right, self.found, self.gold)
        )
        precision, recall = right / max(1, found), right / max(1, gold)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def texts(
    name: str = "dev", keep: Callable[[int, str], bool] = lambda number, docid: True
) -> Iterator[tuple[dict[str, Any], tuple[Parse, ...]]]:
    """Each record with the parses of its text, written in the usual case; those of `keep`."""
    model = SpacyModel()
    lines = (SHARED / f"data/muc4/{name}.json").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        record = json.loads(line)
        if not keep(number, record["docid"]):
            continue
        document = plain_document(recased(record["doctext"]))
        yield record, model.parse(document.text, document.zones).parses


def tallied(part: list[tuple[dict[str, Any], tuple[Parse, ...]]]) -> Tally:
    """The counts over some texts."""
    tally = Tally()
    for record, parses in part:
        gold = [gold_of(template) for template in record["templates"]]
        tally.add(gold, [found_of(incident) for incident in find_attacks(parses)])
    return tally


def sureness() -> tuple[float, float]:
    """Precision and recall of organisations with the right level, each text's once.

    On every fifth text of train, which the weights have not seen: dev comes without keys.
    """
    keys = confidences()
    right = found_count = gold_count = 0
    for record, parses in texts("train", lambda number, docid: number % 5 == 0):
        gold = {(LEVELS[level], names) for level, names in keys.get(record["docid"], [])}
        found = {
            (sureness_of(parts[0].phrase, parses), parts[0].phrase.words)
            for incident in find_attacks(parses)
            for parts in incident.entities("organisation")
        }
        found_count += len(found)
        gold_count += len(gold)
        right += sum(
            any(
                level == at and any(same_words(words, name) for name in names)
                for at, words in found
            )
            for level, names in gold
        )
    return right / max(1, found_count), right / max(1, gold_count)


def measure() -> dict[str, float]:
    """Figures on the half of dev that was not looked at; of sureness, on every fifth of train."""
    other = list(texts("dev", lambda number, docid: half_of(docid) == 1))
    sure_precision, sure_recall = sureness()
    tally = tallied(other)
    precision, recall, f1 = tally.figures()
    found = {f"{slot}_f1": tally.figures(slot)[2] for slot in ("type", *SLOTS.values())}
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        **found,
        "sure_precision": sure_precision,
        "sure_recall": sure_recall,
    }


def main() -> None:
    """Print the figures of both halves; with `--errors` what was found in some texts."""
    parser = argparse.ArgumentParser(prog="python -m evals.attacks", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    errors = parser.parse_args().errors
    print("sureness: P {:.3f}  R {:.3f}".format(*sureness()))
    read = list(texts())
    for half, name in ((0, "looked at"), (1, "other half")):
        part = [row for row in read if half_of(row[0]["docid"]) == half]
        tally = tallied(part)
        print(f"{name}: {len(part)} texts")
        for slot in (None, "type", *SLOTS.values()):
            print(
                "   {:14} P {:.3f}  R {:.3f}  F1 {:.3f}".format(slot or "all", *tally.figures(slot))
            )
        if errors and half == 0:
            for record, parses in part[:20]:
                print(record["docid"])
                for template in record["templates"]:
                    print(
                        "   gold ",
                        {k: [sorted(e) for e in v] for k, v in gold_of(template).items()},
                    )
                for incident in find_attacks(parses):
                    print(
                        "   found",
                        {k: [sorted(e) for e in v] for k, v in found_of(incident).items()},
                    )


if __name__ == "__main__":
    main()

"""Quantities in the sentences of the Recognizers suites, as CQE was evaluated on them.

    python -m evals.quantities            ours, and the peers' kept figures
    python -m evals.quantities --errors   and every sentence that is not read as its gold
    python -m evals.quantities --half 1   one half only (by the hash of the sentence)
    python -m evals.quantities --peers [--update]   beside the peers that are installed

    value   F1 of the values alone: of a sentence, the bag of numbers found against the gold bag
            (equal to a thousandth part; gold writes a third as 0.33)
    unit    F1 of the normalised units alone, likewise; gold's `-` is no unit
    both    F1 of the pairs of value and unit

A range counts by its two ends, as gold lists them. Rules were written looking at half 0 only;
`other_both` is `both` on half 1. Data: `age`, `currency`, `dimension`, `temperature` of the
suites. Peers (`quantity_peers.py`) are measured where they are installed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from evals.cases import SHARED
from evals.plain_documents import plain_document
from evals.quantity_scores import Pair, f1s
from sayso.learned.spacy_model import SpacyModel
from sayso.steps.extract.quantities import find_quantities

DATA = ("data/quantities/*.json",)
RESULTS = Path(__file__).resolve().parent / "results" / "quantities.json"
_RANGE = re.compile(r"(-?[0-9.]+)-([0-9.]+)")


def sentences(shared: Path = SHARED) -> Iterator[tuple[str, list[Pair]]]:
    """Each sentence with its gold."""
    for path in sorted(shared.glob(DATA[0])):
        for item in json.loads(path.read_text(encoding="utf-8")):
            pairs = [
                (end, one["normalized_unit"])
                for one in item["quantities"]
                for end in _ends(one["value"])
            ]
            yield item["text"], pairs


def _ends(value: str) -> list[float]:
    """`40-50` is a range, `-5` is none."""
    ends = _RANGE.fullmatch(value)
    return [float(value)] if ends is None else [float(ends[1]), float(ends[2])]


def half(text: str) -> int:
    """0 or 1, by the sentence's hash."""
    return sha256(text.encode()).digest()[0] % 2


def ours(texts: Sequence[str]) -> Iterator[list[Pair]]:
    """What we find in each sentence."""
    model = SpacyModel()
    for text in texts:
        document = plain_document(text)
        found: list[Pair] = []
        for parse in model.parse(document.text, document.zones).parses:
            for one in find_quantities(document.text, parse):
                unit = one.unit or "-"
                found.append((float(one.value), unit))
                ranged = one.low is not None and one.high is not None and one.low != one.high
                if ranged and one.high is not None:
                    found.append((float(one.high), unit))
        yield found


def measure() -> dict[str, float]:
    """F1 of value, unit and both over all sentences, and of both on the half not looked at."""
    gold = list(sentences())
    rows = list(zip(gold, ours([text for text, _ in gold]), strict=True))
    whole = f1s([(pairs, found) for (_, pairs), found in rows])
    other = f1s([(pairs, found) for (text, pairs), found in rows if half(text) == 1])
    return {**whole, "other_both": other["both"]}


def peers(rows: Sequence[tuple[str, list[Pair]]]) -> dict[str, dict[str, float]]:
    """The figures of each peer that is installed; one that is not is named and left out."""
    from evals.quantity_peers import PEERS

    figures: dict[str, dict[str, float]] = {}
    for name, start in PEERS.items():
        try:
            find = start()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")
            continue
        found = [(text, pairs, find(text)) for text, pairs in rows]
        other = f1s([(pairs, their) for text, pairs, their in found if half(text) == 1])
        whole = f1s([(pairs, their) for _, pairs, their in found])
        figures[name] = {k: round(v, 4) for k, v in (*whole.items(), ("other_both", other["both"]))}
        print(name, figures[name])
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m evals.quantities", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--peers", action="store_true", help="the peers that are installed")
    parser.add_argument("--update", action="store_true", help="keep what the peers reach")
    options = parser.parse_args()
    if options.peers:
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        kept |= peers(list(sentences()))
        if options.update:
            RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    gold = [row for row in sentences() if options.half in {None, half(row[0])}]
    rows = []
    for (text, pairs), found in zip(gold, ours([text for text, _ in gold]), strict=True):
        rows.append((pairs, found))
        if options.errors and f1s([(pairs, found)])["both"] < 1 and (pairs or found):
            print(text, "\n   gold ", sorted(pairs), "\n   found", sorted(found))
    print("sayso", {name: round(value, 4) for name, value in f1s(rows).items()})


if __name__ == "__main__":
    main()

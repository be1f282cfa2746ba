"""Estimates in phrases that we wrote about an invented region, half traps; ranges above all.

    python -m evals.estimates            the figures
    python -m evals.estimates --errors   and every phrase that is not read exactly

    bounds      share of the phrases with estimates whose bounds are all right and none is added
    measure     share of the right ones whose measure is right too
    approximate share of the right ones that are told exact from approximate
    traps       how many numbers of something else are listed as estimates (of `PHRASES`' traps)
    crashes     how many sentences of the Recognizers suites (as used by CQE), read for their
                amounts alone, raise an error

Where the sentences of `quantities` are not at hand, `crashes` counts none.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.cases import SHARED
from evals.plain_documents import plain_document
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.records.findings import Claim
from sayso.steps.extract.claims import find_claims
from sayso.steps.extract.names import find_names
from sayso.steps.link.actors import Actors
from sayso.steps.link.entities import link_entities
from sayso.values.amounts import find_amounts

DATA = ("data/quantities/*.json",)
PHRASES = Path(__file__).resolve().parent / "data" / "estimate_phrases.jsonl"
FILES = (PHRASES,)
LOWER_IS_BETTER = ("traps", "crashes")


def measure() -> dict[str, float]:
    """The figures over all phrases."""
    rows = [(row, found) for row, found in results()]
    clear = [(row, found) for row, found in rows if row["estimates"]]
    right = [
        (row, found) for row, found in clear if bounds(row["estimates"]) == found_bounds(found)
    ]
    return {
        "bounds": len(right) / len(clear),
        "measure": sum(_measures(row) == _found_measures(found) for row, found in right)
        / max(1, len(right)),
        "approximate": sum(_blurs(row) == _found_blurs(found) for row, found in right)
        / max(1, len(right)),
        "traps": float(sum(bool(found) for row, found in rows if not row["estimates"])),
        "crashes": float(_crashes()),
    }


def results() -> Iterator[tuple[dict[str, Any], list[Claim]]]:
    """Each phrase with the estimates found in it."""
    model, actors = SpacyModel(), Actors.load((), builtin=True)
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = plain_document(row["text"])
        analysis = Analysis(document, model.parse(document.text, document.zones).parses)
        named = link_entities(analysis, find_names(analysis, actors), actors, made_by="eval")
        claims = find_claims(analysis, named, (), made_by="eval").claims
        yield row, [claim for claim in claims if claim.kind == "estimate"]


def bounds(estimates: list[dict[str, Any]]) -> list[tuple[int | None, int | None]]:
    """The bounds of a phrase's gold, in order."""
    return [(one["low"], one["high"]) for one in estimates]


def found_bounds(found: list[Claim]) -> list[tuple[int | None, int | None]]:
    """The bounds that were found, in text order."""
    return [(claim.low, claim.high) for claim in found]


def _measures(row: dict[str, Any]) -> list[str]:
    return [one["measure"] for one in row["estimates"]]


def _found_measures(found: list[Claim]) -> list[str | None]:
    return [claim.measure for claim in found]


def _blurs(row: dict[str, Any]) -> list[bool]:
    return [one["approximate"] for one in row["estimates"]]


def _found_blurs(found: list[Claim]) -> list[bool | None]:
    return [claim.approximate for claim in found]


def _crashes() -> int:
    count = 0
    for path in sorted(SHARED.glob(DATA[0])):
        for item in json.loads(path.read_text(encoding="utf-8")):
            try:
                find_amounts(item["text"])
            except (ValueError, ArithmeticError, IndexError, AssertionError):
                count += 1
    return count


def main() -> None:
    """Print the figures, with `--errors` every phrase that is not read exactly."""
    parser = argparse.ArgumentParser(prog="python -m evals.estimates", description=__doc__)
    parser.add_argument("--errors", action="store_true")
    if parser.parse_args().errors:
        for row, found in results():
            if bounds(row["estimates"]) != found_bounds(found) or (
                _measures(row) != _found_measures(found) or _blurs(row) != _found_blurs(found)
            ):
                print(row["text"])
                print("   gold ", [tuple(one.values()) for one in row["estimates"]])
                print("   found", [(c.measure, c.low, c.high, c.approximate) for c in found])
    for name, value in measure().items():
        print(f"{name:12} {value:.4f}")


if __name__ == "__main__":
    main()

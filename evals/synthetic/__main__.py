"""Writes a collection to a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.synthetic.collection import make_collection
from evals.synthetic.phrasing import PHRASINGS
from evals.synthetic.writing import write_collection


def main() -> None:
    """Write it and say what is in it."""
    arguments = argparse.ArgumentParser(prog="python -m evals.synthetic", description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--documents", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--phrasing", choices=PHRASINGS, default="seen")
    given = arguments.parse_args()
    collection = make_collection(given.documents, given.seed, given.phrasing)
    write_collection(collection, given.folder)
    truth = collection.truth
    print(
        f"{len(truth.documents)} documents, {len(truth.copies)} groups of copies,"
        f" {len(truth.stories)} stories, {len(truth.disputes())} disputes,"
        f" {len(truth.questions) - len(truth.disputes())} lone questions,"
        f" {len(truth.journeys)} quotations that travelled"
    )


if __name__ == "__main__":
    main()

"""The programs that the benchmarks run and measure, each in a process of its own.

    python -m benchmarks.sides sayso FOLDER --workers 2 [--shares] [--replay]
    python -m benchmarks.sides bare FOLDER --workers 2 [--by document]

Both go from the files' bytes to the end, model loading included. Bare spaCy parses the same texts
with the same model and pipeline and throws the result away; each of its processes takes every
n-th file and sends nothing back, which is the least that several processes can cost. What a side
measured of itself it prints as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args

from sayso.engines.loading import DEFAULT_READER
from sayso.settings import AttributionName, ExtractSettings, Settings

if TYPE_CHECKING:
    from sayso import ReadSummary
    from sayso.ledger import Ledger

_BATCH = 64


def main() -> None:
    """Run one side."""
    parser = argparse.ArgumentParser(description="One side of a benchmark.")
    parser.add_argument("side", choices=("sayso", "bare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2, help="0: in this process")
    parser.add_argument("--shares", action="store_true", help="sayso: time by step (0 workers)")
    parser.add_argument("--replay", action="store_true", help="sayso: replay one reading")
    parser.add_argument("--attribution", choices=get_args(AttributionName), default="auto")
    parser.add_argument("--by", choices=("document", "paragraph"), default="document")
    options = parser.parse_args()
    if options.side == "sayso":
        reader = "benchmarks.replay:Replay" if options.replay else DEFAULT_READER
        settings = Settings(extract=ExtractSettings(attribution=options.attribution))
        with sayso_ledger(reader) as ledger:
            report = sayso(ledger, options.folder, options.workers, settings, shares=options.shares)
        print(json.dumps(report))
    else:
        print(json.dumps(bare(options.folder, options.workers, options.by)))


@contextmanager
def sayso_ledger(reader: str) -> Iterator[Ledger]:
    """A ledger that is removed afterwards."""
    from sayso.ledger import Ledger

    with (
        TemporaryDirectory(prefix="sayso-ledger-") as place,
        Ledger(Path(place) / "bench.sayso", reader=reader) as ledger,
    ):
        yield ledger


def sayso(
    ledger: Ledger, folder: Path, workers: int, settings: Settings, *, shares: bool
) -> dict[str, object]:
    """Read the folder into a ledger; gives counts and, if asked, CPU seconds by step."""
    from benchmarks.shares import measured

    if not shares:
        return _counts(ledger.read([folder], settings=settings, workers=workers))
    with measured() as spent:
        counts = _counts(ledger.read([folder], settings=settings, workers=0))
    return {**counts, "shares": dict(spent)}


def _counts(summary: ReadSummary) -> dict[str, object]:
    """What became of the folder; a document that was not read would make the figures too good."""
    if summary.set_aside or summary.unchanged:
        raise SystemExit(f"not every document was read: {summary}")
    return {"read": summary.read, "statements": summary.statements, "claims": summary.claims}


def bare(folder: Path, workers: int, by: str) -> dict[str, object]:
    """Parse the folder with bare spaCy; gives the seconds after loading, summed over processes."""
    paths = sorted(folder.glob("*.txt"))
    if workers == 0:
        return {"seconds": _parse(paths, by)}
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers) as pool:
        parts = [(paths[start::workers], by) for start in range(workers)]
        return {"seconds": sum(pool.starmap(_parse, parts, chunksize=1))}


def _parse(paths: list[Path], by: str) -> float:
    from sayso.learned.spacy_model import SpacyModel

    nlp = SpacyModel()._nlp  # the same model, without anything of sayso around it
    began = time.perf_counter()
    seen: Counter[str] = Counter()
    for start in range(0, len(paths), _BATCH):
        texts = [path.read_bytes().decode("utf-8") for path in paths[start : start + _BATCH]]
        if by == "paragraph":
            texts = [line for text in texts for line in text.split("\n") if line.strip()]
        with nlp.memory_zone():
            for doc in nlp.pipe(texts):
                seen["tokens"] += len(doc)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

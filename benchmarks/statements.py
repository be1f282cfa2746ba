"""One side of `benchmarks.attribution`: parses, or finds statements or claims, and says how long
it took.

python -m benchmarks.statements FOLDER --setting best --workers 2
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sayso.engines.child import ONE_THREAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Barrier

    from sayso.pipeline import Reader
    from sayso.records.documents import Document
    from sayso.settings import AttributionName

_READY: Barrier


def main() -> None:
    """Run one side; prints the seconds of the slowest process as JSON."""
    parser = argparse.ArgumentParser(description="One side of the benchmark.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--setting", choices=("bare", "rules", "fast", "best"), required=True)
    parser.add_argument("--to", choices=("statements", "claims"), default="statements")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.txt"))
    os.environ.update(ONE_THREAD)  # as the workers of `sayso read` are started
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(options.workers)
    parts = [
        (paths[start :: options.workers], options.setting, options.to)
        for start in range(options.workers)
    ]
    with context.Pool(options.workers, initializer=_start, initargs=(ready,)) as pool:
        spent = pool.starmap(_work, parts, chunksize=1)
    print(json.dumps({"seconds": max(spent)}))


def _start(ready: Barrier) -> None:
    global _READY
    _READY = ready


def _work(paths: list[Path], setting: AttributionName | Literal["bare"], to: str) -> float:
    return _bare(paths) if setting == "bare" else _sayso(paths, setting, to)


def _bare(paths: list[Path]) -> float:
    from sayso.learned.spacy_model import SpacyModel

    nlp = SpacyModel()._nlp
    texts = [path.read_text("utf-8") for path in paths]
    nlp("Warm up.")
    _READY.wait()
    began = time.perf_counter()
    for start in range(0, len(texts), 16):
        with nlp.memory_zone():
            for doc in nlp.pipe(texts[start : start + 16]):
                len(doc)
    return time.perf_counter() - began


def _sayso(paths: list[Path], setting: AttributionName, to: str) -> float:
    from sayso.pipeline import Reader
    from sayso.records.documents import RawDocument
    from sayso.settings import ExtractSettings, Settings
    from sayso.steps.clean.clean import clean

    settings = Settings(extract=ExtractSettings(attribution=setting))
    reader = Reader(settings)
    documents = [
        clean(
            RawDocument(path.name, path.read_bytes(), "text/plain", "2020-01-01T00:00:00Z"),
            settings.clean,
        ).document
        for path in paths
    ]
    reader.made_by  # noqa: B018  (loads everything)
    whole = reader.read_document if to == "claims" else _statements(reader)
    whole(documents[0])
    _READY.wait()
    began = time.perf_counter()
    for document in documents:
        whole(document)
    return time.perf_counter() - began


def _statements(reader: Reader) -> Callable[[Document], object]:
    return lambda document: reader.speech(reader.parse(document))


if __name__ == "__main__":
    main()

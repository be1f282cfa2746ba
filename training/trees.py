"""Grow boosted trees with scikit-learn and write them as `sayso.steps.match.forest` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


def grow(table: Any, right: Any, weights: Any = None) -> HistGradientBoostingClassifier:
    """Trees on these rows; the same rows give the same trees."""
    return HistGradientBoostingClassifier(
        max_iter=150,
        max_leaf_nodes=16,
        learning_rate=0.08,
        min_samples_leaf=40,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(table, right, sample_weight=weights)


def write(
    model: HistGradientBoostingClassifier, names: Sequence[str], threshold: float, path: Path
) -> None:
    """The trees as flat arrays; a leaf points to itself."""
    parts: dict[str, list[Any]] = {k: [] for k in ("feature", "limit", "left", "right", "value")}
    roots: list[int] = []
    size = 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        own = np.arange(len(nodes)) + size
        roots.append(size)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["limit"].append(np.where(leaf, 0.0, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"] + size))
        parts["right"].append(np.where(leaf, own, nodes["right"] + size))
        parts["value"].append(np.where(leaf, nodes["value"], 0.0))
        size += len(nodes)
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(names).encode(), np.uint8),
        feature=np.concatenate(parts["feature"]).astype(np.int16),
        limit=np.concatenate(parts["limit"]).astype(np.float64),
        left=np.concatenate(parts["left"]).astype(np.int32),
        right=np.concatenate(parts["right"]).astype(np.int32),
        value=np.concatenate(parts["value"]).astype(np.float32),
        roots=np.array(roots, np.int32),
        bias=np.array(float(model._baseline_prediction.ravel()[0])),
        threshold=np.array(threshold),
    )

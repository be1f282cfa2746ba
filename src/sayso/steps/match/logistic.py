"""Logistic regression over named features: small enough to read, and to say why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp


@dataclass(frozen=True)
class Logistic:
    """Weights by feature, and a bias. A feature that has no weight counts nothing."""

    bias: float
    weights: Mapping[str, float]
    threshold: float
    """Mean likeness from which two groups are one, found in training."""

    def probability(self, features: Mapping[str, float]) -> float:
        """0..1."""
        weights = self.weights
        total = self.bias + sum(weights.get(name, 0.0) * x for name, x in features.items())
        return 1 / (1 + exp(-max(-40.0, min(40.0, total))))


@cache
def load(name: str) -> Logistic:
    """The weights `name` of this package (`weights/<name>.json`)."""
    text = files(__package__).joinpath(f"weights/{name}.json").read_text("utf-8")
    data = json.loads(text)
    return Logistic(data["bias"], data["weights"], data["threshold"])

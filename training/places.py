"""Trains what tells place names and what weighs their places, on half 0 of LGL and GeoVirus.

    python -m training.places          # needs scikit-learn and scipy; three minutes

The recogniser (`steps/extract/toponyms.py`) is a logistic regression over the named features of
`toponym_features`; a candidate is right if the set marks just these words. Demonyms of GeoVirus,
which marks none, are left out. The weights of the evidence (`steps/link/locating.py`) are a
conditional logit over the places of one name, fitted round by round: right are the places with
the gold's GeoNames id, else those within 40 km, else those within 161 km.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from evals.geoparsing import Article, Point, articles, trimmed
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import sayso.steps.extract.toponyms as recogniser
import sayso.steps.link.locating as locating
from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis
from sayso.steps.extract.toponym_features import Surroundings, features
from sayso.steps.extract.toponyms import candidates, find_toponyms
from sayso.steps.link.actors import Actors
from sayso.steps.link.gazetteer import gazetteer
from sayso.steps.link.geometry import kilometres
from sayso.steps.link.placing import setting_of

_STRENGTH = 0.3
"""Inverse of regularisation; 0.1 and 1.0 moved F1 on the other half by 0.011 at most."""
_LEAST = 0.02
"""Weights closer to zero are left out."""
_ROUNDS = 3
_PENALTY = 0.001
_CARD = (
    "Trained for sayso on half of LGL (Lieberman and others 2010) and of GeoVirus (Gritta and"
    " others 2018), halves by hash (evals/geoparsing.py); no texts inside. Script:"
    " training/places.py."
    " English news only; American local news weighs most. Figures: docs/explain/places.md."
)

Read = tuple[Article, Analysis]


def read(half: int) -> list[Read]:
    """The articles of a half, parsed."""
    model = SpacyModel()
    return [
        (one, Analysis(one.document, model.parse(one.document.text, one.document.zones).parses))
        for one in articles()
        if one.half == half
    ]


def fit_recogniser(part: Sequence[Read]) -> dict[str, float]:
    """The weights of the recogniser's features."""
    actors, places = Actors.load([], builtin=True), gazetteer()
    rows: list[dict[str, int]] = []
    right: list[bool] = []
    for article, analysis in part:
        around = Surroundings.of(analysis.parses)
        for index, parse in enumerate(analysis.parses):
            for seen in candidates(parse, index, around, places, actors):
                if seen.demonym and article.corpus == "geovirus":
                    continue
                span = trimmed(analysis.text, parse.span(seen.first, seen.last))
                rows.append(dict.fromkeys(features(parse, seen, around, places), 1))
                right.append(span in article.gold)
    vectors = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=400, fit_intercept=False)
    model.fit(vectors.fit_transform(rows), right)
    found = zip(vectors.feature_names_, model.coef_[0], strict=True)
    return {name: round(float(w), 3) for name, w in found if abs(w) >= _LEAST}


def fit_evidence(part: Sequence[Read]) -> list[dict[str, float]]:
    """The weights of the evidence, round by round."""
    actors, places = Actors.load([], builtin=True), gazetteer()
    prepared = []
    for article, analysis in part:
        toponyms = find_toponyms(analysis, places, actors)
        if article.corpus == "geovirus":
            toponyms = [one for one in toponyms if not one.demonym]
        groups = locating.gathered(toponyms, analysis.parses)
        right = [_right(group, article, analysis.text) for group in groups]
        prepared.append((groups, right, setting_of(article.document, places)))
    rounds = []
    for _ in range(_ROUNDS):
        choices = [
            (np.array(rows), right)
            for groups, rights, setting in prepared
            for rows, right in zip(locating.evidence(groups, setting), rights, strict=True)
            if right and len(rows) > 1
        ]
        rounds.append(_logit(choices))
        for groups, _rights, setting in prepared:
            locating.weigh(groups, setting, rounds[-1])
    return rounds


def _right(group: locating.Group, article: Article, text: str) -> list[int]:
    """The places of a name that the gold means in most of its mentions."""
    spans = [trimmed(text, mention.span) for mention in group.mentions]
    points: list[Point] = [point for span in spans if (point := article.gold.get(span))]
    if not points:
        return []
    point = Counter(points).most_common(1)[0][0]
    far = [kilometres((spot.latitude, spot.longitude), point.at) for spot in group.spots]
    same = [i for i, spot in enumerate(group.spots) if str(spot.id) == point.geonames]
    near = [i for i, km in enumerate(far) if km < 40]
    return same or near or [i for i, km in enumerate(far) if km <= 161]


def _logit(choices: list[tuple[Any, list[int]]]) -> dict[str, float]:
    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right in choices:
            likely = np.exp(rows @ weights - (rows @ weights).max())
            likely /= likely.sum()
            wanted = np.zeros_like(likely)
            wanted[right] = likely[right]
            mass = wanted.sum() + 1e-12
            total -= np.log(mass)
            slope -= rows.T @ (wanted / mass - likely)
        count = len(choices)
        return (
            total / count + _PENALTY * (weights @ weights),
            slope / count + 2 * _PENALTY * weights,
        )

    start = np.zeros(len(locating.EVIDENCE))
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B")
    return {n: round(float(w), 3) for n, w in zip(locating.EVIDENCE, fitted.x, strict=True)}


def _write(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps({"card": _CARD, **content}, indent=0, sort_keys=True) + "\n")


def main() -> None:
    """Train both and write their weights into the package."""
    part = read(0)
    weights = fit_recogniser(part)
    _write(Path(recogniser.__file__).parent / "toponym_weights.json", {"weights": weights})
    recogniser.weights.cache_clear()
    rounds = fit_evidence(part)
    _write(Path(locating.__file__).parent / "place_weights.json", {"rounds": rounds})
    print(f"{len(weights)} features, {len(rounds)} rounds")


if __name__ == "__main__":
    main()

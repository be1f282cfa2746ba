"""Train what tells whether two reports tell of one happening: `match/weights/stories.json`.

    python -m training.stories          # about a minute on one core

Reads ECB+ train alone. Topics are parted into five folds; the threshold is chosen on likelihoods
that each fold was given by weights trained without it. The same data give the same file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from evals.clusterings import b_cubed, clusters
from evals.coreference import Report, ecb_plus
from evals.readings import read
from sklearn.linear_model import LogisticRegression

from sayso.steps.match.average_link import grouped
from sayso.steps.match.stories import gathering, likeness
from sayso.steps.match.stories.features import StoryFeatures, features

OUT = Path("src/sayso/steps/match/weights/stories.json")
_FOLDS = 5
_THRESHOLDS = [round(0.2 + 0.05 * step, 2) for step in range(10)]


def compared(
    own: list[StoryFeatures],
) -> tuple[list[tuple[int, int]], list[dict[str, float]]]:
    """The pairs that `gather` compares, and their signs."""
    beside = gathering.compared(own, days=gathering.StorySettings().days)
    return list(beside.wide), [
        likeness.signs(beside.vector(a), beside.vector(b), wide)
        for (a, b), wide in beside.wide.items()
    ]


def fit(rows: Any, right: Any) -> Any:
    """A logistic regression."""
    return LogisticRegression(C=1.0, max_iter=5000).fit(rows, right)


def main() -> None:
    """Train and write."""
    reports = ecb_plus("Train")
    pairs, signs = compared([features(one) for one in read(reports)])
    names = sorted({name for one in signs for name in one})
    rows = np.array([[one.get(name, 0.0) for name in names] for one in signs])
    right = np.array([reports[a].story == reports[b].story for a, b in pairs])
    fold = {topic: n % _FOLDS for n, topic in enumerate(sorted({r.topic for r in reports}))}
    folds = np.array([[fold[reports[a].topic], fold[reports[b].topic]] for a, b in pairs])
    likely = np.zeros(len(pairs))
    for number in range(_FOLDS):
        model = fit(rows[(folds != number).all(axis=1)], right[(folds != number).all(axis=1)])
        likely[folds[:, 0] == number] = model.predict_proba(rows[folds[:, 0] == number])[:, 1]
    scores = {t: _b_cubed(reports, pairs, likely, t) for t in _THRESHOLDS}
    threshold = max(scores, key=lambda t: (scores[t], -abs(t - 0.4)))
    model = fit(rows, right)
    content = {
        "card": {
            "what": "likelihood that two reports tell of one happening",
            "data": "ECB+ train, 574 reports, 50 sub-topics, CC BY 3.0; no text of it is in here",
            "pairs": len(pairs),
            "b_cubed_by_threshold_in_cross_validation": {
                str(t): round(score, 4) for t, score in scores.items()
            },
            "not_for": "languages other than English; telling what is true",
        },
        "bias": round(float(model.intercept_[0]), 4),
        "weights": dict(zip(names, model.coef_[0].round(4).tolist(), strict=True)),
        "threshold": threshold,
    }
    OUT.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(json.dumps(content, indent=1))


def _b_cubed(
    reports: list[Report], pairs: list[tuple[int, int]], likely: Any, threshold: float
) -> float:
    groups = grouped(
        len(reports), dict(zip(pairs, likely.tolist(), strict=True)), threshold=threshold
    )
    found = {number: place for place, group in enumerate(groups) for number in group}
    gold = {number: report.story for number, report in enumerate(reports)}
    return b_cubed(clusters(gold), clusters(found))


if __name__ == "__main__":
    main()

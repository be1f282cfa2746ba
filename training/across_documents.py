"""Train what tells whether two tellings are of one happening, and two mentions of one thing.

    python -m training.across_documents events      # five minutes or so on one core
    python -m training.across_documents mentions

Writes `match/weights/events.npz`, `mentions.npz` and a card beside each. Reads ECB+ train and the
car makers' half of MEANTIME, for mentions also GUM's news; MEANTIME's half on Apple and ECB+ dev
are only measured. Thresholds are chosen on likelihoods that each fold of ECB+'s topics, and the
articles on car makers, were given by trees grown without them; both count alike.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from evals.clusterings import clusters, conll
from evals.coreference import Kind, ecb_plus, gum, meantime
from evals.gold_profiles import Prepared, prepared
from training.trees import grow, write

from sayso.steps.match.average_link import grouped
from sayso.steps.match.events.profiles import of_one_story
from sayso.steps.match.events.signs import signs as event_signs
from sayso.steps.match.mentions import gathering
from sayso.steps.match.stories.background import built_in

WEIGHTS = Path("src/sayso/steps/match/weights")
WORK = Path("build/across_documents")
_FOLDS = 5
_THRESHOLDS = [round(0.2 + 0.025 * step, 3) for step in range(13)]
HALF = "corpus_gm"
Pair = tuple[int, int]


class Part:
    """The pairs of one part with their signs and whether they are one."""

    def __init__(self, data: Prepared, kind: Kind, topics: set[str]) -> None:
        given: list[Any] = [
            one for one in data.profiles(kind) if data.topics[one.document] in topics
        ]
        self.data = data
        self.given = sorted(given, key=lambda one: (one.document, one.id))
        self.topics = [data.topics[one.document] for one in self.given]
        self.stories = [data.documents.story(one.document) for one in self.given]
        self.chains = [data.chains[one.id] for one in self.given]
        counts = built_in()
        if kind == "event":
            by: dict[str, list[int]] = defaultdict(list)
            for number in range(len(self.given)):
                by[self.stories[number]].append(number)
            for numbers in by.values():
                own = of_one_story(self.given[n] for n in numbers)
                for number, one in zip(numbers, own, strict=True):
                    self.given[number] = one
            self.pairs = [pair for numbers in by.values() for pair in combinations(numbers, 2)]
            self.signs = [
                event_signs(
                    self.given[a],
                    self.given[b],
                    counts,
                    data.documents.alike(self.given[a].document, self.given[b].document),
                )
                for a, b in self.pairs
            ]
        else:
            inside, across = gathering.compared(self.given, data.documents)
            self.pairs = [
                pair for pair in [*inside, *across] if self.topics[pair[0]] == self.topics[pair[1]]
            ]
            self.signs = [
                gathering.signs_of(self.given, pair, data.documents, counts) for pair in self.pairs
            ]
        self.right = np.array([self.chains[a] == self.chains[b] for a, b in self.pairs])

    def table(self, names: list[str]) -> Any:
        """The signs as an array."""
        column = {name: n for n, name in enumerate(names)}
        table = np.zeros((len(self.signs), len(names)))
        for row, signs in enumerate(self.signs):
            for name, value in signs.items():
                if name in column:
                    table[row, column[name]] = value
        return table

    def score(self, likely: Any, threshold: float, kind: Kind) -> float:
        """CoNLL F1 with this threshold."""
        inside: dict[Pair, float] = {}
        across: dict[Pair, float] = {}
        for pair, value in zip(self.pairs, likely.tolist(), strict=True):
            one_story = self.stories[pair[0]] == self.stories[pair[1]]
            (inside if one_story else across)[pair] = value
        groups = grouped(len(self.given), inside, threshold=threshold)
        if kind == "entity":  # of other stories, by names
            groups = gathering.joined_by_names(self.given, groups, across)
        found = {number: place for place, group in enumerate(groups) for number in group}
        gold = dict(enumerate(self.chains))
        return conll(clusters(gold), clusters(found))


def _around(scores: dict[float, float], threshold: float) -> float:
    """The mean score of a threshold and its neighbours: a plateau's middle, not its highest tip."""
    near = [score for other, score in scores.items() if abs(other - threshold) < 0.06]
    return sum(near) / 5 if len(near) == 5 else 0.0


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("events", "mentions"))
    what = parser.parse_args().what
    kind: Kind = "event" if what == "events" else "entity"
    ecb, cars = ecb_plus("Train"), [one for one in meantime() if one.topic == HALF]
    parts = [
        Part(prepared(ecb), kind, {one.topic for one in ecb}),
        Part(prepared(cars), kind, {HALF}),
    ]
    if kind == "entity":
        articles = gum()
        topics = {one.topic for one in articles}
        parts.append(Part(prepared(articles), kind, topics))
    names = sorted({name for part in parts for one in part.signs for name in one})
    tables = [part.table(names) for part in parts]
    fold = {t: n % _FOLDS for n, t in enumerate(sorted(set(parts[0].topics)))}
    folds = np.array([fold[parts[0].topics[a]] for a, _ in parts[0].pairs])
    likely = np.zeros(len(folds))
    for number in range(_FOLDS):
        kept = folds != number
        model = grow(
            np.vstack([tables[0][kept], *tables[1:]]),
            np.concatenate([parts[0].right[kept], *(part.right for part in parts[1:])]),
        )
        likely[~kept] = model.predict_proba(tables[0][~kept])[:, 1]
    others = [0, *range(2, len(parts))]
    model = grow(
        np.vstack([tables[n] for n in others]), np.concatenate([parts[n].right for n in others])
    )
    unseen = model.predict_proba(tables[1])[:, 1]
    if WORK.parent.is_dir():
        WORK.mkdir(exist_ok=True)
        import pickle

        (WORK / f"{what}.pkl").write_bytes(
            pickle.dumps([(p.given, p.pairs, p.stories, p.topics, p.chains) for p in parts])
        )
        np.savez(WORK / f"{what}.npz", likely=likely, unseen=unseen)
    scores = {
        t: (parts[0].score(likely, t, kind) + parts[1].score(unseen, t, kind)) / 2
        for t in _THRESHOLDS
    }
    threshold = max(scores, key=lambda t: (_around(scores, t), -t))
    model = grow(np.vstack(tables), np.concatenate([part.right for part in parts]))
    write(model, names, threshold, WEIGHTS / f"{what}.npz")
    card = {
        "what": "likelihood that two tellings are of one happening"
        if kind == "event"
        else "likelihood that two mentions mean one person, thing, place or time",
        "method": "150 boosted trees of 16 leaves (scikit-learn); average linkage",
        "data": "ECB+ train (CC BY 3.0); MEANTIME, the 30 articles on car makers (CC BY 4.0)"
        + ("; GUM's news but its test part (CC BY 4.0)" if kind == "entity" else "")
        + "; no text of them is in here",
        "pairs": [len(part.pairs) for part in parts],
        "features": names,
        "threshold": threshold,
        "mean_conll_by_threshold_in_cross_validation": {
            str(t): round(score, 4) for t, score in scores.items()
        },
        "not_for": "languages other than English; telling what is true",
    }
    (WEIGHTS / f"{what}.card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print({k: v for k, v in card.items() if k != "features"})


if __name__ == "__main__":
    main()

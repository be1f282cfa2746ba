"""Calibrates a tagger's confidence, and picks the least one, on the articles kept back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from evals.scoring import matched
from training.examples import Annotated, Example, is_held_back
from training.prepared import parsed_corpus

from evals import reliability
from sayso.learned.attribution.calibration import FACTS, facts
from sayso.learned.attribution.features import QuotationMarks
from sayso.learned.attribution.onnx_tagger import OnnxTagger
from sayso.records.analyses import TaggedAttribution
from sayso.settings import TaggerName

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_RIDGE = 1.0
_AS_GOOD = 0.003
"""F1 that chance may make of the same."""


@dataclass(frozen=True)
class HeldBack:
    """Facts of the attributions found in the articles kept back, and whether each was annotated."""

    facts: Floats
    right: Floats
    gold: int


def calibrate(size: TaggerName, weights: Path, work: Path) -> dict[str, object]:
    """Entries of the card: the curve, the least confidence, and what was measured with them."""
    tagger = OnnxTagger(size, weights)
    held_back = [d for d in parsed_corpus(work) if is_held_back(d.name)]
    judged = _judge(tagger, held_back)
    curve = _fit(judged.facts, judged.right)
    # Confidence for the figures comes from curves that have not seen the article's half.
    chances = _crossed(judged)
    least, f1 = _best_threshold(chances, judged)
    return {
        "calibration": [round(float(w), 5) for w in curve],
        "least": least,
        "held_back": {
            "statements": judged.gold,
            "found": int((chances >= least).sum()),
            "f1": round(f1, 4),
            "calibration_error": round(_expected_error(chances, judged.right), 4),
            "articles_sha256": hashlib.sha256(
                "\n".join(sorted(d.name for d in held_back)).encode()
            ).hexdigest(),
        },
    }


def _judge(tagger: OnnxTagger, documents: list[Annotated]) -> HeldBack:
    rows: list[tuple[float, ...]] = []
    right: list[float] = []
    gold = 0
    for document in documents:
        wanted = [e for e in document.examples if e.contents]
        gold += len(wanted)
        found = [t for t in tagger.tag(document.parses) if t.contents]
        hits = matched([_words(document, e) for e in wanted], [_words(document, t) for t in found])
        for number, one in enumerate(found):
            rows.append(
                facts(
                    one.cue_probability,
                    one.roles_probability,
                    sources=one.sources,
                    contents=one.contents,
                    is_mark=QuotationMarks(document.parses[one.parse].words).is_mark,
                )
            )
            right.append(float(number in hits))
    return HeldBack(np.array(rows), np.array(right), gold)


def _words(document: Annotated, one: Example | TaggedAttribution) -> frozenset[int]:
    """The words of its contents, by where they begin in the text."""
    starts = document.parses[one.parse].starts
    return frozenset(starts[i] for first, last in one.contents for i in range(first, last))


def _fit(rows: Floats, right: Floats) -> Floats:
    """Logistic regression by Newton's method, with a small ridge."""
    weights = np.zeros(len(FACTS))
    for _ in range(30):
        chances = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (chances - right) + _RIDGE * weights
        bend = rows.T @ (rows * (chances * (1 - chances))[:, None]) + _RIDGE * np.eye(len(FACTS))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _crossed(judged: HeldBack) -> Floats:
    """Each attribution's chance by a curve fitted on the other half."""
    half = np.arange(len(judged.right)) < len(judged.right) // 2
    chances = np.empty(len(judged.right))
    for part in (half, ~half):
        curve = _fit(judged.facts[~part], judged.right[~part])
        chances[part] = 1.0 / (1.0 + np.exp(-judged.facts[part] @ curve))
    return chances


def _best_threshold(chances: Floats, judged: HeldBack) -> tuple[float, float]:
    scores = {
        least: 2 * judged.right[chances >= least].sum() / ((chances >= least).sum() + judged.gold)
        for least in np.round(np.arange(0.1, 0.8, 0.02), 2)
    }
    # F1 is flat around its best: of what is as good, the surest is taken.
    best = max(least for least in scores if scores[least] > max(scores.values()) - _AS_GOOD)
    return float(best), float(scores[best])


def _expected_error(chances: Floats, right: Floats) -> float:
    return reliability.expected_error(
        [
            reliability.Judged(float(chance), bool(hit))
            for chance, hit in zip(chances, right, strict=True)
        ]
    )

"""Attribution on PolNeAR: statements found, their holders, exact spans.

    python -m evals.polnear                     rules, both taggers, textacy and people, on dev
    python -m evals.polnear --errors            what confidence is worth, cues missed and spurious,
                                                ten examples of each kind of error
    python -m evals.polnear --part train --documents 100

Where several people annotated an article, the first by name is the reference; the others are
scored against it by the same rules and reported as what people reach ("people").
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from evals.brat import Article, Attribution, articles
from evals.cases import SHARED
from evals.errors import print_confidences, print_cues, print_errors
from evals.predictors import Predict, Sayso, Textacy
from evals.reliability import expected_error, print_reliability
from evals.scoring import Predicted, Scored, Tally, kind_of, match, statements
from sayso.settings import ExtractSettings, Settings

CORPUS = SHARED / "data" / "polnear"
DATA = ("data/polnear/dev/text/*.txt", "data/polnear/dev/attributions/*.ann")
RULES, FAST, BEST = (
    Settings(extract=ExtractSettings(attribution=name)) for name in ("rules", "fast", "best")
)
PINNED = ("precision", "recall", "f1", "holder_accuracy", "calibration_error")
LOWER_IS_BETTER = ("calibration_error",)


def measure() -> dict[str, float]:
    """The figures of the rules on dev."""
    return measured(RULES)


def measured(settings: Settings) -> dict[str, float]:
    """The figures of one setting on dev, and what its confidence is off by."""
    total = tally(score(articles(CORPUS / "dev"), Sayso(settings)))
    return {**total.figures(), "calibration_error": expected_error(total.judged)}


def reference(article: Article) -> tuple[Attribution, ...] | None:
    """The annotations of the first annotator by name."""
    return article.annotations[min(article.annotations)] if article.annotations else None


def score(part: Iterable[Article], predict: Predict) -> list[Scored]:
    """Every annotated article, matched with what `predict` finds in it."""
    return [
        match(article.text, gold, predict(article.text))
        for article in part
        if (gold := reference(article)) is not None
    ]


def people(part: Iterable[Article]) -> list[Scored]:
    """Each further annotator of an article against the first, as if a predictor."""
    found: list[Scored] = []
    for article in part:
        first, *others = (article.annotations[name] for name in sorted(article.annotations))
        for other in others:
            findings = [_as_predicted(article, a) for a in statements(other)]
            found.append(match(article.text, first, findings))
    return found


def _as_predicted(article: Article, attribution: Attribution) -> Predicted:
    return Predicted(
        content=attribution.content,
        holder=attribution.source[0] if attribution.source else None,
        cue=attribution.cue[0] if attribution.cue else None,
        kind=kind_of(article.text, attribution.content),
    )


def tally(scored: Iterable[Scored]) -> Tally:
    """The figures of all articles together (each statement counts the same)."""
    total = Tally()
    for article in scored:
        total.add(article)
    return total


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Attribution on PolNeAR.")
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    parser.add_argument("--documents", type=int, help="only the first so many articles")
    parser.add_argument("--errors", action="store_true", help="print examples of errors")
    parser.add_argument("--only", choices=("rules", "fast", "best", "textacy", "people"))
    options = parser.parse_args()
    part = list(articles(_folder(options.part)))[: options.documents]
    makers: dict[str, Callable[[], list[Scored]]] = {
        "rules": lambda: score(part, Sayso(RULES)),
        "fast": lambda: score(part, Sayso(FAST)),
        "best": lambda: score(part, Sayso(BEST)),
        "textacy": lambda: _with_refusals(part),
        "people": lambda: people(part),
    }
    for name, make in makers.items():
        if options.only in (None, name):
            began = time.perf_counter()
            scored = make()
            _print(name, tally(scored), len(scored), time.perf_counter() - began)
            if options.errors and name in ("rules", "fast", "best"):
                print_confidences(scored)
                print_reliability(tally(scored).judged)
                print_cues(scored)
                print_errors(scored)


def _folder(part: str) -> Path:
    return CORPUS / part


def _with_refusals(part: list[Article]) -> list[Scored]:
    textacy = Textacy()
    scored = score(part, textacy)
    print(f"textacy refused {textacy.refused} paragraphs (odd number of quotation marks)")
    return scored


def _print(name: str, total: Tally, documents: int, seconds: float) -> None:
    counts = total.statements
    print(
        f"{name}: {documents} articles, {counts.gold} statements annotated, "
        f"{counts.predicted} predicted, {counts.hit} matched, {seconds:.1f} s"
    )
    for figure, value in total.figures().items():
        print(f"  {figure:22} {value:.3f}")


if __name__ == "__main__":
    main()

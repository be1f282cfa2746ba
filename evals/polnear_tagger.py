"""Attribution on PolNeAR by the trained tagger: the figures of `polnear`, pinned apart.

python -m evals.polnear --only best         the same, printed; `--errors` for examples
"""

from __future__ import annotations

from evals.brat import articles
from evals.polnear import BEST, CORPUS, DATA, score, tally
from evals.predictors import Sayso

__all__ = ["DATA", "PINNED", "measure"]

PINNED = (
    *("precision", "recall", "f1", "holder_accuracy"),
    *("exact_source_f1", "exact_cue_f1", "exact_content_f1"),
)


def measure() -> dict[str, float]:
    """The figures of the tagger `best` on dev."""
    return tally(score(articles(CORPUS / "dev"), Sayso(BEST))).figures()

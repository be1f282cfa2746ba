"""Attribution on PolNeAR by the trained tagger `best`: the figures of `polnear`, pinned apart.

python -m evals.polnear --only best         the same, printed; `--errors` for examples
"""

from __future__ import annotations

from evals.polnear import BEST, DATA, LOWER_IS_BETTER, measured

__all__ = ["DATA", "LOWER_IS_BETTER", "PINNED", "measure"]

PINNED = (
    *("precision", "recall", "f1", "holder_accuracy", "calibration_error"),
    *("exact_source_f1", "exact_cue_f1", "exact_content_f1"),
    *("passage_source_f1", "passage_cue_f1", "passage_content_f1"),
)


def measure() -> dict[str, float]:
    """The figures of the tagger `best` on dev."""
    return measured(BEST)

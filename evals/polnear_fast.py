"""Attribution on PolNeAR by the small tagger `fast`: the figures of `polnear`, pinned apart.

python -m evals.polnear --only fast         the same, printed; `--errors` for examples
"""

from __future__ import annotations

from evals.polnear import DATA, FAST, LOWER_IS_BETTER, measured
from evals.polnear_tagger import PINNED

__all__ = ["DATA", "LOWER_IS_BETTER", "PINNED", "measure"]


def measure() -> dict[str, float]:
    """The figures of the tagger `fast` on dev."""
    return measured(FAST)

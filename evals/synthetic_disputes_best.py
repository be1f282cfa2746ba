"""Invented collections read with the tagger `best`: the figures of `synthetic_disputes`. SYNTHETIC.

python -m evals.synthetic_disputes --attribution best        the same, printed

The tagger is what `sayso read` uses where it is installed, so what disputes are worth with it is
pinned as well.
"""

from __future__ import annotations

from evals.synthetic_disputes import DATA, FILES, PINNED, measured

__all__ = ["DATA", "FILES", "PINNED", "measure"]


def measure() -> dict[str, float]:
    """The figures on all sets of phrases, statements found by the tagger `best`."""
    return measured("best")

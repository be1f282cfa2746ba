"""The sample reports that have gold of our own: scored as `gold_reports` scores the real ones.

    python -m evals.samples                 what was found, missed and wrong, report by report

The gold was written from the samples before any rule was run on them, but rules have been mended on
what it showed since.
"""

from __future__ import annotations

from pathlib import Path

from evals.gold_reports import LOWER_IS_BETTER, measured, print_reports, readings

__all__ = ["DATA", "FILES", "LOWER_IS_BETTER", "measure"]

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
GOLD = SAMPLES / "gold.yaml"
REPORTS = SAMPLES / "reports"
DATA: tuple[str, ...] = ()
FILES = (GOLD, *sorted(REPORTS.glob("*.txt")))


def measure() -> dict[str, float]:
    """The figures over all samples that have gold."""
    return measured(GOLD, REPORTS)


if __name__ == "__main__":
    print_reports(readings(GOLD, REPORTS))

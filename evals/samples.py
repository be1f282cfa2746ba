"""The sample reports that have gold of our own: scored as `gold_reports` scores the real ones.

    python -m evals.samples                 what was found, missed and wrong, report by report

The gold was written from the samples before any rule was run on them, but rules have been mended on
what it showed since.
"""

from __future__ import annotations

from pathlib import Path

from evals.gold_reports import Report, compare, print_reports, readings

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
GOLD = SAMPLES / "gold.yaml"
REPORTS = SAMPLES / "reports"
DATA: tuple[str, ...] = ()
FILES = (GOLD, *sorted(REPORTS.glob("*.txt")))
LOWER_IS_BETTER = ("wrong_statements_most", "estimates_surplus_most")


def measure() -> dict[str, float]:
    """The figures over all samples that have gold."""
    return Report.together(
        compare(gold, reading) for gold, reading in readings(GOLD, REPORTS)
    ).figures()


if __name__ == "__main__":
    print_reports(readings(GOLD, REPORTS))

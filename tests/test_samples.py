from __future__ import annotations

from pathlib import Path

import yaml

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def test_the_gold_of_the_samples_quotes_them_exactly() -> None:
    strange = []
    for report in yaml.safe_load((SAMPLES / "gold.yaml").read_text("utf-8")):
        text = (SAMPLES / "reports" / f"{report['doc']}.txt").read_text("utf-8")
        quotes = [report.get(field, "") for field in ("title", "byline", "dateline", "origin")]
        quotes += [line for lines in report.get("zones", {}).values() for line in lines]
        for statement in report["statements"]:
            quotes += [statement.get(field, "") for field in ("who", "cue", "role")]
            quotes += statement["content"]
        strange += [(report["doc"], quote) for quote in quotes if quote not in text]
    assert strange == []


def test_every_sample_is_described_and_every_format_is_there() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    reports = sorted(path.name for path in (SAMPLES / "reports").iterdir())
    assert [name for name in reports if f"`{name}`" not in readme] == []
    assert {Path(name).suffix for name in reports} == {".txt", ".html", ".md"}

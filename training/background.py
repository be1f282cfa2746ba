"""Count in how many reports of news each stem stands: what comes with `match.stories`.

    python -m training.background          # some seconds

Reads the train parts of PolNeAR and MUC-4, halves 0 of LGL and GeoVirus, TempEval-3's training
data and re3d under `../shared/data`. Stems seen in fewer than three reports are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from evals.cases import SHARED

from evals import geoparsing, timebank
from sayso.steps.match.stories.terms import stems_in

OUT = Path("src/sayso/steps/match/weights/background.npz")
_LEAST = 3


def texts() -> Iterator[str]:
    """The reports."""
    data = SHARED / "data"
    for path in sorted((data / "polnear" / "train" / "text").rglob("*")):
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")
    for article in geoparsing.articles():
        if article.half == 0:
            yield article.document.text
    for told in timebank.articles():
        yield told.text
    for path in sorted((data / "re3d").rglob("documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")
    for line in (data / "muc4" / "train.json").read_text("utf-8").splitlines():
        yield json.loads(line)["doctext"]


def main() -> None:
    """Write the counts."""
    counts: Counter[str] = Counter()
    reports = 0
    for text in texts():
        reports += 1
        counts.update({stem for stem, _ in stems_in(text)})
    kept = sorted((stem, number) for stem, number in counts.items() if number >= _LEAST)
    stems = np.frombuffer("\n".join(stem for stem, _ in kept).encode(), np.uint8)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        OUT,
        stems=stems,
        counts=np.array([number for _, number in kept], np.uint16),
        reports=np.array(reports),
    )
    print(f"{reports} reports, {len(kept)} stems, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Count how words are written in mixed-case news: `src/sayso/lexicons/casing.toml`.

    python -m training.casing

Reads the train part of PolNeAR, the dev parts of the geoparsing sets and re3d's texts under
`../shared/data`. Only words inside a sentence are counted (behind a lower-case word or a comma), so
that the capital of a first word says nothing. A word seen once is left out. Kept are counts'
winners only: no text of these sets goes into the file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals.cases import SHARED

OUT = Path("src/sayso/lexicons/casing.toml")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z]+(?:['’-][A-Za-z]+)*")
_HEAD = """\
# How words are written inside a sentence, for texts that come in capitals only.
# Counted by `python -m training.casing` in PolNeAR (train), re3d, LGL and GeoVirus; by word the
# form seen most. `lower` in lower case, `title` with a first capital, `upper` in capitals,
# `either` both (a third or more of the rarer form). Facts of usage; compiled by the sayso authors,
# Apache-2.0.
"""


def texts() -> Iterator[str]:
    """The mixed-case texts that words are counted in."""
    data = SHARED / "data"
    for path in sorted((data / "polnear" / "train" / "text").rglob("*")):
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((data / "geoparsing").rglob("*.xml")):
        yield re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8", errors="replace"))
    for path in sorted((data / "re3d").rglob("documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")


def counted() -> dict[str, Counter[str]]:
    """By word in lower case, how often each way of writing was seen."""
    seen: dict[str, Counter[str]] = {}
    for text in texts():
        for match in _INSIDE.finditer(re.sub(r"\s+", " ", text)):
            word = match.group()
            upper = len(word) > 1 and word.isupper()
            way = "upper" if upper else "title" if word[0].isupper() else "lower"
            seen.setdefault(word.lower(), Counter())[way] += 1
    return seen


def main() -> None:
    """Write the lexicon."""
    lists: dict[str, list[str]] = {"lower": [], "title": [], "upper": [], "either": []}
    for word, ways in sorted(counted().items()):
        total = sum(ways.values())
        if total < 2:
            continue
        way, most = ways.most_common(1)[0]
        lists[way if most / total > 2 / 3 else "either"].append(word)
    body = "".join(
        f'{way} = """\n{chr(10).join(wrapped(words))}\n"""\n' for way, words in lists.items()
    )
    OUT.write_text(_HEAD + body, encoding="utf-8")


def wrapped(words: list[str]) -> Iterator[str]:
    """The words in lines of at most a hundred characters."""
    line = ""
    for word in words:
        if len(line) + len(word) > 98:
            yield line
            line = ""
        line += (" " if line else "") + word
    if line:
        yield line


if __name__ == "__main__":
    main()

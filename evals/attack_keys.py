"""MUC keys of 1992, as far as they say which organisation did it and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.cases import SHARED

_LEVEL = re.compile(
    r"(REPORTED AS FACT|ACQUITTED|CLAIMED OR ADMITTED|SUSPECTED OR ACCUSED BY AUTHORITIES"
    r"|SUSPECTED OR ACCUSED|POSSIBLE): *(.*)"
)
Sure = tuple[str, frozenset[str]]
"""A level, in lower case, and the ways to write the organisation."""


def confidences() -> dict[str, list[Sure]]:
    """By text, each template's organisations with their levels; alternatives are left out."""
    found: dict[str, list[Sure]] = {}
    for path in sorted((SHARED / "data/muc4/dev").glob("key-dev-*.muc4")):
        document, slot = "", ""
        for line in path.read_text(encoding="latin-1").splitlines():
            if match := re.match(r"\d+\.\s+([A-Z: ]+?)\s{2,}(.*)", line):
                slot, value = match[1].strip(), match[2].strip()
            else:
                value = line.strip()
            if slot == "MESSAGE: ID" and value:
                document = value.split()[0]
            elif slot == "PERP: ORGANIZATION CONFIDENCE":
                found.setdefault(document, []).extend(_levels(value))
    return found


def _levels(value: str) -> Iterator[Sure]:
    if match := _LEVEL.search(value):
        names = frozenset(name.lower() for name in re.findall(r'"([^"]+)"', match[2]))
        if names:
            yield match[1].lower(), names

"""Documents of nothing but body, for cases that score one step on bare text."""

from __future__ import annotations

import re

from sayso.records.documents import Document, Published, Zone
from sayso.records.spans import OffsetMap, Span


def plain_document(text: str) -> Document:
    """A document of which nothing is known but its text: each line that is not blank is body."""
    zones = tuple(
        Zone("body", Span(line.start(), line.end()))
        for line in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document(
        id="text",
        uri="text",
        sha256="",
        media_type="text/plain",
        encoding="utf-8",
        retrieved="",
        text=text,
        language="en",
        title=None,
        byline=None,
        outlet=None,
        origin=None,
        published=Published(),
        dateline=None,
        zones=zones,
        evidence={},
        repairs={},
        source_map=OffsetMap.identity(len(text)),
        made_by="evals",
    )

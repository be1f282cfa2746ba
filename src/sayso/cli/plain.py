"""Text from strangers, made fit for a terminal."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
    "|[\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    """`text` with every control, bidirectional and invisible character shown as `<U+202E>`.

    What a report says must not move the cursor, change colours or turn lines around. Line feeds
    and tabs stay.
    """
    return _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str, limit: int | None = None) -> str:
    """`visible` text on one line, cut at a word before `limit` characters (with `…`)."""
    line = _SPACE.sub(" ", visible(text)).strip()
    if limit is None or len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit // 2 else cut).rstrip() + "…"

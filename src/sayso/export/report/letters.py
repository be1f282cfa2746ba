"""Characters that a page must not pass on as they are: controls, bidirectional overrides, and
those that HTML cannot hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) belong to ordinary Persian and
# Arabic text and reach no further than their neighbours; embeddings, overrides and isolates do.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# HTML maps or forbids these even as character references; UTF-8 cannot hold surrogates.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of ordinary characters, or one odd character with its `code` to be shown."""

    text: str
    code: str = ""


def split(text: str) -> list[Letters]:
    """`text` in runs. Joined together they are `text`, save that what HTML cannot hold has become
    U+FFFD; its code is kept."""
    found: list[Letters] = []
    position = 0
    for match in _ODD.finditer(text):
        if match.start() > position:
            found.append(Letters(text[position : match.start()]))
        found.append(Letters(_UNFIT.sub("\ufffd", match[0]), f"U+{ord(match[0]):04X}"))
        position = match.end()
    if position < len(text):
        found.append(Letters(text[position:]))
    return found


def plain(text: str) -> str:
    """`text` for an attribute or a window's title: odd characters are replaced by U+FFFD."""
    return _ODD.sub("\ufffd", text)


def shorten(text: str, width: int) -> str:
    """`text` in one line of at most `width` characters, cut at a space, with an ellipsis."""
    line = " ".join(text[: width * 4].split())
    if len(line) <= width and len(text) <= width * 4:
        return line
    head = line[:width]
    return (head[: head.rfind(" ")] if " " in head else head).rstrip(" ,;:") + " …"

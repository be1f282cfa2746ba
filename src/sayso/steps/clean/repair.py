"""Mends text without losing its offsets: mojibake, control characters, hidden characters.

Smart quotes, dashes and accents are never changed: they are the report's own characters.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import category

from sayso.steps.clean.mapped import Builder, Mapped

_ODD = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ufeff\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e007f]"
)
_ODD_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("line_breaks", "\n", "[\r\x0b\x0c\x85\u2028\u2029]"),
    ("spaces", " ", f"[{_SPACES}]"),
    ("bidirectional_controls", "", "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
    ("zero_width", "", "[\xad\u180e\u200b-\u200d\u2060-\u2065\ufeff\ufffc]"),
    ("lone_surrogates", "\ufffd", "[\ud800-\udfff]"),
    ("hidden_characters", "", "[\ufff9-\ufffb\u206a-\u206f\U000e0000-\U000e007f]"),
)
# Lines, and long lines cut at a space: what is mended is never far from where it stood.
_LINE = re.compile(r"[^\n]{0,2000}[ \n]|[^\n]{1,2000}")
_GAP = re.compile(r"[!-~]+")


def repair(text: str) -> tuple[Mapped, Counter[str]]:
    """`text` mended, mapped to itself as it came, and what was mended, how often."""
    counts: Counter[str] = Counter()
    mended = _mend(text, counts)
    result = _tidy(mended.text, counts)
    if result.text == mended.text:
        result = mended
    elif mended.text != text:
        result = result.over(mended)
    lost = result.text.count("\ufffd") - counts["lone_surrogates"]
    if lost > 0:
        counts["replacement_characters"] += lost
    return result, counts


def _mend(text: str, counts: Counter[str]) -> Mapped:
    """UTF-8 that was read as a one-byte encoding, mended line by line with ftfy."""
    if text.isascii():
        return Mapped.same(text)
    from ftfy.badness import is_bad

    if not is_bad(text):
        return Mapped.same(text)
    builder = Builder()
    for line in _LINE.finditer(text):
        piece = line.group()
        fixed = _fixed(piece) if not piece.isascii() and is_bad(piece) else piece
        if fixed == piece:
            builder.copy(piece, line.start())
        else:
            counts["mojibake"] += _align(builder, piece, fixed, line.start())
    return builder.build()


def _fixed(piece: str) -> str:
    from ftfy import fix_encoding

    return str(fix_encoding(piece))


def _align(builder: Builder, piece: str, fixed: str, start: int) -> int:
    """Add `fixed`; what both share in ASCII keeps its places. Gives the number of pieces mended.

    Mending never touches printable ASCII, so the ASCII words of both are anchors.
    """
    old, new = list(_GAP.finditer(piece)), list(_GAP.finditer(fixed))
    if [m.group() for m in old] != [m.group() for m in new]:
        builder.replace(fixed, start, start + len(piece))
        return 1
    mended = a = b = 0
    for was, now in zip(old, new, strict=True):
        mended += _gap(builder, piece[a : was.start()], fixed[b : now.start()], start + a)
        builder.copy(was.group(), start + was.start())
        a, b = was.end(), now.end()
    return mended + _gap(builder, piece[a:], fixed[b:], start + a)


def _gap(builder: Builder, was: str, now: str, start: int) -> int:
    # Spaces at the edges stay one to one where both have them, so that the mended piece is small.
    head = 1 if was[:1] == now[:1] == " " else 0
    tail = 1 if len(was) > head and len(now) > head and was[-1:] == now[-1:] == " " else 0
    builder.copy(was[:head], start)
    middle = (was[head : len(was) - tail], now[head : len(now) - tail])
    builder.replace(middle[1], start + head, start + len(was) - tail)
    builder.copy(was[len(was) - tail :] if tail else "", start + len(was) - tail)
    return int(middle[0] != middle[1])


def _tidy(text: str, counts: Counter[str]) -> Mapped:
    pattern = _ODD_ASCII if text.isascii() else _ODD
    if pattern.search(text) is None:
        return Mapped.same(text)
    builder = Builder()
    position = 0
    for odd in _ODD.finditer(text):
        builder.copy(text[position : odd.start()], position)
        position = odd.end()
        kind, clean = _treatment(odd.group(), text, odd.start())
        builder.replace(clean, odd.start(), odd.end())
        if clean != odd.group():
            counts[kind] += 1
    builder.copy(text[position:], position)
    return builder.build()


def _treatment(odd: str, text: str, at: int) -> tuple[str, str]:
    """What kind of character it is and what stands in its place."""
    if odd == "\r\n":
        return "line_breaks", "\n"
    if odd in "\u200c\u200d" and at and _may_be_joined(text[at - 1]):
        return "kept", odd  # Persian, Urdu and Indic spelling needs joiners, and so do emoji
    for kind, clean, members in _COMPILED:
        if members.match(odd):
            return kind, clean
    if "\x80" <= odd <= "\x9f":
        return "mojibake", _windows_1252(odd)
    return "control_characters", ""


def _may_be_joined(before: str) -> bool:
    """Whether a joiner behind this character is spelling: behind letters, marks and symbols."""
    return before > "\u0590" and category(before)[0] in "LMS" and not _ODD.match(before)


def _windows_1252(odd: str) -> str:
    """The character that Windows puts in the place of a C1 control; nothing where it has none."""
    return odd.encode("latin-1").decode("cp1252", "ignore")


_COMPILED = [(kind, clean, re.compile(members)) for kind, clean, members in _KINDS]

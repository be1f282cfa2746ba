"""Amounts: numbers with the words that bound or blur them, found in plain text.

Conventions of the ledger: both bounds are included and `more than 20` gives low 20 (reports round,
and a reader compares the figure that was written). `nearly 6,000` gives 6,000 on both sides and
`approximate`. Words that name no number give their smallest reading and an open end: `dozens` is
at least 24. What is counted, and whether it matters, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.records.spans import Span
from sayso.values.bounds import (
    DASHES,
    JOINED_AFTER,
    bounds_after,
    bounds_before,
    modifier_from,
    phrase_after,
)
from sayso.values.numerals import MONTHS, Lexeme, Numeral, lexemes, numeral_at

_CURRENCY = frozenset("$€£₤¥₹₽₩₺﷼؋")
_NOT_BEFORE = frozenset("#№/.:\\@_°=") | _CURRENCY
_NOT_AFTER = frozenset("%/:°\\@_‰")
_APART = frozenset({"%", "percent", "per", "pc"})


@dataclass(frozen=True)
class Amount:
    """A number in a text with its bounds, both included; None where open."""

    span: Span
    """With the words that bound it."""
    number: Span
    """The number or range alone."""
    low: int | None
    high: int | None
    approximate: bool
    vague: bool = False
    """It names no number (`dozens`)."""
    strong: bool = False
    """`300-strong`."""
    year_like: bool = False
    """One bare number from 1900 to 2100 without grouping or bounding words."""


@dataclass(frozen=True)
class _Piece:
    """A number or a range over lexemes `[first, last)`."""

    first: int
    last: int
    low: Numeral
    high: Numeral
    blurred: bool
    pinned: bool = False
    """Each end has its own bounding words (`at least 30 but no more than 50`)."""


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The amounts of `text[start:end]`, in order, without overlaps. Time is linear in the text."""
    words = lexemes(text, start, end)
    return list(_scan(words))


def _scan(words: Sequence[Lexeme]) -> Iterator[Amount]:
    index = 0
    floor = 0  # modifiers never reach into the amount before
    while index < len(words):
        numeral = numeral_at(words, index)
        if numeral is None:
            index += 1
            continue
        piece = _range(words, numeral)
        if _is_amount(words, piece) and _whole(piece):
            yield (amount := _amount(words, piece, floor))
            while piece.last < len(words) and words[piece.last].start < amount.span.end:
                piece = replace(piece, last=piece.last + 1)
        index = floor = piece.last


def _range(words: Sequence[Lexeme], first: Numeral) -> _Piece:
    """The number, with the second one where the two make a range."""
    alone = _Piece(first.first, first.last, first, first, False)
    if first.last >= len(words) or first.vague:
        return alone
    word = words[first.last].word
    opened = _opener(words, first.first)
    before = words[opened].word if opened < first.first else ""
    before = "from" if before == "ranging" else before
    climbs = [w.word for w in words[first.last : first.last + 2]] == ["up", "to"]
    opener = climbs or {"and": before == "between", "to": True, "or": True}.get(
        word, word in DASHES
    )
    if not opener:
        return _pinned(words, first) or alone
    at, blurred = first.last + 1 + climbs, False
    if word in DASHES and [w.word for w in words[at : at + 2]] == ["to", word]:
        at += 2  # "50-to-80"
    skipped = modifier_from(words, at)
    if skipped and word in {"and", "to"}:
        at, blurred = at + skipped, True
    elif word in {"and", "to", "or"}:  # "50 to as many as 80"
        at += modifier_from(words, at, frozenset({"high"}))
    second = numeral_at(words, at) if at < len(words) else None
    if second is None or second.vague:
        return _pinned(words, first) or alone
    low = _shared_scale(first, second)
    assert second.high is not None
    if low.low > second.low or (word == "or" and second.low > 10 * low.low):
        return alone
    pinned = _pinned(words, first)
    if pinned is not None and pinned.last >= second.last:
        return pinned
    said = opened + 1 + (opened < first.first and words[opened].word == "ranging")
    blurred = blurred or word == "or" or said < first.first
    return _Piece(opened, second.last, low, second, blurred)


def _opener(words: Sequence[Lexeme], first: int) -> int:
    """Where the word stands that opens a range, before the words that blur its first number:
    `between about 50 and 80`; `first` where none does."""
    at, bounds = bounds_before(words, first, 0)
    at = at if set(bounds) <= {"about"} else first
    if not at or words[at - 1].word not in {"between", "from"}:
        return first
    ranging = at > 1 and words[at - 2].word == "ranging"
    return at - 1 - ranging


def _pinned(words: Sequence[Lexeme], first: Numeral) -> _Piece | None:
    """`at least 30 but no more than 50`, `30 at the least and 50 at the most`, `at least 12, and
    possibly 15,`."""
    at, behind = phrase_after(words, first.last)
    if behind != "low":
        at = first.last
        if "low" not in bounds_before(words, first.first, 0)[1]:
            return None
    aside = at < len(words) and words[at].word in DASHES | {","}
    at += aside
    if at >= len(words):
        return None
    joint = words[at].word
    at += joint in {"but", "and", "or", "to"}
    skipped = modifier_from(words, at, frozenset({"high", "about"}))
    skipped += modifier_from(words, at + skipped, frozenset({"high"})) if skipped else 0
    second = numeral_at(words, at + skipped) if at + skipped < len(words) else None
    if second is None or second.vague or second.low <= first.low:
        return None
    last, closes = phrase_after(words, second.last)
    if closes != "high":
        last = second.last
        if not skipped:
            return None
    blurred = words[at].word in {"possibly", "perhaps"}
    last += aside and last < len(words) and words[last].word == "," and blurred
    return _Piece(first.first, last, first, second, blurred, pinned=True)


def _shared_scale(first: Numeral, second: Numeral) -> Numeral:
    """`2 to 3 million` and `3-4,000`: the first number in the scale of the second."""
    if first.scale > 1 or first.low >= second.low:
        return first
    scale = second.scale
    if scale == 1 and first.low < 100 and second.low >= 1000 and second.low % 1000 == 0:
        scale = 1000
    if scale == 1 or first.low >= second.low / scale:
        return first
    return replace(first, low=first.low * scale, high=first.low * scale)


def _whole(piece: _Piece) -> bool:
    ends = [piece.low.low, piece.high.high if piece.high.high is not None else piece.high.low]
    return all(value.denominator == 1 for value in ends)


def _is_amount(words: Sequence[Lexeme], piece: _Piece) -> bool:
    """Whether this is no part of a date, price, share, code or name."""
    first, last = piece.first, piece.last - 1
    before = words[first - 1] if first else None
    if before is not None:
        touches = before.end == words[first].start
        if touches and (before.text in _NOT_BEFORE or before.text[0].isalnum()):
            return False
        if touches and before.text in DASHES | {"+"} and first > 1:
            return words[first - 2].end != before.start and before.text != "+"
        month = words[first - 2].word if before.text == "." and first > 1 else before.word
        if before.text in _CURRENCY or month in MONTHS:
            return False
        if before.text == "[" and last + 1 < len(words) and words[last + 1].text == "]":
            return False  # a reference: "[12]"
    return _is_amount_after(words, last)


def _is_amount_after(words: Sequence[Lexeme], last: int) -> bool:
    after = words[last + 1] if last + 1 < len(words) else None
    if after is None:
        return True
    if after.word in _APART or after.text in _CURRENCY:
        return False
    if after.word in MONTHS and after.word != "may":
        return False
    if after.start != words[last].end:
        return True
    if after.text in _NOT_AFTER or after.text[0].isalnum():
        return after.text == ":" and not _touches_digit(words, last + 1)
    if after.text in DASHES and last + 2 < len(words) and words[last + 2].start == after.end:
        return words[last + 2].word in {"strong", *JOINED_AFTER}
    return True


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdecimal() and 1900 <= int(written) <= 2100


def _touches_digit(words: Sequence[Lexeme], at: int) -> bool:
    return (
        at + 1 < len(words)
        and words[at + 1].start == words[at].end
        and words[at + 1].text[0].isdigit()
    )


def _amount(words: Sequence[Lexeme], piece: _Piece, floor: int) -> Amount:
    first, bounds = bounds_before(words, piece.first, floor)
    last, after, strong = bounds_after(words, piece.last)
    kinds = {*bounds, *after}
    low: int | None = int(piece.low.low)
    high = None if piece.high.high is None else int(piece.high.high)
    if piece.pinned:
        first -= bool(first) and words[first - 1].word == "from"
    elif "low" in kinds:
        high = None
    elif "high" in kinds:
        low, high = None, int(piece.high.low) if high is None else high
    number = Span(words[piece.first].start, words[piece.last - 1].end)
    opened = words[piece.first].word in {"from", "between"}
    bare = words[piece.first + opened].text
    return Amount(
        span=Span(words[first].start, words[last - 1].end),
        number=number,
        low=low,
        high=high,
        approximate=(
            "about" in kinds or piece.blurred or piece.low.approximate or piece.high.approximate
        ),
        vague=piece.low.vague,
        strong=strong,
        year_like=(
            not kinds
            and (piece.last == piece.first + 1 or piece.low is not piece.high)
            and _is_year(bare)
            and _is_year(words[piece.last - 1].text)
        ),
    )

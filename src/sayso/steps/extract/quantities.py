"""Quantities: every number of a paragraph with its bounds, unit and kind.

Money, shares, ages, distances, weights, temperatures, durations and counts. Dates, times of day,
labels ("Route 40") and years are none. Estimates rest on this: a number that is of another kind
than `count` is never a strength or a casualty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.counted_nouns import counted_noun, stands_in_name
from sayso.steps.extract.units import Unit, money_before, rate_after, unit_after
from sayso.values.bounds import DASHES, Bound, bounds_after, bounds_before
from sayso.values.decimals import Figure, figure_at, written_decimal
from sayso.values.numerals import MONTHS, Lexeme, lexemes

_UP = frozenset(
    "up rise rises rose risen grew grow grown gain gained increase increased climbed".split()
)
_DOWN = frozenset(
    "down fall falls fell fallen drop dropped decrease decreased declined shrank".split()
)
_SUBUNITS = {"cent": "dollar", "penny": "pound sterling"}
_TIMES = frozenset({"am", "pm", "a.m", "p.m", "o'clock", "gmt", "utc"})
_SUFFIXES = frozenset({"st", "nd", "rd", "th", "s"})


@dataclass(frozen=True)
class Quantity:
    """A number with what it measures; bounds are in `unit` and both included, None where open."""

    span: Span
    """The number or range with its unit and the words that bound it."""
    number: Span
    low: Fraction | None
    high: Fraction | None
    value: Fraction
    """The number itself; of a range, its first."""
    unit: str | None
    """The unit's name, or the counted noun with its modifiers as lemmas; None where unknown."""
    kind: str
    """`count`, `number` (of nothing), `money`, `percent`, `age`, `distance`, ...: the kinds of
    `units.toml`."""
    approximate: bool
    change: str | None
    """`up` or `down` where the number is a difference or what a change ended in."""


@dataclass(frozen=True)
class _Range:
    first: int
    last: int
    low: Figure
    high: Figure


def find_quantities(text: str, parse: Parse) -> list[Quantity]:
    """The quantities of one paragraph, in order, without overlaps. Linear in the paragraph."""
    if not len(parse):
        return []
    words = lexemes(text, parse.starts[0], parse.ends[-1])
    return list(_scan(text, parse, words))


def _scan(text: str, parse: Parse, words: Sequence[Lexeme]) -> Iterator[Quantity]:
    index = floor = 0
    while index < len(words):
        figure = figure_at(words, index)
        if figure is None:
            index += 1
            continue
        found, last = _read(text, parse, words, _ranged(words, figure), floor)
        if found is not None:
            yield found
        index = floor = max(last, figure.last)


def _ranged(words: Sequence[Lexeme], first: Figure) -> _Range:
    """The number, or the range it begins (`$200 to $400`, `from 3 to 5`)."""
    alone = _Range(first.first, first.last, first, first)
    at = first.last
    if at + 1 >= len(words) or first.high is None:
        return alone
    word = words[at].word
    before = words[first.first - 1].word if first.first else ""
    earlier = words[first.first - 2].word if first.first > 1 else ""
    between = "between" in (before, earlier)
    if not (word in {"to", "or"} or word in DASHES or (word == "and" and between)):
        return alone
    money = words[at + 1].text in "$€£¥₹"
    second = figure_at(words, at + 1 + money) if at + 1 + money < len(words) else None
    if second is None or second.high is None or second.share != first.share:
        return alone
    if word == "or" and second.low > 10 * first.low:
        return alone
    scale = second.scale if first.scale == 1 else 1
    low = replace(first, low=first.low * scale, high=first.low * scale)
    if low.low > second.low:
        low = first
    return alone if low.low >= second.low else _Range(first.first, second.last, low, second)


def _read(
    text: str, parse: Parse, words: Sequence[Lexeme], found: _Range, floor: int
) -> tuple[Quantity | None, int]:
    """The quantity of a number, if it is one, and the lexeme after it."""
    sign = _sign(words, found.first, floor)
    unit = money_before(words, found.first - (sign < 0), floor)
    if unit is not None:
        begin = unit.last
        unit = rate_after(words, found.last, unit)
    else:
        begin = found.first - (sign < 0)
        unit = unit_after(words, found.last)
        if unit is not None and not _is_unit(parse, words, found, unit):
            unit = None
    if _is_code(words, found, unit):
        return None, found.last
    last = found.last if unit is None else unit.last
    if unit is None and (found.low.share or _is_date(parse, words, found)):
        return (_share(text, words, found), found.last) if found.low.share else (None, found.last)
    bounded = _bounds(words, begin, last, floor)
    made = _made(parse, words, found, unit, sign, bounded)
    if made is not None and unit is not None and unit.kind == "money":
        return _with_cents(words, made, unit)
    return made, last


def _sign(words: Sequence[Lexeme], first: int, floor: int) -> int:
    """-1 after a minus sign ("-5", "to - 20 degrees"), not after a hyphen or in a range."""
    if first - 1 < floor or words[first - 1].text not in "-−":
        return 1
    if first < 2:
        return -1
    before = words[first - 2]
    apart = before.end < words[first - 1].start
    touches = words[first - 1].end == words[first].start
    led = touches or before.word in {"to", "of", "from", "by", "at", "is", "was"}
    return -1 if apart and led else 1


def _is_unit(parse: Parse, words: Sequence[Lexeme], found: _Range, unit: Unit) -> bool:
    """Whether the word is the unit here: no verb ("won"), no modifier ("300 foot soldiers")."""
    word = words[min(unit.last, len(words)) - 1]
    first = words[found.last]
    if first.start == words[found.last - 1].end:
        after = words[unit.last].word if unit.last < len(words) else ""
        return not (word.text == "m" and after in {"people", "refugees", "civilians", "workers"})
    token = _token(parse, first)
    if (
        parse.pos[token] in {"VERB", "AUX", "PRON"}
        and len(first.word) < 6
        and first.word
        in {
            "won",
            "try",
            "mark",
            "point",
            "turn",
            "second",
            "m",
            "rs",
        }
    ):
        return False
    follower = words[unit.last].word if unit.last < len(words) else ""
    return not (word.word == "foot" and follower in {"soldiers", "soldier", "patrols"})


def _token(parse: Parse, lexeme: Lexeme) -> int:
    return min(parse.tokens_in(Span(lexeme.start, lexeme.end))[0], len(parse) - 1)


def _is_code(words: Sequence[Lexeme], found: _Range, unit: Unit | None) -> bool:
    """Part of a date, a time, an ordinal, a decade, a code or a phone number."""
    first, last = words[found.first], words[found.last - 1]
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    if before is not None and before.end == first.start:
        hyphen = before.text in DASHES and found.first > 1
        if hyphen and words[found.first - 2].end == before.start:
            return words[found.first - 2].text[-1].isalnum()
        if before.text in "/:@_#." or (before.text[0].isalpha() and unit is None):
            return True
    if after is None or after.start != last.end:
        return False
    if after.word in _SUFFIXES or after.text in ":/":
        return unit is None or after.text == ":"
    return after.text in "_@" or (after.text[0].isalpha() and unit is None)


def _is_date(parse: Parse, words: Sequence[Lexeme], found: _Range) -> bool:
    """A year, a day of a month, a time of day."""
    before = words[found.first - 1].word if found.first else ""
    earlier = words[found.first - 2].word if found.first > 1 else ""
    after = words[found.last].word if found.last < len(words) else ""
    if before in MONTHS or (before == "." and earlier in MONTHS):
        return True
    if (after in MONTHS and after != "may") or after in _TIMES:
        return True
    near = words[max(0, found.first - 5) : found.first]
    day_before = found.first > 2 and words[found.first - 2].text.isdecimal()
    if before == "," and day_before and any(word.word in MONTHS for word in near):
        return True
    if after in {"a", "p"} and found.last + 2 < len(words) and words[found.last + 2].word == "m":
        return True
    written = [words[found.first].text, words[found.last - 1].text]
    year = all(len(one) == 4 and one.isdecimal() and 1000 < int(one) < 2101 for one in written)
    if not year:
        return False
    if before in {"in", "since", "of", "until", "till", "by", "during", "from", "between", "the"}:
        return True
    noun = counted_noun(parse, _token(parse, words[found.last - 1]))
    return noun is None or (
        found.last < len(words) and parse.tags[_token(parse, words[found.last])] in {"NN", "NNP"}
    )


def _is_label(parse: Parse, words: Sequence[Lexeme], found: _Range) -> bool:
    """`1 )`, `[3]`, `exit 436`: the number of an item, a note or a thing; `one` alone."""
    if words[found.first].word == "one":
        return True
    if stands_in_name(parse, _token(parse, words[found.first])):
        return True
    before = words[found.first - 1].text if found.first else ""
    after = words[found.last].text if found.last < len(words) else ""
    return after in {")", "]"} and (before == "[" or before != "(")


def _bounds(
    words: Sequence[Lexeme], begin: int, last: int, floor: int
) -> tuple[int, int, set[Bound]]:
    first, before = bounds_before(words, begin, floor)
    if first > floor and words[first - 1].word in {"between", "from"} and first == begin:
        first -= 1
        first, before = bounds_before(words, first, floor)
    end, after, _ = bounds_after(words, last)
    return first, end, {*before, *after}


def _made(
    parse: Parse,
    words: Sequence[Lexeme],
    found: _Range,
    unit: Unit | None,
    sign: int,
    bounded: tuple[int, int, set[Bound]],
) -> Quantity | None:
    first, last, bounds = bounded
    low, high = found.low.low * sign, found.high.high
    name, kind = (unit.name, unit.kind) if unit is not None else (None, "number")
    if unit is not None:
        low, high = low * unit.factor, None if high is None else high * unit.factor * sign
        low, high = _as_decimal(words, found, kind, low, high)
    value = low
    if high is None:  # "dozens": the word's own number is twelve
        value = low / 2
    if unit is None:
        age = _bare_age(parse, words, found)
        counted = counted_noun(parse, _token(parse, words[found.last - 1]))
        if age:
            name, kind = "year of age", "age"
        elif counted is not None:
            name, kind = counted, "count"
        elif found.last < len(words) and words[found.last].word == "times":
            name, kind = "count", "count"
        elif _is_label(parse, words, found):
            return None
    elif kind == "duration" and words[found.first - 1].word == "aged" and found.first:
        name, kind = f"{name} of age", "age"
    least, most = _bounded(low, high, bounds)
    span = Span(words[first].start, words[last - 1].end)
    number = Span(words[found.first].start, words[found.last - 1].end)
    blurred = "about" in bounds or found.low.approximate
    change = _change(words, first)
    return Quantity(span, number, least, most, value, name, kind, blurred, change)


def _as_decimal(
    words: Sequence[Lexeme], found: _Range, kind: str, low: Fraction, high: Fraction | None
) -> tuple[Fraction, Fraction | None]:
    """`1.125 kg`: a full stop before three digits groups money and counts only."""
    if kind == "money" or found.low is not found.high or found.last != found.first + 1:
        return low, high
    exact = written_decimal(words[found.first].text, stop_groups=False)
    return (low, high) if exact is None or exact == abs(low) else (exact, exact)


def _bounded(
    low: Fraction, high: Fraction | None, bounds: set[Bound]
) -> tuple[Fraction | None, Fraction | None]:
    if "low" in bounds:
        return low, None
    return (None, high) if "high" in bounds else (low, high)


def _bare_age(parse: Parse, words: Sequence[Lexeme], found: _Range) -> bool:
    """`aged 22`, `the commander, 45, was`."""
    before = words[found.first - 1] if found.first else None
    if before is None:
        return False
    if before.word in {"aged", "age", "ages"}:
        return True
    after = words[found.last].text if found.last < len(words) else ""
    value = found.low.low
    return (
        before.text == after == ","
        and found.low is found.high
        and words[found.first].text.isdecimal()
        and 14 < value < 100
        and found.first > 1
        and parse.pos[_token(parse, words[found.first - 2])] in {"PROPN", "NOUN"}
    )


def _change(words: Sequence[Lexeme], first: int) -> str | None:
    near = {word.word for word in words[max(0, first - 2) : first]}
    return "up" if near & _UP else "down" if near & _DOWN else None


def _share(text: str, words: Sequence[Lexeme], found: _Range) -> Quantity | None:
    """`a third of the fighters`: a part of one."""
    after = words[found.last].word if found.last < len(words) else ""
    if after not in {"of", "the", "its", "their", "-", "interest", "stake"}:
        return None
    number = Span(words[found.first].start, words[found.last - 1].end)
    share = found.low.low
    return Quantity(number, number, share, share, share, None, "percent", False, None)


def _with_cents(words: Sequence[Lexeme], made: Quantity, unit: Unit) -> tuple[Quantity, int]:
    """`13 dollars and forty-five cents`, `15 dollars 50`: one sum."""
    at = unit.last
    alone = made, at
    if made.low != made.high or at >= len(words) or words[at - 1].text.isdecimal():
        return alone
    at += words[at].word == "and"
    part = figure_at(words, at) if at < len(words) else None
    if part is None or part.high is None or not 0 < part.low < 100 or part.scale > 1:
        return alone
    small = unit_after(words, part.last)
    if small is not None and _SUBUNITS.get(small.name) != unit.name:
        return alone
    ends = part.last >= len(words) or words[part.last].text in ".!?;"
    if small is None and not ends:
        return alone
    last = part.last if small is None else small.last
    value = made.value + part.low / 100
    span = Span(made.span.start, words[last - 1].end)
    return replace(made, span=span, value=value, low=value, high=value), last

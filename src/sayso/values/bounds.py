"""Words that bound or blur a number: `more than`, `nearly`, `or so`, `-odd`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from sayso.values.numerals import Lexeme, numeral_at

Bound = Literal["low", "high", "about", "exact"]

_OVER = (
    "more than|over|above|upwards of|upward of|in excess of|greater than|better than|beyond|"
    "north of|exceeding|surpassing"
).split("|")
_UNDER = ("fewer than|less than|under|below|lower than|south of|short of").split("|")
_NOT = ("no", "not", "never", "neither", "nor")
_MUCH = (
    "well|far|many|much|considerably|significantly|substantially|rather|comfortably|easily|anything"
).split("|")
_HARDLY = (
    "just|slightly|marginally|fractionally|somewhat|something|little|a little|a bit|a touch|"
    "a shade|a few|a handful"
).split("|")
_LEAST = (
    "at least|at minimum|at a minimum|at the least|at the very least|at the minimum|"
    "at the very minimum|at the lowest|at its lowest|minimum|min .|minimally|a minimum|"
    "a minimum of|a bare minimum of|a verified minimum of|a confirmed minimum of|"
    "an absolute minimum of|a floor of|as few as|exceeds|exceed|exceeded|surpasses|surpassed|"
    "passed|topped"
).split("|")
_MOST = (
    "up to|anything up to|as many as|not as many as|not so many as|at most|at maximum|"
    "at a maximum|at the most|at the very most|at the maximum|at the outside|"
    "at the very outside|at the highest|at its highest|maximum|max|max .|a maximum|"
    "a maximum of|an absolute maximum of|a ceiling of|an upper limit of|capped at|"
    "no higher than"
).split("|")
_ABOUT = (
    "around|about|some|approximately|approx|roughly|broadly|loosely|nearly|almost|nigh on|"
    "well nigh|approaching|nearing|getting on for|close on|just on|not quite|barely|hardly|"
    "scarcely|as good as|close to|closer to|nearer to|near to|somewhere|somewhere near|"
    "anywhere|anything|something|not far from|not far off|in the region of|"
    "in the neighbourhood of|in the neighborhood of|in the vicinity of|in the area of|"
    "in the range of|in a range of|in the range|anything in the range of|in the order of|"
    "on the order of|of the order of|in round figures|in round numbers|an estimated|estimated|"
    "estimated at|an approximate|an approximate total of|a rough|a rough total of|"
    "an estimated total of|circa|ca|around about|ca .|approx .|est .|perhaps|possibly|probably|"
    "maybe|more or less|give or take|just about|just shy of|something like|the best part of|"
    "the better part of|to the tune of|plus or minus|practically|virtually|~|≈|c"
).split("|")
_EXACT = (
    "no more and no less than|no more and no fewer than|no fewer and no more than|"
    "no less and no more than|neither more nor fewer than|neither more nor less than|"
    "no more nor less than"
).split("|")


def _phrases() -> Iterator[tuple[str, Bound]]:
    for words, bound in ((_LEAST, "low"), (_MOST, "high"), (_ABOUT, "about"), (_EXACT, "exact")):
        yield from ((phrase, _known(bound)) for phrase in words)
    for comparisons, bound, other in ((_OVER, "low", "high"), (_UNDER, "high", "low")):
        for phrase in comparisons:
            yield phrase, _known(bound)
            yield from ((f"{much} {phrase}", _known(bound)) for much in _MUCH)
            yield from ((f"{hardly} {phrase}", "about") for hardly in _HARDLY)
            yield from ((f"{no} {phrase}", _known(other)) for no in _NOT)


def _known(bound: str) -> Bound:
    found: dict[str, Bound] = {"low": "low", "high": "high", "about": "about", "exact": "exact"}
    return found[bound]


_BEFORE: dict[str, Bound] = dict(_phrases())
_FILLERS = frozenset(
    f"{article} {word}".strip()
    for article in ("a", "the", "")
    for word in ("confirmed", "verified", "possible", "recorded", "known", "documented", "total of")
)
"""What may stand between a bounding phrase and its number and says nothing of its bounds."""
_LONGEST = 6
_LOW_BEHIND = (
    "or more|and more|or even more|or possibly more|or perhaps more|and possibly more|"
    "and perhaps more|possibly more|perhaps more|if not more|or upwards|and upwards|upwards|"
    "and up|or above|and above|or over|and over|at least|at minimum|at a minimum|at the least|"
    "at the very least|as a minimum|at the lowest|at the low end|at the lower end|and counting|"
    "and rising|and climbing|plus"
).split("|")
_HIGH_BEHIND = (
    "or fewer|or less|or under|or below|at most|at a maximum|at the most|at the very most|"
    "at the outside|at the very outside|as a maximum|at maximum|at the highest|at the high end|"
    "at the upper end|maximum|tops|and no more|but no more|and not more"
).split("|")
_ABOUT_BEHIND = (
    "or so|or thereabouts|or about that|or near it|or near that|or close to it|"
    "or close to that|or near enough|or nearly so|roughly speaking|at a rough count|"
    "at a rough estimate|at a rough guess|at a guess|by a rough count|in round numbers|"
    "in round figures|more or less|give or take|give or take a few|approximately"
).split("|")
_AFTER: dict[str, Bound] = {
    **dict.fromkeys(_LOW_BEHIND, "low"),
    **dict.fromkeys(_HIGH_BEHIND, "high"),
    **dict.fromkeys(_ABOUT_BEHIND, "about"),
}
_ALONE = frozenset({"plus", "maximum", "upwards", "approximately"})
"""Of those, the words that say so only right before what is counted."""
_GO_ON = frozenset({("and up", "to"), ("maximum", "of"), ("upwards", "of"), ("and upwards", "of")})
"""Of those, phrases and what makes them the beginning of something else."""
JOINED_AFTER: dict[str, Bound] = {"odd": "about", "plus": "low", "ish": "about", "some": "about"}
DASHES = frozenset("-–—‒−")


def modifier_from(
    words: Sequence[Lexeme], at: int, bounds: frozenset[Bound] = frozenset({"about"})
) -> int:
    """How many lexemes from `at` on are one bounding phrase (`close to`)."""
    for length in range(_LONGEST, 0, -1):
        if at + length <= len(words) and _BEFORE.get(_joined(words, at, at + length)) in bounds:
            return length
    return 0


def bounds_before(words: Sequence[Lexeme], first: int, floor: int) -> tuple[int, list[Bound]]:
    """Where the bounding words before begin, and what each says; at most three phrases."""
    bounds: list[Bound] = []
    for _ in range(3):
        found = _phrase_before(words, first, floor)
        if found is None:
            filled = _filler_before(words, first, floor)
            found = _phrase_before(words, filled, floor) if filled < first else None
        if found is None:
            break
        first, bound = found
        bounds.append(bound)
    return first, bounds


def _phrase_before(words: Sequence[Lexeme], end: int, floor: int) -> tuple[int, Bound] | None:
    for length in range(_LONGEST, 0, -1):
        at = end - length
        if at < floor:
            continue
        phrase = _joined(words, at, end)
        bound = _BEFORE.get(phrase)
        if phrase == "up to" and at and words[at - 1].word.startswith("add"):
            return None  # "add up to 300"
        if bound is not None:
            return at, bound
    return None


def _filler_before(words: Sequence[Lexeme], end: int, floor: int) -> int:
    """Where words that say nothing of bounds begin ("at least a confirmed 50")."""
    for length in (3, 2, 1):
        at = end - length
        if at >= floor and _joined(words, at, end) in _FILLERS:
            return at
    return end


def bounds_after(words: Sequence[Lexeme], last: int) -> tuple[int, list[Bound], bool]:
    """Where the bounding words after end, what they say, and whether `-strong` follows."""
    rest = words[last : last + 2]
    if not rest:
        return last, [], False
    if rest[0].text == "+" and rest[0].start == words[last - 1].end:
        return last + 1, ["low"], False
    aside = rest[0].text == ","
    end, bound = phrase_after(words, last + aside)
    if bound is not None:
        closed = aside and end < len(words) and words[end].text == ","
        return end + closed, [bound], False
    if len(rest) == 2 and rest[0].text in DASHES and rest[0].end == rest[1].start:
        if rest[1].word == "strong":
            return last + 2, [], True
        if rest[1].word in JOINED_AFTER:
            return last + 2, [JOINED_AFTER[rest[1].word]], False
    return last, [], False


def phrase_after(words: Sequence[Lexeme], at: int) -> tuple[int, Bound | None]:
    """The bounding phrase that begins at `at`: where it ends, and what it says; None where none
    does."""
    for length in range(5, 0, -1):
        end = at + length
        phrase = _joined(words, at, end) if end <= len(words) else ""
        bound = _AFTER.get(phrase)
        if bound is None:
            continue
        follows = words[end].word if end < len(words) else ""
        if follows == "than" or (phrase, follows) in _GO_ON:
            continue
        if follows and numeral_at(words, end) is not None:
            continue  # they belong to the next number
        if phrase not in _ALONE or follows[:1].isalpha():
            return end, bound
    return at, None


def _joined(words: Sequence[Lexeme], first: int, last: int) -> str:
    return " ".join(lexeme.word for lexeme in words[first:last])

"""Whether words that look like a time are one: `May`, `March`, `2015`, `past`, `the day`."""

from __future__ import annotations

from bisect import bisect_right

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.extract.time_grammar import Match
from sayso.steps.extract.time_words import TimeWord

_BEFORE_MONTH = frozenset(
    "in since until till by during before after of from to between and early late mid throughout"
    " through for".split()
)
_BEFORE_YEAR = _BEFORE_MONTH | frozenset("year the around about circa spring summer autumn".split())


def stands(parse: Parse, words: list[TimeWord], letters: str, match: Match) -> bool:
    """Whether the expression is a time here."""
    kind, first, last = match
    before = words[first - 1].word if first else ""
    if kind == "month":
        return _month(parse, words, match, before)
    if kind == "year":
        return _year(parse, words, match, before)
    if kind == "reference":
        return _reference(parse, words, letters, match)
    if kind in {"plural", "theunit", "century"}:
        return _is_date(parse, words[first].start, words[last - 1].end)
    if kind == "season" and last - first == 1:
        return _tag(parse, words[first]).startswith("NN")
    if kind == "duration" and "Q" in letters[first:last]:  # "a quarter of the trade"
        return letters[last : last + 1] not in {"o", ""} and before != "than"
    if kind == "decade":  # "in his 30s"
        word = words[last - 1].text
        return len(word) > 3 or last - first > 1
    return True


def _tag(parse: Parse, word: TimeWord) -> str:
    first, last = parse.tokens_in(Span(word.start, word.end))
    return parse.tags[first] if first < last else ""


def _month(parse: Parse, words: list[TimeWord], match: Match, before: str) -> bool:
    if match.last - match.first > 1:
        return True
    word = words[match.first]
    if len(word.text) <= 3 and word.word != "may":
        return False
    return before in _BEFORE_MONTH or _is_date(parse, word.start, word.end)


def _year(parse: Parse, words: list[TimeWord], match: Match, before: str) -> bool:
    if match.last - match.first > 1 + (words[match.first].word == "the"):
        return True
    word = words[match.last - 1]
    first, last = parse.tokens_in(Span(word.start, word.end))
    if first == last:
        return False
    head = parse.heads[first]
    if parse.deps[first] == "nummod" and parse.tags[head] in {"NNS", "NNPS"} and head > first:
        return False
    known = before in _BEFORE_YEAR and (1800 <= int(word.word) <= 2100)
    if known or match.first == 0:
        return True
    named = parse.deps[first] in {"nummod", "pobj", "nsubj", "compound", "appos"}
    return named and _is_date(parse, word.start, word.end)


def _reference(parse: Parse, words: list[TimeWord], letters: str, match: Match) -> bool:
    first = match.first
    word = words[match.last - 1]
    told = letters[first : match.last]
    index, stop = parse.tokens_in(Span(word.start, word.end))
    if index == stop:
        return False
    if told[-1] in "hl":
        if told[-1] == "h":
            return word.word == "current"
        return word.word == "past" and parse.deps[index] == "pobj"
    if told[-1] == "Z":
        return word.word == "future" and parse.deps[index] == "pobj"
    if told[-1] == "U":
        return told == "hU" and words[first].word == "these" and word.word == "days"
    after = words[match.last].word if match.last < len(words) else ""
    return not (told == "G" and after in {"as", "after", "before"})


def _is_date(parse: Parse, start: int, end: int) -> bool:
    """Whether the language model takes the words for a date or a length of time."""
    first, last = parse.tokens_in(Span(start, end))
    # Names are in order and do not overlap: those that touch the words stand in a row.
    at = bisect_right(parse.names, first, key=lambda name: name.end)
    while at < len(parse.names) and parse.names[at].start < last:
        if parse.names[at].label in {"DATE", "TIME"}:
            return True
        at += 1
    return False

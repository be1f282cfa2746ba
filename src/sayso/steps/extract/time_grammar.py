"""Which rows of words are time expressions: a grammar over the letters of `time_words`.

Every repetition is bounded, so finding is linear in the number of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sayso.steps.extract.time_words import TimeWord

_MANY = r"(?:[DN]H?|n(?:-?n){0,4}(?:&aH)?|an(?:-?n)?|a?fo?)"
"""`3`, `2 1/2`, `twenty-four`, `two and a half`, `a hundred`, `a few`, `a couple of`."""
_COUNT = rf"(?:{_MANY}(?:(?:-|&|i){_MANY})?|a)"
_UNIT = "[uUQ]"
_PART = "(?:T?Eo|T?[mE]-?)"
"""`early`, `mid-`, `the end of`."""
_YEAR = r"(?:,?o?F?Y(?![-A])|oT?[hlxs]u|[hlx]u|oTu)"
"""What says the year behind a month or a quarter: `, 1998`, `of last year`, `this year`."""
_NOT_AGE = "(?!-?j)"

_EXPRESSION = re.compile(
    rf"""
    (?P<iso>I)
  | (?P<numeric>J)
  | (?P<day>(?:W,?)?(?:T?(?:[DO]-)?[DO]o?M|{_PART}?MT?[DO](?:-D)?(?![:A]))(?:{_YEAR})?p?)
  | (?P<quarter>T?(?:F?Y|[hlxs]u')?F?-?q(?:&q)?-?[QH]{_YEAR}?|T?lH{_YEAR})
  | (?P<samequarter>T?(?:[lhxs]|Y|[hlxs]u'|u-?[gk])[QP]|TQ)
  | (?P<season>{_PART}?(?:[hlx]S|T?So?Y|S[hlx]u|(?<=i)T?S)(?:{_YEAR})?)
  | (?P<month>(?:{_PART})?[hlx]?M(?:{_YEAR})?)
  | (?P<spoken>Tun-?n|n-?n(?:-?n)?(?![-nuUt&]))
  | (?P<weekly>w|[We]p?b|eW[pb]?)
  | (?P<weekday>{_PART}?T?[hlxs]?Wp?)
  | (?P<deictic>{_PART}?dp?|[hlx]p)
  | (?P<nine>{_COUNT}-?{_UNIT}KX)
  | (?P<ago>{_COUNT}-?t?-?{_UNIT}(?:&s)?-?[gk](?!-)|T?u-[gk])
  | (?P<span>T?[lxr]{_MANY}t?{_UNIT}|T?[lxr]t?U(?:&U)?)
  | (?P<within>(?:{_PART}|k)?T?[hlxs][tF]?u{_NOT_AGE}|kiTu|{_PART}Tu)
  | (?P<set>e(?:{_MANY}|q)?-?{_UNIT}|e[pS]|V|(?<=n)au)
  | (?P<century>T?{_PART}?[qO]-?u)
  | (?P<duration>Tq{_MANY}-?t?-?{_UNIT}|T?{_COUNT}-?t?-?{_UNIT}{_NOT_AGE}(?:&[DNn]{_UNIT}|&aH)?
      |H-?a?-?u)
  | (?P<yearend>u-E(?:o?Y)?)
  | (?P<theunit>T[tF]?u(?!Y){_NOT_AGE})
  | (?P<plural>T?U(?:&U)?(?!-?j))
  | (?P<decade>T?{_PART}?y)
  | (?P<year>T?(?:F|{_PART}|u)?Y)
  | (?P<clock>(?:cA?|[DNn]A)z?)
  | (?P<partday>(?<=[iB])Tp|p)
  | (?P<fixed>v)
  | (?P<reference>hG|G|TmZ|T?Z|T?l|hU|h|r)
    """,
    re.VERBOSE,
)


class Match(NamedTuple):
    """Words `[first, last)` that make an expression of this kind."""

    kind: str
    first: int
    last: int


def expressions(letters: str) -> Iterator[Match]:
    """The expressions in a row of letters, from left to right, without overlaps."""
    for match in _EXPRESSION.finditer(letters):
        yield Match(match.lastgroup or "", match.start(), match.end())


class Phrase:
    """The words of one expression, to be asked for by their letters."""

    def __init__(self, words: list[TimeWord], letters: str) -> None:
        self.words = words
        self.letters = letters

    def __len__(self) -> int:
        return len(self.words)

    def first(self, letters: str) -> str | None:
        """The first word with one of these letters, in lower case; None without one."""
        for word, letter in zip(self.words, self.letters, strict=True):
            if letter in letters:
                return word.word
        return None

    def has(self, letters: str) -> bool:
        """Whether a word has one of these letters."""
        return any(letter in letters for letter in self.letters)

    def all(self, letters: str) -> list[str]:
        """All words with these letters, in lower case."""
        pairs = zip(self.words, self.letters, strict=True)
        return [word.word for word, letter in pairs if letter in letters]

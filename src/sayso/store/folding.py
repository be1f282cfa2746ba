"""Names and dates in the form in which filters compare them."""

from __future__ import annotations

import re
import unicodedata

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "‘’ʼ`´"), "'")
_TABLE = {**_DASHES, **_APOSTROPHES}


def fold(name: str) -> str:
    """`name` without case, accents, odd spaces and a leading article, for comparing.

    >>> fold("The  Karsk Front")
    'karsk front'
    """
    plain = unicodedata.normalize("NFKD", encodable(name).translate(_TABLE).casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    words = kept.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def encodable(text: str) -> str:
    """`text` with `?` for lone surrogates, which a terminal may pass on and no database takes."""
    return text.encode("utf-8", "replace").decode()


def words_of(name: str) -> frozenset[str]:
    """The words of a name, folded, for comparing names word by word."""
    return frozenset(re.findall(r"\w+", fold(name)))


def date_range(edtf: str | None) -> tuple[str | None, str | None]:
    """The earliest and the latest day an EDTF date may mean, as comparable text.

    Unknown parts are 00 in the first and 99 in the second, so that `2019-12` is neither before nor
    after `2019-12-05`. An open end is the end of all dates; what is no date gives (None, None).

        >>> date_range("2019-12")
        ('2019-12-00', '2019-12-99')
    """
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    start = _DATE.match(first)
    end = _DATE.match(last) if slash else start
    if start is None and end is None:
        return None, None
    earliest = _pad(start.group(), "0") if start else "0000-00-00"
    latest = _pad(end.group(), "9") if end else "9999-99-99"
    return earliest, latest


def day_of(value: str) -> str | None:
    """`value` if it is a year, a month or a day as EDTF writes them (`2019-12`), else None."""
    return value if _DATE.fullmatch(value) else None


def _pad(date: str, digit: str) -> str:
    return date + f"-{digit * 2}" * (2 - date.count("-"))

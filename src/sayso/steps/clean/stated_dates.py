"""Dates as pages state them, in EDTF; only what is certain (03/04/2021 is not)."""

from __future__ import annotations

import re
from datetime import date

_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RUSSIAN = "янв фев мар апр ма июн июл авг сен окт ноя дек".split()
_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|янв\w*|фев\w*|мар\w*|апр\w*|ма[йя]|июн\w*|июл\w*"
    r"|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*"
)
MONTH_DAY = (
    rf"(?:(?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})\.?)"
)
"""`Sept. 15`, `15 September`; for use without regard to case."""
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)",
        rf"\b{_YEAR}/(?P<m>\d\d?)/(?P<d>\d\d?)\b",
        rf"\b(?P<d>\d\d?)\.(?P<m>\d\d?)\.{_YEAR}\b",
        rf"\b(?P<month>{_MONTH})\.?\s(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s{_YEAR}\b",
        rf"\b(?P<d>\d\d?)(?:st|nd|rd|th)?\s(?P<month>{_MONTH})\.?,?\s{_YEAR}\b",
        rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/{_YEAR}\b",
    )
)
_IN_PATH = re.compile(
    r"(?<![\d])(?P<y>(?:19|20)\d\d)[/-](?P<m>[01]\d)(?:[/-](?P<d>[0-3]\d))?(?!\d)"
)


def stated_date(text: str) -> tuple[str, int, int] | None:
    """The first complete date in `text` as EDTF, and where it stands."""
    best: tuple[int, str, int] | None = None
    for form in _FORMS:
        for found in form.finditer(text[:2000]):
            value = _value(found.groupdict())
            if value is not None:
                if best is None or found.start() < best[0]:
                    best = (found.start(), value, found.end())
                break
    return (best[1], best[0], best[2]) if best else None


def path_date(path: str) -> tuple[str, str] | None:
    """The date in an address (`/2024/11/16/`, `/2024/11/`) as EDTF, and the words it stands in."""
    for found in _IN_PATH.finditer(path[-2000:]):
        year, month, day = found.group("y"), found.group("m"), found.group("d")
        value = _checked(int(year), int(month), int(day) if day else None)
        if value is not None:
            return value, found.group()
    return None


def _value(parts: dict[str, str | None]) -> str | None:
    year, day = int(parts["y"] or 0), int(parts.get("d") or 0)
    if parts.get("month"):
        return _checked(year, _month(parts["month"] or ""), day)
    if parts.get("a"):
        a, b = int(parts["a"] or 0), int(parts["b"] or 0)
        if a > 12:
            return _checked(year, b, a)
        return _checked(year, a, b) if b > 12 or a == b else None
    return _checked(year, int(parts["m"] or 0), day)


def _month(word: str) -> int:
    word = word.lower()
    for names in (_ENGLISH, _RUSSIAN):
        for number, name in enumerate(names, 1):
            # "мар" (March) comes before "ма" (May).
            if word.startswith(name):
                return number
    return 0


def _checked(year: int, month: int, day: int | None) -> str | None:
    try:
        whole = date(year, month, day if day is not None else 1)
    except ValueError:
        return None
    return whole.isoformat() if day is not None else f"{year:04}-{month:02}"

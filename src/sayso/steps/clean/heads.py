"""The head of a reader's comment: a name, a time, or both on a line."""

from __future__ import annotations

import re
from functools import cache

from sayso.steps.clean.stated_dates import MONTH_DAY
from sayso.steps.clean.wording import table

_LONGEST = 100
_LONGEST_NAME = 40
_CLOCK = r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: (?:gmt|utc|[a-z]{3,4}))?"
_YEAR = r"(?:19|20)\d\d"
_DAY = (
    rf"(?:{MONTH_DAY}(?:,? {_YEAR})?|\d{{1,2}}[./-]\d{{1,2}}[./-](?:{_YEAR}|\d\d)|{_YEAR}-\d\d-\d\d"
    r"|yesterday|today)"
)
_MOMENT = rf"{_DAY}(?:,? (?:at |@ |- )?{_CLOCK})?|{_CLOCK},? {_DAY}"
_SEPARATORS = " ,;:·•|–—-()/\n"
_WORD = r"[^\W_][\w.'’-]*"
_NAME = re.compile(rf"{_WORD}(?: [(@]?{_WORD}\)?){{0,3}}|[\w.-]{{2,30}}")
_PARTICLES = frozenset("in of from de la las los da dos di du van von der den zu bin al el".split())
"""Words in lower case within a name, or before the place where somebody is."""
_HANDLE = re.compile(r"(?:^|[\s(])@\w")
_ANSWERS = re.compile(r"\s+[>→▸»]\s+.*")
_PLACES = re.compile(r"(?:, [^\W\d_][\w .'’-]{1,24}){1,2}")
"""Where readers say they are: "Ilka, Sarn, Tarvia"."""
_INITIAL = re.compile(r"[^\W\d_]\.?")


def is_time(line: str) -> bool:
    """Whether the line is a day or how long ago it was, and nothing else. A clock alone is none:
    live blogs have it."""
    return len(line) <= _LONGEST and _patterns()[0].fullmatch(line.strip(_SEPARATORS)) is not None


def is_name(line: str) -> bool:
    """Whether the line may be nothing but somebody's name, as readers sign."""
    bare = _patterns()[2].sub("", line.rstrip(" :")).removeprefix("@")
    bare = _ANSWERS.sub("", bare)
    return len(bare) <= _LONGEST_NAME and _may_be_name(bare)


def signature(line: str) -> str | None:
    """The name in a line that is a name and a time; None where it is something else."""
    if len(line) > _LONGEST:
        return None
    line = line.replace("\n", " ")
    found = _patterns()[1].search(line)
    if found is None or not found.start():
        return None
    name = _patterns()[2].sub("", line[: found.start()].strip(_SEPARATORS)).strip(_SEPARATORS)
    name = _ANSWERS.sub("", _patterns()[3].sub("", name).strip(_SEPARATORS))
    named, comma, places = name.partition(",")
    if comma and _PLACES.fullmatch(comma + places):
        name = named
    bare = _HANDLE.sub(" ", name)
    return name if len(name) <= _LONGEST_NAME and _may_be_name(bare.strip(_SEPARATORS)) else None


def has_handle(name: str) -> bool:
    """Whether a name stands with a network's handle beside it, as posts are quoted."""
    return " " in name and _HANDLE.search(name) is not None


def is_everyday_name(name: str) -> bool:
    """Whether a name is as readers sign and reporters and officials do not: one word, a number in
    it, a surname of one letter, a second word in lower case."""
    words = name.split()
    if len(words) == 1 or is_nickname(name):
        return True
    return len(words) == 2 and (words[1].islower() or _INITIAL.fullmatch(words[1]) is not None)


def is_nickname(name: str) -> bool:
    """Whether a name is one that nobody has outside of the network: no capital letter at its
    beginning, a number or a low line in it."""
    return name[0].islower() or any(sign.isdigit() or sign == "_" for sign in name)


def _may_be_name(bare: str) -> bool:
    if not bare or not any(sign.isalpha() for sign in bare):
        return False
    if bare[-1] in ".?!…" and _INITIAL.fullmatch(bare.split()[-1]) is None:
        return False
    words = bare.split()
    if len(words) > 2 and any(word.islower() and word not in _PARTICLES for word in words):
        return False  # a sentence's beginning
    return _NAME.fullmatch(bare) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A time; a time at the end of a line; what stands behind a name; what stands before it."""
    forms = table("notices.toml")["thread"]
    moment, edited = "|".join([_MOMENT, *forms["time"]]), "|".join(forms["behind_time"])
    time = rf"(?:{moment})(?: \((?:{edited})\)?)?"
    behind, before = "|".join(forms["behind_name"]), "|".join(forms["before_name"])
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            time,
            rf"(?<![\w.])(?:{time})[\s):.]*$",
            rf"[\s,]+(?:{behind})$",
            rf"^(?:{before})\s+",
        )
    )

"""Whether two persons' roles speak for or against their being one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from sayso.lexicons import load, words
from sayso.steps.match.actors.names import body_words
from sayso.steps.match.actors.profiles import Office
from sayso.steps.match.actors.spellings import likeness
from sayso.values.names import atoms

Speaking = Literal["same office", "same body", "against", "apart", "nothing"]
"""`apart`: different fields of work at one time, which one person hardly has."""
_FORMER = frozenset("former ex then late retired ousted".split())


class RoleReason(NamedTuple):
    """What the roles say, in words."""

    speaking: Speaking
    reason: str


def compare_offices(left: Sequence[Office], right: Sequence[Office]) -> RoleReason:
    """What the roles of two persons of like names say about their being one.

    The same office or the same body speaks for it. Different bodies speak against it only at the
    same time: people change office. Different fields (a cricketer, a commander) speak against it
    always, and most at the same time. Nothing is said where either has no role.
    """
    if not left or not right:
        return RoleReason("nothing", "")
    pairs = [(a, b) for a in left for b in right]
    for a, b in pairs:
        if _same_body(a, b) and _heads(a) & _heads(b):
            return RoleReason("same office", f"both {_words(a)}")
    if _fields_apart(left, right):
        at_once = any(_overlap(a, b) for a, b in pairs)
        words = f"one is {_words(left[0])}, the other {_words(right[0])}"
        return RoleReason("apart" if at_once else "against", words)
    for a, b in pairs:
        if _same_body(a, b):
            return RoleReason("same body", f"both of {a.organisation_name or b.organisation_name}")
    named = [(a, b) for a, b in pairs if a.organisation_name and b.organisation_name]
    if not named:
        return RoleReason("nothing", "")
    clash = next(((a, b) for a, b in named if _overlap(a, b) and not _past(a, b)), None)
    if clash is not None and all(_overlap(a, b) for a, b in named):
        return RoleReason("against", f"at one time {_words(clash[0])} and {_words(clash[1])}")
    return RoleReason("nothing", "their offices differ, but at different times")


def _words(office: Office) -> str:
    body = f" of {office.organisation_name}" if office.organisation_name else ""
    when = f" ({office.since[:4]})" if office.since else ""
    return f"{office.role}{body}{when}"


def _past(a: Office, b: Office) -> bool:
    return bool(_FORMER & {*atoms(a.role), *atoms(b.role)})


def _same_body(a: Office, b: Office) -> bool:
    if a.organisation is not None and a.organisation in (b.organisation, *b.within):
        return True
    if b.organisation is not None and b.organisation in a.within:
        return True
    if not a.organisation_name or not b.organisation_name:
        return False
    one, two = body_words(a.organisation_name).sounds, body_words(b.organisation_name).sounds
    if not one or not two:
        return False
    short, long = sorted((one, two), key=len)
    return all(any(likeness(word, other) >= 0.9 for other in long) for word in short)


def _heads(office: Office) -> set[str]:
    return {word for word in atoms(office.role) if word in words("titles.toml", "roles")}


@cache
def _fields() -> dict[str, str]:
    fields = load("spellings.toml")["fields"]
    return {
        word: field for field, listed in fields.items() if field != "together" for word in listed
    }


@cache
def _together() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in load("spellings.toml")["fields"]["together"])


def _fields_apart(left: Sequence[Office], right: Sequence[Office]) -> bool:
    one, two = _fields_of(left), _fields_of(right)
    if not one or not two or one & two:
        return False
    return not any(frozenset((a, b)) in _together() for a in one for b in two)


def _fields_of(offices: Sequence[Office]) -> set[str]:
    fields = _fields()
    return {fields[word] for office in offices for word in atoms(office.role) if word in fields}


def _overlap(a: Office, b: Office) -> bool:
    """Whether both may have been held at one time: within a year, or not dated."""
    spans = [(_year(o.since), _year(o.until or o.since)) for o in (a, b)]
    (start, end), (other_start, other_end) = spans
    if start is None or end is None or other_start is None or other_end is None:
        return True
    return start <= other_end + 1 and other_start <= end + 1


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day and day[:4].isdigit() else None

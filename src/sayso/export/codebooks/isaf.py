"""A press release about operations in Afghanistan in the fields of the ISAF data set.

The data set of ISAF press releases (see `lexicons/codebook_isaf.toml`) has one record a release:
who was killed and captured, where, when, and by which kind of operation. All of it is read off
sayso's own findings (events with their outcome, targets and time) and the words beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.documents import Document
from sayso.records.findings import Claim, EntityRef
from sayso.records.readings import Reading
from sayso.values.numerals import MONTHS, SMALL

PROVINCES = tuple(
    "badakhshan badghis baghlan balkh bamyan day_kundi farah faryab ghazni ghor helmand herat"
    " jowzjan kabul kandahar kapisa khost kunar kunduz laghman logar nangarhar nimroz nuristan"
    " paktya paktika panjshir parwan samangan sar_e_pul takhar uruzgan wardak zabul".split()
)
FIELDS = (
    "start_date",
    "event_type",
    "province",
    "target_group",
    "min_killed",
    "min_captured",
    "killq",
    "captureq",
    "killcaptureraid",
    "airstrike",
    "noshotsfired",
    "min_leaders_killed",
    "min_leaders_captured",
)
"""The fields of a record; its name is not among them."""
_SENTENCE = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"])|\n")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_BEFORE = 60
"""Code points before a noun in which its number is looked for."""
_PHRASE = 5
"""Words before a noun that may belong to it."""
_UNFIXED = frozenset({"the", "those", "these", "all", "their", "his"})
_DATE_IN_TITLE = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:,? (20\d\d))?\b")
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_BEFORE_TODAY = frozenset({"yesterday", "last night", "overnight"})
_RELATIVE = re.compile(
    r"\b(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|yesterday|last night|overnight|today|this morning|tonight)\b(?!['’]s)"
)
_OVER = re.compile(r"(?i)\b(?:more than|over|upwards of)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


def isaf_record(reading: Reading) -> dict[str, Any]:
    """The fields of the one operation that a release is taken to tell of (`FIELDS`).

    `start_date` is None where no year is known. Counts are least numbers.
    """
    text = body_of(reading.document)
    killed = tally(reading, "killed")
    captured = tally(reading, "captured")
    struck = _says(text, "airstrike")
    record: dict[str, Any] = {
        "start_date": start_date(reading),
        "event_type": [_event_type(reading, killed, captured, struck)],
        "province": _named(_operation(reading)) or provinces(text) or [""],
        "target_group": groups(text) or [""],
        "min_killed": killed.count,
        "min_captured": captured.count,
        "killq": killed.count > 0,
        "captureq": captured.count > 0,
        "killcaptureraid": captured.count > 0 and _says(text, "hunt"),
        "airstrike": struck,
        "noshotsfired": _says(text, "no_shots"),
        "min_leaders_killed": killed.leaders,
        "min_leaders_captured": captured.leaders,
    }
    if record["event_type"] == ["civiliancasualty"]:
        harmed = tally(reading, "killed", civilians=True)
        record |= {"min_killed": harmed.count, "killq": True}
    return record


@dataclass(frozen=True)
class Tally:
    """How many at least: people by what they do ("a facilitator"), the rest, and leaders."""

    roles: int = 0
    rest: int = 0
    leaders: int = 0
    exact: bool = False
    """Whether the number of the rest was written."""

    @property
    def count(self) -> int:
        """All of them."""
        return self.roles + self.rest

    def joined(self, other: Tally, *, more: bool) -> Tally:
        """With what a later sentence says: more people, or the same ones again."""
        roles, leaders = max(self.roles, other.roles), max(self.leaders, other.leaders)
        if more and self.rest and other.rest:
            return Tally(roles, self.rest + other.rest, leaders, self.exact and other.exact)
        if self.exact != other.exact and self.rest and other.rest:
            return Tally(roles, (self if self.exact else other).rest, leaders, True)
        best = max(self, other, key=lambda one: one.rest)
        return Tally(roles, best.rest, leaders, best.exact)


@dataclass(frozen=True)
class _People:
    """Those that one noun names."""

    count: int
    exact: bool
    known: bool
    """"The insurgents": those named before."""
    role: bool
    leads: bool


def tally(reading: Reading, what: str, *, civilians: bool = False) -> Tally:
    """How many of the enemy (or of the `civilians`) were `killed` or `captured`."""
    text = reading.document.text
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    found: dict[int, list[Claim]] = {}
    for claim in reading.claims:
        if claim.polarity == "positive" and claim.modality == "actual" and _is_of(claim, what):
            found.setdefault(bisect_right(ends, claim.span.start), []).append(claim)
    total = Tally()
    for index in sorted(found):
        low = ends[index - 1] if index else 0
        high = ends[index] if index < len(ends) else len(text)
        people = _in_sentence(text, found[index], low, civilians=civilians)
        here = _sum(people)
        if here.count:
            more = _says(text[low:high], "more") and not any(one.known for one in people)
            total = total.joined(here, more=more)
    return total


def _sum(people: Sequence[_People]) -> Tally:
    rest = [one for one in people if not one.role]
    return Tally(
        roles=sum(one.count for one in people if one.role),
        rest=sum(one.count for one in rest),
        leaders=sum(one.count for one in people if one.leads),
        exact=bool(rest) and all(one.exact for one in rest),
    )


def _is_of(claim: Claim, what: str) -> bool:
    if claim.kind == "estimate":
        return claim.measure == ("killed" if what == "killed" else "detained")
    if claim.plover is None:
        return False
    if what == "captured":
        return (claim.plover.type, claim.plover.mode) == ("COERCE", "arrest")
    word = claim.outcome.quote.lower() if claim.outcome is not None else ""
    return claim.plover.type == "ASSAULT" and word.startswith(("kill", "dea", "die", "shot"))


def _in_sentence(text: str, claims: Sequence[Claim], low: int, *, civilians: bool) -> list[_People]:
    """The people that one sentence names, each once."""
    found: dict[int, _People] = {}
    for claim in claims:
        refs: Iterable[EntityRef] = claim.targets
        if claim.kind == "estimate":
            whole = EntityRef(None, claim.span, claim.quote)
            refs = (claim.subject or whole,)
        for ref in refs:
            end = ref.span.end
            if not _is_meant(ref.quote, civilians=civilians):
                continue
            people = _people(text, ref, low)
            if claim.kind == "estimate" and claim.low:
                # "more than 30" is at least 31.
                over = claim.high is None and _OVER.search(claim.quote) is not None
                people = replace(people, count=claim.low + over, exact=True)
            if claim.kind == "estimate" or end not in found:
                found[end] = people
    return list(found.values())


def _is_meant(quote: str, *, civilians: bool) -> bool:
    words = [word.lower() for word in _WORD.findall(quote)]
    if not words:
        return False
    outside = any(_among(word, "others") for word in words)
    if civilians:
        return outside
    named = quote[:1].isupper() and not outside
    return (_among(words[-1], "enemy") and not outside) or named


def _among(word: str, key: str) -> bool:
    known = _list(key)
    return word in known or (word.endswith("s") and word[:-1] in known)


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(load("codebook_isaf.toml")["people"][key])


def _people(text: str, ref: EntityRef, low: int) -> _People:
    """How many a noun names, by the words before it."""
    before = text[max(low, ref.span.start - _BEFORE) : ref.span.start]
    words = [word.lower() for word in _WORD.findall(before)][-_PHRASE:]
    words += [word.lower() for word in _WORD.findall(ref.quote)]
    count, exact, known = _number(words)
    leads = _is_leader(text, ref, low)
    named = ref.quote[:1].isupper() and not _among(words[-1], "enemy")
    role = leads or named or _among(words[-1], "role")
    return _People(count, exact, known, role, leads)


def _number(words: Sequence[str]) -> tuple[int, bool, bool]:
    """The number that the words up to a noun give it; whether it was written, and whether the
    noun takes up what was named before."""
    vague = load("codebook_isaf.toml")["vague"]
    plural = words[-1].endswith("s") or words[-1] in {"men", "people"}
    for word in reversed(words):
        if word in {"a", "an", "another"}:
            return 1, True, False
        if word in _UNFIXED:
            return (2 if plural else 1), False, True
        if word in {"and", "or", "with"}:
            break
        value = _value(word)
        if value is not None:
            return value, word not in vague, False
    return (2 if plural else 1), False, False


def _value(word: str) -> int | None:
    vague: int | None = load("codebook_isaf.toml")["vague"].get(word)
    if vague is not None:
        return vague
    return int(word) if word.isdecimal() and len(word) < 5 else SMALL.get(word)


def _is_leader(text: str, ref: EntityRef, low: int) -> bool:
    words = [word.lower() for word in _WORD.findall(ref.quote)]
    after = _WORD.match(text[ref.span.end :].lstrip()[:20])  # "a Karsk Front leader"
    if _among(words[-1], "leader") or (after is not None and _among(after[0].lower(), "leader")):
        return True
    before = [w.lower() for w in _WORD.findall(text[max(low, ref.span.start - 30) : ref.span.start])]
    return ref.quote[:1].isupper() and any(_among(word, "leader") for word in before[-2:])


def _operation(reading: Reading) -> str:
    """The sentence that tells of the first killing or capture, lower case."""
    text = reading.document.text
    first = next((c for c in reading.claims if _is_of(c, "killed") or _is_of(c, "captured")), None)
    if first is None:
        return ""
    ends = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    at = bisect_right(ends, first.span.start)
    dateline = reading.document.dateline
    low = max(ends[at - 1], dateline.span.end if dateline is not None else 0)
    return text[low : ends[min(at, len(ends) - 1)]].lower()


def _event_type(reading: Reading, killed: Tally, captured: Tally, struck: bool) -> str:
    if killed.count and captured.count:
        return "captureandkill"
    if captured.count:
        return "detention"
    if killed.count:
        return "airstrike" if struck else "insurgentskilled"
    if tally(reading, "killed", civilians=True).count:
        return "civiliancasualty"
    return "airstrike" if struck else "exchangeoffire"


def start_date(reading: Reading) -> str | None:
    """The day of the first killing or capture that has one, or the day that the first words of
    time in the release name, or that of the release."""
    released = release_date(reading.document)
    operations = [
        claim
        for claim in reading.claims
        if claim.kind == "event" and (_is_of(claim, "killed") or _is_of(claim, "captured"))
    ]
    for claim in operations:
        if claim.time is not None and claim.polarity == "positive":
            day = _day(claim.time.value) or _relative(claim.time.quote, released)
            if day is not None:
                return day
    return _relative(body_of(reading.document).partition("\n")[2], released) or released


def _relative(words: str, released: str | None) -> str | None:
    """The day that "last night" or "Tuesday" is in a release of this day; that of an "overnight
    operation" only where nothing else is said."""
    every = list(_RELATIVE.finditer(words.lower()))
    found = next((one for one in every if one[0] != "overnight"), every[0] if every else None)
    if released is None or found is None:
        return None
    day = date.fromisoformat(released)
    weekday = found.group("weekday")
    if weekday is not None:
        return str(day - timedelta((day.weekday() - _WEEKDAYS.index(weekday)) % 7))
    return str(day - timedelta(found[0] in _BEFORE_TODAY))


def _day(value: str | None) -> str | None:
    first = (value or "").split("/")[0]
    return first if re.fullmatch(r"\d{4}-\d\d-\d\d", first) else None


def release_date(document: Document) -> str | None:
    """The day of the release: by its dateline, its publication or its title."""
    known = document.published.value
    if document.dateline is not None and document.dateline.date:
        day = _written(document.dateline.date, known)
        if day is not None:
            return day
    return _day(known) or _written(document.title or "", known)


def _written(words: str, known: str | None) -> str | None:
    for found in _DATE_IN_TITLE.finditer(words):
        year = found[3] or (_YEAR.match(known or "") or [None])[0]
        month = MONTHS.get(found[1].lower())
        if not year or month is None:
            continue
        try:
            return str(date(int(year), month, int(found[2])))
        except ValueError:
            continue
    return None


def body_of(document: Document) -> str:
    """The title and all of the text after the dateline, lower case."""
    start = document.dateline.span.end if document.dateline is not None else 0
    return f"{document.title or ''}\n{document.text[start:]}".lower()


def provinces(text: str) -> list[str]:
    """The province that is named first, else that of the first district named."""
    first = _district_names().search(text)
    return _named(text) or ([_spelled()[first.group()]] if first is not None else [])


def _named(text: str) -> list[str]:
    """The province that is named first by its own name."""
    first = _province_names().search(text)
    return [_spelled()[first.group()]] if first is not None else []


def groups(text: str) -> list[str]:
    """The group that is named first."""
    names = load("codebook_isaf.toml")["groups"]
    places = {
        group: min((at for name in words if (at := text.find(name)) >= 0), default=-1)
        for group, words in names.items()
    }
    found = sorted((at, group) for group, at in places.items() if at >= 0)
    return [found[0][1]] if found else []


def _says(text: str, key: str) -> bool:
    text = text.lower()
    return any(re.search(rf"\b{re.escape(sign)}", text) for sign in _signs(key))


@cache
def _signs(key: str) -> tuple[str, ...]:
    return tuple(load("codebook_isaf.toml")["signs"][key])


@cache
def _spelled() -> dict[str, str]:
    """The code book's province by each name of a province, district or town."""
    book = load("codebook_isaf.toml")
    found = {name: province for province, names in book["districts"].items() for name in names}
    found |= {name: province for province, names in book["provinces"].items() for name in names}
    return found | {name: name for name in PROVINCES}


@cache
def _province_names() -> re.Pattern[str]:
    book = load("codebook_isaf.toml")["provinces"]
    return _pattern([*PROVINCES, *(name for names in book.values() for name in names)])


@cache
def _district_names() -> re.Pattern[str]:
    book = load("codebook_isaf.toml")["districts"]
    return _pattern([name for names in book.values() for name in names])


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len)[::-1])) + r")\b")

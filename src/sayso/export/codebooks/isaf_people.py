"""Whom a release says to have been killed or captured, and how many at least."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.lexicons import load
from sayso.records.findings import Claim, EntityRef
from sayso.records.readings import Reading
from sayso.values.numerals import SMALL

_FILE = "codebook_isaf.toml"
SENTENCE = re.compile(r"[.!?][\"”’)]?\s+(?=[A-Z“\"])|\n")
"""Where one sentence ends and the next begins."""
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_BEFORE = 60
"""Code points before a noun in which its number is looked for."""
_PHRASE = 5
"""Words before a noun that may belong to it."""
_UNFIXED = frozenset({"the", "those", "these", "all", "their", "his"})
_PRONOUNS = frozenset({"he", "him"})
_BREAK = re.compile(r"[:;,.()]\s")
_PART = re.compile(r"\sof\s(?:his|the|their|these|those)\b")
"""`several of his associates`: of those named before."""
_OVER = re.compile(r"(?i)\b(?:more than|over|upwards of)\b")


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
    ends = [found.end() for found in SENTENCE.finditer(text)]
    found: dict[int, list[Claim]] = {}
    for claim in _told(reading):
        if claim.polarity == "positive" and claim.modality == "actual" and is_of(claim, what):
            found.setdefault(bisect_right(ends, claim.span.start), []).append(claim)
    total = Tally()
    for index in sorted(found):
        low = ends[index - 1] if index else 0
        high = ends[index] if index < len(ends) else len(text)
        people = _in_sentence(text, found[index], low, civilians=civilians)
        here = _sum(people)
        if here.count:
            more = says(text[low:high], "more") and not any(one.known for one in people)
            total = total.joined(here, more=more)
    return total


def _told(reading: Reading) -> list[Claim]:
    """The claims outside the title, which says again what the release says."""
    titles = [zone.span for zone in reading.document.zones if zone.kind == "title"]
    body = [c for c in reading.claims if not any(span.contains(c.span) for span in titles)]
    return body or list(reading.claims)


def _sum(people: Sequence[_People]) -> Tally:
    rest = [one for one in people if not one.role]
    return Tally(
        roles=sum(one.count for one in people if one.role),
        rest=sum(one.count for one in rest),
        leaders=sum(one.count for one in people if one.leads),
        exact=bool(rest) and all(one.exact for one in rest),
    )


def is_of(claim: Claim, what: str) -> bool:
    """Whether a claim is that somebody was `killed` or `captured`."""
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


def _people(text: str, ref: EntityRef, low: int) -> _People:
    """How many a noun names, by the words before it."""
    before = text[max(low, ref.span.start - _BEFORE) : ref.span.start]
    before = _BREAK.split(before)[-1]
    words = [word.lower() for word in _WORD.findall(before)][-_PHRASE:]
    words += [word.lower() for word in _WORD.findall(ref.quote)]
    count, exact, known = _number(words)
    known = known or _PART.match(text, ref.span.end) is not None
    leads = _is_leader(text, ref, low)
    named = ref.quote[:1].isupper() and not _among(words[-1], "enemy")
    role = leads or named or _among(words[-1], "role") or words[-1] in _PRONOUNS
    return _People(count, exact, known, role, leads)


def _number(words: Sequence[str]) -> tuple[int, bool, bool]:
    """The number that the words up to a noun give it; whether it was written, and whether the
    noun takes up what was named before."""
    vague = load(_FILE)["vague"]
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
    vague: int | None = load(_FILE)["vague"].get(word)
    if vague is not None:
        return vague
    return int(word) if word.isdecimal() and len(word) < 5 else SMALL.get(word)


def _is_leader(text: str, ref: EntityRef, low: int) -> bool:
    words = [word.lower() for word in _WORD.findall(ref.quote)]
    after = _WORD.match(text[ref.span.end :].lstrip()[:20])  # "a Karsk Front leader"
    if _among(words[-1], "leader") or (after is not None and _among(after[0].lower(), "leader")):
        return True
    before = [
        w.lower() for w in _WORD.findall(text[max(low, ref.span.start - 30) : ref.span.start])
    ]
    return ref.quote[:1].isupper() and any(_among(word, "leader") for word in before[-2:])


def _among(word: str, key: str) -> bool:
    known = _list(key)
    return word in known or (word.endswith("s") and word[:-1] in known)


@cache
def _list(key: str) -> frozenset[str]:
    return frozenset(load(_FILE)["people"][key])


def says(text: str, key: str) -> bool:
    """Whether one of the code book's signs stands in the text."""
    text = text.lower()
    return any(re.search(rf"\b{re.escape(sign)}", text) for sign in _signs(key))


@cache
def _signs(key: str) -> tuple[str, ...]:
    return tuple(load(_FILE)["signs"][key])

"""Whose word each claim is: voices joined where one is only an echo of another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.steps.match.copies.first_published import days_of
from sayso.steps.match.disjoint import DisjointSets
from sayso.steps.match.origins.sourced_claims import Source, SourcedClaim
from sayso.steps.match.outlets import OutletNames
from sayso.steps.match.words import folded_word
from sayso.values.names import atoms, key

Voice = tuple[str, ...]
"""("actor", id or name), ("outlet", key), ("author", name), ("unnamed", words, outlet),
("page", document)."""

_SAME_WORDS = 6
"""Words in a row that two claims quote: fewer are found in any two speeches."""
_SAME_WORDS_OF_OTHERS = 10
"""The same where two different speakers are named for them."""
_NEAR = timedelta(days=7)
_VOICES_OF_A_RUN = 50
"""Voices that are kept with one run of words: of a phrase that all use, the first fifty."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NO_AUTHOR = frozenset(
    "staff desk correspondent correspondents reporter reporters agency agencies bureau editor"
    " editors team web online news wire service admin newsroom writer writers by and with".split()
)


@dataclass
class Voices:
    """The voices behind some claims, and why voices were joined."""

    of: dict[str, Voice]
    """By claim: whose word it is, before joining."""
    outlets: OutletNames
    names: dict[Voice, str] = field(default_factory=dict)
    sets: DisjointSets[Voice] = field(default_factory=DisjointSets)
    reasons: dict[Voice, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By a voice that takes part in it; read through `reasons_of`."""

    def top(self, claim: SourcedClaim) -> Voice:
        """The voice that stands for all that are joined with this claim's."""
        return self.sets.top(self.of[claim.claim])

    def join(self, one: Voice, other: Voice, reason: str) -> None:
        """Make two voices one."""
        if self.sets.join(one, other):
            self.reasons[one].append(reason)

    def reasons_of(self, top: Voice) -> list[str]:
        """Why voices were joined into this one."""
        found = [
            r for v in sorted(self.reasons) if self.sets.top(v) == top for r in self.reasons[v]
        ]
        return list(dict.fromkeys(found))


def voices(claims: Sequence[SourcedClaim]) -> Voices:
    """Whose word each claim is. The order of what is given does not matter."""
    ordered = sorted(claims, key=lambda one: one.claim)
    found = Voices({}, OutletNames(name for one in ordered for name in _outlets_of(one)))
    for claim in ordered:
        voice, name = _voice(claim, found.outlets)
        found.of[claim.claim] = voice
        if voice not in found.names or name < found.names[voice]:
            found.names[voice] = name
    _join_namesakes(found)
    _join_authors(found, ordered)
    _join_unnamed(found, ordered)
    _join_shared_words(found, ordered)
    _join_citations(found, ordered)
    return found


def _join_namesakes(found: Voices) -> None:
    """Actors of one name, of two words at least: within one position they may be one, and what may
    be one is not counted twice."""
    first: dict[str, Voice] = {}
    for voice, name in sorted(found.names.items()):
        own = key(name)
        if voice[0] != "actor" or " " not in own:
            continue
        if own in first:
            found.join(first[own], voice, f"one name, {name}")
        first.setdefault(own, voice)


def _outlets_of(one: SourcedClaim) -> Iterator[str | None]:
    """All names that may be an outlet's."""
    yield from (one.outlet, one.agency, one.origin)
    yield from (source.name for source in one.via)
    if one.holder is not None and one.holder_is_outlet:
        yield one.holder.name


def _voice(claim: SourcedClaim, outlets: OutletNames) -> tuple[Voice, str]:
    """The innermost source that is told: who said it, else who is credited, else the outlet."""
    one = claim
    channel = _channel(one)
    if one.speaks_for is not None:
        return _actor(one.speaks_for), one.speaks_for.name
    if one.holder is not None and one.holder_is_outlet:
        return _outlet(outlets.key(one.holder.name), one.document), one.holder.name
    if one.holder is not None and one.named:
        return _actor(one.holder), one.holder.name
    if one.own_voice:
        return _outlet(outlets.key(channel), one.document), channel or "a report"
    words = key(one.holder.name) if one.holder is not None else ""
    name = one.holder.name if one.holder is not None else "somebody not named"
    told = f"{name}, told by {channel}" if channel else name
    return ("unnamed", words, outlets.key(channel) or f"page {one.document}"), told


def _channel(claim: SourcedClaim) -> str | None:
    """Who brought it out first: the last outlet of the chain, or who the page says it is from."""
    if claim.via:
        return claim.via[-1].name
    return claim.agency or claim.origin or claim.outlet


def _actor(source: Source) -> Voice:
    return ("actor", source.entity or f"named {key(source.name)}")


def _outlet(key: str | None, document: str) -> Voice:
    return ("outlet", key) if key else ("page", document)


def _join_authors(found: Voices, claims: Iterable[SourcedClaim]) -> None:
    """Reports in their own voice by one author for several outlets."""
    first: dict[str, Voice] = {}
    for one in claims:
        author = _author(one.byline)
        if one.own_voice and author is not None:
            voice = found.of[one.claim]
            if author in first:
                found.join(first[author], voice, f"written by one author, {one.byline}")
            first.setdefault(author, voice)


def _author(byline: str | None) -> str | None:
    """A person's name out of a byline; None for `Staff` and `Web desk`."""
    words = atoms(byline or "")
    if words[:1] == ("by",):
        words = words[1:]
    if not 2 <= len(words) <= 4 or _NO_AUTHOR & set(words):
        return None
    return " ".join(words)


def _join_unnamed(found: Voices, claims: Iterable[SourcedClaim]) -> None:
    """Unnamed sources that are described alike and spoke on one day: they may be one person, and
    what may be one is not counted twice."""
    first: dict[tuple[str, str], Voice] = {}
    for one in claims:
        voice = found.of[one.claim]
        if voice[0] != "unnamed" or not voice[1] or one.said is None:
            continue
        same = (voice[1], one.said)
        if same in first:
            reason = (
                f"“{one.holder.name}” of {one.said}: not named, may be one" if one.holder else ""
            )
            found.join(first[same], voice, reason)
        first.setdefault(same, voice)


def _join_shared_words(found: Voices, claims: Sequence[SourcedClaim]) -> None:
    """Claims that quote the same words rest on one utterance."""
    longer = {one.claim: _runs(one.exact, _SAME_WORDS_OF_OTHERS) for one in claims}
    seen: dict[tuple[str, ...], dict[Voice, SourcedClaim]] = defaultdict(dict)
    for one in claims:
        voice = found.of[one.claim]
        for run in sorted(_runs(one.exact, _SAME_WORDS)):
            under = seen[run]
            for other in under.values():
                if found.top(other) == found.top(one):
                    continue
                if _names_two(one, other):
                    # Two named speakers: one of them is named wrongly, or both say a set phrase.
                    if longer[one.claim].isdisjoint(longer[other.claim]):
                        continue
                    if not _are_near(one, other):
                        continue
                speakers = sorted({found.names[voice], found.names[found.of[other.claim]]})
                words = " ".join(run)
                reason = f"{' and '.join(speakers)} are quoted with the same words: “{words} …”"
                found.join(found.of[other.claim], voice, reason)
            if voice not in under and len(under) < _VOICES_OF_A_RUN:
                under[voice] = one


def _names_two(one: SourcedClaim, other: SourcedClaim) -> bool:
    """Whether two different speakers are told by name."""
    return all(t.holder is not None and t.named and not t.holder_is_outlet for t in (one, other))


def _are_near(one: SourcedClaim, other: SourcedClaim) -> bool:
    """Whether both were published within a week of one another."""
    first, second = days_of(one.published), days_of(other.published)
    if first is None or second is None:
        return False
    return _distance(first, second) <= _NEAR


def _distance(first: tuple[date, date], second: tuple[date, date]) -> timedelta:
    return max(first[0] - second[1], second[0] - first[1], timedelta(0))


def _runs(quotes: Iterable[str], length: int) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for quote in quotes:
        words = [folded_word(word) for word in _WORD.findall(quote)]
        found.update(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
    return found


def _join_citations(found: Voices, claims: Sequence[SourcedClaim]) -> None:
    """A report that rests on an outlet is joined to what that outlet's own report rests on.

    Where the outlet's reports have several voices it is joined to one of them, the nearest in
    time: it adds no origin, and makes none of two.
    """
    own: dict[str, list[SourcedClaim]] = defaultdict(list)
    for one in claims:
        # A page that credits an agency is that agency's report too.
        for outlet in {found.outlets.key(name) for name in (one.outlet, one.agency, one.origin)}:
            if outlet is not None and found.of[one.claim] != ("outlet", outlet):
                own[outlet].append(one)
    citing: dict[str, list[SourcedClaim]] = defaultdict(list)
    direct: set[str] = set()
    for one in claims:
        voice = found.of[one.claim]
        if voice[0] != "outlet":
            continue
        if found.outlets.key(one.outlet) == voice[1] and one.own_voice:
            direct.add(voice[1])
        else:
            citing[voice[1]].append(one)
    for outlet in sorted(citing.keys() & own.keys()):
        if outlet in direct:
            continue
        rests_on = min(own[outlet], key=lambda one: (_days_apart(one, citing[outlet]), one.claim))
        name = found.names[("outlet", outlet)]
        found.join(
            found.of[rests_on.claim],
            ("outlet", outlet),
            f"cites {name}, whose own report rests on {found.names[found.of[rests_on.claim]]}",
        )


def _days_apart(one: SourcedClaim, others: Iterable[SourcedClaim]) -> int:
    """Days to the nearest of the others; many where dates are not known."""
    day = days_of(one.published)
    gaps = [
        _distance(day, other_day).days
        for other in others
        if day is not None and (other_day := days_of(other.published)) is not None
    ]
    return min(gaps, default=10_000)

"""The count: a voice needs a text of its own, and a text vouches for one voice.

Ten pages with one speaker are one origin, since the voice is one. One article (or ten copies of
it) with two speakers is one origin, since the text is one. So the count is the greatest number of
voices that can each be given a text of their own: a maximum matching of voices and texts.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence

from sayso.records.matches import Origin
from sayso.steps.match.disjoint import DisjointSets
from sayso.steps.match.origins.sourced_claims import SourcedClaim
from sayso.steps.match.origins.voices import Voice, Voices, voices
from sayso.steps.match.words import folded_word

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SAME_CLAIM = 0.6
"""Share of a claim's words that another page of the group has too, where a page is in several."""
_MOST_SHOWN = 5


def independent_origins(claims: Iterable[SourcedClaim]) -> tuple[Origin, ...]:
    """The origins that the claims of one position rest on, each with why it counts once.

    Never more than the documents, nor than the texts among them; each claim is in one origin. The
    order of what is given does not matter. By name, then by claims.
    """
    given = {one.claim: one for one in sorted(claims, key=_order)}
    members = list(given.values())
    if not members:
        return ()
    found = voices(members)
    texts = _texts(members)
    sides: dict[Voice, set[str]] = defaultdict(set)
    for one in members:
        sides[found.top(one)].add(texts[one.claim])
    matched = _matching({voice: sorted(its) for voice, its in sorted(sides.items())})
    owner = {text: voice for voice, text in matched.items()}
    merged = DisjointSets[Voice]()
    together: dict[Voice, list[str]] = defaultdict(list)
    for voice in sorted(sides):
        if voice not in matched:
            host = owner[min(sides[voice])]
            # `host` is in its turn never left alone: it holds a text of its own.
            merged.join(host, voice)
            together[host].append(
                f"told in the same text as {found.names[voice]}: a text counts once"
            )
    gathered: dict[Voice, list[SourcedClaim]] = defaultdict(list)
    for one in members:
        gathered[merged.top(found.top(one))].append(one)
    origins = [
        _origin(group, found, [r for v in together if merged.top(v) == top for r in together[v]])
        for top, group in gathered.items()
    ]
    return tuple(sorted(origins, key=lambda origin: (origin.name, origin.claims)))


def _order(one: SourcedClaim) -> tuple[str, str]:
    return (one.claim, one.document)


def _texts(members: Sequence[SourcedClaim]) -> dict[str, str]:
    """By claim: the text it stands in, which copies share."""
    in_group: dict[str, list[SourcedClaim]] = defaultdict(list)
    for one in members:
        if len(one.copies) == 1:
            in_group[one.copies[0]].append(one)
    texts: dict[str, str] = {}
    for one in members:
        if not one.copies:
            texts[one.claim] = f"document {one.document}"
        elif len(one.copies) == 1:
            texts[one.claim] = f"copies {one.copies[0]}"
        else:
            texts[one.claim] = f"copies {_part(one, in_group)}"
    return texts


def _part(one: SourcedClaim, in_group: Mapping[str, Sequence[SourcedClaim]]) -> str:
    """Of a page that holds several texts, the one that the claim stands in, by its words."""
    words = _bag(one.quote)
    for group in sorted(one.copies):
        for other in in_group.get(group, ())[:50]:
            theirs = _bag(other.quote)
            shared = len(words & theirs)
            if words and theirs and shared >= _SAME_CLAIM * min(len(words), len(theirs)):
                return group
    present = [group for group in sorted(one.copies) if group in in_group]
    return present[0] if present else " ".join(sorted(one.copies))


def _bag(quote: str) -> set[str]:
    return {folded_word(word) for word in _WORD.findall(quote)}


def _matching(sides: Mapping[Voice, Sequence[str]]) -> dict[Voice, str]:
    """A text of its own for as many voices as can be; those of fewest texts choose first.

    Augmenting paths, breadth first (Berge 1957).
    """
    of_text: dict[str, Voice] = {}
    of_voice: dict[Voice, str] = {}
    for start in sorted(sides, key=lambda voice: (len(sides[voice]), voice)):
        came_from: dict[str, Voice] = {}
        queue = deque([start])
        free: str | None = None
        while queue and free is None:
            voice = queue.popleft()
            for text in sides[voice]:
                if text in came_from:
                    continue
                came_from[text] = voice
                if text not in of_text:
                    free = text
                    break
                queue.append(of_text[text])
        while free is not None:
            voice = came_from[free]
            before = of_voice.get(voice)
            of_text[free], of_voice[voice] = voice, free
            free = before if voice != start else None
    return of_voice


def _origin(group: Sequence[SourcedClaim], found: Voices, together: Sequence[str]) -> Origin:
    tops = sorted({found.top(one) for one in group})
    names = sorted({found.names[found.of[one.claim]] for one in group}, key=_speakers_first(found))
    documents = sorted({one.document for one in group})
    reasons = [*_why_once(group, found), *together]
    for top in tops:
        reasons += found.reasons_of(top)
    return Origin(
        name=names[0],
        claims=tuple(one.claim for one in group),
        documents=tuple(documents),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _speakers_first(found: Voices) -> Callable[[str], tuple[int, str]]:
    kinds = {found.names[voice]: voice[0] for voice in sorted(found.names)}
    rank = {"actor": 0, "unnamed": 1, "author": 2, "outlet": 3, "page": 4}
    return lambda name: (rank[kinds[name]], name)


def _why_once(group: Sequence[SourcedClaim], found: Voices) -> list[str]:
    """Why the documents of an origin count once, the weightiest first."""
    reasons: list[str] = []
    copies: dict[str, set[str]] = defaultdict(set)
    for one in group:
        for group_id in one.copies:
            copies[group_id].add(one.document)
    most = max((len(held) for held in copies.values()), default=0)
    if most > 1:
        reasons.append(f"{most} documents are copies of one text")
    spoken: dict[Voice, list[SourcedClaim]] = defaultdict(list)
    for one in group:
        spoken[found.of[one.claim]].append(one)
    for voice in sorted(spoken):
        held = spoken[voice]
        pages = len({one.document for one in held})
        if pages > 1 and voice[0] == "actor":
            reasons.append(_one_speaker(found.names[voice], held, pages))
        elif pages > 1 and voice[0] in ("outlet", "page"):
            citing = sum(found.outlets.key(one.outlet) != voice[-1] for one in held)
            what = f"{citing} of them cite or credit it" if citing else "all its own"
            reasons.append(f"{pages} reports of {found.names[voice]}; {what}")
        elif pages > 1:
            reasons.append(f"{pages} reports name {found.names[voice]}")
    return reasons


def _one_speaker(name: str, held: Sequence[SourcedClaim], pages: int) -> str:
    """One speaker in several documents: on which occasions, as far as told."""
    occasions = sorted(
        {", ".join(part for part in (one.setting, one.said) if part) for one in held} - {""}
    )
    if len(occasions) > 1:
        shown = "; ".join(occasions[:_MOST_SHOWN])
        return (
            f"one speaker, {name}, in {pages} documents on {len(occasions)} occasions ({shown}):"
            " to repeat oneself is not corroboration"
        )
    told = f" ({occasions[0]})" if occasions else ""
    return f"one speaker, {name}, in {pages} documents{told}"

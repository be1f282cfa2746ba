"""Which documents are one text: groups of copies from pairs.

A page that holds two reports (*a digest*) is a copy of each, but the two are no copies of one
another. So a digest joins the group of each of its parts and never joins the groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sayso.records.matches import Copies, Copy
from sayso.records.provenance import content_id
from sayso.steps.match.copies.comparing import CopyPair, SharedPassage
from sayso.steps.match.copies.first_published import CopyFacts, days_of, first_published
from sayso.steps.match.disjoint import DisjointSets

_CELL = 64
"""Code points: passages are laid on a page in cells of this length."""
_APART = 0.25
"""Two parts of a page overlap if they share more than this much of the smaller one's cells."""
_PART = 0.5
"""Share of a text that must stand in a page for the page to hold all of it."""


def group(
    documents: Iterable[CopyFacts], pairs: Iterable[CopyPair], *, made_by: str
) -> list[Copies]:
    """The groups of documents that are one text, by id; whatever the order of what is given.

    A digest is in several groups. Pairs that name an unknown document are passed over.
    """
    facts = {one.document: one for one in documents}
    beside: dict[str, dict[str, CopyPair]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda p: (p.left, p.right)):
        if pair.left in facts and pair.right in facts and pair.left != pair.right:
            beside[pair.left].setdefault(pair.right, pair)
            beside[pair.right].setdefault(pair.left, pair.turned())
    digests = {page for page in beside if _is_digest(page, beside[page], beside, facts)}
    sets = DisjointSets[str]()
    for page in sorted(beside):
        for other in beside[page]:
            if page not in digests and other not in digests:
                sets.join(page, other)
    members: dict[str, set[str]] = defaultdict(set)
    for page in sorted(beside):
        if page not in digests:
            members[sets.top(page)].add(page)
    for page in sorted(digests):
        joined = {sets.top(other) for other in beside[page] if other not in digests}
        for top in joined:
            members[top].add(page)
    for page in sorted(digests):
        # Digests of digests alone: a group of their own, or they would be copies of nothing.
        if not any(page in held for held in members.values()):
            members[page] |= {page, *beside[page]}
    groups = {frozenset(held) for held in members.values() if len(held) > 1}
    made = [_copies(held, beside, facts, digests, made_by) for held in groups]
    return sorted(made, key=lambda one: one.id)


def _is_digest(
    page: str,
    near: dict[str, CopyPair],
    beside: dict[str, dict[str, CopyPair]],
    facts: dict[str, CopyFacts],
) -> bool:
    """Whether a page holds all of two texts that have nothing in common.

    A page that is older than both is not made from them; they are made from it.
    """
    parts = sorted(
        (other for other, pair in near.items() if pair.right_share >= _PART),
        key=lambda other: (near[other].right_words, other),
    )
    if len(parts) < 2:
        return False
    owner: dict[int, int] = {}
    heads: list[str] = []
    for other in parts:
        cells = _cells(near[other].passages)
        held = defaultdict[int, int](int)
        for cell in cells:
            if cell in owner:
                held[owner[cell]] += 1
        over = {number for number, count in held.items() if count > _APART * len(cells)}
        over |= {number for number, head in enumerate(heads[:_SEVERAL]) if other in beside[head]}
        if not over and _is_report_of_its_own(near[other]):
            heads.append(other)
        elif not over:
            continue
        number = min(over) if over else len(heads) - 1
        for cell in cells:
            owner.setdefault(cell, number)
    if len(heads) < 2:
        return False
    own = days_of(facts[page].published)
    others = [days_of(facts[head].published) for head in heads]
    return own is None or any(days is None or days[0] <= own[1] for days in others)


def _is_report_of_its_own(pair: CopyPair) -> bool:
    """Whether what the page (left) has of the part (right) may be one of several reports in it.

    Not where a part with another beginning has all of the page but its first paragraphs: that is
    the page's own report under a new lead.
    """
    start = min(passage.left.start for passage in pair.passages)
    begins = min(passage.right.start for passage in pair.passages) <= _BEGINNING
    return begins or start <= _BEGINNING or start >= _LEAD * max(p.left.end for p in pair.passages)


_BEGINNING = 40
"""Code points: a changed headline is no changed beginning."""
_LEAD = 0.35
"""The most of a report that is called its lead."""
_SEVERAL = 64
"""Parts of one page that a further one is looked for beside."""


def _cells(passages: Sequence[SharedPassage]) -> set[int]:
    return {
        cell
        for passage in passages
        for cell in range(passage.left.start // _CELL, passage.left.end // _CELL + 1)
    }


def _copies(
    held: frozenset[str],
    beside: dict[str, dict[str, CopyPair]],
    facts: dict[str, CopyFacts],
    digests: set[str],
    made_by: str,
) -> Copies:
    ids = sorted(held)
    whole = [facts[id] for id in ids if id not in digests] or [facts[id] for id in ids]
    shares = {
        (one.document, other): beside[one.document][other].right_share
        for one in whole
        for other in beside[one.document]
    }
    origin, why = first_published(whole, shares)
    copies: list[Copy] = []
    for id in ids:
        near = beside[id]
        if origin is not None and origin in near and origin != id:
            similarity = near[origin].similarity
        else:
            similarity = max((near[o].similarity for o in near if o in held), default=0.0)
        copies.append(Copy(id, similarity))
    least = min(copy.similarity for copy in copies)
    reasons = [
        f"each shares at least {_percent(least)} of its words with another, or holds it",
        why,
    ]
    if within := sorted(held & digests):
        reasons.append(f"{len(within)} of them hold other texts too")
    return Copies(content_id("copies", ids), tuple(copies), origin, tuple(reasons), made_by)


def _percent(share: float) -> str:
    return f"{int(share * 100)} %"

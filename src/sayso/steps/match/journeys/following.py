"""Quoted words followed through documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sayso.records.matches import Appearance, Journey
from sayso.records.provenance import content_id
from sayso.steps.match.copies.first_published import days_of
from sayso.steps.match.disjoint import DisjointSets
from sayso.steps.match.journeys.alignment import Alignment, align
from sayso.steps.match.journeys.changes import changes
from sayso.steps.match.journeys.passages import LEAST_WORDS, Passage
from sayso.steps.match.journeys.weakening import is_small

_RUN = 3
_UNDER_A_RUN = 100
"""Passages kept under one run of three words: of a phrase that all use, the first hundred."""
_LEAST_MATTER = 3
_UNQUOTED, _UNQUOTED_RUN = 10, 6
"""Words shared, and in a row, where neither stands in quotation marks: the name of a body or of a
law, and what all call a plan, is shared by many who say nothing alike."""
_SLOT = 3
"""Words of a gap in which names are compared; in a longer one the sentence is another anyway."""
_MOST_COMPARED = 50
_MOST_VARIANTS = 30
"""Earlier wordings that an appearance is compared with."""

Run = tuple[str, ...]


def journeys(
    quotes: Iterable[Passage], sentences: Iterable[Passage] = (), *, made_by: str
) -> list[Journey]:
    """The quotes that stand in two documents or more, with what became of them; by id.

    `sentences` are what reports say themselves (`untold`): they are only taken up where they have
    the words of some quote, and are read once, one after another. The order of what is given does
    not matter, but where more than a hundred passages share a phrase.
    """
    given = sorted((q for q in quotes if len(q.words) >= LEAST_WORDS), key=_place)
    passages: list[Passage] = []
    under: dict[Run, list[int]] = defaultdict(list)
    sets = DisjointSets[int]()
    for quote in given:
        index = len(passages)
        for other in _same(quote, passages, under):
            sets.join(index, other)
        passages.append(quote)
        for run in _runs(quote):
            if len(under[run]) < _UNDER_A_RUN:
                under[run].append(index)
    for sentence in sentences:
        # Only a quote makes a journey, so sentences are not looked up by one another.
        same = _same(sentence, passages, under) if len(sentence.words) else []
        if same:
            index = len(passages)
            passages.append(sentence)
            for other in same[:1]:
                sets.join(index, other)
    gathered: dict[int, list[Passage]] = defaultdict(list)
    for index, passage in enumerate(passages):
        gathered[sets.top(index)].append(passage)
    found = [
        _journey(group, made_by)
        for group in gathered.values()
        if len({passage.document for passage in group}) > 1
    ]
    return sorted(found, key=lambda journey: journey.id)


def _place(passage: Passage) -> tuple[str, int]:
    return (passage.document, passage.pieces[0].span.start)


def _runs(passage: Passage) -> set[Run]:
    words = passage.words.folded
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _same(passage: Passage, passages: Sequence[Passage], under: dict[Run, list[int]]) -> list[int]:
    """The passages that are the same words, those that share most first."""
    shared = Counter[int]()
    for run in _runs(passage):
        shared.update(under.get(run, ()))
    ranked = sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:_MOST_COMPARED]
    words = passage.words.folded
    aligned = ((i, align(passages[i].words.folded, words)) for i, _ in ranked)
    return [i for i, found in aligned if _is_same(passages[i], passage, found)]


def _is_same(before: Passage, after: Passage, found: Alignment) -> bool:
    """Whether one is the other's words; without quotation marks on either side more of them."""
    if not _has_matter(after.words.folded, found):
        return False
    if (before.holder is None or before.holder != after.holder) and _is_formula(
        before, after, found
    ):
        return False
    quoted = sum(passage.kind in ("direct", "mixed") for passage in (before, after))
    if found.is_same:
        return quoted > 0 or (found.shared >= _UNQUOTED and found.longest >= _UNQUOTED_RUN)
    return quoted > 1 and found.is_held


def _is_formula(before: Passage, after: Passage, found: Alignment) -> bool:
    """Whether names or numbers stand where the other has others: a set phrase, said of two.

    A name that goes on in shared words ("Mr. Marn" for "Ilya Marn") is one name. The verb may
    change with it ("in Velm were" for "in Karsk are").
    """
    for gap in found.gaps():
        if max(gap.before_end - gap.before, gap.after_end - gap.after) > _SLOT:
            continue
        one = _named(before, gap.before, gap.before_end)
        other = _named(after, gap.after, gap.after_end)
        if one and other and one.isdisjoint(other):
            return True
    return False


def _named(passage: Passage, first: int, last: int) -> set[str]:
    """The numbers among these words, and the names that are no part of a longer one.

    The first word of a passage has a capital whatever it is: it is a name if it is no small one.
    """
    found: set[str] = set()
    index = first
    while index < last:
        end = index + 1
        if passage.shown(index)[0].isdigit():
            found.add(passage.words.folded[index])
        elif _has_capital(passage, index):
            while end < last and _has_capital(passage, end):
                end += 1
            goes_on = any(
                0 < i < len(passage.words) and _has_capital(passage, i) for i in (index - 1, end)
            )
            if not goes_on:
                found.update(passage.words.folded[index:end])
        index = end
    return found


def _has_capital(passage: Passage, index: int) -> bool:
    return passage.shown(index)[0].isupper() and not is_small(passage.words.folded[index])


def _has_matter(after: Sequence[str], found: Alignment) -> bool:
    """Whether what is shared says something: small words alone are nobody's."""
    shared = (after[i] for b in found.blocks for i in range(b.after, b.after + b.length))
    return sum(not is_small(word) for word in shared) >= _LEAST_MATTER


def _journey(group: Sequence[Passage], made_by: str) -> Journey:
    ordered = sorted(group, key=_when)
    appearances: list[Appearance] = []
    variants: dict[tuple[object, ...], int] = {}
    for index, passage in enumerate(ordered):
        nearest = _nearest(passage, ordered, list(variants.values()))
        appearances.append(_appearance(passage, ordered, nearest))
        wording = (tuple(passage.words.folded), passage.holder, passage.statement is None)
        if wording not in variants and len(variants) < _MOST_VARIANTS:
            variants[wording] = index
    places = [(one.document, one.words[0].span) for one in appearances]
    return Journey(content_id("journey", sorted(places)), tuple(appearances), made_by)


def _when(passage: Passage) -> tuple[date, date, bool, int, str, int]:
    """By date; of one day those first that have it from the speaker and nobody else, then the
    fuller wording. Without a date last."""
    days = days_of(passage.published) or (date.max, date.max)
    second_hand = passage.second_hand or passage.statement is None
    return (days[1], days[0], second_hand, -len(passage.words), *_place(passage))


def _nearest(
    passage: Passage, ordered: Sequence[Passage], earlier: Sequence[int]
) -> tuple[int, Alignment] | None:
    """The earlier wording that it shares most with; of equals the one of the same holder, then
    the one that differs least, then the first."""
    if not earlier:
        return None
    aligned = [
        (index, align(ordered[index].words.folded, passage.words.folded)) for index in earlier
    ]
    return max(aligned, key=lambda one: (_closeness(ordered[one[0]], passage, one[1]), -one[0]))


def _closeness(before: Passage, after: Passage, found: Alignment) -> tuple[float, bool, int]:
    both = 2 * found.shared / max(1, sum(found.sizes))
    same_holder = before.holder is not None and before.holder == after.holder
    return (round(both, 6), same_holder, -abs(found.sizes[0] - found.sizes[1]))


def _appearance(
    passage: Passage, ordered: Sequence[Passage], nearest: tuple[int, Alignment] | None
) -> Appearance:
    # Two parts of one speech may share no words but those of a third that holds both.
    shares = nearest is not None and (nearest[1].is_same or nearest[1].is_held)
    follows, found = nearest if nearest is not None and shares else (None, None)
    return Appearance(
        document=passage.document,
        statement=passage.statement,
        words=passage.pieces,
        published=passage.published,
        outlet=passage.outlet,
        holder=passage.holder_name,
        follows=follows,
        likeness=round(found.likeness, 4) if found is not None else 1.0,
        changes=(
            changes(ordered[follows], passage, found)
            if follows is not None and found is not None
            else ()
        ),
    )

"""What changed between two appearances of the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.records.findings import Words as Quoted
from sayso.records.matches import Change
from sayso.steps.match.journeys.alignment import Alignment, Gap
from sayso.steps.match.journeys.passages import Passage
from sayso.steps.match.journeys.weakening import hedging, is_small, negating

_CUT = 3
_MATTER = 1
"""Words of matter that may be lost with a hedge; with more, a part of the sentence was cut."""


def changes(before: Passage, after: Passage, alignment: Alignment) -> tuple[Change, ...]:
    """The changes in the order of the text, those of who said it last."""
    compared = _Compared(before, after)
    return (
        *(change for gap in alignment.gaps() for change in compared.of_gap(gap)),
        *_outer_hedges(before, after),
        *_attribution(before, after, alignment),
    )


class _Compared:
    """Two passages and which of their words weaken or turn them."""

    def __init__(self, before: Passage, after: Passage) -> None:
        self.before, self.after = before, after
        self.hedges = hedging(before), hedging(after)
        self.negations = negating(before.words.folded), negating(after.words.folded)

    def of_gap(self, gap: Gap) -> Iterator[Change]:
        """What became of the words of one gap."""
        ours, theirs = range(gap.before, gap.before_end), range(gap.after, gap.after_end)
        lost = self.before.quoted(gap.before, gap.before_end)
        new = self.after.quoted(gap.after, gap.after_end)
        had, has = self.hedges[0] & set(ours), self.hedges[1] & set(theirs)
        turned = len(self.negations[0] & set(ours)) % 2 != len(self.negations[1] & set(theirs)) % 2
        told = False
        if turned and self._is_light(ours, 0) and self._is_light(theirs, 1):
            yield Change("negation_changed", lost, new, _became(lost, new))
            told = True
        if bool(had) != bool(has) and self._is_light(ours, 0) and self._is_light(theirs, 1):
            yield Change("hedge_dropped" if had else "hedge_added", lost, new, _became(lost, new))
            told = True
        if told:
            return
        if lost is not None and new is not None and not _is_cut(len(ours), len(theirs)):
            yield Change("reworded", lost, new, _became(lost, new))
        elif lost is not None and len(ours) > len(theirs):
            yield Change("shortened", lost, new, f"{_count(len(ours) - len(theirs))} left out")
        elif new is not None and self.after.statement is not None:
            # A sentence of a report's own may say more without adding to anybody's words.
            yield Change("extended", lost, new, f"{_count(len(theirs) - len(ours))} added")

    def _is_light(self, places: range, side: int) -> bool:
        """Whether there is little beside hedges, negations and small words."""
        words = (self.before if side == 0 else self.after).words.folded
        weak = self.hedges[side] | self.negations[side]
        return sum(i not in weak and not is_small(words[i]) for i in places) <= _MATTER


def _outer_hedges(before: Passage, after: Passage) -> Iterator[Change]:
    """Hedges that stand outside the words themselves ("reportedly", before the quotation)."""
    lost, kept = list(_outside(before)), list(_outside(after))
    if lost and not kept:
        for hedge in lost:
            yield Change("hedge_dropped", hedge, None, f"“{hedge.quote}” left out")
    elif kept and not lost:
        for hedge in kept:
            yield Change("hedge_added", None, hedge, f"“{hedge.quote}” added")


def _outside(passage: Passage) -> Iterable[Quoted]:
    pieces = [piece.span for piece in passage.pieces]
    return (h for h in passage.hedges if not any(h.span.overlaps(span) for span in pieces))


def _attribution(before: Passage, after: Passage, alignment: Alignment) -> Iterator[Change]:
    if before.statement is not None and after.statement is None:
        who = before.holder_name or "somebody"
        yield Change(
            "attribution_dropped", before.attribution, None, f"said by {who}; now the report's own"
        )
    elif before.statement is None and after.statement is not None:
        who = after.holder_name or "somebody"
        yield Change(
            "attribution_added", None, after.attribution, f"the report's own; now said by {who}"
        )
    elif before.statement is not None and _is_other(before, after):
        note = f"{before.holder_name or 'not told'} became {after.holder_name or 'not told'}"
        yield Change("attribution_changed", before.attribution, after.attribution, note)
    if before.kind == "direct" and after.kind in ("indirect", None) and alignment.likeness > 0.8:
        yield Change(
            "quotation_marks_dropped", before.pieces[0], after.pieces[0], "no longer quoted"
        )


def _is_other(before: Passage, after: Passage) -> bool:
    """Whether the words are given to somebody else; one who is not known is not somebody else."""
    if before.holder is not None and after.holder is not None:
        return before.holder != after.holder
    return before.holder_name is not None and after.holder_name is None


def _became(lost: Quoted | None, new: Quoted | None) -> str:
    if lost is None:
        assert new is not None
        return f"“{new.quote}” added"
    return f"“{lost.quote}” became “{new.quote}”" if new is not None else f"“{lost.quote}” left out"


def _is_cut(before: int, after: int) -> bool:
    """Whether much went (or came) where a word or two was changed."""
    return max(before, after) >= _CUT * min(before, after) + _CUT


def _count(words: int) -> str:
    return "1 word" if words == 1 else f"{words} words"

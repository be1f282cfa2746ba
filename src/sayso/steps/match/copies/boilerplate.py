"""Words that a site puts under everything it prints: shared, yet no sign of a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from statistics import median

from sayso.steps.match.copies.sketches import Sketch

CARRIERS = 6
"""Documents that must carry the same key before it is asked whether it is boilerplate."""
_LOOKED_AT = 24
_FEW = 1 / 3
"""Share of the documents that may carry a print which still counts as one's own: so many may be
copies of one of them."""
_OWN = 0.5
"""Share of a document's prints that few others have: more, and the documents are different texts
with something in common; less, and they are one text, reprinted."""
_HARDLY_ANY = 0.1
_ALONE = 2
"""Pages of several outlets that have hardly anything of their own: what they share is a text, which
the others print among other matter. A notice is never printed alone."""
_OWN_IN_ONE_OUTLET = 0.15
"""The same where all are pages of one outlet, which seldom prints a text six times over."""


def boilerplate(
    carriers: Mapping[int, Sequence[Sketch]], common: Collection[int] = ()
) -> frozenset[int]:
    """Which of these keys are boilerplate, by the documents that carry each. `common`: those known
    as such, which make no document different from another.

    Reprints of one text share most of their prints; pages that share a disclaimer share little
    else. Of the carriers the first 24 by id are looked at, so that nothing depends on their order.
    """
    # Keys of one disclaimer have the same carriers: those are judged once.
    judged: dict[tuple[str, ...], bool] = {}
    found: set[int] = set()
    for key, sketches in carriers.items():
        if len(sketches) < CARRIERS:
            continue
        looked_at = sorted(sketches, key=lambda s: s.document)[:_LOOKED_AT]
        ids = tuple(s.document for s in looked_at)
        if ids not in judged:
            judged[ids] = _are_different(looked_at, common)
        if judged[ids]:
            found.add(key)
    return frozenset(found)


def _are_different(sketches: Sequence[Sketch], common: Collection[int]) -> bool:
    """Whether documents that share a print are, most of them, different texts."""
    sets = [s.print_set().difference(common) if common else s.print_set() for s in sketches]
    often = Counter(print_ for prints in sets for print_ in prints)
    most = len(sets) * _FEW
    own = [sum(often[p] <= most for p in prints) / len(prints) for prints in sets if prints]
    outlets = {s.outlet for s in sketches}
    one_outlet = len(outlets) == 1 and None not in outlets
    if not one_outlet and sum(share < _HARDLY_ANY for share in own) >= _ALONE:
        return False
    return bool(own) and median(own) >= (_OWN_IN_ONE_OUTLET if one_outlet else _OWN)

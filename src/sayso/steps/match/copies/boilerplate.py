"""Notices: words that a site puts under everything it prints; shared, yet no sign of a copy.

A notice and a text that many print look alike from one print that many documents carry. They
differ in what else these documents have. Under a notice stand *texts*: each has a good part of its
own, and outside the notice they share nothing. Reprints have little of their own, or, where each
editor changed something, share much outside the one run of words that was left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from sayso.steps.match.copies.comparing import LEAST_WORDS, CopyPair
from sayso.steps.match.copies.sketches import Sketch
from sayso.steps.match.disjoint import DisjointSets

CARRIERS = 6
"""Different texts that must carry a key before it is boilerplate; copies of one count once."""
_LOOKED_AT = 24
_OWN = 1 / 3
"""Share of a page's words outside the longest run that it shares with a page of another text: with
less, the page says nothing about what it shares."""
_OWN_IN_ONE_OUTLET = 0.15
"""The same where all are pages of one outlet, which seldom prints a text six times over."""
_ALSO = 1 / 3
"""Share of the words outside the longest run of a pair: with so many of them shared too, the two
pages are one text, changed here and there."""
_HARDLY_ANY = 0.1
_ALONE = 2
"""Pages of several outlets that have hardly anything of their own: what they share is a text, which
the others print among other matter. A notice is never printed alone."""
_IN_THE_WAY = 0.1
"""Share of a page's prints: where fewer are boilerplate, it hides no copies."""

PairsAmong = Callable[[Sequence[str]], Iterable[CopyPair]]
"""The pairs that hold among documents, by what is known as boilerplate so far."""
Verdicts = dict[tuple[str, ...], bool]
"""By the documents looked at: whether what all of them carry is boilerplate."""


def boilerplate(
    carriers: Mapping[int, Sequence[Sketch]], pairs_among: PairsAmong, judged: Verdicts
) -> frozenset[int]:
    """Which of these keys are boilerplate, by the documents that carry each, all of them compared
    with one another. `judged`: what was found before; it grows, and holds while the pairs do.

    Of the carriers the first 24 by id are looked at, so that nothing depends on their order.
    """
    found: set[int] = set()
    for key, sketches in carriers.items():
        if len(sketches) < CARRIERS:
            continue
        looked_at = sorted(sketches, key=lambda s: s.document)[:_LOOKED_AT]
        # Keys of one notice have the same carriers, and a later one is seldom among the first.
        ids = tuple(s.document for s in looked_at)
        if ids not in judged:
            judged[ids] = _are_different(looked_at, list(pairs_among(ids)))
        if judged[ids]:
            found.add(key)
    return frozenset(found)


def stands_in_the_way(page: Sketch, common: Set[int]) -> bool:
    """Whether so much of a page is boilerplate that a copy of it may have been missed."""
    prints = page.print_set()
    return len(prints & common) >= _IN_THE_WAY * len(prints)


def _are_different(pages: Sequence[Sketch], pairs: Sequence[CopyPair]) -> bool:
    """Whether pages that share a print are so many different texts that it is a notice's."""
    outlets = {page.outlet for page in pages}
    one_outlet = len(outlets) == 1 and None not in outlets
    least = _OWN_IN_ONE_OUTLET if one_outlet else _OWN
    texts = _texts(pairs, least)
    # What a page shares with copies of its own text says nothing about the print.
    own = {page.document: 1.0 for page in pages}
    for pair in pairs:
        if texts.top(pair.left) != texts.top(pair.right):
            for page, words in ((pair.left, pair.left_words), (pair.right, pair.right_words)):
                own[page] = min(own[page], 1 - pair.longest / words)
    if not one_outlet and sum(share < _HARDLY_ANY for share in own.values()) >= _ALONE:
        return False
    return len({texts.top(page) for page, share in own.items() if share >= least}) >= CARRIERS


def _texts(pairs: Sequence[CopyPair], own: float) -> DisjointSets[str]:
    """Which of the pages are one text whatever the print is: they are one but for small changes,
    or share much outside their longest run."""
    texts = DisjointSets[str]()
    for pair in pairs:
        least = min(pair.left_words, pair.right_words)
        rest = least - pair.longest
        also = pair.similarity * least - pair.longest
        is_whole = pair.longest >= (1 - own) * max(pair.left_words, pair.right_words)
        if is_whole or (rest >= LEAST_WORDS and also >= _ALSO * rest):
            texts.join(pair.left, pair.right)
    return texts

"""Looking a document's copies up: the rules for an index, and an index in memory.

A ledger keeps the same things in its tables: a row `(key, document)` for each of `bands(sketch)`,
the keys that were found to be boilerplate, and the pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from itertools import combinations

from sayso.records.documents import Document
from sayso.steps.match.copies.boilerplate import (
    CARRIERS,
    Verdicts,
    boilerplate,
    stands_in_the_way,
)
from sayso.steps.match.copies.comparing import CopyPair, CopyText, compare_texts
from sayso.steps.match.copies.sketches import Sketch, bands, sketch_of

MOST_UNDER_A_KEY = 64
"""Documents read from one key: of a text that thousands carry, these stand for the rest."""
MOST_COMPARED = 200
"""Documents that one is compared with."""


def candidates(
    found: Mapping[int, Collection[str]], common: Collection[int] = ()
) -> tuple[str, ...]:
    """The documents to compare with, the likeliest first: those that share most keys.

    `found` has, for each key of the new document, the documents under it; `common` the keys that
    are boilerplate. A key with more than 64 documents counts for its first 64 by id.
    """
    shared = Counter[str]()
    for key, documents in found.items():
        if key not in common:
            shared.update(sorted(documents)[:MOST_UNDER_A_KEY])
    ranked = sorted(shared.items(), key=lambda one: (-one[1], one[0]))
    return tuple(document for document, _ in ranked[:MOST_COMPARED])


class Library:
    """Sketches of many documents, kept in memory, and the pairs of copies among them.

    `fetch` gives a document by its id: only candidates are read again.
    """

    def __init__(self, fetch: Callable[[str], Document]) -> None:
        self._fetch = fetch
        self._sketches: dict[str, Sketch] = {}
        # Most keys have one document: a tuple takes half the memory of a list.
        self._under: dict[int, tuple[str, ...]] = {}
        self._common: set[int] = set()
        self._judged: Verdicts = {}
        self._pairs: dict[str, dict[str, CopyPair]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._sketches)

    @property
    def pairs(self) -> list[CopyPair]:
        """All pairs that hold by what is known now, in order of their documents."""
        return [
            pair
            for left in sorted(self._pairs)
            for right, pair in sorted(self._pairs[left].items())
            if left < right
        ]

    def add(self, document: Document) -> list[CopyPair]:
        """Take a document in; the pairs it makes with those that are there, nearest first."""
        if document.id in self._sketches:
            return []
        text = CopyText.of(document)
        kept = sketch_of(document, text.words)
        found = {key: self._under[key] for key in bands(kept) if key in self._under}
        self.keep(kept)
        for id in candidates(found, self._common):
            if (pair := self._compare(text, id)) is not None:
                self._put(pair)
        self._judge(kept, found)
        pairs = self._pairs[document.id].values()
        return sorted(pairs, key=lambda pair: (-pair.similarity, pair.right))

    def keep(self, kept: Sketch) -> None:
        """Take in a sketch without looking for its copies."""
        if kept.document in self._sketches:
            return
        self._sketches[kept.document] = kept
        for key in bands(kept):
            documents = self._under.get(key, ())
            if len(documents) < MOST_UNDER_A_KEY:
                self._under[key] = (*documents, kept.document)

    def _judge(self, kept: Sketch, found: Mapping[int, Collection[str]]) -> None:
        """Keep what a new document shows to be boilerplate. `found`: those that were there before
        under its keys, with which it has been compared."""
        often = {
            key: [*(self._sketches[document] for document in documents), kept]
            for key, documents in found.items()
            if len(documents) + 1 >= CARRIERS and key not in self._common
        }
        common = boilerplate(often, self._among, self._judged)
        self._forget(common, {key: (*found[key], kept.document) for key in common})

    def _among(self, documents: Sequence[str]) -> Iterable[CopyPair]:
        for one, other in combinations(documents, 2):
            if one in self._pairs and (pair := self._pairs[one].get(other)) is not None:
                yield pair

    def _forget(self, common: Set[int], found: Mapping[int, Collection[str]]) -> None:
        """Keep these keys as boilerplate, and look once more at the pairs that may rest on them or
        that they stood in the way of."""
        if not common:
            return
        self._common |= common
        self._judged.clear()
        carriers = {document for key in common for document in found[key]}
        for left in sorted(carriers):
            near = self._hidden_from(left)
            text: CopyText | None = None
            for right in sorted(near | (self._pairs[left].keys() & carriers)):
                if right not in carriers or left < right:
                    text = text or CopyText.of(self._fetch(left))
                    self._pairs[left].pop(right, None)
                    self._pairs[right].pop(left, None)
                    if (pair := self._compare(text, right)) is not None:
                        self._put(pair)

    def _hidden_from(self, document: str) -> set[str]:
        """The candidates of a document that what became known as boilerplate stood in front of."""
        kept = self._sketches[document]
        if not stands_in_the_way(kept, self._common):
            return set()
        under = {key: self._under[key] for key in bands(kept)}
        return set(candidates(under, self._common)) - {document}

    def _compare(self, text: CopyText, other: str) -> CopyPair | None:
        return compare_texts(text, CopyText.of(self._fetch(other)), self._common)

    def _put(self, pair: CopyPair) -> None:
        self._pairs[pair.left][pair.right] = pair
        self._pairs[pair.right][pair.left] = pair.turned()

"""Copies: each new document is compared with those that share a key with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import apsw
import msgspec

from sayso.records.documents import Document
from sayso.records.provenance import MadeBy
from sayso.steps.match.copies.boilerplate import (
    CARRIERS,
    Verdicts,
    boilerplate,
    stands_in_the_way,
)
from sayso.steps.match.copies.comparing import CopyPair, CopyText, compare_texts
from sayso.steps.match.copies.first_published import CopyFacts
from sayso.steps.match.copies.grouping import group
from sayso.steps.match.copies.library import MOST_UNDER_A_KEY, candidates
from sayso.steps.match.copies.sketches import VERSION, Sketch, bands, sketch_of
from sayso.store import copies, extracts

STEP = "copies"
_COMMON = f"{STEP} {VERSION}"
"""What is boilerplate is found anew by each version: an earlier one may have been wrong."""
_HELD = 200
"""Texts that are held at a time, ready to be compared: some 100 KB each."""
_VERDICTS = 10_000
"""Verdicts on boilerplate that are remembered: some 200 bytes each."""
_sketches = msgspec.msgpack.Decoder(Sketch)
_pairs = msgspec.msgpack.Decoder(CopyPair)


def stamp() -> MadeBy:
    """The stamp of this step."""
    return MadeBy.of(STEP, VERSION, {})


class CopyFinder:
    """Finds the copies of documents as they come in. `touched` grows with each."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._common = copies.common_keys(db, _COMMON)
        self._texts: dict[int, CopyText] = {}
        self._judged: Verdicts = {}
        self.touched: set[int] = set()
        """Documents whose groups are to be made again."""

    def add(self, number: int, document: Document) -> None:
        """Sketches a document and compares it with its candidates."""
        if dropped := copies.drop_pairs(self._db, number):
            self._judged.clear()
        self.touched.update(dropped, (number,))
        text = self._texts[number] = CopyText.of(document)
        kept = sketch_of(document, text.words)
        extracts.forget(self._db, number, STEP)
        found = self._under(kept)
        extracts.keep(self._db, number, STEP, msgspec.msgpack.encode(kept), bands(kept))
        for other in self._candidates(found):
            self._compare(number, text, other)
        self._judge(number, found)

    def regroup(self) -> set[int]:
        """Makes the groups of all touched documents again; gives back the documents looked at."""
        around = copies.around(self._db, self.touched)
        facts = [CopyFacts.of(self._described(number)) for number in sorted(around)]
        pairs = [_pairs.decode(record) for record in copies.pairs_among(self._db, around)]
        copies.replace_groups(self._db, around, group(facts, pairs, made_by=stamp().id))
        self.touched.clear()
        return around

    def _under(self, kept: Sketch) -> dict[int, list[int]]:
        """The other documents under each key of a sketch."""
        found: dict[int, list[int]] = {}
        for key in bands(kept):
            others = extracts.under(self._db, STEP, key, most=MOST_UNDER_A_KEY)
            if others:
                found[key] = others
        return found

    def _candidates(self, found: dict[int, list[int]]) -> list[int]:
        named = {key: [str(number) for number in numbers] for key, numbers in found.items()}
        return [int(number) for number in candidates(named, self._common)]

    def _judge(self, number: int, found: dict[int, list[int]]) -> None:
        """Keeps what a new document shows to be boilerplate. `found`: those that were there before
        under its keys, with which it has been compared."""
        often = {
            key: [*numbers, number]
            for key, numbers in found.items()
            if len(numbers) + 1 >= CARRIERS and key not in self._common
        }
        if not often:
            return
        sketches = {n: self._sketch(n) for n in {n for numbers in often.values() for n in numbers}}
        named = {sketch.document: n for n, sketch in sketches.items()}

        def pairs(documents: Sequence[str]) -> list[CopyPair]:
            records = copies.pairs_inside(self._db, [named[document] for document in documents])
            return [_pairs.decode(record) for record in records]

        if len(self._judged) > _VERDICTS:
            self._judged.clear()
        carriers = {key: [sketches[n] for n in numbers] for key, numbers in often.items()}
        common = boilerplate(carriers, pairs, self._judged)
        self._forget(common, often)

    def _forget(self, common: Collection[int], found: dict[int, list[int]]) -> None:
        """Keeps these keys as boilerplate and looks again at the pairs that may rest on them or
        that they stood in the way of."""
        if not common:
            return
        self._common |= set(common)
        self._judged.clear()
        copies.note_common(self._db, _COMMON, common)
        carriers = {number for key in common for number in found[key]}
        for one in sorted(carriers):
            near = {*self._hidden_from(one), *copies.beside_in(self._db, one)}
            beside = [n for n in sorted(near) if n not in carriers or n > one]
            if not beside:
                continue
            text = self._text(one)
            for other in beside:
                copies.drop_pair(self._db, min(one, other), max(one, other))
                self._compare(one, text, other)

    def _hidden_from(self, number: int) -> list[int]:
        """The candidates of a document that what became known as boilerplate stood in front of."""
        kept = self._sketch(number)
        if not stands_in_the_way(kept, self._common):
            return []
        near = self._candidates(self._under(kept))
        return [other for other in near if other != number]

    def _compare(self, number: int, text: CopyText, other: int) -> None:
        theirs = self._text(other)
        one, two = (text, theirs) if number < other else (theirs, text)
        pair = compare_texts(one, two, self._common)
        self.touched.update((number, other))
        if pair is not None:
            low, high = sorted((number, other))
            copies.put_pair(self._db, low, high, msgspec.msgpack.encode(pair))

    def _text(self, number: int) -> CopyText:
        """The text of a document; those of the last few are held, since copies come together."""
        text = self._texts.pop(number, None) or CopyText.of(extracts.document_of(self._db, number))
        self._texts[number] = text
        if len(self._texts) > _HELD:
            del self._texts[next(iter(self._texts))]
        return text

    def _sketch(self, number: int) -> Sketch:
        record = extracts.extract_of(self._db, number, STEP)
        assert record is not None
        return _sketches.decode(record)

    def _described(self, number: int) -> Document:
        """A document without its text."""
        return extracts.described(self._db, number)


def texts(db: apsw.Connection) -> dict[str, str]:
    """By document that is a copy: a key that all copies of its text share."""
    rows = db.execute(
        "SELECT d.id, min(g.copies) FROM copies_documents AS g"
        " JOIN documents AS d ON d.number = g.document GROUP BY d.id"
    )
    return {str(document): str(group) for document, group in rows}

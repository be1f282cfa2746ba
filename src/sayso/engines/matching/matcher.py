"""Matches the documents of a ledger: the one place that knows the order of the steps across them.

    Reading ──copies.add──▶ sketch, pairs          ──regroup──▶ Copies
    Reading ──actors──▶ profiles, comparisons      ──regroup──▶ who stands for whom
    Reading ──stories.add──▶ features, tellings    ──regroup──▶ Stories, happenings
    Reading ──disputes.add──▶ sides, topics        ──settle───▶ Disputes of the topics touched

All that is made here is a view and can be made again; the findings under it never change.
"""

from __future__ import annotations

from collections.abc import Callable

import apsw
from msgspec import Struct

from sayso.engines.matching import actors, copies, disputes, stories
from sayso.engines.matching.actors import ActorJoiner
from sayso.engines.matching.copies import CopyFinder
from sayso.engines.matching.disputes import DisputeFinder
from sayso.engines.matching.judged import take_in_judged
from sayso.engines.matching.stories import StoryGatherer
from sayso.engines.recipe import matching_recipe
from sayso.steps.link.actors import Actors
from sayso.steps.match.actors.joining import Judged, Pair
from sayso.steps.match.stories.gathering import StorySettings
from sayso.store import actors as actors_table
from sayso.store import disputes as disputes_table
from sayso.store import extracts, judging
from sayso.store import touched as touched_table
from sayso.store.ledger_file import LedgerFile
from sayso.store.writer import keep_stamps

Stage = str
Progress = Callable[[Stage, int, int], None]
"""Called with the stage (`documents`, `copies`, `actors`, `stories`, `disputes`), how many of it
are done, and of how many."""
_AT_ONCE = 50
"""Documents, or topics, of one transaction: so long others wait to write."""


class MatchSummary(Struct, frozen=True):
    """What became of a matching."""

    documents: int = 0
    """New or read anew since the last one."""
    topics: int = 0
    """Topics whose disputes were made again."""


class Matcher:
    """Matches what is new in one ledger. Made for one use."""

    def __init__(
        self,
        file: LedgerFile,
        known: Actors,
        *,
        progress: Progress | None = None,
    ) -> None:
        self._file = file
        self._db = file.db
        self._progress = progress or (lambda stage, done, total: None)
        self._copies = CopyFinder(file.db)
        self._actors = ActorJoiner(file.db, known)
        self._stories = StoryGatherer(file.db)
        self._disputes = DisputeFinder(file.db)

    def match(self) -> MatchSummary:
        """Takes in all documents that are new, and makes again what they touch.

        Stopped at any moment, it goes on from there when called again.
        """
        new = self._take_in()
        self._take_in_judged()
        self._regroup()
        return MatchSummary(new, self._settle())

    def _take_in(self) -> int:
        """Keeps what the steps want of each new document."""
        recipe = matching_recipe()
        numbers = extracts.unmatched(self._db, recipe)
        for start in range(0, len(numbers), _AT_ONCE):
            batch = numbers[start : start + _AT_ONCE]
            with self._file.writing():
                for number in batch:
                    self._take(number)
                extracts.note_matched(self._db, batch, recipe)
                touched_table.keep(self._db, "copies", self._copies.touched)
                touched_table.keep(self._db, "stories", self._stories.touched)
                touched_table.keep(self._db, "actors", self._actors.touched)
            self._progress("documents", start + len(batch), len(numbers))
        return len(numbers)

    def _take_in_judged(self) -> None:
        """Lays findings beside others again that people judged since."""
        if touched_table.kept(self._db, "judged"):
            with self._file.writing():
                take_in_judged(self._file, self._disputes)

    def _take(self, number: int) -> None:
        reading = extracts.reading_of(self._db, number)
        self._copies.add(number, reading.document)
        self._stories.add(number, reading)
        self._disputes.add(number, reading)
        self._actors.touched.update(actors_table.profiled_in(self._db, number))
        self._actors.touched.update(entity.id for entity in reading.entities)
        actors_table.note_profiled(self._db, number, (e.id for e in reading.entities))

    def _regroup(self) -> None:
        """Makes the groups again that the new documents touch. What was touched before a stop is
        still to be done."""
        kinds = ("copies", "stories", "actors")
        if not any(touched_table.kept(self._db, kind) for kind in kinds):
            return
        with self._file.writing():
            # Asked in the transaction: another process may match the same ledger, and people judge.
            self._copies.touched.update(map(int, touched_table.kept(self._db, "copies")))
            self._stories.touched.update(map(int, touched_table.kept(self._db, "stories")))
            self._actors.touched.update(touched_table.kept(self._db, "actors"))
            self._actors.judged = _judged(self._db)
            stamps = (copies.stamp(), actors.stamp(), stories.stamp(StorySettings()))
            keep_stamps(self._db, (*stamps, disputes.stamp()))
            self._progress("copies", 0, 1)
            looked_at = self._copies.regroup()
            self._disputes.copied(looked_at)
            self._progress("actors", 0, 1)
            moved = self._actors.regroup()
            self._progress("stories", 0, 1)
            retold = self._stories.regroup(copies.texts(self._db))
            self._disputes.moved(moved, retold)
            touched_table.clear(self._db, *kinds)

    def _settle(self) -> int:
        stale = disputes_table.stale(self._db)
        for start in range(0, len(stale), _AT_ONCE):
            with self._file.writing():
                for topic in stale[start : start + _AT_ONCE]:
                    self._disputes.settle(topic)
            self._progress("disputes", min(start + _AT_ONCE, len(stale)), len(stale))
        return len(stale)


def _judged(db: apsw.Connection) -> dict[Pair, Judged]:
    """What people decided about pairs of entities and did not take back."""
    return {
        pair: Judged("same" if one.decision == "same" else "different", one.by, one.because)
        for pair, one in judging.pairs(db).items()
    }

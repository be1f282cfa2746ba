"""Disputes after a judgement: the documents that were judged are laid beside others again."""

from __future__ import annotations

from sayso.engines.matching.disputes import DisputeFinder
from sayso.store import disputes as table
from sayso.store import extracts, touched
from sayso.store.ledger_file import LedgerFile


def settle_judged(file: LedgerFile) -> int:
    """Makes the disputes again that rest on findings which people judged, and gives back how many
    topics that were. Documents that were never matched wait for it."""
    finder = DisputeFinder(file.db)
    with file.writing():
        take_in_judged(file, finder)
        stale = table.stale(file.db)
        for topic in stale:
            finder.settle(topic)
    return len(stale)


def take_in_judged(file: LedgerFile, finder: DisputeFinder) -> None:
    """Gathers the sides of documents that were judged since; the caller holds the transaction."""
    for number in touched.kept(file.db, "judged"):
        if extracts.is_matched(file.db, int(number)):
            finder.add(int(number), extracts.reading_of(file.db, int(number)))
    touched.clear(file.db, "judged")

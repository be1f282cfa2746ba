"""What `sayso collect` and `sayso watch` do with a ledger: read what came, and match it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from sayso.cli.console import note
from sayso.cli.matching import run_match
from sayso.cli.plain import one_line
from sayso.settings import Settings

if TYPE_CHECKING:
    from sayso.engines.collecting import ReadSummary
    from sayso.engines.keeping_up import KeepingUp, LedgerWork
    from sayso.engines.matching.matcher import MatchSummary
    from sayso.engines.watching import Watcher
    from sayso.store.captures import CaptureFolder
    from sayso.store.custody.keeping import Custody


def read_collected(
    folder: CaptureFolder, ledger: str, custody: Custody, *, matching: bool, quiet: bool
) -> int:
    """Into the ledger, under the addresses of the web; the problems with them. Gives the exit
    status."""
    import sayso
    from sayso.engines.keeping_up import captured_inputs

    captured = (raw for _, raw in captured_inputs(folder, custody, folder.numbers()))
    with sayso.open(ledger) as opened:
        summary = opened.read_inputs(chain(folder.problems(), captured), custody=custody)
        _note_read(summary, ledger)
        return run_match(opened, Settings(), ledger, quiet=quiet) if matching else 0


def keeping_up(
    into: str,
    ledger: str,
    custody: Custody,
    watcher: Watcher,
    stop: threading.Event,
    *,
    matching: bool,
) -> KeepingUp:
    """What reads and matches while the watcher goes on."""
    from sayso.engines.keeping_up import KeepingUp
    from sayso.store.captures import CaptureFolder

    return KeepingUp(
        lambda: CaptureFolder(into),
        lambda: _working(ledger, custody, matching),
        custody,
        is_looking=lambda: watcher.is_looking,
        report=lambda summary: _note_read(summary, ledger),
        matched=lambda found: _note_matched(found, ledger),
        failed=stop.set,
    )


@contextmanager
def _working(ledger: str, custody: Custody, matching: bool) -> Iterator[LedgerWork]:
    """The ledger's work, which is opened in the thread that asks."""
    import sayso
    from sayso.engines.keeping_up import LedgerWork

    with sayso.open(ledger) as opened:
        yield LedgerWork(
            read=lambda inputs: opened.read_inputs(inputs, custody=custody),
            match=(lambda progress: opened.match(progress=progress)) if matching else None,
        )


def _note_read(summary: ReadSummary, ledger: str) -> None:
    note(f"{summary.read:,} read into {ledger}, {summary.unchanged:,} known already")


def _note_matched(found: MatchSummary | Exception, ledger: str) -> None:
    if isinstance(found, Exception):
        why = one_line(f"{type(found).__name__}: {found}", 300)
        note(f"sayso: matching failed: {why}; it is tried again when more was read")
    elif found.documents or found.topics:
        note(f"{found.documents:,} matched in {ledger}, {found.topics:,} questions looked at again")

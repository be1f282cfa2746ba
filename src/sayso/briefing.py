"""Briefs of a ledger: what stands in their first line, and whether they hold."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.export.briefs.brief import Brief
from sayso.export.briefs.checking import Fault, check
from sayso.export.reviews.figures import Precision, precision_of
from sayso.store.sampling import sample

if TYPE_CHECKING:
    from sayso.ledger import Ledger


def precision(ledger: Ledger, most: int | None = None) -> Precision | None:
    """The ledger's error rate by its random sample of statements; by its first `most`, if given."""
    decided = ledger.decisions()
    with ledger.reading() as db:
        return precision_of(sample(db), decided, most=most)


def made_line(ledger: Ledger) -> str:
    """What a brief says of itself: version, ledger, and the ledger's own error rate."""
    rate = precision(ledger)
    known = f"By a random sample: {rate}." if rate else "Nobody has sampled its error rate yet."
    return (
        f"Made by sayso {version('sayso')} from the ledger {Path(ledger.path).stem}. It says what"
        f" is publicly claimed, not what is true. {known}"
    )


def faults_of(brief: Brief, ledger: Ledger) -> list[Fault]:
    """What is wrong with a brief, its error rate included; an empty list if nothing is."""
    return check(brief, ledger, precision=lambda of: precision(ledger, of))

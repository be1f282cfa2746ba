"""A matching that fails stands among the ledger's problems until one succeeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sayso.errors import LedgerError, SaysoError
from sayso.records.provenance import Problem
from sayso.store.ledger_file import LedgerFile

NAME = "sayso match"
"""Stands for the input in the list of problems: no single document is at fault."""
_LONGEST = 300


@contextmanager
def failure_noted(file: LedgerFile) -> Iterator[None]:
    """Keeps as a problem that what is done inside failed, and raises it on; takes an earlier one
    back where it did not. Being stopped is no failure."""
    try:
        yield
    except Exception as error:
        with suppress(LedgerError):  # that it cannot be written says `error` itself
            file.set_aside(_problem(error))
        raise
    file.solved(NAME)


def _problem(error: Exception) -> Problem:
    why = str(error) if isinstance(error, SaysoError) else f"a defect: {_named(error)}"
    return Problem.of(
        NAME,
        "match",
        "failed",
        f"what is new was not matched across documents: {why}"[:_LONGEST],
        advice="nothing is lost; 'sayso match' of this ledger tries again",
    )


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"

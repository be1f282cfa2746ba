"""What becomes of one input, whichever engine reads it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sayso.errors import Reason, SaysoError, SetAside
from sayso.ports import ReadsDocuments
from sayso.records.documents import RawDocument
from sayso.records.provenance import Problem
from sayso.records.readings import Reading
from sayso.store.rules import check_reading


class Refusal(Struct, frozen=True):
    """Why an input gave no reading."""

    reason: Reason
    message: str
    advice: str = ""


class Outcome(Struct, frozen=True):
    """One input and either its reading or its refusal."""

    uri: str
    reading: Reading | None = None
    refusal: Refusal | None = None

    def problem(self) -> Problem | None:
        """The refusal as a record; None where the input was read."""
        if self.refusal is None:
            return None
        cause = self.refusal
        return Problem.of(self.uri, "read", cause.reason, cause.message, advice=cause.advice)


MakesReader = Callable[[], ReadsDocuments]


def attempt(reader: ReadsDocuments, raw: RawDocument) -> Reading | Refusal:
    """The reading of one input, checked against the ledger's rules, or why there is none.

    `MemoryError` is passed on: what is left of the process cannot be trusted.
    """
    try:
        reading = reader.read(raw)
        check_reading(reading)
    except SetAside as cause:
        return Refusal(cause.reason, cause.message, cause.advice)
    except MemoryError:
        raise
    except SaysoError as error:
        return _defect(error)
    # Input is hostile and passes through large libraries: whatever one document makes them raise
    # costs that document, with its reason on record, and never the collection.
    except Exception as error:  # noqa: BLE001
        return _defect(error)
    return reading


OUT_OF_MEMORY = Refusal(
    "memory",
    "reading it took more memory than is allowed",
    "allow more with --memory-mb, or leave it out",
)


def _defect(error: Exception) -> Refusal:
    message = " ".join(f"{type(error).__name__}: {error}".split())[:500]
    return Refusal(
        "failed",
        message.encode("utf-8", "backslashreplace").decode(),
        "this is a defect of sayso: please report it with the file",
    )

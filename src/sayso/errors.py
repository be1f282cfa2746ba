"""The tree of errors.

    SaysoError
    ├── SettingsError            a setting or an option that cannot be used
    ├── SpanError                a span that does not cut its quote (a defect, never bad input)
    ├── SetAside                 one input that cannot be read; the rest is read (carries `reason`)
    ├── LedgerError              a ledger that cannot be opened or used (carries `path`)
    │   ├── NotALedger           the file is something else
    │   ├── LedgerTooNew         written by a later version of sayso
    │   ├── LedgerBusy           another process is writing
    │   └── LedgerDamaged        the integrity check failed
    ├── NoSuchRecord             an id that the ledger does not hold (carries `id`)
    ├── ImportRefused            a JSON Lines file that is no ledger export (carries `line`)
    ├── ActorsError              a file of known actors that cannot be used
    ├── AccountsError            an account that cannot be made or changed, or their file
    ├── SourcesError             a watch file that cannot be used (carries `path` and `line`)
    ├── BriefRefused             a finding that goes into no brief, or a file that is none
    └── MissingExtra             an optional part that is not installed (carries `extra`)

Each message says what happened and what to do about it, in words without colour codes.
"""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "unreadable",
    "empty",
    "binary",
    "too_large",
    "too_deep",
    "undecodable",
    "no_text",
    "text_lost",
    "deadline",
    "memory",
    "crashed",
    "loop",
    "damaged",
    "paywalled",
    "unsupported",
    "bad_address",
    "address_refused",
    "unreachable",
    "tls_failed",
    "robots",
    "too_many_redirects",
    "http_error",
    "rate_limited",
    "cut_short",
    "bad_feed",
    "failed",
]
"""Why an input was set aside, or what part of it was not read. `sayso problems` prints it."""


class SaysoError(Exception):
    """Root of every error that sayso raises on purpose."""


class SettingsError(SaysoError):
    """A setting that cannot be used."""


class SpanError(SaysoError):
    """A span that does not cut its quote out of the text it names."""


class SetAside(SaysoError):
    """One input that cannot be read. The reader records it as a problem and goes on."""

    def __init__(self, reason: Reason, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message
        self.advice = advice


class LedgerError(SaysoError):
    """A ledger that cannot be opened or used."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


class NotALedger(LedgerError):
    """The file is not a sayso ledger."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a later version of sayso."""


class LedgerBusy(LedgerError):
    """Another process holds the ledger's write lock."""


class LedgerDamaged(LedgerError):
    """The ledger's integrity check failed."""


class NoSuchRecord(SaysoError):
    """No record of the ledger has this id."""

    def __init__(self, message: str, id: str) -> None:
        super().__init__(message)
        self.id = id


class ImportRefused(SaysoError):
    """A file that is no export of a ledger."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class JudgementRefused(SaysoError):
    """A decision that cannot be about that record; the message says why."""


class ActorsError(SaysoError):
    """A file of known actors that cannot be used."""


class AccountsError(SaysoError):
    """An account that cannot be made or changed, or a file of accounts that cannot be used."""


class SourcesError(SaysoError):
    """A watch file that cannot be used."""

    def __init__(self, message: str, path: str, line: int | None) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        self.line = line


class BriefRefused(SaysoError):
    """A finding that goes into no brief, or a file that is no brief; the message says why."""


class MissingExtra(SaysoError):
    """An optional part that is not installed."""

    def __init__(self, message: str, extra: str) -> None:
        super().__init__(message)
        self.extra = extra

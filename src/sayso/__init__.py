"""sayso reads news reports and keeps a ledger of who said what, in which words.

import sayso

with sayso.open("region.sayso") as ledger:
    ledger.read("reports/")
    for statement in ledger.statements(holder="Karsk Front"):
        print(statement.content[0].quote)
"""

from importlib.metadata import version as _version

from sayso.engines.collecting import Progress, ReadSummary
from sayso.errors import (
    ActorsError,
    ImportRefused,
    LedgerBusy,
    LedgerDamaged,
    LedgerError,
    LedgerTooNew,
    MissingExtra,
    NoSuchRecord,
    NotALedger,
    SaysoError,
    SettingsError,
)
from sayso.export.tables import Table
from sayso.ledger import Ledger, open  # noqa: A004  (meant to be read as sayso.open)
from sayso.records.documents import Dateline, Document, Evidence, Published, Zone
from sayso.records.entities import Alias, Entity, Role
from sayso.records.findings import (
    Claim,
    Cue,
    EntityRef,
    Event,
    Holder,
    Mention,
    Place,
    Plover,
    Statement,
    Time,
    Words,
)
from sayso.records.provenance import MadeBy, Problem
from sayso.records.spans import OffsetMap, Span
from sayso.settings import CleanSettings, ExtractSettings, ReadSettings, Settings

__version__ = _version("sayso")

__all__ = [
    "ActorsError",
    "Alias",
    "Claim",
    "CleanSettings",
    "Cue",
    "Dateline",
    "Document",
    "Entity",
    "EntityRef",
    "Event",
    "Evidence",
    "ExtractSettings",
    "Holder",
    "ImportRefused",
    "Ledger",
    "LedgerBusy",
    "LedgerDamaged",
    "LedgerError",
    "LedgerTooNew",
    "MadeBy",
    "Mention",
    "MissingExtra",
    "NoSuchRecord",
    "NotALedger",
    "OffsetMap",
    "Place",
    "Plover",
    "Problem",
    "Progress",
    "Published",
    "ReadSettings",
    "ReadSummary",
    "Role",
    "SaysoError",
    "Settings",
    "SettingsError",
    "Span",
    "Statement",
    "Table",
    "Time",
    "Words",
    "Zone",
    "__version__",
    "open",
]

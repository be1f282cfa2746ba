"""What the page is made of: records and a few words, and nothing that has to be fetched."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.records.judgements import Standing
from sayso.records.matches import Dispute
from sayso.records.provenance import Problem


@dataclass(frozen=True)
class ReportView:
    """The records of a ledger, in any order. The same records give the same page."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    standings: tuple[Standing, ...] = ()
    """What people decided; statements and claims stand as decided."""
    title: str = "Ledger"
    version: str = ""
    """The version of sayso that writes the page."""
    made_at: str | None = None
    """When the page was made, in words to print; None leaves the line out."""


@dataclass(frozen=True)
class Limits:
    """How much of a large ledger one page lists. What is left out is counted on the page."""

    documents: int = 200
    speakers: int = 200
    statements: int = 60
    """For each speaker, and for each act under "Denials and other voices"."""
    disputes: int = 100
    charts: int = 100
    rows: int = 60
    """For each chart."""
    entities: int = 1000
    problems: int = 500

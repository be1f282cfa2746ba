"""Everything one document gave: the unit that is written to a ledger in one transaction."""

from __future__ import annotations

from msgspec import Struct

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Event, Mention, Statement
from sayso.records.provenance import MadeBy, Problem


class Reading(Struct, frozen=True):
    """A document and its findings. Entities carry only the aliases and roles seen in it."""

    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    made_by: tuple[MadeBy, ...]
    problems: tuple[Problem, ...] = ()
    """Parts of the document that could not be read."""

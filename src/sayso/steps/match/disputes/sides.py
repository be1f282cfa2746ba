"""A claim with what is needed to lay it beside another document's: who, of whom, where, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sayso.records.documents import ZoneKind
from sayso.records.entities import EntityKind
from sayso.records.findings import Claim, Polarity, Statement

NOBODY = "~nobody named"
"""The party of a holder who is not named: two of them need not be one."""
PlaceBasis = Literal["told", "meant", "home"]
"""`told`: the claim names it; `meant`: "the country"; `home`: where the group has its home."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a claim speaks of or who speaks, as the document has them."""

    id: str
    """The document's entity; `~` and words for those who are only described."""
    name: str
    kind: EntityKind | None = None
    above: tuple[str, ...] = ()
    """What it is a part of, nearest first: ids of entities."""
    home: str | None = None
    """Id of the country that a branch has its home in, where the word lists know it."""

    @property
    def root(self) -> str:
        """The whole that it is a part of, else itself."""
        return self.above[-1] if self.above else self.id


@dataclass(frozen=True, slots=True)
class Scope:
    """The country a claim is about, and the part of it where it is about no more."""

    country: str | None = None
    country_name: str | None = None
    part: str | None = None
    """A province, town or stretch; None: the country as a whole, or no place was told."""
    part_name: str | None = None
    basis: PlaceBasis | None = None
    wide: bool = False
    """Whether the part may be a country of its own: a name no gazetteer knows."""

    @property
    def name(self) -> str | None:
        """The narrowest place, in words."""
        return self.part_name or self.country_name


@dataclass(frozen=True, slots=True)
class Source:
    """The document, as far as it matters here."""

    document: str
    uri: str
    outlet: str | None
    title: str | None
    published: str | None
    """EDTF."""
    origin: str | None = None
    """The outlet it was first published by, where its text says so."""

    @property
    def name(self) -> str:
        """In words: the outlet, else the file's name."""
        return self.outlet or self.uri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class DisputeClaim:
    """One claim, ready to be laid beside others."""

    claim: Claim
    statement: Statement | None
    """The statement that it stands in; None: the report's own voice."""
    source: Source
    zone: ZoneKind = "body"
    subject: Party | None = None
    """estimate, status, relation: of whom; event: its first actor."""
    object: Party | None = None
    """relation: whom it joins the subject to."""
    holder: Party | None = None
    """Who says it; None: the report's own voice."""
    scope: Scope = Scope()
    event: str | None = None
    """Id of the event that it tells of, or whose dead and wounded it counts."""
    event_name: str | None = None
    """In words: `the attack in Velm on 2031-03-14`."""
    counted: str = ""
    """estimate: what sort of them: `foreign` fighters, `with families`; empty: all."""
    answering: tuple[Party | None, ...] = ()
    """event: who stands behind each of the claim's `responsibility` entries."""
    speakers: tuple[Party | None, ...] = ()
    """event: whose word each of these entries is; None: the report's own."""
    updates: bool = False
    """estimate: whether it says that it takes the place of an earlier number (`has risen to`)."""
    denier: Party | None = None
    """event: who denies having done it himself."""
    blamed: tuple[Party, ...] = ()
    """event: who is said to be behind it in other words than those of a deed."""
    cleared: tuple[Party, ...] = ()
    """event: who is said not to be."""
    turned: bool = False
    """Whether it stands in a denial that the claim itself does not know of."""

    @property
    def polarity(self) -> Polarity:
        """Whether it says yes or no, all denials told."""
        if not self.turned:
            return self.claim.polarity
        return "negative" if self.claim.polarity == "positive" else "positive"

    @property
    def speaker(self) -> str:
        """A key for whose word it is: the holder, else the document itself."""
        return self.holder.id if self.holder is not None else f"={self.source.document}"


@dataclass(frozen=True, slots=True)
class CopyOf:
    """The group of copies that a document belongs to."""

    group: str
    origin: str | None
    """The document it was first published as, where that is known."""


@dataclass(frozen=True)
class Matched:
    """What other steps found across documents. Without it every entity and text is its own."""

    actors: Mapping[str, str] = field(default_factory=dict)
    """Entity of a document: the entity that stands for the actor."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of an entity that stands for an actor."""
    copies: Mapping[str, CopyOf] = field(default_factory=dict)
    """By document."""
    events: Mapping[str, str] = field(default_factory=dict)
    """Event of a document: the group of events that are one happening."""

    def actor(self, id: str) -> str:
        """The actor that an entity is."""
        return self.actors.get(id, id)

    def name_of(self, party: Party) -> str:
        """What a party is called."""
        return self.names.get(self.actor(party.id), party.name)

    def event(self, id: str) -> str:
        """The happening that an event is."""
        return self.events.get(id, id)

    def text_of(self, document: str) -> str:
        """A key that all copies of one text share."""
        copy = self.copies.get(document)
        return copy.group if copy is not None else document

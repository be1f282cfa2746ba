"""From the findings of one document to its sides: each claim with who, of whom, where and when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from sayso import lexicons
from sayso.records.documents import Document, ZoneKind
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Event, Mention, Place, Statement
from sayso.records.provenance import content_id
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.steps.extract.anchors import anchor_of
from sayso.steps.match.disputes.blame import blamed
from sayso.steps.match.disputes.incidents import Incidents
from sayso.steps.match.disputes.measures import (
    TOLLS,
    brings_up_to_date,
    family,
    narrower,
    sort_of_people,
)
from sayso.steps.match.disputes.sides import NOBODY, DisputeClaim, Party, Scope, Source
from sayso.values.names import fold

ARMED_GROUPS = "~armed groups"
"""The party of "terrorist groups" and the like, where none is named."""
_PRONOUNS = frozenset("he she it they we i you who which them us him her this these those".split())
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+|\n+")
_SENTENCE_AT_MOST = 300
_MOST_DENIALS = 8
_BODIES = frozenset(("armed_group", "organisation", "state"))
_DOERS = frozenset(("armed_group", "organisation", "state", "people", "person"))
_STATES_DO = frozenset(("supports", "harbours"))
_ARTICLES = re.compile(r"^(?:the|a|an|some|any|other|all|these|those|such)\s+", re.IGNORECASE)


def sides_of_reading(reading: Reading) -> tuple[DisputeClaim, ...]:
    """The sides of a document that was just read."""
    return sides_of(
        reading.document,
        reading.entities,
        reading.mentions,
        reading.statements,
        reading.claims,
        reading.events,
    )


def sides_of(
    document: Document,
    entities: Iterable[Entity],
    mentions: Iterable[Mention],
    statements: Iterable[Statement],
    claims: Iterable[Claim],
    events: Iterable[Event],
) -> tuple[DisputeClaim, ...]:
    """The claims of one document that can be laid beside others, in the order of its text.

    All records must be those of this document. Claims without anything to compare (no subject, no
    place, no event) are left out. Time grows with the records, times the logarithm of their number.
    """
    claims = sorted(claims, key=lambda claim: (claim.span, claim.id))
    gathering = _Gathering(document, entities, mentions, statements, claims, events)
    return tuple(side for claim in claims if (side := gathering.side(claim)) is not None)


class _Gathering:
    def __init__(
        self,
        document: Document,
        entities: Iterable[Entity],
        mentions: Iterable[Mention],
        statements: Iterable[Statement],
        claims: Sequence[Claim],
        events: Iterable[Event],
    ) -> None:
        mentions = tuple(mentions)
        self.document = document
        self.entities = {entity.id: entity for entity in entities}
        self.statements = {statement.id: statement for statement in statements}
        self.source = Source(
            document.id,
            document.uri,
            document.outlet,
            document.title,
            _date_of(document),
            document.origin,
        )
        self._zones = sorted(document.zones, key=lambda zone: zone.span)
        self._zone_starts = [zone.span.start for zone in self._zones]
        self._ends = [match.end() for match in _SENTENCE_END.finditer(document.text)]
        self._states = sorted(
            (mention.span.start, mention.entity)
            for mention in mentions
            if self._names_state(mention)
        )
        self._mentions = sorted(
            (m for m in mentions if m.entity in self.entities), key=lambda m: (m.span, m.id)
        )
        self._mention_starts = [mention.span.start for mention in self._mentions]
        self._state_starts = [start for start, _ in self._states]
        self._holders = {
            statement.holder.span: self._holder(statement)
            for statement in self.statements.values()
            if statement.holder is not None
        }
        self._denials: dict[Span, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            holder, cue = statement.holder, statement.cue
            if holder is not None and cue is not None and cue.act == "denies":
                self._denials[holder.span].append(statement)
        self._accusations: dict[int, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            if statement.cue is not None and statement.cue.act == "accuses" and statement.content:
                at = self._sentence(statement.content[0].span.start).start
                self._accusations[at].append(statement)
        self._incidents = Incidents(claims, events, self.entities)

    def side(self, claim: Claim) -> DisputeClaim | None:
        """The claim with its parties and places; None where there is nothing to compare."""
        statement = self.statements.get(claim.statement or "")
        outer = self._denied_in(statement) if statement is not None else None
        if statement is None and claim.kind == "event":
            statement = self._accusing(claim)
        scope = self._scope(claim)
        event = self._incidents.event_of(claim)
        subject = self._party(claim.subject)
        if claim.kind == "event":
            subject = next(filter(None, map(self._party, claim.actors)), None)
        if claim.kind == "estimate" and subject is None and family(claim.measure) == "groups":
            subject = self._armed_groups(claim)
        if claim.kind == "relation" and statement is not None:
            subject = self._spoken_for(claim, statement) or subject
        told = claim.responsibility
        denier = self._denier(claim, outer or statement)
        behind = self._behind(claim, voiced=statement is not None)
        side = DisputeClaim(
            claim=claim,
            statement=statement,
            source=self.source,
            zone=self._zone(claim),
            subject=subject,
            object=self._party(claim.object),
            holder=self._holder(statement) if statement is not None else None,
            scope=scope,
            event=event,
            event_name=self._incidents.name(event) if event is not None else None,
            counted=self._counted(claim),
            answering=tuple(self._party(EntityRef(a.entity, a.span, a.quote)) for a in told),
            speakers=tuple(self._holders.get(a.by.span) if a.by else None for a in told),
            updates=self._updates(claim),
            denier=denier,
            blamed=tuple(party for party, done in behind if done),
            cleared=tuple(party for party, done in behind if not done),
            turned=outer is not None,
        )
        if subject is None and event is None and scope.name is None:
            return None
        return side

    def _denier(self, claim: Claim, statement: Statement | None) -> Party | None:
        """Who says of himself that he did not do it: "the Front denied that it attacked Velm"."""
        if statement is None or statement.cue is None or statement.cue.act != "denies":
            return None
        if claim.kind != "event" or claim.polarity != "negative":
            return None
        named = [actor for actor in claim.actors if actor.entity is not None]
        holder = statement.holder
        if holder is None or any(actor.entity != holder.entity for actor in named):
            return None
        if any(actor.entity == holder.entity for actor in named):
            return self._holder(statement)
        return self._body_of(holder.entity)

    def _spoken_for(self, claim: Claim, statement: Statement) -> Party | None:
        """The state of whose minister a report says that he "denied arming the Front": he speaks
        for it, and nobody thinks of the minister's own rifles."""
        holder, subject = statement.holder, claim.subject
        if holder is None or subject is None or holder.entity is None:
            return None
        entity = self.entities.get(holder.entity)
        if subject.entity != holder.entity or entity is None or entity.kind != "person":
            return None
        if claim.relation not in _STATES_DO:
            return None
        body = self._body_of(holder.entity)
        return body if body is not None and body.kind in ("state", "armed_group") else None

    def _body_of(self, id: str | None) -> Party | None:
        """For whom a holder speaks: itself if it is a body, else the body of an office it holds."""
        entity = self.entities.get(id or "")
        if entity is None:
            return None
        if entity.kind == "person":
            bodies = (self.entities.get(role.organisation or "") for role in entity.roles)
            entity = next((b for b in bodies if b is not None and b.kind in _BODIES), None)
        if entity is None or entity.kind not in _BODIES:
            return None
        return Party(entity.id, entity.name, entity.kind, self._above(entity))

    def _behind(self, claim: Claim, *, voiced: bool) -> list[tuple[Party, bool]]:
        """Who is blamed for an attack or cleared of it in its sentence, where it names no doer."""
        is_attack = claim.plover is not None and claim.plover.type == "ASSAULT"
        if claim.kind != "event" or not is_attack or claim.modality != "actual":
            return []
        if any(answer.entity for answer in claim.responsibility):
            return []
        sentence = self._sentence(claim.span.start)
        edges = (sentence.start, sentence.end)
        first, last = (bisect_left(self._mention_starts, edge) for edge in edges)
        named = [
            mention
            for mention in self._mentions[first:last]
            if self.entities[mention.entity].kind in _DOERS
        ]
        negative = claim.polarity == "negative"
        text = self.document.text
        found = blamed(text, sentence, claim.span, named, denied=negative, voiced=voiced)
        parties = ((self._party(EntityRef(m.entity, m.span, m.quote)), done) for m, done in found)
        return [(party, done) for party, done in parties if party is not None]

    def _sentence(self, position: int) -> Span:
        at = bisect_right(self._ends, position)
        text = self.document.text
        start = self._ends[at - 1] if at else 0
        end = self._ends[at] if at < len(self._ends) else len(text)
        return Span(
            max(start, position - 2 * _SENTENCE_AT_MOST),
            min(end, position + 2 * _SENTENCE_AT_MOST),
        )

    def _accusing(self, claim: Claim) -> Statement | None:
        """The accusation that a claim stands in, though it was not taken for its statement's."""
        near = self._accusations.get(self._sentence(claim.span.start).start, ())
        at = claim.span.start
        return next(
            (s for s in near if s.content[0].span.start <= at < s.content[0].span.end), None
        )

    def _denied_in(self, statement: Statement) -> Statement | None:
        """The denial that holds a statement of the same holder: of "X rejected claims that ..." the
        claims are what X rejects, whoever makes them."""
        if statement.cue is None or statement.holder is None:
            return None
        at = statement.cue.span
        for denial in self._denials.get(statement.holder.span, ())[:_MOST_DENIALS]:
            if denial.id != statement.id and any(c.span.contains(at) for c in denial.content):
                return denial
        return None

    def _zone(self, claim: Claim) -> ZoneKind:
        at = bisect_right(self._zone_starts, claim.span.start) - 1
        return self._zones[at].kind if at >= 0 else "body"

    def _holder(self, statement: Statement) -> Party | None:
        holder = statement.holder
        if holder is None:
            return Party(NOBODY, "somebody not named")
        named = self._party(EntityRef(holder.entity, holder.span, holder.quote))
        # A holder who cannot be told is still somebody other than the report.
        return named or Party(f"~{self.document.id}:{holder.span.start}", holder.quote)

    def _party(self, ref: EntityRef | None) -> Party | None:
        if ref is None:
            return None
        entity = self.entities.get(ref.entity or "")
        if entity is not None:
            above = self._above(entity)
            return Party(entity.id, entity.name, entity.kind, above, _homes().get(entity.id))
        words = _ARTICLES.sub("", " ".join(ref.quote.split()))
        folded = fold(words)
        if not folded or folded in _PRONOUNS:
            return None
        if _is_armed_groups(folded):
            return Party(ARMED_GROUPS, words, "armed_group")
        return Party(f"~{folded}", words)

    def _armed_groups(self, claim: Claim) -> Party | None:
        words = claim.quote.split()[-2:]
        name = " ".join(words)
        return Party(ARMED_GROUPS, name, "armed_group") if _is_armed_groups(fold(name)) else None

    def _above(self, entity: Entity) -> tuple[str, ...]:
        found: list[str] = []
        above = entity.part_of
        while above is not None and above not in found and above != entity.id:
            found.append(above)
            parent = self.entities.get(above)
            above = parent.part_of if parent is not None else None
        return tuple(found)

    def _scope(self, claim: Claim) -> Scope:
        place = claim.place
        if place is not None:
            return self._place(place)
        if claim.kind in ("estimate", "status") and (meant := self._country_meant(claim)):
            return Scope(meant, self.entities[meant].name, basis="meant")
        return Scope()

    def _place(self, place: Place) -> Scope:
        entity = self.entities.get(place.entity or "")
        if entity is None:
            return Scope(part=f"~{fold(place.quote)}", part_name=place.quote, basis="told")
        if entity.kind == "state":
            part = place.precision not in (None, "country")
            return Scope(
                entity.id,
                entity.name,
                f"~{fold(place.quote)}" if part else None,
                place.quote if part else None,
                "told",
            )
        above = [id for id in self._above(entity) if self._is_state(id)]
        country = above[-1] if above else None
        name = self.entities[country].name if country is not None else None
        wide = country is None and entity.precision is None and not _is_region(place.quote)
        return Scope(country, name, entity.id, entity.name, "told", wide)

    def _is_state(self, id: str) -> bool:
        entity = self.entities.get(id)
        return entity is not None and entity.kind == "state"

    def _names_state(self, mention: Mention) -> bool:
        """Whether it is the country's own name: "Tarvian" is said of people, too."""
        if mention.form != "name" or not self._is_state(mention.entity):
            return False
        return fold(mention.quote) == fold(self.entities[mention.entity].name)

    def _country_meant(self, claim: Claim) -> str | None:
        """The country of "the country" in the claim's sentence: the only one that this sentence
        and the one before name ahead of it."""
        at = bisect_right(self._ends, claim.span.start)
        text = self.document.text
        end = self._ends[at] if at < len(self._ends) else len(text)
        end = min(end, claim.span.end + _SENTENCE_AT_MOST)
        rest = text[claim.span.start : end].casefold()
        found = [rest.find(words) for words in _words("countries") if words in rest]
        if not found:
            return None
        until = claim.span.start + min(found)
        since = self._ends[at - 2] if at >= 2 else 0
        first, last = (bisect_left(self._state_starts, edge) for edge in (since, until))
        named = {entity for _, entity in self._states[first:last]}
        return named.pop() if len(named) == 1 else None

    def _updates(self, claim: Claim) -> bool:
        if claim.kind != "estimate" or family(claim.measure) not in TOLLS:
            return False
        at = bisect_right(self._ends, claim.span.start)
        start = max(self._ends[at - 1] if at else 0, claim.span.start - _SENTENCE_AT_MOST)
        return brings_up_to_date(self.document.text[start : claim.span.end])

    def _counted(self, claim: Claim) -> str:
        if claim.kind != "estimate" or claim.measure is None:
            return ""
        kind = family(claim.measure)
        if kind in TOLLS and kind != "casualties":
            return sort_of_people(claim.quote, claim.measure)
        after = self.document.text[claim.span.end : claim.span.end + 40]
        subject = claim.subject.quote if claim.subject is not None else ""
        return narrower(claim.quote, subject, claim.measure, after)


def _date_of(document: Document) -> str | None:
    """The day it was published; else, the day its dateline names in full."""
    if document.published.value is not None:
        return document.published.value
    anchor = anchor_of(document)
    return anchor.day.isoformat() if anchor is not None and anchor.day is not None else None


def _is_region(name: str) -> bool:
    words = fold(name).split()
    return not words or words[-1] in _words("regions") or words[0] in _words("sides")


def _is_armed_groups(folded: str) -> bool:
    words = folded.split()
    bodies, armed = _words("bodies"), _words("armed")
    return words[-1:] != [] and words[-1] in bodies and bool(armed.intersection(words[:-1]))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicons.load("disputes.toml")["words"][key])


@cache
def _homes() -> Mapping[str, str]:
    """By entity of a known branch: the entity of the country it has its home in."""
    homes: dict[str, str] = lexicons.load("disputes.toml")["homes"]
    return {_known(group): _known(country) for group, country in homes.items()}


def _known(key: str) -> str:
    return content_id("entity", "actor", key)

"""A reading in the making: text is added piece by piece, and findings point at the pieces."""

from __future__ import annotations

from sayso.records.documents import Document, Evidence, Published, Zone, ZoneKind
from sayso.records.entities import Alias, Entity, EntityKind, Role
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
    Words,
)
from sayso.records.provenance import MadeBy, content_id
from sayso.records.readings import Reading
from sayso.records.spans import OffsetMap, Span

STAMP = MadeBy.of("synthetic", "1", {})


class ReadingDraft:
    """Text and findings of one document.

    Findings are made with spans only; ids hang on the document's id, which hangs on the whole
    text, so `reading` makes them.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._zones: list[Zone] = []
        self._zone_start = 0
        self._names: list[tuple[Words, EntityKind, Words | None]] = []
        self._statements: list[tuple[Words, Words, Words, Words]] = []
        self._claims: list[tuple[int, Words, Words, Words, int | None]] = []

    @property
    def text(self) -> str:
        """What was added so far."""
        self._parts = ["".join(self._parts)]
        return self._parts[0]

    def add(self, piece: str) -> Words:
        """Adds to the text."""
        start = self._length
        self._parts.append(piece)
        self._length += len(piece)
        return Words(Span(start, self._length), piece)

    def end_zone(self, kind: ZoneKind) -> None:
        """Ends a paragraph."""
        self._zones.append(Zone(kind, Span(self._zone_start, self._length)))
        self.add("\n\n")
        self._zone_start = self._length

    def name(self, name: str, kind: EntityKind, role: Words | None = None) -> Words:
        """Adds a name that is a mention of an entity."""
        words = self.add(name)
        self._names.append((words, kind, role))
        return words

    def statement(self, holder: Words, role: Words, cue: Words, content: tuple[int, int]) -> int:
        """An indirect statement; gives back its number."""
        self._statements.append((holder, role, cue, self._words(content)))
        return len(self._statements) - 1

    def estimate(
        self, statement: int, span: tuple[int, int], subject: Words, place: Words, count: int
    ) -> None:
        """A number of fighters, of one who is named, at a place that is named."""
        self._claims.append((statement, self._words(span), subject, place, count))

    def attack(self, statement: int, span: tuple[int, int], actor: Words, place: Words) -> None:
        """An attack by one who is named at a place that is named."""
        self._claims.append((statement, self._words(span), actor, place, None))

    def reading(self, *, uri: str, sha256: str, outlet: str, published: str) -> Reading:
        """The whole of it."""
        text = self.text
        document = content_id("document", sha256, "text/plain")
        entities, mentions, ids = self._entities(document)
        statements = [self._statement(document, ids, *told) for told in self._statements]
        pairs = [self._claim(document, ids, statements, *told) for told in self._claims]
        return Reading(
            document=Document(
                id=document,
                uri=uri,
                sha256=sha256,
                media_type="text/plain",
                encoding="utf-8",
                retrieved="2031-01-01T00:00:00Z",
                text=text,
                language="en",
                title=self._zones[0].span.cut(text),
                byline=None,
                outlet=outlet,
                origin=None,
                published=Published(published, "metadata", published),
                dateline=None,
                zones=tuple(self._zones),
                evidence={"outlet": Evidence("metadata", outlet)},
                repairs={},
                source_map=OffsetMap.identity(len(text)),
                made_by=STAMP.id,
            ),
            entities=entities,
            mentions=mentions,
            statements=tuple(statements),
            claims=tuple(claim for claim, _ in pairs),
            events=tuple(event for _, event in pairs if event is not None),
            made_by=(STAMP,),
        )

    def _words(self, span: tuple[int, int]) -> Words:
        return Words(Span(*span), self.text[span[0] : span[1]])

    def _entities(
        self, document: str
    ) -> tuple[tuple[Entity, ...], tuple[Mention, ...], dict[Span, str]]:
        ids: dict[Span, str] = {}
        mentions: list[Mention] = []
        known: dict[str, tuple[str, EntityKind, list[str], dict[str, Role]]] = {}
        for words, kind, role in self._names:
            entity = content_id("entity", kind, words.quote.casefold())
            mention = content_id("mention", document, words.span, "name")
            ids[words.span] = entity
            mentions.append(
                Mention(mention, document, words.span, words.quote, entity, "name", STAMP.id)
            )
            _, _, aliases, roles = known.setdefault(entity, (words.quote, kind, [], {}))
            aliases.append(mention)
            if role is not None:
                roles.setdefault(role.quote, Role(role.quote, None, mention))
        entities = tuple(
            Entity(
                id, kind, name, (Alias(name, tuple(seen)),), {}, None, (*roles.values(),), STAMP.id
            )
            for id, (name, kind, seen, roles) in sorted(known.items())
        )
        return entities, tuple(mentions), ids

    def _statement(
        self,
        document: str,
        ids: dict[Span, str],
        who: Words,
        role: Words,
        cue: Words,
        content: Words,
    ) -> Statement:
        holder = Holder(ids[who.span], who.span, who.quote, "name", role)
        said = Cue(cue.span, cue.quote, "asserts")
        return Statement(
            id=content_id("statement", document, "indirect", (content,), said, holder),
            document=document,
            kind="indirect",
            holder=holder,
            cue=said,
            content=(content,),
            exact=(),
            via=(),
            setting=None,
            said=None,
            confidence=0.9,
            made_by=STAMP.id,
        )

    def _claim(
        self,
        document: str,
        ids: dict[Span, str],
        statements: list[Statement],
        statement: int,
        words: Words,
        subject: Words,
        place: Words,
        count: int | None,
    ) -> tuple[Claim, Event | None]:
        """An estimate where there is a count, else an attack and the event it speaks of."""
        kind = "event" if count is None else "estimate"
        ref = EntityRef(ids[subject.span], subject.span, subject.quote)
        where = Place(place.span, place.quote, ids[place.span])
        event = content_id("event", document, words.span) if count is None else None
        plover = Plover("ASSAULT") if event else None
        claim = Claim(
            id=content_id("claim", document, kind, words.span, count),
            statement=statements[statement].id,
            document=document,
            span=words.span,
            quote=words.quote,
            kind="event" if event else "estimate",
            polarity="positive",
            modality="actual",
            hedges=(),
            time=None,
            place=where,
            confidence=0.8,
            made_by=STAMP.id,
            subject=None if event else ref,
            measure=None if event else "fighters",
            low=count,
            high=count,
            approximate=None if event else False,
            event=event,
            plover=plover,
            actors=(ref,) if event else (),
        )
        if event is None or plover is None:
            return claim, None
        return claim, Event(event, plover, None, where, (ref,), (), (claim.id,))

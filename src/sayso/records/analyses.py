"""What the steps of one document hand to one another. Never stored; a `Reading` is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Act, Mention, Modality, Polarity, StatementKind
from sayso.records.parses import Parse
from sayso.records.spans import Span


@dataclass(frozen=True)
class Analysis:
    """A document and the parses of its zones (titles, bodies and captions), in text order."""

    document: Document
    parses: tuple[Parse, ...]

    @property
    def text(self) -> str:
        return self.document.text

    def parse_at(self, position: int) -> Parse | None:
        """The parse of the zone that holds this character."""
        index = bisect_right(self.parses, position, key=lambda parse: parse.zone.span.start) - 1
        return self.parses[index] if index >= 0 else None


@dataclass(frozen=True)
class TaggedAttribution:
    """One attribution as a trained tagger sees it; ranges are tokens `[first, last)` of a parse."""

    parse: int
    """Index of the parse it stands in."""
    cue: tuple[int, int]
    sources: tuple[tuple[int, int], ...]
    contents: tuple[tuple[int, int], ...]
    """May be none: then the tagger saw a cue without what was said."""
    cue_probability: float
    """That the cue is one, 0..1, as the network gives it."""
    roles_probability: float
    """That sources and contents are just these, 0..1, as the network gives it."""
    confidence: float
    """That a reader would find this statement here: calibrated, 0..1."""


class DocumentEntities:
    """The entities of one document and where each is named, in text order.

    Made once, by `steps.link.entities`; later steps only ask it. Mentions do not overlap.
    """

    def __init__(self, entities: Iterable[Entity], mentions: Iterable[Mention]) -> None:
        self.entities: dict[str, Entity] = {entity.id: entity for entity in entities}
        self.mentions: tuple[Mention, ...] = tuple(sorted(mentions, key=lambda m: m.span))
        self._starts = [mention.span.start for mention in self.mentions]

    def at(self, position: int) -> Mention | None:
        """The mention that covers this character."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return None
        mention = self.mentions[index]
        return mention if position < mention.span.end else None

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly inside `span`, in order."""
        found: list[Mention] = []
        for index in range(bisect_right(self._starts, span.start - 1), len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start >= span.end:
                break
            if mention.span.end <= span.end:
                found.append(mention)
        return found

    def entity_of(self, mention: Mention) -> Entity:
        """The entity that a mention names."""
        return self.entities[mention.entity]


@dataclass(frozen=True)
class DraftStatement:
    """A statement whose holder has words but no entity yet."""

    zone: int
    """Index of the parse it stands in."""
    kind: StatementKind
    content: tuple[Span, ...]
    exact: tuple[Span, ...]
    confidence: float
    pattern: str = "continued"
    """The rule that found it."""
    holder: Span | None = None
    holder_head: int | None = None
    """Position of the head word's first character."""
    cue: Span | None = None
    act: Act = "asserts"
    polarity: Polarity = "positive"
    """Of the act itself: "did not say" is negative."""
    modality: Modality = "actual"
    group: Span | None = None
    """Holder, cue and what belongs to them: where to look for time and setting."""
    outer: int | None = None
    """Index of the draft inside whose content this one stands."""
    continues: int | None = None
    """Index of the draft whose attribution this one shares."""
    passed_on: Span | None = None
    """Who passed it on by the cue's own words ("X quoted Y as saying")."""
    addressee: Span | None = None
    """To whom it was said ("told Reuters")."""
    setting: Span | None = None

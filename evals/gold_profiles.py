"""Profiles of the gold mentions of ECB+ and MEANTIME, as our steps see them, and head lemmas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.coreference import Kind, Report
from evals.readings import read_with_parses
from sayso.records.analyses import Analysis
from sayso.records.entities import Entity
from sayso.records.readings import Reading
from sayso.records.spans import Span
from sayso.steps.match.events.profiles import EventProfile, counted, profile_at
from sayso.steps.match.mentions.profiles import MentionProfile, mention_at
from sayso.steps.match.stories.documents import Documents
from sayso.steps.match.stories.features import features
from sayso.steps.match.stories.gathering import partition


@dataclass
class Prepared:
    """The reports of one part, read, with their stories as we find them, and gold mentions."""

    reports: Sequence[Report]
    documents: Documents
    events: list[EventProfile] = field(default_factory=list)
    mentions: list[MentionProfile] = field(default_factory=list)
    chains: dict[str, str] = field(default_factory=dict)
    """By profile id: the gold chain."""
    heads: dict[str, str] = field(default_factory=dict)
    """By profile id: the lemma of its head word."""
    topics: dict[str, str] = field(default_factory=dict)
    """By document."""
    gold_stories: dict[str, str] = field(default_factory=dict)
    """By document."""

    def profiles(self, kind: Kind) -> Sequence[EventProfile | MentionProfile]:
        """Those of happenings or of entities."""
        return self.events if kind == "event" else self.mentions


def prepared(reports: Sequence[Report]) -> Prepared:
    """Read the reports, gather their stories, and profile their gold mentions."""
    read = read_with_parses(reports)
    own = [features(reading) for _, reading in read]
    found = Prepared(reports, Documents(own, partition(own)))
    for report, (analysis, reading) in zip(reports, read, strict=True):
        name = report.document.id
        found.topics[name] = report.topic
        found.gold_stories[name] = report.story
        _profile(found, report, analysis, reading)
    return found


def _profile(found: Prepared, report: Report, analysis: Analysis, reading: Reading) -> None:
    name = report.document.id
    entities = {entity.id: entity for entity in reading.entities}
    events: list[EventProfile] = []
    for number, mention in enumerate(report.mentions):
        parse = analysis.parse_at(mention.span.start)
        assert parse is not None
        id = f"{name}#{number}"
        first, last = parse.tokens_in(mention.span)
        head = parse.head_of(first, last)
        found.chains[id] = mention.chain
        found.heads[id] = parse.lemmas[head].lower()
        if mention.kind == "event":
            event = profile_at(parse, mention.span, name, id=id)
            assert event is not None
            events.append(event)
            continue
        seen = _entity(reading, entities, mention.span, parse.span(head, head + 1))
        sentence = sum(
            len(one.sentences) for one in analysis.parses if one.zone.span < parse.zone.span
        )
        sentence += parse.sentence_of[head]
        profile = mention_at(parse, mention.span, name, id=id, sentence=sentence, entity=seen)
        assert profile is not None
        found.mentions.append(profile)
    found.events += counted(events)


def _entity(
    reading: Reading, entities: dict[str, Entity], span: Span, head: Span
) -> tuple[str, str]:
    """Name and kind of what our reading sees at the head of a mention; or empty."""
    for mention in reading.mentions:
        if mention.span.contains(head) and (
            span.contains(mention.span) or len(mention.span) <= len(span) + 8
        ):
            entity = entities[mention.entity]
            return entity.name, entity.kind
    return "", ""

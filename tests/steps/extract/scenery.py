"""Analyses and entities of short texts about an invented region, for the tests of the claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from evals.plain_documents import plain_document
from msgspec.structs import replace

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.documents import Dateline, Document, Published, Zone, ZoneKind
from sayso.records.entities import Entity, EntityKind
from sayso.records.findings import (
    Act,
    Claim,
    Cue,
    EntityRef,
    Holder,
    Mention,
    Place,
    Statement,
    Words,
)
from sayso.records.spans import Span
from sayso.steps.extract.claims import Claims, find_claims
from sayso.steps.extract.places import LOCATIVE, places_in

NAMES: dict[EntityKind, tuple[str, ...]] = {
    "armed_group": ("Karsk Front", "Ember Brigade", "Sons of Velm"),
    "state": ("Tarvia", "Ostrenia"),
    "place": ("Velm", "Orsk", "Lenn"),
    "organisation": ("River States Union",),
    "person": ("Ilya Marn", "Dara Voss"),
    "people": ("Tarvians",),
}
Analyse = Callable[..., Analysis]


def document(
    text: str,
    *,
    published: str | None = None,
    dateline: str | None = None,
    kinds: Sequence[ZoneKind] = (),
) -> Document:
    """A document whose lines are zones: of `kinds` in order, then bodies."""
    zones = tuple(
        Zone(kinds[n] if n < len(kinds) else "body", Span(*line.span()))
        for n, line in enumerate(re.finditer(r"[^\n]+", text))
    )
    filed = None if dateline is None else Dateline(Span(0, 0), "", date=dateline)
    return replace(
        plain_document(text),
        id="doc",
        uri="report.txt",
        published=Published(published),
        dateline=filed,
        zones=zones,
    )


def entities_of(text: str) -> DocumentEntities:
    """The invented names wherever they stand in the text; each its own entity, its id its name."""
    entities: list[Entity] = []
    mentions: list[Mention] = []
    for kind, names in NAMES.items():
        for name in names:
            entities.append(Entity(name, kind, name, (), {}, None, (), "test"))
            mentions.extend(
                Mention(f"{name}@{m.start()}", "doc", Span(*m.span()), m[0], name, "name", "test")
                for m in re.finditer(rf"\b{name}\b", text)
            )
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-len(m.span), m.span)):
        if not any(mention.span.overlaps(other.span) for other in kept):
            kept.append(mention)
    return DocumentEntities(entities, kept)


def statement(text: str, content: str, *, cue: str, act: Act, holder: str) -> Statement:
    """A statement of the text: its content, the word that attributes and who says it."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Statement(
        id=f"said:{content}",
        document="doc",
        kind="indirect",
        holder=Holder(holder, span(holder), holder, "name"),
        cue=Cue(span(cue), cue, act),
        content=(Words(span(content), content),),
        exact=(),
        via=(),
        setting=None,
        said=None,
        confidence=0.9,
        made_by="test",
    )


def claims_in(analysis: Analysis, statements: Sequence[Statement] = ()) -> Claims:
    """The claims, each checked to cut its quotes."""
    text = analysis.text
    found = find_claims(analysis, entities_of(text), statements, made_by="test")
    for claim in found.claims:
        check_quotes(text, claim)
    return found


def check_quotes(text: str, claim: Claim) -> None:
    """Every span of a claim cuts its quote."""
    parts: list[Claim | Words | EntityRef] = [claim, *claim.hedges, *claim.actors, *claim.targets]
    optional = (claim.time, claim.place, claim.subject, claim.object, claim.outcome)
    for part in (*parts, *(one for one in optional if one is not None)):
        assert part.span.cut(text) == part.quote


def places_of(analysis: Analysis, entities: DocumentEntities) -> list[Place]:
    """The names that are used as locations in a text."""
    return [
        place
        for parse in analysis.parses
        for place in places_in(analysis.text, parse, entities, LOCATIVE)
    ]


def estimates_in(model: SpacyModel, text: str, *, published: str | None = None) -> list[Claim]:
    """The estimates in a text, as it is parsed; nobody is told to say them."""
    report = document(text, published=published)
    analysis = Analysis(report, model.parse(text, report.zones).parses)
    return [claim for claim in claims_in(analysis).claims if claim.kind == "estimate"]

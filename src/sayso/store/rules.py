"""The rules that hold for every ledger, checked on one document's reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from sayso.errors import SpanError
from sayso.records.entities import Entity
from sayso.records.findings import (
    Claim,
    EntityRef,
    Event,
    Holder,
    Mention,
    Place,
    Responsibility,
    Statement,
)
from sayso.records.readings import Reading
from sayso.records.spans import Span

_Finding = Mention | Statement | Claim | Event


def check_reading(reading: Reading) -> None:
    """Returns if every span cuts its quote and every id that is named is there.

    Raises `SpanError` that names the first record that breaks a rule.
    """
    text = reading.document.text
    for finding in findings_of(reading):
        check_spans(finding, text)
    _check_document(reading, text)
    _check_ids(reading)


def findings_of(reading: Reading) -> Iterator[_Finding]:
    """Mentions, statements, claims and events, in this order."""
    yield from reading.mentions
    yield from reading.statements
    yield from reading.claims
    yield from reading.events


def check_spans(record: _Finding, text: str) -> None:
    """Returns if all spans inside `record` cut their quotes out of `text`; else `SpanError`."""
    for span, quote in quotes_in(record):
        if text[span.start : span.end] != quote or span.end > len(text):
            raise SpanError(
                f"{_kind(record)} {record.id}: [{span.start}, {span.end}) does not cut its quote"
            )


def quotes_in(record: Struct) -> Iterator[tuple[Span, str]]:
    """All pairs of span and quote in a record, however deep."""
    span = getattr(record, "span", None)
    quote = getattr(record, "quote", None)
    if isinstance(span, Span) and isinstance(quote, str):
        yield span, quote
    for part in _parts(record):
        yield from quotes_in(part)


def entities_named(record: Struct) -> Iterator[str]:
    """The ids of all entities that a finding names, however deep."""
    named = Holder | EntityRef | Place | Mention | Responsibility
    if isinstance(record, named) and record.entity is not None:
        yield record.entity
    for part in _parts(record):
        yield from entities_named(part)


def entities_behind(entity: Entity) -> Iterator[str]:
    """The ids of the entities that an entity names: what it is part of, where it holds office."""
    if entity.part_of is not None:
        yield entity.part_of
    for role in entity.roles:
        if role.organisation is not None:
            yield role.organisation


def _parts(record: Struct) -> Iterator[Struct]:
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Span):
            continue
        if isinstance(value, Struct):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Struct) and not isinstance(item, Span):
                    yield item


def _check_document(reading: Reading, text: str) -> None:
    document = reading.document
    places = [zone.span for zone in document.zones]
    if any(span.end > len(text) for span in places):
        raise SpanError(f"document {document.id}: a zone ends after the text")
    quoted = [document.published, document.dateline, *document.evidence.values()]
    for item in quoted:
        if item is None or item.span is None or item.quote is None:
            continue
        if item.span.cut(text) != item.quote:
            raise SpanError(
                f"document {document.id}: [{item.span.start}, {item.span.end}) does not cut its"
                " quote"
            )


def _check_ids(reading: Reading) -> None:
    entities = _unique(reading.entities, "entity")
    mentions = _unique(reading.mentions, "mention")
    statements = _unique(reading.statements, "statement")
    claims = _unique(reading.claims, "claim")
    events = _unique(reading.events, "event")
    stamps = {stamp.id for stamp in reading.made_by}
    for finding in findings_of(reading):
        _need(finding, entities_named(finding), entities, "entity")
        if not isinstance(finding, Event):
            _need(finding, [finding.document], {reading.document.id}, "document")
            _need(finding, [finding.made_by], stamps, "made_by")
    for claim in reading.claims:
        _need(claim, [claim.statement] if claim.statement else [], statements, "statement")
        _need(claim, [claim.event] if claim.event else [], events, "event")
    for event in reading.events:
        if not event.claims:
            raise SpanError(f"event {event.id}: no claim speaks of it")
        _need(event, event.claims, claims, "claim")
    for entity in reading.entities:
        _need(entity, entities_behind(entity), entities, "entity")
        _need(
            entity, (id for alias in entity.aliases for id in alias.mentions), mentions, "mention"
        )
        _need(entity, (role.mention for role in entity.roles), mentions, "mention")
        _need(entity, [entity.made_by], stamps, "made_by")
    _need(reading.document, [reading.document.made_by], stamps, "made_by")


def _unique(records: Iterable[_Finding | Entity], kind: str) -> set[str]:
    ids: set[str] = set()
    for record in records:
        if record.id in ids:
            raise SpanError(f"{kind} {record.id} stands twice in one reading")
        ids.add(record.id)
    return ids


def _need(record: Struct, named: Iterable[str], known: set[str], kind: str) -> None:
    for id in named:
        if id not in known:
            raise SpanError(
                f"{_kind(record)} {getattr(record, 'id', '')}: names the {kind} {id},"
                " which is not there"
            )


def _kind(record: Struct) -> str:
    return str(record.__struct_config__.tag)

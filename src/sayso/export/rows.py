"""Records as rows of plain values, for tables, CSV and data frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso.export.wording import reviewed, what
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.findings import Claim, EntityRef, Holder, Statement
from sayso.records.judgements import Standing
from sayso.records.matches import Copies, Story
from sayso.records.provenance import Problem

Value = str | int | float | bool | None
Row = dict[str, Value]
Columns = dict[str, type]
"""The columns of a table, in order, with the type of their values (each may be None)."""
_JOINT = " … "


@dataclass(frozen=True)
class Lookup:
    """How rows find the words for the ids that records hold."""

    name: Callable[[str], str | None]
    """The name of an entity."""
    document: Callable[[str], dict[str, str | None]]
    """A document's `uri`, `title`, `outlet` and `published`."""
    statement: Callable[[str], Statement | None]
    """A statement as it stands."""
    standing: Callable[[str], Standing | None] = field(default=lambda id: None)
    """What people decided about a finding."""


STATEMENT_COLUMNS: Columns = {
    "id": str,
    "holder": str,
    "holder_quote": str,
    "role": str,
    "act": str,
    "kind": str,
    "content": str,
    "exact": str,
    "cue": str,
    "via": str,
    "said": str,
    "outlet": str,
    "published": str,
    "title": str,
    "uri": str,
    "document": str,
    "holder_id": str,
    "start": int,
    "end": int,
    "confidence": float,
    "reviewed": str,
}


def statement_row(statement: Statement, lookup: Lookup) -> Row:
    """One statement; `start` and `end` bound its content."""
    holder, said = statement.holder, statement.said
    held = lookup.standing(statement.id)
    return {
        "id": statement.id,
        **_holder(holder, lookup, held),
        "act": statement.cue.act if statement.cue else None,
        "kind": statement.kind,
        "content": _JOINT.join(words.quote for words in statement.content),
        "exact": _JOINT.join(words.quote for words in statement.exact) or None,
        "cue": statement.cue.quote if statement.cue else None,
        "via": " > ".join(_named(via, lookup) for via in statement.via) or None,
        "said": (said.value or said.quote) if said else None,
        **lookup.document(statement.document),
        "document": statement.document,
        "start": min((w.span.start for w in statement.content), default=None),
        "end": max((w.span.end for w in statement.content), default=None),
        "confidence": statement.confidence,
        "reviewed": reviewed(held),
    }


CLAIM_COLUMNS: Columns = {
    "id": str,
    "kind": str,
    "what": str,
    "about": str,
    "holder": str,
    "role": str,
    "place": str,
    "time": str,
    "quote": str,
    "measure": str,
    "low": int,
    "high": int,
    "approximate": bool,
    "event_type": str,
    "predicate": str,
    "relation": str,
    "polarity": str,
    "modality": str,
    "hedges": str,
    "outlet": str,
    "published": str,
    "title": str,
    "uri": str,
    "document": str,
    "statement": str,
    "start": int,
    "end": int,
    "confidence": float,
    "reviewed": str,
}


def claim_row(claim: Claim, lookup: Lookup) -> Row:
    """One claim with the holder of its statement; no holder: the report's own voice."""
    statement = lookup.statement(claim.statement) if claim.statement else None
    above = lookup.standing(claim.statement) if claim.statement else None
    holder = _holder(statement.holder if statement else None, lookup, above)
    time = claim.time
    return {
        "id": claim.id,
        "kind": claim.kind,
        "what": what(claim),
        "about": _about(claim, lookup),
        "holder": holder["holder"],
        "role": holder["role"],
        "place": claim.place.quote if claim.place else None,
        "time": (time.value or time.quote) if time else None,
        "quote": claim.quote,
        "measure": claim.measure,
        "low": claim.low,
        "high": claim.high,
        "approximate": claim.approximate,
        "event_type": claim.plover.type if claim.plover else None,
        "predicate": claim.predicate,
        "relation": claim.relation,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "hedges": "; ".join(words.quote for words in claim.hedges) or None,
        **lookup.document(claim.document),
        "document": claim.document,
        "statement": claim.statement,
        "start": claim.span.start,
        "end": claim.span.end,
        "confidence": claim.confidence,
        "reviewed": reviewed(lookup.standing(claim.id)) or reviewed(above, "its statement "),
    }


DOCUMENT_COLUMNS: Columns = dict.fromkeys(
    ("id", "uri", "title", "byline", "outlet", "origin", "published", "language", "media_type"), str
) | {"characters": int, "sha256": str}


def document_row(document: Document, _: Lookup) -> Row:
    """One document without its text."""
    return {
        "id": document.id,
        "uri": document.uri,
        "title": document.title,
        "byline": document.byline,
        "outlet": document.outlet,
        "origin": document.origin,
        "published": document.published.value,
        "language": document.language,
        "media_type": document.media_type,
        "characters": len(document.text),
        "sha256": document.sha256,
    }


ENTITY_COLUMNS: Columns = {
    "id": str,
    "kind": str,
    "name": str,
    "aliases": str,
    "roles": str,
    "part_of": str,
    "mentions": int,
    "identifiers": str,
}


def entity_row(entity: Entity, lookup: Lookup) -> Row:
    """One entity; `mentions` counts those by a name."""
    names = [alias.name for alias in entity.aliases if alias.name != entity.name]
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": "; ".join(names) or None,
        "roles": "; ".join(dict.fromkeys(role.role for role in entity.roles)) or None,
        "part_of": lookup.name(entity.part_of) if entity.part_of else None,
        "mentions": sum(len(alias.mentions) for alias in entity.aliases),
        "identifiers": "; ".join(f"{k}:{v}" for k, v in entity.identifiers.items()) or None,
    }


COPIES_COLUMNS: Columns = dict.fromkeys(("id", "origin", "documents", "reasons"), str)


def copies_row(copies: Copies, lookup: Lookup) -> Row:
    """Documents that are one text, by their paths."""
    return {
        "id": copies.id,
        "origin": lookup.document(copies.origin)["uri"] if copies.origin else None,
        "documents": "; ".join(
            f"{lookup.document(copy.document)['uri']} ({copy.similarity:.0%})"
            for copy in copies.documents
        ),
        "reasons": "; ".join(copies.reasons) or None,
    }


STORY_COLUMNS: Columns = dict.fromkeys(("id", "documents", "reasons"), str)


def story_row(story: Story, lookup: Lookup) -> Row:
    """Reports of one happening, by their paths."""
    return {
        "id": story.id,
        "documents": "; ".join(str(lookup.document(id)["uri"]) for id in story.documents),
        "reasons": "; ".join(story.reasons) or None,
    }


PROBLEM_COLUMNS: Columns = dict.fromkeys(
    ("id", "uri", "reason", "message", "advice", "stage", "document"), str
)


def problem_row(problem: Problem, _: Lookup) -> Row:
    """One input that was set aside, or a part that was not read."""
    return {name: getattr(problem, name) for name in PROBLEM_COLUMNS}


def _holder(holder: Holder | None, lookup: Lookup, held: Standing | None) -> dict[str, Value]:
    if holder is None:
        return dict.fromkeys(("holder", "holder_quote", "role", "holder_id"))
    name = lookup.name(holder.entity) if holder.entity else None
    return {
        "holder": name or holder.quote or (held.holder_name if held else None),
        "holder_quote": holder.quote or None,
        "role": holder.role.quote if holder.role else None,
        "holder_id": holder.entity,
    }


def _about(claim: Claim, lookup: Lookup) -> str | None:
    """Of whom: the subject; for events who did it to whom; for relations both sides."""
    if claim.kind == "event":
        left, right = claim.actors, claim.targets
    else:
        left = (claim.subject,) if claim.subject else ()
        right = (claim.object,) if claim.object else ()
    sides = [_list(left, lookup), _list(right, lookup)]
    if not any(sides):
        return None
    return " → ".join(side or "?" for side in sides) if right else sides[0]


def _list(references: Sequence[EntityRef], lookup: Lookup) -> str:
    return ", ".join(_named(reference, lookup) for reference in references)


def _named(reference: EntityRef, lookup: Lookup) -> str:
    return (lookup.name(reference.entity) if reference.entity else None) or reference.quote

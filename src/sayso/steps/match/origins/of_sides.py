"""The origins behind the sides of a dispute: the count that `disputes` asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sayso.records.findings import EntityRef, Statement, Words
from sayso.records.matches import Origin
from sayso.steps.match.copies.first_published import CopyFacts
from sayso.steps.match.disputes.sides import DisputeClaim, Matched
from sayso.steps.match.origins.counting import independent_origins
from sayso.steps.match.origins.sourced_claims import Source, SourcedClaim, is_spokesman

_ARTICLES = frozenset(("the", "a", "an"))


def origins_of_sides(
    matched: Matched,
    facts: Mapping[str, CopyFacts] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[Sequence[DisputeClaim]], tuple[Origin, ...]]:
    """How to count the origins of sides, by what is known across documents.

    `facts` by document: what each says of where its text comes from (agency, byline). `groups` by
    document: all groups of copies that it is in, for pages of several reports; `matched` knows one.
    """
    known, held = facts or {}, groups or {}

    def origins(sides: Sequence[DisputeClaim]) -> tuple[Origin, ...]:
        return independent_origins(
            sourced(
                side, matched, known.get(side.source.document), held.get(side.source.document, ())
            )
            for side in sides
        )

    return origins


def sourced(
    side: DisputeClaim,
    matched: Matched,
    facts: CopyFacts | None = None,
    groups: Sequence[str] = (),
) -> SourcedClaim:
    """A side as one whose source is to be told."""
    statement, holder, source = side.statement, side.holder, side.source
    copy = matched.copies.get(source.document)
    speaks_for: Source | None = None
    role = statement.holder.role if statement is not None and statement.holder else None
    if holder is not None and role is not None and is_spokesman(role.quote):
        if holder.above:
            body = matched.actor(holder.above[0])
            speaks_for = Source(matched.names.get(body, role.quote), body)
        elif (named := _body_before(statement, role)) is not None:
            speaks_for = Source(named)
    return SourcedClaim(
        claim=side.claim.id,
        document=source.document,
        outlet=source.outlet,
        published=source.published,
        origin=source.origin,
        agency=facts.agency if facts is not None else None,
        byline=facts.byline if facts is not None else None,
        copies=tuple(groups) or ((copy.group,) if copy is not None else ()),
        own_voice=holder is None and statement is None,
        holder=Source(matched.name_of(holder), matched.actor(holder.id)) if holder else None,
        holder_is_outlet=holder is not None and holder.kind == "outlet",
        named=holder is not None and not holder.id.startswith("~"),
        speaks_for=speaks_for,
        via=tuple(_source(ref, matched) for ref in statement.via) if statement is not None else (),
        setting=statement.setting.quote if statement and statement.setting else None,
        said=statement.said.value if statement and statement.said else None,
        quote=side.claim.quote,
        exact=tuple(part.quote for part in statement.exact) if statement is not None else (),
    )


def _body_before(statement: Statement | None, role: Words) -> str | None:
    """Of "Karsk Front spokeswoman Ilya Voss" the Karsk Front: the name right before the role."""
    if statement is None or statement.holder is None:
        return None
    holder = statement.holder
    length = role.span.start - holder.span.start
    before = holder.quote[:length] if 0 < length < len(holder.quote) else role.quote
    words = before.replace("\u2019", "'").removesuffix("'s ").split()
    names = [word for word in words if word[:1].isupper() and word.lower() not in _ARTICLES]
    return " ".join(names) if len(names) > 1 else None


def _source(ref: EntityRef, matched: Matched) -> Source:
    if ref.entity is None:
        return Source(ref.quote)
    actor = matched.actor(ref.entity)
    return Source(matched.names.get(actor, ref.quote), actor)

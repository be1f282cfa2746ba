"""Why something was found across documents, in words."""

from __future__ import annotations

import apsw

from sayso.records.entities import Entity
from sayso.records.matches import Copies, Dispute, Joining, Story
from sayso.store.actors import actor_of, joinings_of, members_of
from sayso.store.queries import name_of
from sayso.store.wire import Record


def reasons_for(db: apsw.Connection, record: Record) -> list[str]:
    """The reasons behind a record, a line each."""
    if isinstance(record, Entity):
        return _of_actor(db, record)
    if isinstance(record, Joining):
        return [_told(db, record)]
    if isinstance(record, Dispute):
        lines = [f"{record.question} {record.verdict.replace('_', ' ')}:", *record.reasons]
        for position in record.positions:
            lines.append(f"{position.value}: {position.independent_sources} independent")
            lines += [f"  {o.name}: {'; '.join(o.reasons) or 'one text'}" for o in position.origins]
        return lines
    if isinstance(record, Copies | Story):
        return list(record.reasons) or ["no reason was kept"]
    return ["only what is found across documents has such reasons; see 'sayso show'"]


def _of_actor(db: apsw.Connection, entity: Entity) -> list[str]:
    members = members_of(db, actor_of(db, entity.id))
    lines = [f"{entity.name} ({entity.kind.replace('_', ' ')}, {entity.id[:8]})"]
    if len(members) > 1:
        names = ", ".join(f"{name_of(db, id)} ({id[:8]})" for id in members)
        lines.append(f"one actor: {names}")
    else:
        lines.append("stands alone: no other entity was joined with it")
    lines.append("names: " + ", ".join(alias.name for alias in entity.aliases))
    seen: set[str] = set()
    for id in members:
        for joining, linked in joinings_of(db, id):
            if joining.id not in seen:
                seen.add(joining.id)
                lines.append(_told(db, joining) + (" -> joined by this" if linked else ""))
    return lines


def _told(db: apsw.Connection, joining: Joining) -> str:
    left, right = (f"{name_of(db, id) or '?'} ({id[:8]})" for id in joining.entities)
    reasons = "; ".join(joining.reasons)
    return f"{left} and {right}: {joining.decision} ({joining.score:.2f}): {reasons}"

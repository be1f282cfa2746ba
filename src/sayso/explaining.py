"""Why something was found across documents, in words."""

from __future__ import annotations

from itertools import product

import apsw
import msgspec

from sayso.records.entities import Entity
from sayso.records.matches import Copies, Dispute, Joining, Story
from sayso.steps.match.actors.profiles import ActorProfile
from sayso.store.actors import actor_of, joinings_of, members_of, profile_of
from sayso.store.judging import pairs
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


def bars_between(db: apsw.Connection, one: str, other: str) -> list[str]:
    """What keeps two entities from being one actor though a person said so, and what can be done
    about it; a line each, empty where nothing does."""
    sides = [members_of(db, actor_of(db, id)) for id in (one, other)]
    judged = pairs(db)
    lines = []
    for left, right in product(*sides):
        names = f"{_called(db, left)} and {_called(db, right)}"
        made = judged.get((min(left, right), max(left, right)))
        if made is not None and made.decision == "different":
            because = f": {made.because}" if made.because else ""
            lines.append(
                f"{made.by} said on {made.at[:10]} that {names} are two{because};"
                f" 'sayso undo' with {made.id[:8]} takes that back"
            )
        profiles = [_profile(db, id) for id in (left, right)]
        known = [p.known for p in profiles if p is not None and p.known is not None]
        if len(known) == 2 and known[0] != known[1]:
            lines.append(
                f"{names} are two known actors ({known[0]}, {known[1]}): put their names under one"
                " of them in a file of known actors and load it with 'sayso actors load'"
            )
        for part, whole, above in ((left, right, profiles[0]), (right, left, profiles[1])):
            if above is not None and whole in above.above:
                lines.append(
                    f"{_called(db, part)} is a part of {_called(db, whole)}: a file of known actors"
                    " without that ('part_of'), loaded with 'sayso actors load', takes it away"
                )
    return list(dict.fromkeys(lines))


def _called(db: apsw.Connection, id: str) -> str:
    return f"{name_of(db, id) or '?'} ({id[:8]})"


def _profile(db: apsw.Connection, id: str) -> ActorProfile | None:
    record = profile_of(db, id)
    return None if record is None else msgspec.msgpack.decode(record, type=ActorProfile)

"""Actors: who they are, why their names were joined, what they said and what is said of them."""

from __future__ import annotations

from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import NoSuchRecord
from sayso.export.rows import claim_row
from sayso.records.entities import Entity
from sayso.store import actors, browsing, standing
from sayso.store.asking import all_rows
from sayso.store.filters import entities_named
from sayso.workbench.answers import answer
from sayso.workbench.opening import ledger_of
from sayso.workbench.views import finding_line

_MOST = 60
_EACH = 20


def listing(request: Request) -> Response:
    """`/actors`: who speaks most; `?q=` a name or a part of one."""
    query = request.query_params.get("q", "")
    with ledger_of(request) as ledger, ledger.reading() as db:
        if query:
            ids, note = entities_named(db, query)
            ids = list(dict.fromkeys(actors.actor_of(db, id) for id in ids))[:_MOST]
            found: list[tuple[str, int | None]] = [(id, None) for id in ids]
        else:
            note = None
            found = list(browsing.speakers(db, _MOST))
        lines = []
        for id, count in found:
            record = ledger.record(id)
            if isinstance(record, Entity):
                lines.append(
                    {"id": id, "name": record.name, "kind": record.kind, "statements": count}
                )
    return answer(request, "actors.html.j2", {"actors": lines, "note": note})


def show(request: Request) -> Response:
    """`/actors/{id}`"""
    with ledger_of(request) as ledger, ledger.reading() as db:
        record = ledger.record(request.path_params["id"])
        if not isinstance(record, Entity):
            raise NoSuchRecord(f"{record.id}: is no actor", record.id)
        actor = actors.actor(db, actors.actor_of(db, record.id))
        members = actors.members_of(db, actor.id)
        lookup = ledger.lookup()
        said = ledger.statements(holder=actor.name)
        about = ledger.statements(about=actor.name)
        shown = list(islice(said, _EACH)), list(islice(about, _EACH))
        states = standing.states(db, [s.id for some in shown for s in some])
        related = list(ledger.claims(about=actor.name, kind="relation"))
        view: dict[str, Any] = {
            "actor": {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "aliases": [{"name": a.name, "mentions": len(a.mentions)} for a in actor.aliases],
                "identifiers": actor.identifiers,
                "part_of": actor.part_of,
                "part_of_name": ledger.name_of(actor.part_of) if actor.part_of else None,
            },
            "members": [{"id": id, "name": ledger.name_of(id) or id} for id in members],
            "reasons": ledger.why(actor.id),
            "roles": _roles(ledger, actor),
            "said": [finding_line(s, lookup, states.get(s.id)) for s in shown[0]],
            "said_count": len(said),
            "about": [finding_line(s, lookup, states.get(s.id)) for s in shown[1]],
            "about_count": len(about),
            "relations": [claim_row(c, lookup) for c in related[:_EACH]],
            "disputes": [
                {"id": d.id, "question": d.question, "verdict": d.verdict}
                for d in islice(ledger.disputes(about=actor.name), _EACH)
            ],
            "grades": [
                {"by": j.by, "at": j.at, "because": j.because, "id": j.id, **j.value}
                for j in ledger.judgements(actor.id, withdrawn=False)
                if j.decision == "grade"
            ],
            "children": _children(db, members),
        }
    return answer(request, "actor.html.j2", view)


def _roles(ledger: Any, actor: Entity) -> list[dict[str, Any]]:
    """Roles with the dates of the reports that give them, in order of time."""
    found: dict[tuple[str, str | None], list[str]] = {}
    with ledger.reading() as db:
        for role in actor.roles:
            day = actors.day_of_mention(db, role.mention)
            found.setdefault((role.role, role.organisation), []).extend([day] if day else [])
    lines = [
        {
            "role": role,
            "organisation": ledger.name_of(body) if body else None,
            "since": min(days, default=None),
            "until": max(days, default=None),
        }
        for (role, body), days in found.items()
    ]
    return sorted(lines, key=lambda line: (line["since"] or "9", line["role"]))


def _children(db: Any, members: list[str]) -> list[dict[str, str]]:
    marks = ", ".join("?" * len(members))
    rows = all_rows(
        db,
        # A document that tells of a part names the whole too: only these are looked through.
        "SELECT DISTINCT entity, name FROM entity_readings WHERE document IN"
        f" (SELECT document FROM entity_readings WHERE entity IN ({marks}))"
        f" AND json_extract(record, '$.part_of') IN ({marks}) LIMIT 40",
        (*members, *members),
    )
    return [{"id": str(id), "name": str(name)} for id, name in rows]

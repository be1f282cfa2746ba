"""Disputes: each a question, its answers side by side, and how many independent voices each has."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.errors import NoSuchRecord
from sayso.export.drawings.over_time import OverTime, over_time
from sayso.export.report.amounts import Scale
from sayso.export.rows import Lookup, claim_row, statement_row
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute, Position
from sayso.workbench.answers import answer
from sayso.workbench.asked import choice, query_of
from sayso.workbench.opening import ledger_of
from sayso.workbench.views import dispute_line

_MOST = 200
_QUOTES = 12
VERDICTS = ("conflict", "differ", "changed_over_time", "agree")


def listing(request: Request) -> Response:
    """`/disputes`: `?verdict=`, `?about=` a name."""
    query = query_of(request)
    verdict = choice(query, "verdict", VERDICTS)
    with ledger_of(request) as ledger:
        table = ledger.disputes(about=query.get("about") or None, verdict=verdict)
        found = list(islice(table, _MOST))
        note = table.note
    order = {name: place for place, name in enumerate(VERDICTS)}
    found.sort(key=lambda d: (order[d.verdict], d.question))
    view = {
        "disputes": [dispute_line(d) for d in found],
        "note": note,
        "_verdicts": VERDICTS,
    }
    return answer(request, "disputes.html.j2", view)


def show(request: Request) -> Response:
    """`/disputes/{id}`"""
    with ledger_of(request) as ledger:
        dispute = ledger.record(request.path_params["id"])
        if not isinstance(dispute, Dispute):
            raise NoSuchRecord(f"{dispute.id}: is no dispute", dispute.id)
        grades = _grades(ledger, dispute)
        drawn = over_time(dispute, finding_in(ledger), ledger.lookup())
        view = {
            "dispute": dispute,
            "positions": [_position(ledger, position, grades) for position in dispute.positions],
            "told": _told(drawn, ledger.lookup()),
            "_chart": _chart(dispute),
            "_drawn": drawn,
        }
    return answer(request, "dispute.html.j2", view)


def _position(
    ledger: sayso.Ledger, position: Position, grades: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    lookup = ledger.lookup()
    lines = []
    for id in position.claims[:_QUOTES]:
        record = ledger.record(id)
        if isinstance(record, Claim):
            line = claim_row(record, lookup)
            said = lookup.statement(record.statement) if record.statement else None
            whole = " … ".join(w.quote for w in said.content) if said else record.quote
            lines.append({**line, "content": whole, "grades": grades.get(id, [])})
        elif isinstance(record, Statement):
            line = statement_row(record, lookup)
            lines.append({**line, "grades": grades.get(id, [])})
    return {
        "value": position.value,
        "holders": [
            {"id": h.entity, "name": h.name, "grades": grades.get(h.entity or "", [])}
            for h in position.holders
        ],
        "independent_sources": position.independent_sources,
        "origins": [
            {"name": o.name, "documents": len(o.documents), "reasons": o.reasons}
            for o in position.origins
        ],
        "since": position.since,
        "until": position.until,
        "claims": lines,
        "left": len(position.claims) - len(lines),
    }


def _grades(ledger: sayso.Ledger, dispute: Dispute) -> dict[str, list[dict[str, Any]]]:
    """What people graded of this dispute's claims and holders, by record."""
    wanted = {id for p in dispute.positions for id in p.claims}
    wanted |= {h.entity for p in dispute.positions for h in p.holders if h.entity}
    found: dict[str, list[dict[str, Any]]] = {}
    for one in ledger.judgements(withdrawn=False):
        if one.decision == "grade" and one.on in wanted:
            found.setdefault(one.on, []).append({**one.value, "by": one.by})
    return found


def finding_in(ledger: sayso.Ledger) -> Callable[[str], object]:
    """What finds a record by its id; None for one that is gone."""

    def found(id: str) -> object:
        try:
            return ledger.record(id)
        except NoSuchRecord:
            return None

    return found


def _told(drawn: OverTime | None, lookup: Lookup) -> list[dict[str, Any]]:
    """What the drawing over time shows, claim by claim in its order."""
    return [
        {
            "number": mark.number,
            "claim": mark.told.claim,
            "answer": mark.told.answer,
            "words": mark.told.words,
            "holder": mark.told.holder,
            "when": mark.told.when if mark.told.period is not None else None,
            "basis": mark.told.basis if mark.told.period is not None else None,
            "uri": "",
            **lookup.document(mark.told.document),
        }
        for mark in (drawn.marks if drawn is not None else ())
    ]


def _chart(dispute: Dispute) -> dict[str, Any] | None:
    """Bars of the answers to a question of numbers, on one scale."""
    ends = [e for p in dispute.positions for e in (p.low, p.high) if e is not None]
    if not ends:
        return None
    scale = Scale.over(ends)
    rows = []
    for position in dispute.positions:
        if position.low is None and position.high is None:
            continue
        rough = "about" in position.value
        rows.append(
            {
                "bar": scale.bar(position.low, position.high, approximate=rough),
                "value": position.value,
                "holders": ", ".join(h.name for h in position.holders),
                "when": position.since or "no date",
            }
        )
    return {"ticks": scale.ticks(), "rows": rows}

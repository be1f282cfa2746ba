"""What review says: the ledger's precision, how far people agree, and where they differ."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.briefing import precision
from sayso.errors import NoSuchRecord
from sayso.export.reviews import training
from sayso.export.reviews.figures import agreements
from sayso.export.rows import claim_row, statement_row
from sayso.records.findings import Claim, Statement
from sayso.workbench.answers import answer
from sayso.workbench.opening import ledger_of

_MOST = 100
"""Findings on which two people differ that are shown."""


def show(request: Request) -> Response:
    """`/reviews`"""
    with ledger_of(request) as ledger:
        decided = ledger.decisions()
        rate = precision(ledger)
        pairs = agreements(decided)
        apart = list(dict.fromkeys(id for pair in pairs for id in pair.differing))
        lines = [line for id in apart[:_MOST] if (line := _line(ledger, id, decided[id]))]
    view = {
        "precision": None
        if rate is None
        else {
            "value": rate.value,
            "low": rate.interval[0],
            "high": rate.interval[1],
            "right": rate.right,
            "looked_at": rate.looked_at,
            "words": str(rate),
        },
        "agreement": [
            {
                "one": pair.one,
                "other": pair.other,
                "both": pair.both,
                "agreed": pair.agreed,
                "kappa": pair.kappa,
                "differing": len(pair.differing),
            }
            for pair in pairs
        ],
        "apart": lines,
        "left": len(apart) - len(lines),
    }
    return answer(request, "reviews.html.j2", view)


def download(request: Request) -> Response:
    """`/training/prodigy` and `/training/label-studio`"""
    form = request.path_params["form"]
    if form not in ("prodigy", "label-studio"):
        raise NoSuchRecord("training data is written for prodigy and label-studio", form)
    with ledger_of(request) as ledger:
        found = training.examples(ledger, list(ledger.standings()))
        write = training.prodigy if form == "prodigy" else training.label_studio
        body = b"".join(write(found))
    suffix = "jsonl" if form == "prodigy" else "json"
    headers = {"content-disposition": f'attachment; filename="reviewed-{form}.{suffix}"'}
    return Response(body, media_type="application/json", headers=headers)


def _line(ledger: sayso.Ledger, id: str, by: dict[str, str]) -> dict[str, Any] | None:
    try:
        record = ledger.record(id)
    except NoSuchRecord:
        return None  # judged in an earlier reading, and not found again
    lookup = ledger.lookup()
    if isinstance(record, Statement):
        row = statement_row(record, lookup)
        words = row["content"]
    elif isinstance(record, Claim):
        row = claim_row(record, lookup)
        words = row["quote"]
    else:
        return None
    return {"id": id, "words": words, "holder": row["holder"], "decisions": by}

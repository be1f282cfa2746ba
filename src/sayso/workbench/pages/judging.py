"""Judgements: people confirm, reject, correct, add, grade, join and part; and take it back."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

import sayso
from sayso.errors import JudgementRefused
from sayso.records.documents import Document
from sayso.records.entities import Entity
from sayso.records.judgements import Decision
from sayso.workbench.answers import answer, as_json
from sayso.workbench.asked import body_of
from sayso.workbench.opening import ledger_of, user_of

_LARGEST = 20_000
"""Bytes of one judgement."""


class Given(Struct, forbid_unknown_fields=True):
    """What a page sends."""

    on: str
    decision: Decision
    value: dict[str, str | int | None] = {}
    because: str | None = None
    by: str | None = None


def listing(request: Request) -> Response:
    """`/judgements`: the log, the latest first; `?on=` about one record."""
    on = request.query_params.get("on") or None
    with ledger_of(request) as ledger:
        found = list(ledger.judgements(on))[::-1]
    return answer(request, "judgements.html.j2", {"judgements": found[:500]})


async def judge(request: Request) -> Response:
    """`POST /judgements`"""
    body = await body_of(request, _LARGEST)
    if body is None:
        return as_json({"error": f"a judgement has {_LARGEST} bytes at most"}, status=413)
    try:
        given = msgspec.json.decode(body, type=Given)
    except msgspec.MsgspecError as error:
        return as_json({"error": str(error)}, status=400)
    return await run_in_threadpool(_judge, request, given)


def _judge(request: Request, given: Given) -> Response:
    by = (given.by or "").strip() or user_of(request)
    with ledger_of(request) as ledger:
        record = ledger.record(given.on)
        if given.decision == "correct":
            _check_span(ledger, record, given.value)
        if given.decision in ("same", "different"):
            _check_other(ledger, given.value)
        made = ledger.judge(
            record.id, given.decision, by=by, because=given.because, value=given.value
        )
        if given.decision in ("same", "different"):
            ledger.match()
    return as_json(made, status=201)


def withdraw(request: Request) -> Response:
    """`POST /judgements/{id}/withdraw`"""
    with ledger_of(request) as ledger:
        made = ledger.withdraw(request.path_params["id"], by=user_of(request))
        if made.decision in ("same", "different"):
            ledger.match()
    return as_json(made)


def _check_other(ledger: sayso.Ledger, value: dict[str, str | int | None]) -> None:
    """Only an entity is the same as another, or not."""
    other = value.get("other")
    if isinstance(other, str) and not isinstance(ledger.record(other), Entity):
        raise JudgementRefused(f"{other}: is no actor")


def _check_span(ledger: sayso.Ledger, record: Any, value: dict[str, str | int | None]) -> None:
    """Corrected or added words, and the words for their source, must lie in the document's text."""
    for names in (("start", "end"), ("holder_start", "holder_end")):
        start, end = (value.get(name) for name in names)
        if start is None and end is None:
            continue
        where = getattr(record, "document", None)
        document = ledger.record(where) if isinstance(where, str) else record
        if not isinstance(document, Document):
            raise JudgementRefused("correct: this record stands in no document")
        inside = isinstance(start, int) and isinstance(end, int)
        if not inside or not 0 <= start < end <= len(document.text):  # type: ignore[operator]
            raise JudgementRefused("correct: the span does not lie in the text")

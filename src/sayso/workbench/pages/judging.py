"""Judgements: people confirm, reject, correct, add, grade, join and part; and take it back."""

from __future__ import annotations

import getpass
from typing import Any

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import JudgementRefused
from sayso.records.documents import Document
from sayso.records.judgements import Decision
from sayso.workbench.answers import answer, as_json
from sayso.workbench.opening import ledger_of

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
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return as_json({"error": f"longer than {_LARGEST} bytes"}, status=413)
    try:
        given = msgspec.json.decode(body, type=Given)
    except msgspec.MsgspecError as error:
        return as_json({"error": str(error)}, status=400)
    return await run_in_threadpool(_judge, request, given)


def _judge(request: Request, given: Given) -> Response:
    by = (given.by or "").strip() or getpass.getuser()
    with ledger_of(request) as ledger:
        record = ledger.record(given.on)
        if given.decision == "correct":
            _check_span(ledger, record, given.value)
        made = ledger.judge(
            record.id, given.decision, by=by, because=given.because, value=given.value
        )
        if given.decision in ("same", "different"):
            ledger.match()
    return as_json(made, status=201)


def withdraw(request: Request) -> Response:
    """`POST /judgements/{id}/withdraw`"""
    with ledger_of(request) as ledger:
        made = ledger.withdraw(request.path_params["id"], by=getpass.getuser())
        if made.decision in ("same", "different"):
            ledger.match()
    return as_json(made)


def _check_span(ledger: Any, record: Any, value: dict[str, str | int | None]) -> None:
    """A corrected or added span must lie in the text of the document."""
    start, end = value.get("start"), value.get("end")
    if start is None and end is None:
        return
    document = record if isinstance(record, Document) else ledger.record(record.document)
    if not isinstance(document, Document):
        raise JudgementRefused("correct: this record stands in no document")
    inside = isinstance(start, int) and isinstance(end, int)
    if not inside or not 0 <= start < end <= len(document.text):  # type: ignore[operator]
        raise JudgementRefused("correct: the span does not lie in the text")

"""Judgements: people confirm, reject, correct, add, grade, join and part; and take it back."""

from __future__ import annotations

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import JudgementRefused
from sayso.records.judgements import Decision, Judgement
from sayso.workbench.answers import answer, as_json, failure
from sayso.workbench.asked import body_of
from sayso.workbench.opening import ledger_of
from sayso.workbench.visiting import visit_of

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
    by = _signature(request, given.by)
    with ledger_of(request) as ledger:
        record = ledger.record(given.on)
        if given.decision == "correct":
            made = ledger.correct(record.id, given.value, by=by, because=given.because)
        else:
            made = ledger.judge(
                record.id, given.decision, by=by, because=given.because, value=given.value
            )
        if given.decision in ("same", "different"):
            ledger.match()
    return as_json(made, status=201)


def withdraw(request: Request) -> Response:
    """`POST /judgements/{id}/withdraw`"""
    with ledger_of(request) as ledger:
        record = ledger.record(request.path_params["id"])
        if isinstance(record, Judgement):
            refused = _not_theirs(request, record)
            if refused is not None:
                return refused
        made = ledger.withdraw(record.id, by=visit_of(request).name)
        if made.decision in ("same", "different"):
            ledger.match()
    return as_json(made)


def _signature(request: Request, given: str | None) -> str:
    """Who decides. In a team that is the account; alone, one may sign as one likes.

    Raises `JudgementRefused`: a program that signs for another must not think that it did.
    """
    visit, named = visit_of(request), (given or "").strip()
    if visit.team and named not in ("", visit.name):
        raise JudgementRefused(
            f"by: a judgement bears the name of who is logged in, {visit.name}; leave it out"
        )
    return named or visit.name


def _not_theirs(request: Request, judgement: Judgement) -> Response | None:
    """In a team everybody takes back their own judgements, and admins any."""
    visit = visit_of(request)
    if not visit.team or judgement.by == visit.name or visit.may("admin"):
        return None
    return failure(
        request,
        403,
        f"This is a judgement of {judgement.by}: they or an admin can take it back. If you see it"
        " otherwise, judge the record yourself; both will stand.",
    )

"""Accounts: everybody their own, and admins all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import AccountsError
from sayso.judging import now as stamp
from sayso.records.accounts import ROLES, Account, Happening, Noted, Role
from sayso.store.accounts import log, people
from sayso.store.accounts.file import changing, opened
from sayso.workbench.answers import answer
from sayso.workbench.pages.login import address_of, refusal
from sayso.workbench.team.checking import Busy
from sayso.workbench.team.door import Door, Refused
from sayso.workbench.team.guards import Served, fields_of
from sayso.workbench.team.passwords import LEAST, made_password
from sayso.workbench.visiting import visit_of

_LINES = 50
"""Of the log that are shown."""


def own(request: Request) -> Response:
    """`/account`: who I am, and my password."""
    return _own(request, done=request.query_params.get("done"))


async def change_password(request: Request) -> Response:
    """`POST /account/password`"""
    fields, visit = fields_of(request), visit_of(request)
    door: Door = request.app.state.door
    served: Served = request.app.state.served
    old, new = fields.get("old", ""), fields.get("new", "")
    if new != fields.get("again", ""):
        return await _refused_own(request, "The new password is not the same both times.")
    known = request.cookies.get(served.cookie("known"), "")
    try:
        changed = await request.app.state.checking.run(
            lambda: door.change_password(
                visit.name, old, new, address=address_of(request), device=known
            )
        )
    except (AccountsError, Busy) as error:
        return await _refused_own(request, str(error) or "Try again in a moment.")
    if isinstance(changed, Refused):
        words = refusal(changed, "The present password is wrong.")
        return await _refused_own(request, words)
    response = RedirectResponse("/account?done=password", 303)
    served.keep(response, "", changed.session)
    if changed.device is not None:
        served.keep(response, "known", changed.device, seconds=door.ages.device)
    return response


def end_sessions(request: Request) -> Response:
    """`POST /account/sessions`: ends all but this one."""
    visit = visit_of(request)
    request.app.state.door.end_others(visit.name, visit.secret)
    return RedirectResponse("/account?done=sessions", 303)


def listing(request: Request) -> Response:
    """`/accounts`: for admins."""
    return _listing(request)


async def add(request: Request) -> Response:
    """`POST /accounts`: makes one, with a password for the first time."""
    fields = fields_of(request)

    def work(db: apsw.Connection, hash: str) -> Account:
        role = _role(fields)
        return people.add(db, fields.get("name", ""), role, hash, at=stamp(), must_change=True)

    return await _with_password(request, "added", work)


async def set_password(request: Request) -> Response:
    """`POST /accounts/password`: a password for the first time again; all sessions end."""
    name = fields_of(request).get("name", "")

    def work(db: apsw.Connection, hash: str) -> Account:
        people.set_password(db, name, hash, must_change=True)
        return people.known(db, name).account

    return await _with_password(request, "password", work)


def set_role(request: Request) -> Response:
    """`POST /accounts/role`"""
    fields = fields_of(request)
    return _changed(
        request, "role", lambda db: people.set_role(db, fields.get("name", ""), _role(fields))
    )


def disable(request: Request) -> Response:
    """`POST /accounts/disable`: closes one at once."""
    name = fields_of(request).get("name", "")
    return _changed(request, "disabled", lambda db: people.disable(db, name, at=stamp()))


def enable(request: Request) -> Response:
    """`POST /accounts/enable`"""
    name = fields_of(request).get("name", "")
    return _changed(request, "enabled", lambda db: people.enable(db, name))


def _own(request: Request, *, done: str | None = None, error: str | None = None) -> Response:
    visit = visit_of(request)
    door: Door = request.app.state.door
    view = {
        "name": visit.name,
        "role": visit.role,
        "must_change": visit.must_change,
        "sessions": door.sessions_of(visit.name),
        "least": LEAST,
        "done": done if done in ("password", "sessions") else None,
        "error": error,
    }
    return answer(request, "account.html.j2", view, status=400 if error else 200)


async def _refused_own(request: Request, error: str) -> Response:
    return await run_in_threadpool(_own, request, error=error)


def _listing(
    request: Request,
    *,
    error: str | None = None,
    made: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    door: Door = request.app.state.door
    with opened(door.path) as db:
        found = list(people.everybody(db))
        lines = list(log.latest(db, _LINES))
    view: dict[str, Any] = {
        "accounts": found,
        "log": lines,
        "error": error,
        "_roles": ROLES,
        "_made": made,
    }
    return answer(request, "accounts.html.j2", view, status=status)


def _changed(
    request: Request, what: Happening, work: Callable[[apsw.Connection], Account]
) -> Response:
    try:
        with changing(request.app.state.door.path) as db:
            account = work(db)
            log.note(db, _noted(request, what, account))
    except AccountsError as error:
        return _listing(request, error=str(error), status=400)
    return RedirectResponse("/accounts", 303)


async def _with_password(
    request: Request, what: Happening, work: Callable[[apsw.Connection, str], Account]
) -> Response:
    """Changes something that needs a new password, and shows that once, to the admin alone."""
    door: Door = request.app.state.door
    password = made_password()

    def change() -> Response:
        hash = door.passwords.hash(password)
        try:
            with changing(door.path) as db:
                account = work(db, hash)
                log.note(db, _noted(request, what, account))
        except AccountsError as error:
            return _listing(request, error=str(error), status=400)
        return _listing(request, made=(account.name, password))

    try:
        response: Response = await request.app.state.checking.run(change)
    except Busy:
        return await run_in_threadpool(
            _listing, request, error="Too many at once: try again.", status=503
        )
    return response


def _noted(request: Request, what: Happening, account: Account) -> Noted:
    return Noted(stamp(), what, account.name, visit_of(request).name, address_of(request))


def _role(fields: dict[str, str]) -> Role:
    given = fields.get("role", "")
    for role in ROLES:
        if role == given:
            return role
    raise AccountsError(f"{given}: a role is one of {', '.join(ROLES)}")

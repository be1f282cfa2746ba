"""Who asks: the user of this machine, a person with an account, or a stranger at the door."""

from __future__ import annotations

import getpass
from dataclasses import dataclass

from starlette.requests import Request

from sayso.records.accounts import Role, may


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, as the guards found out; nothing of it is taken from what a page sends."""

    name: str
    """As judgements bear it; empty for a stranger."""
    role: Role | None
    """None for a stranger."""
    form_token: str
    """What a page of this visitor sends along to change something."""
    team: bool = False
    """Whether people come in by accounts."""
    must_change: bool = False
    """Whether an own password is to be chosen first."""
    secret: str = ""
    """What the browser is known by; empty for a program."""

    def may(self, needed: Role) -> bool:
        """Whether the visitor may do what needs this role."""
        return self.role is not None and may(self.role, needed)


def visit_of(request: Request) -> Visit:
    """The visitor of a request that the guards let pass."""
    found = request.state.visit
    assert isinstance(found, Visit)
    return found


def this_user(form_token: str) -> Visit:
    """Whoever runs the workbench; in a container, there may be no name for them."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # before Python 3.13 a missing account raises KeyError
        name = "unknown"
    return Visit(name, "admin", form_token)

"""People who may use a ledger together, and what is noted of their coming and going."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

Role = Literal["reader", "reviewer", "admin"]
"""`reader` reads and exports; `reviewer` judges, too; `admin` looks after accounts, too."""
ROLES: tuple[Role, ...] = get_args(Role)
"""From the one who may least to the one who may most."""


def may(held: Role, needed: Role) -> bool:
    """Whether who has the role `held` may do what needs the role `needed`."""
    return ROLES.index(held) >= ROLES.index(needed)


def lesser(one: Role, other: Role) -> Role:
    """The role of the two that may less."""
    return min(one, other, key=ROLES.index)


class Account(Struct, frozen=True):
    """A person who may come in by name and password."""

    name: str
    """As judgements bear it. It is never changed and never given to another person."""
    role: Role
    created: str
    """RFC 3339, UTC."""
    disabled: str | None = None
    """Since when nobody comes in by it (RFC 3339, UTC); None while it is open."""
    must_change: bool = False
    """Whether the password was made for the person, who must choose an own one first."""


Happening = Literal[
    "added",
    "role",
    "password",
    "disabled",
    "enabled",
    "token",
    "login",
    "logout",
    "failed",
    "slowed",
    "stale",
]
"""`failed`: a wrong name or password; `slowed`: a try that was refused unseen, for too many went
before it; `stale`: the right password of an account that was closed."""


class Noted(Struct, frozen=True):
    """One line of the log of accounts."""

    at: str
    """RFC 3339, UTC."""
    what: Happening
    name: str | None
    """The account; None where no account has the name that was given: people type passwords into
    the wrong field."""
    by: str | None
    """Who did it; None for who stands at the door, and for the command line."""
    address: str | None
    """The network address that it came from; None for the command line."""

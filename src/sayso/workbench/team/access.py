"""Who may do what: the one place that says which role an address needs.

What is not named here needs no more than a reader's account where it only shows something, and is
refused to everybody where it changes something.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from sayso.records.accounts import Role

Need = Role | Literal["stranger", "nobody"]
SAFE = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""
LOGIN = "/login"
NEEDS: dict[tuple[str, str], Need] = {
    ("GET", "/static"): "stranger",  # style and script: the same for everybody, nothing of a ledger
    ("GET", LOGIN): "stranger",
    ("POST", LOGIN): "stranger",
    ("POST", "/logout"): "reader",
    ("POST", "/account/password"): "reader",
    ("POST", "/account/sessions"): "reader",
    ("POST", "/judgements"): "reviewer",
    ("POST", "/judgements/{id}/withdraw"): "reviewer",
    ("POST", "/searches"): "reader",
    ("POST", "/searches/{id}/withdraw"): "reader",  # one's own; an admin, anybody's
    ("GET", "/accounts"): "admin",
    ("POST", "/accounts"): "admin",
    ("POST", "/accounts/role"): "admin",
    ("POST", "/accounts/password"): "admin",
    ("POST", "/accounts/disable"): "admin",
    ("POST", "/accounts/enable"): "admin",
}
"""By method and the pattern of the route; a mount by its folder."""
WITH_START_PASSWORD = frozenset({"/account", "/account/password", "/logout", "/static", LOGIN})
"""What who has a password that was made for them may do before choosing an own one."""


def pattern_of(routes: Sequence[BaseRoute], scope: Scope) -> str | None:
    """The pattern of the route that will answer, found as the router finds it; None of none."""
    for route in routes:
        match, _ = route.matches(scope)
        if match is Match.FULL:
            return str(getattr(route, "path", ""))
    return None


def needed(method: str, pattern: str | None) -> Need:
    """What is needed for a request that the route of this pattern would answer."""
    if pattern is None:
        return "reader"  # nothing will run: even that a page is not there is not told to strangers
    shown = method in SAFE
    found = NEEDS.get(("GET" if shown else method, pattern))
    if found is not None:
        return found
    return "reader" if shown else "nobody"

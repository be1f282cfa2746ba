"""The claims that a view shows: the filters of its address, the same for every view."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import get_args
from urllib.parse import urlencode

import sayso
from sayso.records.findings import Claim, ClaimKind

NAMES = ("q", "kind", "holder", "about", "place", "outlet", "since", "until")
KINDS: tuple[str, ...] = get_args(ClaimKind)
_MOST = 5_000
"""Claims that a view looks at; it says where there are more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Claims, and how many more meet the filters."""

    claims: list[Claim]
    left: int
    note: str | None


def chosen(ledger: sayso.Ledger, query: dict[str, str], *, kind: str | None = None) -> Chosen:
    """The claims that meet the filters of an address; of one kind, if given."""
    given = {name: query[name] for name in NAMES if query.get(name)}
    if "q" in given:
        given["search"] = given.pop("q")
    if given.get("kind") not in KINDS:
        given.pop("kind", None)
    table = ledger.claims(**{**given, **({"kind": kind} if kind else {})})  # type: ignore[arg-type]
    found = list(islice(table, _MOST))
    return Chosen(found, max(0, len(table) - len(found)), table.note)


def shared_query(query: dict[str, str], **more: str) -> str:
    """The filters as they stand in the address of another view."""
    kept = {name: query[name] for name in NAMES if query.get(name)}
    return urlencode({**kept, **more})

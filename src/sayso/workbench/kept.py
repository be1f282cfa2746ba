"""Saved searches as lines: a name, an address, a feed."""

from __future__ import annotations

from typing import Any

import sayso
from sayso.store import searches
from sayso.store.searches import Listed, SavedSearch


def search_lines(ledger: sayso.Ledger, listed: Listed) -> list[dict[str, Any]]:
    """The searches of a list that people keep, by name."""
    with ledger.reading() as db:
        return [search_line(one) for one in searches.kept(db, listed)]


def search_line(one: SavedSearch) -> dict[str, Any]:
    """A saved search with its addresses."""
    query = f"?{one.query}" if one.query else ""
    return {
        "id": one.id,
        "name": one.name,
        "listed": one.listed,
        "query": one.query,
        "address": f"/{one.listed}{query}",
        "feed": f"/{one.listed}.atom{query}",
        "by": one.by,
        "at": one.at,
    }

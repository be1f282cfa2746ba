"""Adjectives that stand for a state: of "Tarvian weapons" Tarvia, where the document names it."""

from __future__ import annotations

from functools import cache

from sayso.lexicons import load
from sayso.records.entities import Entity
from sayso.steps.extract.names_countries import is_adjective_of
from sayso.values.names import fold


def state_of(adjective: str, states: list[Entity]) -> str | None:
    """The id of the one of `states` whose adjective a word is: of a known state by the list, else
    by how it is formed."""
    known = _adjectives().get(fold(adjective))
    for state in states:
        if known == state.name or (known is None and is_adjective_of(adjective, state.name)):
            return state.id
    return None


@cache
def _adjectives() -> dict[str, str]:
    return {
        fold(adjective): actor["name"]
        for actor in load("actors_states.toml")["actor"]
        for adjective in actor.get("adjectives", ())
    }

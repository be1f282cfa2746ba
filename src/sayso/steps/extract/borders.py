"""Regions that no gazetteer lists: the border of two states, and a part of a state by direction.

"the Tajik-Afghan border", "the border between Tajikistan and Afghanistan"; "eastern Afghanistan".
Their points are worked out from the provinces: of a border, the middle between those provinces of
the two states that lie closest; of a part, the middle of the third of the provinces that lies
farthest in its direction.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from sayso.lexicons import load
from sayso.records.entities import Entity
from sayso.records.findings import Place
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.link.gazetteer import Spot, gazetteer
from sayso.steps.link.geometry import kilometres
from sayso.values.names import key

_BORDERS = frozenset(("border", "borders", "frontier"))
_DASHES = frozenset("-–‐‑/")
_JOINTS = frozenset(("and", "with", "-", "–"))
_REACH = 9
"""Tokens behind "border" in which both states must stand."""
_PAIRS = 3
_FAR = 900.0
"""Kilometres between the middles of provinces from which two states share no border."""
_STEPS = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}


def borders_in(text: str, parse: Parse) -> Iterator[Place]:
    """The borders of two named states in a parse."""
    for token, word in enumerate(parse.words):
        if word.casefold() not in _BORDERS:
            continue
        found = _before(parse, token) or _behind(parse, token)
        if found is None:
            continue
        first, last, one, other = found
        at = border_point(one, other)
        span = parse.span(first, last)
        yield Place(
            span=Span(span.start, span.end),
            quote=span.cut(text),
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            precision="region",
        )


def _before(parse: Parse, border: int) -> tuple[int, int, str, str] | None:
    """`Tajik-Afghan border`."""
    if border < 3 or parse.words[border - 2] not in _DASHES:
        return None
    one, other = _state(parse.words[border - 3]), _state(parse.words[border - 1])
    return (border - 3, border + 1, one, other) if one and other and one != other else None


def _behind(parse: Parse, border: int) -> tuple[int, int, str, str] | None:
    """`border between Tajikistan and Afghanistan`."""
    if border + 1 >= len(parse) or parse.words[border + 1].casefold() not in ("between", "of"):
        return None
    one = None
    for token in range(border + 2, min(len(parse), border + _REACH)):
        word = parse.words[token]
        state = _state(word)
        if state and one and state != one:
            return border, token + 1, one, state
        if state:
            one = state
        elif word.casefold() not in (*_JOINTS, "the"):
            return None
    return None


@cache
def _states() -> dict[str, str]:
    """By folded name or adjective of one word, the ISO 3166 code of the state."""
    found = {}
    for actor in load("actors_states.toml")["actor"]:
        code = actor.get("identifiers", {}).get("iso3166")
        for name in (actor["name"], *actor.get("adjectives", ())) if code else ():
            found[key(name)] = code
    return found


def _state(word: str) -> str | None:
    return _states().get(key(word)) if word[:1].isupper() else None


@lru_cache(maxsize=256)
def border_point(one: str, other: str) -> tuple[float, float] | None:
    """A point near the border of two states (ISO 3166 codes); None where they share none, as far
    as their provinces tell."""
    places = gazetteer()
    states = [places.coded(code) for code in sorted((one, other))]
    sides = [places.provinces(state.index) if state else () for state in states]
    pairs = sorted(
        (kilometres(_at(here), _at(there)), i, j)
        for i, here in enumerate(sides[0])
        for j, there in enumerate(sides[1])
    )[:_PAIRS]
    if not pairs or pairs[0][0] > _FAR:
        return None
    ends = [_at(sides[0][i]) for _, i, _ in pairs] + [_at(sides[1][j]) for _, _, j in pairs]
    return _mean(ends)


def part_of(entity: Entity, words: str) -> tuple[float, float] | None:
    """A point in the part of a state that words of direction name; None where it has no code."""
    code = entity.identifiers.get("iso3166")
    return part_point(code, words.casefold()) if code else None


@lru_cache(maxsize=256)
def part_point(code: str, words: str) -> tuple[float, float] | None:
    """The middle of the third of a state's provinces that lies farthest in a direction."""
    north = sum(step[0] for word, step in _STEPS.items() if word in words)
    east = sum(step[1] for word, step in _STEPS.items() if word in words)
    country = gazetteer().coded(code)
    provinces = gazetteer().provinces(country.index) if country else ()
    if (north, east) == (0, 0) or not provinces:
        return None
    ranked = sorted(provinces, key=lambda spot: -(north * spot.latitude + east * spot.longitude))
    return _mean([_at(spot) for spot in ranked[: max(1, len(ranked) // 3)]])


def _at(spot: Spot) -> tuple[float, float]:
    return spot.latitude, spot.longitude


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    count = len(points)
    return (
        round(sum(latitude for latitude, _ in points) / count, 4),
        round(sum(longitude for _, longitude in points) / count, 4),
    )

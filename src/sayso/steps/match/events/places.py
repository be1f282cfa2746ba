"""Tellings of one story that are of one town: an attack in Velm here is the bombing in Velm there.

The words for it differ from report to report, and what hangs on them, too; but a story seldom tells
of two attacks in one town, and where it does, their days part them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.steps.match.events.profiles import EventProfile, times_differ

_KINDS = frozenset({"ASSAULT", "COERCE"})
"""Types (PLOVER) that this holds for; people meet in one town again and again."""
_SEARCHES = frozenset({"raid", "sweep", "search"})
"""Stems of words for what people are arrested on."""
_LOOKED_AT = 12
"""Dated tellings of two groups that are laid beside each other."""


def at_one_place(groups: Sequence[list[EventProfile]]) -> list[list[EventProfile]]:
    """The groups of one story, those joined that tell of one type in one place on days that may
    be one; by their first tellings. Near-linear in the tellings."""
    joined: list[list[EventProfile]] = []
    by_place: dict[tuple[str, str], list[int]] = {}
    for group in sorted(groups, key=lambda own: (own[0].document, own[0].start, own[0].id)):
        keys = sorted({key for one in group for key in _keys(one)})
        home = next(
            (
                number
                for key in keys
                for number in by_place.get(key, ())[:_LOOKED_AT]
                if not _apart(joined[number], group)
            ),
            None,
        )
        if home is None:
            home = len(joined)
            joined.append([])
        joined[home] += group
        for key in keys:
            numbers = by_place.setdefault(key, [])
            if home not in numbers:
                numbers.append(home)
    return [sorted(own, key=lambda one: (one.document, one.start, one.id)) for own in joined]


def _keys(one: EventProfile) -> list[tuple[str, str]]:
    if one.type not in _KINDS:
        return []
    type = "COERCE" if one.trigger in _SEARCHES else one.type
    return [(type, place) for place in one.towns]


def _apart(one: Sequence[EventProfile], other: Sequence[EventProfile]) -> bool:
    """Whether dated tellings of both are of different days."""
    left = [profile for profile in one if profile.days is not None][:_LOOKED_AT]
    right = [profile for profile in other if profile.days is not None][:_LOOKED_AT]
    return any(times_differ(a, b) for a in left for b in right)

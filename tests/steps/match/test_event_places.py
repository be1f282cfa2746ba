"""Tellings of one story that are of one town."""

from __future__ import annotations

import random
from itertools import pairwise

from sayso.steps.match.events.places import at_one_place
from sayso.steps.match.events.profiles import EventProfile


def told(
    id: str,
    town: str,
    *,
    type: str = "ASSAULT",
    trigger: str = "attack",
    days: tuple[int, int] | None = None,
) -> EventProfile:
    return EventProfile(
        id=id,
        document=id[0],
        start=int(id[1:]),
        trigger=trigger,
        words=(),
        actors=(),
        targets=(),
        beside=(),
        around=(),
        numbers=(),
        type=type,
        days=days,
        places=(town,) if town else (),
        towns=(town,) if town else (),
    )


def ids(groups: list[list[EventProfile]]) -> list[list[str]]:
    return [[one.id for one in group] for group in groups]


def test_one_town_is_one_happening_whatever_it_is_called() -> None:
    groups = [[told("a1", "velm")], [told("b1", "velm", trigger="bombing")], [told("c1", "orsk")]]
    assert ids(at_one_place(groups)) == [["a1", "b1"], ["c1"]]


def test_days_part_two_attacks_in_one_town() -> None:
    groups = [[told("a1", "velm", days=(10, 10))], [told("b1", "velm", days=(14, 14))]]
    assert ids(at_one_place(groups)) == [["a1"], ["b1"]]


def test_meetings_and_what_has_no_town_are_left_alone() -> None:
    groups = [
        [told("a1", "velm", type="CONSULT")],
        [told("b1", "velm", type="CONSULT")],
        [told("c1", "")],
        [told("d1", "")],
    ]
    assert ids(at_one_place(groups)) == [["a1"], ["b1"], ["c1"], ["d1"]]


def test_an_arrest_is_of_the_raid_that_it_was_made_on() -> None:
    groups = [[told("a1", "velm", type="COERCE", trigger="arrest")], [told("b1", "velm")]]
    groups.append([told("c1", "velm", trigger="raid")])
    assert ids(at_one_place(groups)) == [["a1", "c1"], ["b1"]]


def test_the_order_of_the_groups_does_not_matter() -> None:
    groups = [[told(f"{letter}1", town)] for letter, town in zip("abcdef", "vovovo", strict=True)]
    wanted = ids(at_one_place(groups))
    for seed in range(5):
        random.Random(seed).shuffle(groups)
        assert ids(at_one_place(groups)) == wanted
    assert all(one < other for one, other in pairwise(wanted))

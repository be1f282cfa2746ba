"""Estimates: what is counted, of whom, where; and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records.findings import Claim

Find = Callable[[str], list[Claim]]


@pytest.mark.parametrize(
    ("text", "measure", "low", "high", "subject"),
    [
        (
            "The number of Karsk Front members in Tarvia is between 300 and 500.",
            "members",
            300,
            500,
            "Karsk Front",
        ),
        ("The Karsk Front has nearly 900 fighters.", "fighters", 900, 900, "Karsk Front"),
        (
            "The largest is the Ember Brigade, which was formed in 2015 and has over 70 fighters.",
            "fighters",
            70,
            None,
            "Ember Brigade",
        ),
        (
            "Among them, the largest is the Ember Brigade, with nearly 600 fighters.",
            "fighters",
            600,
            600,
            "Ember Brigade",
        ),
        ("Members of the Karsk Front killed 12 villagers.", "killed", 12, 12, None),
        ("Twelve members of the Karsk Front were detained.", "detained", 12, 12, None),
        ("The Karsk Front's 300 fighters left.", "fighters", 300, 300, "Karsk Front"),
        ("A 300-strong Karsk Front force holds Lenn.", "members", 300, 300, "Karsk Front"),
        ("There are over 20 terrorist groups in Tarvia.", "groups", 20, None, None),
        (
            "The Karsk Front's strength ranges from 150 to 220 fighters.",
            "fighters",
            150,
            220,
            "Karsk Front",
        ),
        ("The Karsk Front's 700-strong army fled.", "members", 700, 700, "Karsk Front"),
        ("They lost 50 armoured vehicles.", "vehicles", 50, 50, None),
        ("The attack left 12 people dead.", "killed", 12, 12, None),
        ("Dozens of people were killed in Orsk.", "killed", 24, None, None),
        (
            "More than 60 militants were killed or captured in the raid.",
            "killed or captured",
            60,
            None,
            None,
        ),
    ],
)
def test_one_figure(
    estimates: Find, text: str, measure: str, low: int | None, high: int | None, subject: str | None
) -> None:
    [claim] = estimates(text)
    assert (claim.measure, claim.low, claim.high) == (measure, low, high)
    if subject is not None:
        assert claim.subject is not None
        assert claim.subject.entity == subject


def test_groups_without_an_owner_have_no_subject(estimates: Find) -> None:
    [claim] = estimates("There are over 20 terrorist groups in Tarvia.")
    assert claim.subject is None
    assert claim.place is not None
    assert claim.place.entity == "Tarvia"


def test_the_killed_are_the_subject_in_their_own_words(estimates: Find) -> None:
    [claim] = estimates("More than 60 militants were killed in the raid.")
    assert claim.subject is not None
    assert (claim.subject.entity, claim.subject.quote) == (None, "militants")


def test_a_clause_inherits_the_group_it_is_about(estimates: Find) -> None:
    [claim] = estimates(
        "The Karsk Front is gaining ground in northern Tarvia, where more than 200 militants have"
        " been gathered."
    )
    assert claim.subject is not None
    assert claim.subject.entity == "Karsk Front"
    assert claim.place is not None
    assert (claim.place.quote, claim.place.precision) == ("northern Tarvia", "region")


def test_two_outcomes_are_two_figures(estimates: Find) -> None:
    killed, wounded = estimates("At least 10 people were killed and 30 wounded in Lenn.")
    assert (killed.measure, killed.low, killed.high) == ("killed", 10, None)
    assert (wounded.measure, wounded.low, wounded.high) == ("wounded", 30, 30)


def test_a_change_is_two_figures(estimates: Find) -> None:
    was, now = estimates("The Karsk Front grew from 200 to close to 400 fighters.")
    assert (was.low, was.high, was.approximate) == (200, 200, False)
    assert (now.low, now.high, now.approximate) == (400, 400, True)


def test_joined_outcomes_share_their_place(estimates: Find) -> None:
    killed, wounded = estimates("At least 43 people were killed and 100 injured in Velm.")
    assert killed.place is not None
    assert killed.place == wounded.place


def test_those_who_free_prisoners_are_not_the_prisoners(estimates: Find) -> None:
    [claim] = estimates("The Karsk Front released 120 prisoners.")
    assert claim.subject is None


def test_a_figure_told_twice_is_two_claims(estimates: Find) -> None:
    first, second = estimates(
        "The Karsk Front has 300 fighters. As said, the Karsk Front has 300 fighters."
    )
    assert first.id != second.id


@pytest.mark.parametrize(
    "text",
    [
        "I get 100,000 likes on my page.",
        "The video has 250 comments and 12,000 followers.",
        "Officials of seven countries met in Velm.",
        "The 40th meeting took place in a two-day session.",
        "The River States Union adopted Resolution 2593.",
        "Tarvia gave $4,000 to every family.",
        "About 40 percent of fighters left.",
        "The 25-year-old commander is from Lenn.",
        "The 2015 attack and the 9/11 attacks are remembered.",
        "The channel has 3,000 members.",
        "The parliament has 250 members.",
        "The surrender of hundreds of militants was celebrated.",
        "Hundreds of people attended the concert.",
        "Call 079 300 4000.",
        "One of the militants spoke.",
        "The town lies 120 kilometres from Velm.",
        "The doctors treated 30 heart attacks.",
        "TARVIA (March 12, 2031) - Karsk Front fighters fled.",
        "They found 100 light machine-gun rounds.",
    ],
)
def test_what_is_no_estimate(estimates: Find, text: str) -> None:
    assert estimates(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("At least 30 but no more than 50 fighters were killed.", 30, 50),
        ("Between three and four hundred fighters hold the pass.", 300, 400),
        ("Between 1.5 and 2 million people were displaced.", 1_500_000, 2_000_000),
        ("The number of displaced people has exceeded 50,000.", 50_000, None),
        ("Police arrested between 10 and 15 members of the Karsk Front.", 10, 15),
    ],
)
def test_ranges_and_bounds(estimates: Find, text: str, low: int, high: int | None) -> None:
    [claim] = estimates(text)
    assert (claim.low, claim.high) == (low, high)


def test_a_number_without_a_noun_counts_what_the_one_before_counted(estimates: Find) -> None:
    was, now = estimates("The Karsk Front had 3,000 fighters in 2022 and has fewer than 900 now.")
    assert (was.measure, was.low, was.high) == ("fighters", 3000, 3000)
    assert (now.measure, now.low, now.high) == ("fighters", None, 900)


@pytest.mark.parametrize(
    "text",
    [
        "From 1990-1994 the fighters held Orsk.",
        "One in ten fighters is a foreigner.",
        "Fighters earn 300 to 500 dinars a month.",
    ],
)
def test_other_units_are_no_strengths(estimates: Find, text: str) -> None:
    assert estimates(text) == []

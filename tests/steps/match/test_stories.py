from __future__ import annotations

import random

import pytest
from benchmarks.stories import synthetic
from evals.plain_documents import plain_document
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.growth import assert_grows_by_at_most, assert_takes_at_most

from sayso.pipeline import Reader
from sayso.records.documents import Published
from sayso.records.readings import Reading
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.stories.background import Background, built_in
from sayso.steps.match.stories.features import (
    MOST_NAMES,
    MOST_TERMS,
    Named,
    StoryFeatures,
    Term,
    features,
)
from sayso.steps.match.stories.gathering import StorySettings, gather, partition
from sayso.steps.match.stories.keys import MOST_KEYS, candidate_keys
from sayso.steps.match.stories.likeness import likeness

REPORTS = {
    "post-1": (
        "2024-03-04",
        "Karsk Front gunmen attacked a border post near Velm on Monday, killing 12 soldiers,"
        " officials said.\nThe attack on the post was the third this month in Tarvia.",
    ),
    "post-2": (
        "2024-03-05",
        "At least 12 Tarvian soldiers were killed when the Karsk Front stormed a border post"
        " outside Velm, the army said. Four gunmen died in the assault.",
    ),
    "lake-1": (
        "2024-03-05",
        "Tarvia's parliament passed a law on fishing rights in Lake Oru on Tuesday. The minister"
        " of fisheries, Ana Belk, praised the vote.",
    ),
    "lake-2": (
        "2024-03-06",
        "Lawmakers in Tarvia approved new fishing rules for Lake Oru. Fisheries minister Ana Belk"
        " said the law would protect stocks.",
    ),
    "market": (
        "2024-04-20",
        "The Karsk Front attacked a market in Sorn on Saturday, wounding 30 people, police said.",
    ),
}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")))
    return {
        name: reader.read_document(
            replace(plain_document(text), id=name, published=Published(day, "text"))
        )
        for name, (day, text) in REPORTS.items()
    }


@pytest.fixture(scope="module")
def reports(readings: dict[str, Reading]) -> dict[str, StoryFeatures]:
    return {name: features(reading) for name, reading in readings.items()}


def test_reports_of_one_happening_are_one_story(reports: dict[str, StoryFeatures]) -> None:
    stories = gather(reports.values())
    assert [story.documents for story in stories] == [("lake-1", "lake-2"), ("post-1", "post-2")]


def test_reasons_are_in_words(reports: dict[str, StoryFeatures]) -> None:
    lake, post = gather(reports.values())
    assert "both name Lake Oru" in lake.reasons
    assert post.reasons[0] == "within 2 days, 2024-03-04 to 2024-03-05"
    assert "both name Velm and Karsk Front" in post.reasons
    assert "both tell of an attack" in post.reasons
    assert any("‘border’" in reason for reason in post.reasons)


def test_the_same_attackers_weeks_later_are_another_story(
    reports: dict[str, StoryFeatures],
) -> None:
    score, reasons = likeness(reports["post-1"], reports["market"])
    assert score < 0.1
    assert "both name Karsk Front" in reasons


def test_likeness_is_symmetric(reports: dict[str, StoryFeatures]) -> None:
    for one in reports.values():
        for other in reports.values():
            assert likeness(one, other)[0] == pytest.approx(likeness(other, one)[0])


def test_reports_without_a_date_are_gathered_too(reports: dict[str, StoryFeatures]) -> None:
    mixed = [
        replace(one, published=None) if name == "post-2" else one for name, one in reports.items()
    ]
    assert ["post-1", "post-2"] in partition(mixed)
    undated = [replace(one, published=None, days=()) for one in reports.values()]
    assert ["post-1", "post-2"] in partition(undated)


def test_copies_count_as_one_text(reports: dict[str, StoryFeatures]) -> None:
    copy = replace(reports["market"], document="market-copy")
    [_, _, story] = sorted(
        gather([*reports.values(), copy], copies={"market": "m", "market-copy": "m"}),
        key=lambda one: one.documents[0] == "market",
    )
    assert story.documents == ("market", "market-copy")
    assert story.reasons == ("1 of them is a copy",)


def test_a_stricter_threshold_gives_smaller_stories(reports: dict[str, StoryFeatures]) -> None:
    assert gather(reports.values(), settings=StorySettings(threshold=0.9999)) == []


def test_reports_far_apart_in_time_are_not_compared(reports: dict[str, StoryFeatures]) -> None:
    one = reports["post-1"]
    assert one.published is not None
    later = replace(one, document="later", published=one.published + 8)
    assert partition([one, later]) == [["later"], ["post-1"]]
    wider = StorySettings(days=10)
    assert partition([one, later], settings=wider) == [["later", "post-1"]]


def test_features_are_bounded_and_need_no_findings(readings: dict[str, Reading]) -> None:
    words = " ".join(f"Word{number}ly" for number in range(5_000))
    hostile = readings["market"].document
    text = words + "\n" + "x" * 100_000
    document = replace(plain_document(text), id="hostile", published=hostile.published)
    bare = Reading(document, (), (), (), (), (), ())
    own = features(bare)
    assert len(own.terms) <= MOST_TERMS
    assert len(own.names) <= MOST_NAMES
    assert len(candidate_keys(own)) <= MOST_KEYS
    assert features(Reading(plain_document(""), (), (), (), (), (), ())).terms == ()


def test_nothing_and_one_report_give_no_story(reports: dict[str, StoryFeatures]) -> None:
    assert gather([]) == []
    assert gather([reports["market"]]) == []
    assert partition([reports["market"]]) == [["market"]]


_WORDS = [f"w{number:02d}" for number in range(30)]


@st.composite
def bunches(draw: st.DrawFn) -> list[StoryFeatures]:
    made: list[StoryFeatures] = []
    for number in range(draw(st.integers(0, 12))):
        stems = sorted(draw(st.sets(st.sampled_from(_WORDS), max_size=8)))
        names = sorted(draw(st.sets(st.sampled_from(["velm", "sorn", "oru"]), max_size=2)))
        made.append(
            StoryFeatures(
                document=f"d{number:02d}",
                published=draw(st.none() | st.integers(738_000, 738_010)),
                days=(),
                terms=tuple(Term(stem, stem, 1.0) for stem in stems),
                names=(),
                places=tuple(Named(name, name.title(), name, 1.0) for name in names),
                events=("ASSAULT",) if draw(st.booleans()) else (),
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(bunches(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    bunch: list[StoryFeatures], chance: random.Random
) -> None:
    shuffled = list(bunch)
    chance.shuffle(shuffled)
    assert gather(shuffled) == gather(bunch)
    found = partition(bunch)
    assert sorted(name for group in found for name in group) == [one.document for one in bunch]


def test_a_background_is_a_sum(reports: dict[str, StoryFeatures]) -> None:
    base = Background(2, {"velm": 1})
    more = base.with_reports([["velm", "velm"], ["oru"]])
    assert more.rarity("velm") < base.rarity("velm") < 1
    assert more.rarity("unseen") == 1.0
    assert built_in().rarity("the") < 0.05 < built_in().rarity("bomb") < built_in().rarity("velm")


@pytest.mark.slow
def test_time_grows_with_the_number_of_reports() -> None:
    few, many = synthetic(1_000), synthetic(4_000)
    assert sum(map(len, partition(few))) == 1_000
    assert_grows_by_at_most(12, lambda: partition(few), lambda: partition(many))


def test_one_word_that_all_reports_share_costs_little() -> None:
    bunch = [
        StoryFeatures(f"{n:05d}", None, (), (Term("velm", "Velm", 1.0),), (), (), ())
        for n in range(1_500)
    ]
    assert_takes_at_most(30, lambda: partition(bunch))


def _page(name: str, *, shared: int, day: int | None) -> StoryFeatures:
    """A full page on one conflict: so many words that all pages have, the others its own."""
    stems = [f"conflict{n}" for n in range(shared)]
    stems += [f"{name}{n}" for n in range(MOST_TERMS - shared)]
    terms = tuple(Term(stem, stem, 2.0 if "conflict" in stem else 1.0) for stem in sorted(stems))
    places = (Named("tarvia", "Tarvia", "e1", 1.0), Named("velm", "Velm", "e2", 1.0))
    names = (Named("karsk front", "Karsk Front", "e3", 1.0),)
    return StoryFeatures(name, day, (), terms, names, places, ("ASSAULT",))


def test_a_few_pages_on_one_conflict_without_dates_are_not_one_happening() -> None:
    undated = [_page(name, shared=11, day=None) for name in "abcde"]
    assert gather(undated) == []
    # Dates of one week are a reason of their own.
    assert gather([replace(one, published=738_000) for one in undated])
    # So are words of the happening itself.
    assert gather([_page(name, shared=30, day=None) for name in "abcde"])

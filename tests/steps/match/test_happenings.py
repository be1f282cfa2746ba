from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from evals.plain_documents import plain_document
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.growth import assert_grows_by_at_most

from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import Published
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match import forest, kindred
from sayso.steps.match.events.happenings import gather_events, same_happening
from sayso.steps.match.events.profiles import EventProfile, counted, profile_at
from sayso.steps.match.events.told import event_profiles
from sayso.steps.match.mentions.gathering import gather_mentions
from sayso.steps.match.mentions.profiles import MentionProfile, mention_at
from sayso.steps.match.stories.documents import Documents

REPORTS = {
    "first": (
        "2024-03-04",
        "Karsk Front gunmen attacked a border post near Velm on Monday, killing 12 soldiers,"
        " officials said.",
    ),
    "second": (
        "2024-03-05",
        "At least 12 soldiers were killed when the Karsk Front stormed a border post outside"
        " Velm, the army said.",
    ),
    "other": (
        "2024-03-05",
        "Three farmers were killed by a flood in Sorn, the mayor said. The Karsk Front freed"
        " two hostages.",
    ),
}


@pytest.fixture(scope="module")
def profiles() -> list[EventProfile]:
    reader = Reader(Settings(extract=ExtractSettings(attribution="rules")))
    found: list[EventProfile] = []
    for name, (day, text) in REPORTS.items():
        document = replace(plain_document(text), id=name, published=Published(day, "text"))
        found += event_profiles(reader.read_document(document))
    return found


def _told(profiles: list[EventProfile], document: str, trigger: str) -> EventProfile:
    return next(p for p in profiles if (p.document, p.trigger) == (document, trigger))


def test_a_ledgers_claims_keep_what_is_compared(profiles: list[EventProfile]) -> None:
    kill = _told(profiles, "first", "kill")
    assert (kill.targets, kill.numbers, kill.type) == (("soldi",), ("12",), "ASSAULT")
    attack = _told(profiles, "first", "attack")
    assert attack.actors == ("front", "karsk")
    assert attack.days is not None
    assert attack.days[0] == attack.days[1]


def test_one_killing_told_twice_is_one(profiles: list[EventProfile]) -> None:
    found = same_happening(_told(profiles, "first", "kill"), _told(profiles, "second", "kill"))
    assert found.same
    assert "told with the same word" in found.reasons
    assert "the same ones it was done to" in found.reasons


def test_a_killing_of_others_is_less_likely_the_same(profiles: list[EventProfile]) -> None:
    first = _told(profiles, "first", "kill")
    again = same_happening(first, _told(profiles, "second", "kill"))
    others = replace(first, id="x", document="other", targets=("farm",), numbers=("3",), around=())
    assert same_happening(first, others).score < again.score


def test_other_days_are_other_happenings(profiles: list[EventProfile]) -> None:
    attack = _told(profiles, "first", "attack")
    assert attack.days is not None
    later = replace(attack, id="x", document="y", days=(attack.days[0] + 2, attack.days[1] + 2))
    assert same_happening(attack, later).reasons == ("on different days",)
    assert not same_happening(attack, later).same
    next_day = replace(later, days=(attack.days[0] + 1, attack.days[1] + 1))
    assert same_happening(attack, next_day).score > 0


def test_comparison_is_symmetric(profiles: list[EventProfile]) -> None:
    for one in profiles:
        for other in profiles:
            left, right = same_happening(one, other), same_happening(other, one)
            assert left.score == pytest.approx(right.score)


def test_only_one_story_is_gathered(profiles: list[EventProfile]) -> None:
    apart = gather_events(profiles, Documents([], []))
    assert all(len({id_document(profiles, name) for name in group}) == 1 for group in apart)
    together = gather_events(profiles, Documents([], [["first", "second"]]))
    kills = {_told(profiles, "first", "kill").id, _told(profiles, "second", "kill").id}
    assert any(kills <= set(group) for group in together)


def id_document(profiles: list[EventProfile], id: str) -> str:
    return next(p.document for p in profiles if p.id == id)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_does_not_matter(profiles: list[EventProfile], chance: random.Random) -> None:
    shuffled = list(profiles)
    chance.shuffle(shuffled)
    documents = Documents([], [["first", "second", "other"]])
    assert gather_events(shuffled, documents) == gather_events(profiles, documents)


def _parse(model: SpacyModel, text: str) -> Parse:
    document = plain_document(text)
    return model.parse(document.text, document.zones).parses[0]


@pytest.fixture(scope="module")
def model() -> SpacyModel:
    return SpacyModel()


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_arguments_are_read_from_the_tree(model: SpacyModel) -> None:
    text = "The bombing of the bridge by rebels killed 12 soldiers in Velm."
    parse = _parse(model, text)
    bombing = profile_at(parse, _at(text, "bombing"), "d", id="1")
    killed = profile_at(parse, _at(text, "killed"), "d", id="2")
    assert bombing is not None
    assert killed is not None
    assert (bombing.trigger, bombing.noun) == ("bomb", True)
    assert "bridg" in bombing.targets
    assert "rebel" in bombing.actors
    assert (killed.targets, killed.numbers) == (("12", "soldi"), ("12",))
    assert [one.namesakes for one in counted([bombing, killed, killed])] == [1, 2, 2]
    assert profile_at(parse, Span(len(text), len(text)), "d", id="3") is None


def _mention(parse: Parse, text: str, words: str, document: str) -> MentionProfile:
    found = mention_at(
        parse,
        _at(text, words),
        document,
        id=f"{document} {words}",
        sentence=0,
        entity=("", ""),
    )
    assert found is not None
    return found


def test_names_are_one_across_stories_and_descriptions_are_not(model: SpacyModel) -> None:
    one = "Ana Belk met the minister in Velm and she praised him."
    other = "Ana Belk left Sorn, and the minister followed."
    parses = _parse(model, one), _parse(model, other)
    mentions = [
        _mention(parses[0], one, "Ana Belk", "a"),
        _mention(parses[0], one, "the minister", "a"),
        _mention(parses[0], one, "Velm", "a"),
        _mention(parses[1], other, "Ana Belk", "b"),
        _mention(parses[1], other, "the minister", "b"),
    ]
    groups = gather_mentions(mentions, Documents([], []))
    assert ["a Ana Belk", "b Ana Belk"] in groups
    assert ["a the minister"] in groups
    assert gather_mentions(reversed(mentions), Documents([], [])) == groups
    assert mentions[1].look == "nominal"
    assert _mention(parses[0], one, "she", "a").pronoun == "she"


def test_a_big_story_costs_no_square(profiles: list[EventProfile]) -> None:
    seed = _told(profiles, "first", "kill")

    def gathering(count: int) -> Callable[[], object]:
        many = [replace(seed, id=f"{n}", document=f"d{n:05d}") for n in range(count)]
        documents = Documents([], [[one.document for one in many]])
        return lambda: gather_events(many, documents)

    assert_grows_by_at_most(6, gathering(500), gathering(1_500), least=0.1)


def test_kindred_words_are_near() -> None:
    near = kindred.nearness("arrest", "detain")
    far = kindred.nearness("arrest", "flood")
    assert near is not None
    assert far is not None
    assert near > 0.7 > far
    assert kindred.nearness("velm", "velm") == 1.0
    assert kindred.nearness("velm", "arrest") is None


def test_a_forest_goes_down_its_trees() -> None:
    nodes = {
        "feature": np.array([0.0, 0, 0]),
        "limit": np.array([0.5, 0, 0]),
        "left": np.array([1.0, 1, 2]),
        "right": np.array([2.0, 1, 2]),
        "value": np.array([0.0, -2.0, 2.0]),
    }
    trees = forest.Forest(["sign"], nodes, np.array([0]), 0.0, 0.5)
    low, high, unknown = trees.probabilities([{"sign": 0.5}, {"sign": 0.6}, {"else": 9.0}])
    assert low == unknown == pytest.approx(1 / (1 + np.exp(2)))
    assert high == pytest.approx(1 / (1 + np.exp(-2)))
    assert len(trees.probabilities([])) == 0
